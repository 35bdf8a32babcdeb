namespace PracticeApp.Shared;

/// <summary>
/// What the layouts say of the practice and the person before them; a request feature set by whoever
/// finds the practice. Without it the pages speak for the installation alone.
/// </summary>
/// <param name="Practice">Name of the practice, as the word mark shows it.</param>
/// <param name="Home">Where the word mark leads.</param>
/// <param name="Person">Display name of the signed-in user.</param>
/// <param name="Country">ISO 3166 code that picks the crisis contacts.</param>
/// <param name="Exit">The neutral page that <em>quick exit</em> opens.</param>
/// <param name="Zone">The reader's time zone.</param>
public sealed record Face(string Practice, string Home = "/", string? Person = null, string Country = "",
    string Exit = Face.NeutralPage, TimeZoneInfo? Zone = null)
{
    public const string NeutralPage = "https://www.wikipedia.org/";

    /// <summary>The layout of whoever is before the page: the client's portal, the psychologist's workspace or the console.</summary>
    public string Layout { get; init; } = "_Public";

    /// <summary>Phone number of the practice, for pages that explain what went wrong.</summary>
    public string? Phone { get; init; }

    public static Face Of(HttpContext context) => context.Features.Get<Face>() ?? new Face("Practice");

    /// <summary>Short counts beside navigation entries ("2 open"), by their address.</summary>
    public Dictionary<string, string> Counts { get; } = [];
}
