using System.Text.Json;

namespace PracticeApp.Agreements;

/// <summary>From which age somebody agrees for themselves, by the country of the practice. Laws differ: the psychologist has the last word.</summary>
/// <param name="ByMaturity">The law looks at maturity; the age says when to look.</param>
public sealed record ConsentAge(int Age, bool ByMaturity = false)
{
    private const string Elsewhere = "";

    private static readonly JsonSerializerOptions Commented = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };
    private static readonly Dictionary<string, ConsentAge> Known = Read();

    public static ConsentAge In(string country) => Known.GetValueOrDefault(country) ?? Known[Elsewhere];

    public bool IsBelow(DateOnly bornOn, DateOnly today) => AgeOn(bornOn, today) < Age;

    /// <summary>Whole years; who was born on 29 February is a year older on 1 March of a common year.</summary>
    public static int AgeOn(DateOnly bornOn, DateOnly today)
    {
        var years = today.Year - bornOn.Year;
        return (today.Month, today.Day).CompareTo((bornOn.Month, bornOn.Day)) < 0 ? years - 1 : years;
    }

    private static Dictionary<string, ConsentAge> Read()
    {
        using var file = typeof(ConsentAge).Assembly.GetManifestResourceStream("ConsentAges.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, ConsentAge>>(file, Commented)!;
    }
}
