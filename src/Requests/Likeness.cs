using System.Globalization;

namespace PracticeApp.Requests;

/// <summary>
/// A second opinion beside the rules: how like the labelled texts of each kind a text is, by its words, pairs and pieces of
/// words, and the signals and classes found in it (logistic regression). The weights are counted from labelled texts by the
/// evaluation program, one file a language, and every word's share in them can be read off.
/// </summary>
internal sealed class Likeness
{
    public static readonly UtteranceKind[] Kinds = Enum.GetValues<UtteranceKind>();
    public static readonly CriterionName[] Judged = [CriterionName.Positive, CriterionName.Specific, CriterionName.Own, CriterionName.Effective];
    public static readonly int Columns = Kinds.Length + Judged.Length;

    /// <summary>What is written in the files is divided by this.</summary>
    public const float Unit = 100;

    const int ShortestPiece = 4, LongestPiece = 6, LongestFeature = 128, FarthestFollower = 40;
    const double Spread = 3;

    readonly Dictionary<string, int> rows = [];
    readonly List<float[]> weights = [];
    readonly string[] signals, classes;

    public Likeness(PhraseBook book, IEnumerable<(string Feature, float[] Weights)> lines)
    {
        (signals, classes) = (book.SignalNames, book.ClassNames);
        foreach (var (feature, row) in lines)
        {
            rows.Add(feature, weights.Count);
            weights.Add(row);
        }
    }

    public static Likeness Parse(PhraseBook book, string text) => new(book, text.Split('\n')
        .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))
        .Select(c => (c[0], c[1].Split(' ').Select(w => int.Parse(w, CultureInfo.InvariantCulture) / Unit).ToArray())));

    public IEnumerable<(string Feature, float[] Weights)> Lines => rows.Select(r => (r.Key, weights[r.Value]));

    public int Row(ReadOnlySpan<char> feature) => rows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(feature, out var row) ? row : -1;

    public float[] Weights(int row) => weights[row];

    /// <summary>For each kind the logarithm of how likely it is, then for each judged criterion that of the odds.</summary>
    public double[] Judge(MarkedText text)
    {
        var seen = new HashSet<int>();
        for (var at = 0; at < text.Count; at++) Collect(text, at, seen);
        return Judge(seen);
    }

    void Collect(MarkedText text, int at, HashSet<int> seen)
    {
        var known = rows.GetAlternateLookup<ReadOnlySpan<char>>();
        Features(text, at, f => { if (known.TryGetValue(f, out var row)) seen.Add(row); });
    }

    /// <summary>Texts of any length have the same reach: a long one holds more words for everything.</summary>
    public static double Share(int features) => Spread / Math.Sqrt(Math.Max(1, features));

    internal double[] Judge(IReadOnlyCollection<int> seen)
    {
        var scores = new double[Columns];
        foreach (var row in seen)
            for (var k = 0; k < Columns; k++) scores[k] += weights[row][k];
        var share = Share(seen.Count);
        for (var k = 0; k < Columns; k++) scores[k] *= share;
        var most = double.NegativeInfinity;
        for (var k = 0; k < Kinds.Length; k++) most = Math.Max(most, scores[k]);
        var sum = 0.0;
        for (var k = 0; k < Kinds.Length; k++) sum += Math.Exp(scores[k] - most);
        for (var k = 0; k < Kinds.Length; k++) scores[k] -= most + Math.Log(sum);
        return scores;
    }

    /// <summary>Which part of a word's pieces occurs in the labelled texts: words of the same language are made of the same pieces.</summary>
    public double KnowsPiecesOf(string word)
    {
        if (word.Length < ShortestPiece) return 0;
        Span<char> buffer = stackalloc char[LongestFeature];
        var known = 0;
        for (var from = 0; from + ShortestPiece <= word.Length; from++)
            if (Row(Put(buffer, "piece:", word.AsSpan(from, ShortestPiece))) >= 0) known++;
        return known / (double)(word.Length - ShortestPiece + 1);
    }

    /// <summary>The place of the word that speaks most for a kind.</summary>
    public int Strongest(MarkedText text, UtteranceKind kind)
    {
        var (best, most) = (0, double.NegativeInfinity);
        var seen = new HashSet<int>();
        for (var at = 0; at < text.Count; at++)
        {
            if (!text.IsWord(at)) continue;
            seen.Clear();
            Collect(text, at, seen);
            var speaks = seen.Sum(row => weights[row][(int)kind]) * Share(seen.Count);
            if (speaks > most) (best, most) = (at, speaks);
        }
        return best;
    }

    internal delegate void Seen(ReadOnlySpan<char> feature);

    /// <summary>Everything about one place of a text that may speak for a kind.</summary>
    internal void Features(MarkedText text, int at, Seen seen)
    {
        Span<char> buffer = stackalloc char[LongestFeature];
        var word = text[at].Text;
        var next = at + 1 < text.Count ? text[at + 1].Text : "$";
        var opens = text.OpensSentence(at);
        if (at == 0) seen("always");
        seen(Put(buffer, "word:", word));
        seen(Put(buffer, "pair:", word, next));
        if (at == 0 || text[at - 1].EndsSentence) seen(Put(buffer, "first:", word, next));
        foreach (var hit in text.AllAt(at))
        {
            seen(Put(buffer, "signal:", signals[hit.Signal]));
            if (opens) seen(Put(buffer, "opening:", signals[hit.Signal]));
        }
        Follow(text, at, seen);
        if (text[at].IsMark) return;
        for (var (bits, c) = (text.ClassesAt(at), 0); bits != 0; bits >>= 1, c++)
        {
            if ((bits & 1) == 0) continue;
            seen(Put(buffer, "class:", classes[c]));
            if (opens) seen(Put(buffer, "class first:", classes[c]));
            seen(Put(buffer, "class before:", classes[c], next));
            if (at > 0) seen(Put(buffer, "class after:", classes[c], text[at - 1].Text));
        }
        Span<char> whole = stackalloc char[word.Length + 2];
        (whole[0], whole[^1]) = ('<', '>');
        word.CopyTo(whole[1..]);
        for (var from = 0; from < whole.Length; from++)
            for (var length = ShortestPiece; length <= LongestPiece && from + length <= whole.Length; length++)
                seen(Put(buffer, "piece:", whole.Slice(from, length)));
    }

    /// <summary>Which signals come after which in a sentence: how it is built, whatever its words.</summary>
    void Follow(MarkedText text, int at, Seen seen)
    {
        if (text.AllAt(at).Count == 0) return;
        Span<char> buffer = stackalloc char[LongestFeature];
        for (var then = at + 1; then < text.Count && then <= at + FarthestFollower && !text[then - 1].EndsSentence; then++)
        {
            if (text.AllAt(then).Count == 0) continue;
            foreach (var hit in text.AllAt(at))
                foreach (var later in text.AllAt(then)) seen(Put(buffer, "then:", signals[hit.Signal], signals[later.Signal]));
            return;
        }
    }

    static ReadOnlySpan<char> Put(Span<char> buffer, string sort, ReadOnlySpan<char> first, ReadOnlySpan<char> second = default)
    {
        sort.CopyTo(buffer);
        first.CopyTo(buffer[sort.Length..]);
        var length = sort.Length + first.Length;
        if (second.IsEmpty) return buffer[..length];
        buffer[length++] = ' ';
        second.CopyTo(buffer[length..]);
        return buffer[..(length + second.Length)];
    }
}
