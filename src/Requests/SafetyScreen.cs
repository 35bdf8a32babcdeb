using System.Text.Json;

namespace PracticeApp.Requests;

/// <summary>What a text may tell of; somebody has to read it.</summary>
public enum SafetyConcern { HarmToSelf, HarmToOthers, HarmFromOthers, ChildInDanger, FreshGrief }

/// <summary>Words of a text that a person must read.</summary>
/// <param name="Start">Where they begin (UTF-16 units).</param>
/// <param name="Language">The lexicon that knew them.</param>
public sealed record SafetyFinding(SafetyConcern Concern, int Start, int Length, string Language);

/// <summary>What the screen found in one text.</summary>
public sealed record SafetyReading(IReadOnlyList<SafetyFinding> Findings)
{
    public static SafetyReading Clear { get; } = new([]);

    public IEnumerable<SafetyConcern> Concerns => Findings.Select(f => f.Concern).Distinct().Order();

    /// <summary>As a flag keeps it. Neither danger nor fresh grief is met with questions about goals.</summary>
    public Danger Danger => Concerns.Aggregate(Danger.None, (danger, concern) => danger | concern switch
    {
        SafetyConcern.HarmToSelf => Danger.Self,
        SafetyConcern.HarmToOthers => Danger.Others,
        SafetyConcern.HarmFromOthers or SafetyConcern.ChildInDanger => Danger.FromOthers,
        _ => Danger.Grief,
    });
}

/// <summary>
/// Looks for danger in what people write: to themselves, to others, from others, to children; and for fresh grief. Would
/// rather ask a person to read once too often. Pure; no string makes it fail; it never blocks what was written.
/// Everybody mixes languages in distress, so every lexicon reads every text; what was learnt from examples has a say beside them.
/// </summary>
public static class SafetyScreen
{
    const double Enough = 0.08, EnoughUntold = 0.2, EnoughInPart = 0.55, EnoughInFewWords = 0.6, TooLittle = 0.04;
    const int VeryFew = 5;

    static readonly Lazy<IReadOnlyList<SafetyLexicon>> Lexicons = new(() => [.. LanguageData.Embedded("Safety/").Select(f => SafetyLexicon.Parse(f.Text))]);

    public static IEnumerable<string> Languages => Lexicons.Value.Select(l => l.Language);

    /// <summary>What a text may tell of, as a flag keeps it.</summary>
    /// <param name="language">Where the text was written; all lexicons read it all the same.</param>
    public static Danger Read(string? text, string language) => Screen(text).Danger;

    /// <summary>
    /// The words, and of what was typed beside them what tells of danger by itself: nobody chooses the right field in need, and a name behind a
    /// sentence must not change how the sentence is read.
    /// </summary>
    public static string Telling(string? words, params string?[] beside) => string.Join('\n', beside.Where(t => Screen(t).Danger != Danger.None).Prepend(words));

    public static SafetyReading Screen(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return SafetyReading.Clear;
        var impressions = SafetySense.Embedded.Read(text);
        var known = Known(text).Where(f => !IsOnlyWords(f.Finding, f.Said, impressions)).Select(f => f.Finding).ToList();
        var felt = Felt(impressions).Where(f => !known.Exists(k => k.Concern == f.Concern && f.Start <= k.Start && k.Start < f.Start + f.Length));
        var findings = known.Concat(felt).DistinctBy(f => (f.Concern, f.Start)).OrderBy(f => f.Start).ToList();
        return findings.Count == 0 ? SafetyReading.Clear : new SafetyReading(findings);
    }

    static IEnumerable<(SafetyFinding Finding, bool Said)> Known(string text)
    {
        var read = Lexicons.Value.Select(l => (Lexicon: l, Text: l.Book.Read(text))).ToList();
        var harmless = new HashSet<int>(read.SelectMany(r => r.Lexicon.Harmless(r.Text)));
        return read.SelectMany(r => r.Lexicon.Said(r.Text, harmless).Select(f => (f, true)).Concat(r.Lexicon.Suggested(r.Text, harmless).Select(f => (f, false))));
    }

