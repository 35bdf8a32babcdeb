namespace PracticeApp.Caseload;

/// <summary>Names the resource files of the statistics and the console.</summary>
public sealed class Texts;
