using System.Text.Json;

namespace PracticeApp.Shared;

/// <summary>One number to call at once.</summary>
/// <param name="For">emergency, ambulance, police, talk, violence or children; names its text.</param>
/// <param name="Name">The line's own name, in its own language.</param>
/// <param name="Always">Answered day and night.</param>
/// <param name="Hours">When it answers, if not always and if known.</param>
public sealed record CrisisContact(string For, string Number, string? Name = null, bool Always = false, string? Hours = null)
{
    /// <summary>For a tel: link.</summary>
    public string Dial => string.Concat(Number.Where(c => char.IsAsciiDigit(c) || c == '+'));
}

/// <summary>
/// National numbers by country. A country without an entry gets 112, which mobile networks almost everywhere connect to
/// the local emergency service.
/// </summary>
public static class CrisisContacts
{
    private const string Elsewhere = "EU";

    private static readonly Dictionary<string, CrisisContact[]> Known = Read();

    /// <summary>ISO 3166 codes of the countries with numbers of their own.</summary>
    public static IEnumerable<string> Countries => Known.Keys.Where(c => c != Elsewhere);

    public static IReadOnlyList<CrisisContact> Of(string country) =>
        Known.GetValueOrDefault(country) ?? Known[Elsewhere];

    private static Dictionary<string, CrisisContact[]> Read()
    {
        using var file = typeof(CrisisContacts).Assembly.GetManifestResourceStream("CrisisContacts.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, CrisisContact[]>>(file, JsonSerializerOptions.Web)!;
    }
}
