using System.Reflection;
using System.Text.Json;

namespace PracticeApp.Requests;

/// <summary>
/// One language of the coach: how people say what they want, and what the coach asks. A file in Languages/ is all a
/// language needs; without <see cref="Rules"/> it asks but gives no verdict.
/// </summary>
public sealed class LanguageData
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    static readonly Lazy<IReadOnlyDictionary<string, LanguageData>> Files = new(() =>
        Embedded("Languages/").ToDictionary(f => f.Name, f => Parse(f.Text)));

    static readonly Lazy<Dictionary<string, string>> Weights = new(() => Embedded("Likeness/").ToDictionary(f => f.Name, f => f.Text));

    PhraseBook? book;
    Likeness? likeness;

    /// <summary>Code of the language, as in the user's culture.</summary>
    public required string Language { get; init; }

    /// <summary>Frequent small words, by which a text in this language is recognised.</summary>
    public required string[] Common { get; init; }

    /// <summary>Endings of longer words by which a text is recognised where its small words do not suffice.</summary>
    public string[] Endings { get; init; } = [];

    /// <summary>Frequent words of languages that look alike, which this one does not have: they speak against it.</summary>
    public string[] Strangers { get; init; } = [];

    /// <summary>What the client sees named when it is already there, one entry a criterion.</summary>
    public Dictionary<CriterionName, string> There { get; init; } = [];

    /// <summary>Variants of each question by pool; <c>{quote}</c> stands for the client's own words.</summary>
    public Dictionary<string, string[]> Questions { get; init; } = [];

    public Dictionary<string, string[]> Classes { get; init; } = [];

    public Dictionary<string, string[]> Groups { get; init; } = [];

    public Dictionary<string, string[]> Rules { get; init; } = [];

    public Dictionary<string, string> Expand { get; init; } = [];

    public Dictionary<string, string> Clitics { get; init; } = [];

    /// <summary>Every language there is a file for, by code.</summary>
    public static IReadOnlyDictionary<string, LanguageData> All => Files.Value;

    public bool HasRules => Rules.Count > 0;

    internal PhraseBook Book => book ??= new PhraseBook(Classes, Groups, Rules, Expand, Clitics);

    /// <summary>The second opinion on this language's texts; null where nobody has counted one.</summary>
    internal Likeness? Likeness
    {
        get => likeness ??= Weights.Value.TryGetValue(Language, out var text) ? Requests.Likeness.Parse(Book, text) : null;
        set => likeness = value;
    }

    const int EndingsFrom = 5;
    const double HalfOfIt = 0.4;

    internal string[] EndingsFolded => field ??= [.. Endings.SelectMany(l => l.Split(',')).Select(w => WordCut.Fold(w.Trim()))];

    internal HashSet<string> CommonFolded => field ??= [.. Common.SelectMany(l => l.Split(',')).Select(w => WordCut.Fold(w.Trim()))];

    HashSet<string> StrangersFolded => field ??= [.. Strangers.SelectMany(l => l.Split(',')).Select(w => WordCut.Fold(w.Trim()))];

    HashSet<char> LettersFolded => field ??= [.. CommonFolded.SelectMany(w => w), .. EndingsFolded.SelectMany(w => w), .. HasRules ? Book.Letters : []];

    /// <summary>
    /// How much a folded word belongs to the language: 1 for its small words, less for others that it knows, and less than
    /// nothing for the words of a neighbour and for letters that it never writes.
    /// </summary>
    internal double Familiarity(string word)
    {
        if (HasRules) word = Book.Unstretched(word);
        if (StrangersFolded.Contains(word)) return -2;
        if (word.Any(c => char.IsLetter(c) && !LettersFolded.Contains(c))) return -1;
        if (CommonFolded.Contains(word) || (word.IndexOf('\'') is > 0 and var at && CommonFolded.Contains(word[..at]))) return 1;
        if (HasRules && Book.Knows(word)) return 0.6;
        if (word.Length >= EndingsFrom && EndingsFolded.Any(e => word.EndsWith(e, StringComparison.Ordinal))) return 0.3;
        return Likeness?.KnowsPiecesOf(word) >= HalfOfIt ? 0.3 : 0;
    }

    public static LanguageData Parse(string json) =>
        JsonSerializer.Deserialize<LanguageData>(json, Format) ?? throw new FormatException("The language file is empty.");

    /// <summary>What the file still lacks, in words a translator understands; empty when it is complete.</summary>
    public IEnumerable<string> Lacks()
    {
        if (Common.Length == 0) yield return "common: no words to recognise the language by";
        foreach (var name in Enum.GetValues<CriterionName>())
            if (string.IsNullOrWhiteSpace(There.GetValueOrDefault(name))) yield return $"there: no words for {name}";
        foreach (var (pool, least) in FormulationCoach.Pools)
        {
            var variants = Questions.GetValueOrDefault(pool) ?? [];
            if (variants.Length < least) yield return $"questions: {pool} has {variants.Length} of {least}";
            if (variants.Length > 0 && variants.All(v => v.Contains(FormulationCoach.QuotePlace, StringComparison.Ordinal)))
                yield return $"questions: {pool} has none without a quotation";
        }
        foreach (var pool in Questions.Keys.Except(FormulationCoach.Pools.Select(p => p.Pool)))
            yield return $"questions: {pool} is asked nowhere";
        if (!HasRules) { yield return "rules: none, so no verdict"; yield break; }
        foreach (var signal in Utterances.Signals.Where(s => !Rules.ContainsKey(s))) yield return $"rules: {signal}";
        foreach (var signal in Rules.Keys.Except(Utterances.Signals)) yield return $"rules: {signal} is read nowhere";
        foreach (var name in Utterances.Classes.Where(c => !Classes.ContainsKey(c))) yield return $"classes: {name}";
    }

    internal static IEnumerable<(string Name, string Text)> Embedded(string folder)
    {
        var assembly = typeof(LanguageData).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (Path.GetFileNameWithoutExtension(resource[folder.Length..]), reader.ReadToEnd());
        }
    }
}
