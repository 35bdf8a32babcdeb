namespace PracticeApp.Platform.Encryption;

/// <summary>A sealed value that does not open where it stands. The message never holds any of its content.</summary>
public sealed class BrokenSealException(string message) : Exception(message);

/// <summary>The master key at hand is not the one the stored keys were sealed with; the app must not start with it.</summary>
public sealed class WrongMasterKeyException(string presentId, string? expectedId = null) : Exception(
    $"The master key {presentId} is not the one this database was sealed with" +
    (expectedId is null ? "" : $" ({expectedId})") +
    ". Put the right key file or setting back; a new key cannot read what another one sealed.")
{
    public string PresentId { get; } = presentId;
    public string? ExpectedId { get; } = expectedId;
}
