namespace PracticeApp.Agreements.Editing;

/// <summary>Names the words of the form in which terms are changed.</summary>
public sealed class Texts;
