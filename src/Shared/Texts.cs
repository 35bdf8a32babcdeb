namespace PracticeApp.Shared;

/// <summary>Names the resource files of the words used everywhere; pages have them injected as <c>S</c>, each feature its own as <c>T</c>.</summary>
public sealed class Texts;
