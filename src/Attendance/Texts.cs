namespace PracticeApp.Attendance;

/// <summary>Names the resource files of this feature.</summary>
public sealed class Texts;