    /// <summary>Whether the lexicons alone find something.</summary>
    internal static bool KnowsWordsOf(string text) => Known(text).Any();

    /// <summary>
    /// Words in surroundings in which nothing of the sort is ever told. Danger that is said outright is never doubted: no counted
    /// weight may silence "I don't want to live any more". A loss may lie far back.
    /// </summary>
    static bool IsOnlyWords(SafetyFinding finding, bool said, List<SafetyImpression> impressions) =>
        (!said || finding.Concern == SafetyConcern.FreshGrief) && impressions.Where(i => i.Covers(finding)).All(i => i.Danger < TooLittle);

    static IEnumerable<SafetyFinding> Felt(List<SafetyImpression> impressions) =>
        from impression in impressions
        where impression.Danger >= Least(impression, impression == impressions[0] && impression.Words <= SafetySense.Short)
        from concern in impression.Named
        select new SafetyFinding(concern, impression.Start, impression.End - impression.Start, impression.Language);

    /// <summary>
    /// What a text must at least resemble danger. More is asked where less speaks for it: of a few words, of a text without a
    /// word that danger is often told with, of grief without a word of loss; and of a piece of a text, because there are many.
    /// </summary>
    static double Least(SafetyImpression impression, bool whole)
    {
        var least = impression.Words <= VeryFew ? EnoughInFewWords : impression.Tells ? Enough : EnoughUntold;
        return whole && (impression.TellsOfLoss || impression.Named.Any(c => c != SafetyConcern.FreshGrief)) ? least : Math.Max(least, EnoughInPart);
    }
}

