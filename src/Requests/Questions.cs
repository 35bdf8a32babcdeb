using System.Globalization;

namespace PracticeApp.Requests;

/// <summary>A pool of questions, and where the words to quote stand.</summary>
internal readonly record struct PoolOfQuestions(string Name, int Start, int Length)
{
    public PoolOfQuestions(string name, string _) : this(name, 0, 0) { }

    public PoolOfQuestions(string name, Criterion criterion) : this(name, criterion.Start, criterion.Length) { }
}

/// <summary>Chooses the next question: none twice until the others have been asked.</summary>
internal sealed class Questions(LanguageData language, string text, CoachAnswers answers)
{
    const int LongestQuote = 90;

    public CoachQuestion Next(IEnumerable<PoolOfQuestions> pools)
    {
        var candidates = pools.SelectMany(Variants).ToList();
        var asked = answers.Asked ?? [];
        var last = asked.Select((id, i) => (id, i)).GroupBy(a => a.id).ToDictionary(g => g.Key, g => g.Max(a => a.i));
        return candidates.FirstOrDefault(c => !last.ContainsKey(c.Id)) ?? candidates.MinBy(c => last[c.Id])!;
    }

    IEnumerable<CoachQuestion> Variants(PoolOfQuestions pool)
    {
        var variants = language.Questions.GetValueOrDefault(pool.Name) ?? [];
        var quote = Quote(pool);
        for (var i = 0; i < variants.Length; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{pool.Name}/{i + 1}");
            var place = variants[i].IndexOf(FormulationCoach.QuotePlace, StringComparison.Ordinal);
            if (place < 0) yield return new(id, variants[i], "", "");
            else if (quote.Length > 0)
                yield return new(id, variants[i][..place], quote, variants[i][(place + FormulationCoach.QuotePlace.Length)..]);
        }
    }

    /// <summary>The client's own words, as written, not longer than one breath and never cut inside a word.</summary>
    string Quote(PoolOfQuestions pool)
    {
        if (pool.Length <= 0 || pool.Start < 0 || pool.Start + pool.Length > text.Length) return "";
        var quote = text.AsSpan(pool.Start, pool.Length);
        if (quote.Length > LongestQuote)
        {
            var cut = quote[..LongestQuote].LastIndexOf(' ');
            if (cut <= 0) return "";
            quote = quote[..cut];
        }
        return quote.Trim().TrimEnd(",;:.!?").ToString();
    }
}
