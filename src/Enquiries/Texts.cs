namespace PracticeApp.Enquiries;

/// <summary>Names the words of enquiries.</summary>
public sealed class Texts;
