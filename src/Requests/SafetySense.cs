using System.Globalization;

namespace PracticeApp.Requests;

/// <summary>How much a piece of a text resembles what told of danger, each figure between 0 and 1.</summary>
/// <param name="Start">Where the piece begins (UTF-16 units).</param>
/// <param name="Words">How many words and marks the piece has.</param>
/// <param name="Danger">Of whatever sort.</param>
/// <param name="Tells">Whether it has words that often stand where danger is told of.</param>
/// <param name="TellsOfLoss">The same for a loss.</param>
internal sealed record SafetyImpression(
    int Start, int End, int Words, string Language, double Danger, IReadOnlyDictionary<SafetyConcern, double> Concerns, bool Tells, bool TellsOfLoss)
{
    const double Likely = 0.3;

    public bool Covers(SafetyFinding finding) => finding.Start < End && finding.Start + finding.Length > Start;

    /// <summary>The likeliest, and whatever else is likely.</summary>
    public IEnumerable<SafetyConcern> Named => Concerns.Where(c => c.Value >= Math.Min(Likely, Concerns.Values.Max())).Select(c => c.Key);
}

/// <summary>
/// A second opinion beside the lexicons, for what no phrase foresees: a logistic regression over beginnings of words, pairs of
/// neighbours, letters in a row and <em>notions</em> (closed lists of words that mean much the same in every language). Both files
/// can be read and changed by hand; the weights are learnt from labelled texts by tests/Practice.Evaluation.
/// </summary>
internal sealed class SafetySense
{
    public static readonly SafetyConcern[] Learnt = [SafetyConcern.HarmToSelf, SafetyConcern.HarmToOthers, SafetyConcern.HarmFromOthers, SafetyConcern.FreshGrief];

    public const int Short = 60;

    /// <summary>As far as this is read; what is beyond, the lexicons read alone.</summary>
    public const int LongestText = FormulationCoach.LongestText;

    const int LongestPiece = 30, LeastSentence = 3, Stem = 5;
    const char Telling = '!', OfLoss = '~';
    const float Hundred = 100;

    static readonly Lazy<SafetySense> Files = new(() =>
    {
        var files = LanguageData.Embedded("SafetySense/").ToDictionary(f => f.Name, f => f.Text);
        return new SafetySense(files["notions"], files["weights"]);
    });

    readonly List<Notions> languages = [];
    readonly Dictionary<string, float[]> weights = [];
    readonly HashSet<string> telling = [], ofLoss = [];

