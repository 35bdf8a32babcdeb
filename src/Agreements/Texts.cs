namespace PracticeApp.Agreements;

/// <summary>Names the words of the agreements' pages and notices.</summary>
public sealed class Texts;
