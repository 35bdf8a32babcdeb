using System.Globalization;
using PracticeApp.Requests;

namespace PracticeApp.Evaluation;

/// <summary>Counts the weights of the second opinion from labelled texts; the same texts always give the same file.</summary>
public static class Training
{
    const int Rounds = 15, SeenAtLeast = 2;
    const double Step = 0.5, Slower = 0.3, Decay = 1e-4, ToBeWritten = 8;

    /// <summary>Writes one file a language into the folder.</summary>
    public static void Write(IEnumerable<Labelled> lines, string folder, TextWriter output)
    {
        foreach (var group in lines.GroupBy(l => l.Language))
        {
            if (!LanguageData.All.TryGetValue(group.Key, out var language)) continue;
            var model = Train(language, [.. group]);
            var written = model.Lines
                .Select(l => (l.Feature, Weights: l.Weights.Select(w => (int)MathF.Round(w * Likeness.Unit)).ToArray()))
                .Where(l => l.Weights.Any(w => Math.Abs(w) >= ToBeWritten)).ToList();
            var path = Path.Combine(folder, $"{group.Key}.tsv");
            string[] head =
            [
                $"# Counted from {group.Count()} labelled texts by Practice.Evaluation --train; not written by hand.",
                $"# feature, then hundredths for {string.Join(' ', Likeness.Kinds)} {string.Join(' ', Likeness.Judged)}",
            ];
            File.WriteAllText(path, string.Join('\n', head.Concat(written.Select(l =>
                $"{l.Feature}\t{string.Join(' ', l.Weights.Select(w => w.ToString(CultureInfo.InvariantCulture)))}"))) + "\n");
            output.WriteLine($"{path}: {written.Count} features of {group.Count()} texts");
        }
    }

    /// <summary>Reads every line with weights that were counted without it.</summary>
    public static Scores HeldOut(string code, IReadOnlyList<Labelled> lines, int parts)
    {
        var language = LanguageData.All[code];
        var whole = language.Likeness;
        var reviewed = new List<(Labelled, Review)>();
        for (var part = 0; part < parts; part++)
        {
            language.Likeness = Train(language, [.. lines.Where((_, i) => i % parts != part)]);
            reviewed.AddRange(lines.Where((_, i) => i % parts == part).Select(l => (l, FormulationCoach.Review(l.Text, l.Language))));
        }
        language.Likeness = whole;
        return new Scores(code, reviewed);
    }

    /// <summary>Stochastic gradient descent in an order that is always the same.</summary>
    internal static Likeness Train(LanguageData language, IReadOnlyList<Labelled> lines)
    {
        var texts = lines.Select(l => language.Book.Read(l.Text)).ToList();
        var reader = new Likeness(language.Book, []);
        var bags = texts.Select(t => Bag(reader, t)).ToList();
        var model = new Likeness(language.Book, bags.SelectMany(b => b).CountBy(f => f).Where(c => c.Value >= SeenAtLeast)
            .Select(c => c.Key).Order(StringComparer.Ordinal).Select(f => (f, new float[Likeness.Columns])));
        var known = bags.Select(b => b.Select(f => model.Row(f)).Where(r => r >= 0).Order().ToArray()).ToList();
        var order = Enumerable.Range(0, lines.Count).ToArray();
        uint dice = 1;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                dice = (dice * 1664525) + 1013904223;
                var other = (int)((dice >> 8) % (uint)(i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }
            foreach (var i in order) Learn(model, known[i], lines[i], Step / (1 + (round * Slower)));
        }
        return model;
    }

    static HashSet<string> Bag(Likeness reader, MarkedText text)
    {
        var bag = new HashSet<string>();
        for (var at = 0; at < text.Count; at++) reader.Features(text, at, f => bag.Add(f.ToString()));
        return bag;
    }

    static void Learn(Likeness model, int[] seen, Labelled line, double rate)
    {
        var judged = model.Judge(seen);
        var share = Likeness.Share(seen.Length);
        for (var k = 0; k < judged.Length; k++)
        {
            var isKind = k < Likeness.Kinds.Length;
            var likely = isKind ? Math.Exp(judged[k]) : 1 / (1 + Math.Exp(-judged[k]));
            var isSo = isKind ? line.Kind == Likeness.Kinds[k] : line.Criteria[Likeness.Judged[k - Likeness.Kinds.Length]];
            foreach (var row in seen)
            {
                var weights = model.Weights(row);
                weights[k] -= (float)(rate * (((likely - (isSo ? 1 : 0)) * share) + (Decay * weights[k])));
            }
        }
    }
}
