namespace PracticeApp.Sessions.Calendar;

/// <summary>Names the words of the calendar.</summary>
public sealed class Texts;
