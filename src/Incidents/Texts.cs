namespace PracticeApp.Incidents;

/// <summary>Names the resource files of this feature.</summary>
public sealed class Texts;