/// <summary>One language's ways of telling of danger, and its idioms that only sound like it.</summary>
internal sealed class SafetyLexicon
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    const string Idiom = "idiom", LongAgo = "longAgo";
    const int Near = 18;

    PhraseBook? book;
    List<(SafetyConcern Concern, ulong All, ulong None)>? gatherings;

    public required string Language { get; init; }

    public Dictionary<string, string[]> Classes { get; init; } = [];

    public Dictionary<string, string[]> Groups { get; init; } = [];

    public required Dictionary<SafetyConcern, string[]> Concerns { get; init; }

    /// <summary>
    /// Classes of words that tell of danger when they stand near each other in one sentence, in any order and form:
    /// "&lt;knife&gt; &lt;me&gt;"; "!&lt;class&gt;" must not be there.
    /// </summary>
    public Dictionary<SafetyConcern, string[]> Together { get; init; } = [];

    /// <summary>"This job is killing me", "dead tired": what stands inside such words is not counted.</summary>
    public required string[] Idioms { get; init; }

    /// <summary>Words that place a death long ago: the coach may speak.</summary>
    public required string[] LongAgoWords { get; init; }

    public Dictionary<string, string> Expand { get; init; } = [];

    public Dictionary<string, string> Clitics { get; init; } = [];

    public static SafetyLexicon Parse(string json) =>
        JsonSerializer.Deserialize<SafetyLexicon>(json, Format) ?? throw new FormatException("The safety lexicon is empty.");

    public PhraseBook Book => book ??= new PhraseBook(Classes, Groups, Signals(), Expand, Clitics);

    List<(SafetyConcern Concern, ulong All, ulong None)> Gatherings => gatherings ??=
        [.. Together.SelectMany(t => t.Value.Select(way => (t.Key, Mask(way, required: true), Mask(way, required: false))))];

    ulong Mask(string way, bool required) => way.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(c => c[0] == '!' != required)
        .Aggregate(0UL, (mask, c) => Book.Class(c.Trim('!', '<', '>')) is >= 0 and var index
            ? mask | (1UL << index)
            : throw new FormatException($"No class of words is called \"{c}\"."));

    Dictionary<string, string[]> Signals()
    {
        var signals = Concerns.ToDictionary(c => c.Key.ToString(), c => c.Value);
        signals[Idiom] = Idioms;
        signals[LongAgo] = LongAgoWords;
        return signals;
    }

    /// <summary>Where the words stand that an idiom takes their danger from (UTF-16 units of their beginnings).</summary>
    public IEnumerable<int> Harmless(MarkedText marked) =>
        Hits(marked, Idiom).SelectMany(i => Enumerable.Range(i.Start, i.End - i.Start)).Select(at => marked[at].Start);

    /// <summary>What is said in so many words.</summary>
    /// <param name="harmless">What idioms of any language cover: what stands within is not counted.</param>
    public IEnumerable<SafetyFinding> Said(MarkedText marked, HashSet<int> harmless)
    {
        foreach (var concern in Enum.GetValues<SafetyConcern>())
            foreach (var hit in Hits(marked, concern.ToString()))
                if (!IsWithin(marked, hit, harmless) && Counts(marked, concern, hit)) yield return Finding(marked, concern, hit);
    }

    /// <summary>What words only suggest by standing near each other.</summary>
    public IEnumerable<SafetyFinding> Suggested(MarkedText marked, HashSet<int> harmless)
    {
        var classes = new ulong[marked.Count];
        for (var at = 0; at < marked.Count; at++) classes[at] = harmless.Contains(marked[at].Start) ? 0 : marked.ClassesAt(at);
        foreach (var (from, to) in Stretches(marked))
            foreach (var (concern, hit) in Gathered(classes, from, to))
                if (Counts(marked, concern, hit)) yield return Finding(marked, concern, hit);
    }

    /// <summary>A finding that ends within an idiom is that idiom's.</summary>
    static bool IsWithin(MarkedText marked, Hit hit, HashSet<int> harmless) => harmless.Contains(marked[hit.End - 1].Start);

    bool Counts(MarkedText marked, SafetyConcern concern, Hit hit) => concern != SafetyConcern.FreshGrief || !IsLongAgo(marked, hit);

    /// <summary>Sentences; what goes on without a stop is read in overlapping pieces.</summary>
    static IEnumerable<(int From, int To)> Stretches(MarkedText marked)
    {
        for (int from = 0, to; from < marked.Count; from = to + 1)
        {
            to = from;
            while (to < marked.Count && !marked[to].EndsSentence) to++;
            for (var piece = from; piece < to; piece += Near / 2)
            {
                yield return (piece, Math.Min(piece + Near, to));
                if (piece + Near >= to) break;
            }
        }
    }

    IEnumerable<(SafetyConcern, Hit)> Gathered(ulong[] classes, int from, int to)
    {
        var there = 0UL;
        for (var at = from; at < to; at++) there |= classes[at];
        foreach (var (concern, all, none) in Gatherings)
        {
            if ((there & all) != all || (there & none) != 0) continue;
            var (first, last) = (from, to - 1);
            while ((classes[first] & all) == 0) first++;
            while ((classes[last] & all) == 0) last--;
            yield return (concern, new Hit(-1, first, last + 1, first));
        }
    }

    IEnumerable<Hit> Hits(MarkedText marked, string signal)
    {
        var index = Book.Signal(signal);
        for (var at = 0; at < marked.Count; at++)
            if (marked.At(at, index) is { } hit) yield return hit;
    }

    bool IsLongAgo(MarkedText marked, Hit hit)
    {
        var (from, to) = (hit.Start, hit.End);
        while (from > 0 && !marked[from - 1].EndsSentence) from--;
        while (to < marked.Count && !marked[to].EndsSentence) to++;
        return marked.In(from, to, Book.Signal(LongAgo)) is not null;
    }

    SafetyFinding Finding(MarkedText marked, SafetyConcern concern, Hit hit)
    {
        var start = marked[hit.Start].Start;
        return new(concern, start, marked[hit.End - 1].End - start, Language);
    }
}
