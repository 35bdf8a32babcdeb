namespace PracticeApp.Practices;

/// <summary>Names the resource files of the practice, its people and themes.</summary>
public sealed class Texts;
