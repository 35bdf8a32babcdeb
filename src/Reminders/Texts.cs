namespace PracticeApp.Reminders;

/// <summary>Names the resource files of this feature: the words of notices and of the pages about them.</summary>
public sealed class Texts;
