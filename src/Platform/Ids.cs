namespace PracticeApp.Platform;

/// <summary>Identifiers: UUID version 7, so that rows written together lie together, with 74 random bits against guessing.</summary>
public static class Ids
{
    public static Guid New() => Guid.CreateVersion7();
}