    /// <param name="notions">Lines "notion | words of the first language | words of the second …", the first line names the languages.</param>
    /// <param name="weights">Lines "trait, tab, weights in hundredths": of danger as such, then of each concern.</param>
    public SafetySense(string notions, string weights)
    {
        foreach (var line in Lines(notions))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (languages.Count == 0) languages.AddRange(parts[1..].Select(l => new Notions(l)));
            else
            {
                var notion = parts[0].TrimEnd(Telling, OfLoss);
                if (parts[0].Contains(Telling, StringComparison.Ordinal)) telling.Add("n:" + notion);
                if (parts[0].Contains(OfLoss, StringComparison.Ordinal)) ofLoss.Add("n:" + notion);
                for (var i = 0; i < languages.Count; i++) languages[i].Add(notion, parts[i + 1]);
            }
        }
        foreach (var line in Lines(weights))
        {
            var parts = line.Split('\t');
            this.weights[parts[0]] = [.. parts[1..].Select(p => int.Parse(p, CultureInfo.InvariantCulture) / Hundred)];
        }
    }

    static IEnumerable<string> Lines(string text) => text.Split('\n').Where(l => l.Length > 0 && l[0] != '#');

    public static SafetySense Embedded => Files.Value;

    public List<SafetyImpression> Read(string text)
    {
        var words = WordCut.Cut(text.Length > LongestText ? text[..LongestText] : text);
        var letters = new Dictionary<string, string[]>();
        var impressions = new List<SafetyImpression>();
        foreach (var (from, to) in Pieces(words))
        {
            var sums = new double[Learnt.Length + 1];
            var (language, tells, tellsOfLoss) = ("", false, false);
            foreach (var (trait, value) in Traits(words.GetRange(from, to - from), letters, l => language = l))
            {
                tells |= telling.Contains(trait);
                tellsOfLoss |= ofLoss.Contains(trait);
                if (weights.TryGetValue(trait, out var weight))
                    for (var i = 0; i < sums.Length; i++) sums[i] += weight[i] * value;
            }
            if (weights.TryGetValue(Always, out var always))
                for (var i = 0; i < sums.Length; i++) sums[i] += always[i];
            impressions.Add(new(words[from].Start, words[to - 1].End, to - from, language, Part(sums[0]),
                Learnt.Select((concern, i) => (concern, Part(sums[i + 1]))).ToDictionary(), tells, tellsOfLoss));
        }
        return impressions;
    }

    public const string Always = "always";

    static double Part(double sum) => 1 / (1 + Math.Exp(-sum));

    /// <summary>A short text whole, a longer one in pieces that overlap by about a half; and every sentence by itself, which nothing around it waters down.</summary>
    static IEnumerable<(int From, int To)> Pieces(List<Word> words)
    {
        var pieces = words.Count <= Short ? [(0, words.Count)] : Overlapping(words);
        return pieces.Concat(Sentences(words)).Distinct().Where(p => p.To > p.From);
    }

    static IEnumerable<(int From, int To)> Sentences(List<Word> words)
    {
        for (int from = 0, to; from < words.Count; from = to)
        {
            for (to = from + 1; to < words.Count && !words[to - 1].EndsSentence;) to++;
            if (to - from is >= LeastSentence and <= LongestPiece) yield return (from, to);
        }
    }

    static IEnumerable<(int From, int To)> Overlapping(List<Word> words)
    {
        for (var from = 0; from < words.Count; from += LongestPiece / 2)
        {
            yield return (from, Math.Min(from + LongestPiece, words.Count));
            if (from + LongestPiece >= words.Count) yield break;
        }
    }

    /// <summary>What a piece is made of, each trait with its share; every sort of trait has the same length.</summary>
    /// <param name="letters">Remembers the letters of words that come again.</param>
    public IEnumerable<(string Trait, float Value)> Traits(List<Word> piece, Dictionary<string, string[]> letters, Action<string>? language = null)
    {
        var words = piece.Where(w => !w.IsMark).Select(w => w.Text.Replace("'", "", StringComparison.Ordinal)).Where(w => w.Length > 0).ToList();
        var row = piece.Select(w => w.EndsSentence ? "." : w.IsMark ? "," : Start(w.Text.Replace("'", "", StringComparison.Ordinal))).Prepend("^").Append("$").ToList();
        var (known, notions) = languages.Select(l => (Language: l, Notions: words.Select(l.Of).ToList())).MaxBy(l => l.Notions.Count(n => n.Count > 0));
        language?.Invoke(known.Code);
        var meant = notions.Where(n => n.Count > 0).ToList();
        return Even(words.Select(w => "s:" + Start(w)))
            .Concat(Even(words.SelectMany(w => letters.TryGetValue(w, out var there) ? there : letters[w] = [.. Letters(w)])))
            .Concat(Even(row.Zip(row.Skip(1), (one, next) => $"b:{one} {next}")))
            .Concat(Even(meant.SelectMany(n => n).Select(n => "n:" + n)))
            .Concat(Even(meant.Zip(meant.Skip(1)).SelectMany(n => n.First.SelectMany(one => n.Second.Select(next => $"o:{one} {next}")))));
    }

    static string Start(string word) => word.Length > Stem ? word[..Stem] : word;

    static IEnumerable<string> Letters(string word)
    {
        var whole = $"_{word}_";
        for (var length = 3; length <= 4; length++)
            for (var at = 0; at + length <= whole.Length; at++) yield return string.Concat("g:", whole.AsSpan(at, length));
    }

    static IEnumerable<(string, float)> Even(IEnumerable<string> traits)
    {
        var distinct = traits.Distinct().ToList();
        return distinct.Select(t => (t, 1 / MathF.Sqrt(distinct.Count)));
    }

    sealed class Notions(string code)
    {
        const int ShortestStart = 2;

        readonly Dictionary<string, List<string>> whole = [], starts = [];

        public string Code => code;

        public void Add(string notion, string words)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var list = word[^1] == '*' ? starts : whole;
                var folded = WordCut.Fold(word.TrimEnd('*')).Replace("'", "", StringComparison.Ordinal);
                (list.TryGetValue(folded, out var there) ? there : list[folded] = []).Add(notion);
            }
        }

        public SortedSet<string> Of(string word)
        {
            var notions = new SortedSet<string>(StringComparer.Ordinal);
            if (whole.TryGetValue(word, out var exact)) notions.UnionWith(exact);
            var begins = starts.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var length = ShortestStart; length <= word.Length; length++)
                if (begins.TryGetValue(word.AsSpan(0, length), out var found)) notions.UnionWith(found);
            return notions;
        }
    }
}
