namespace PracticeApp.Practices;

/// <summary>Addresses of video rooms: one's own, or a pattern with a place for the room of each session.</summary>
public static class JoinAddress
{
    public const string Room = "{room}";

    /// <summary>An https address without a name or password in it.</summary>
    public static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.Host.Length > 0 && !text!.Contains(' ', StringComparison.Ordinal);

    /// <summary>Such an address with the room once in it, after the host.</summary>
    public static bool IsPattern(string? text) =>
        text?.Split(Room) is [_, _] && With(text, "a") is var one && With(text, "b") is var other && IsAddress(one) && IsAddress(other)
        && new Uri(one).Host == new Uri(other).Host && new Uri(one).AbsoluteUri != new Uri(other).AbsoluteUri;

    public static string With(string pattern, string room) => pattern.Replace(Room, room, StringComparison.Ordinal);
}
