namespace PracticeApp.Booking;

/// <summary>Names the resource files of this feature's words.</summary>
public sealed class Texts;
