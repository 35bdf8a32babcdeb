namespace PracticeApp.Sessions;

/// <summary>Names the resource files of Today, protocols, the client card and the portal's home.</summary>
public sealed class Texts;
