namespace PracticeApp.Demo;

/// <summary>The words of this feature: Texts.resx and its translations.</summary>
public sealed class Texts;
