using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>What one version says otherwise than the one before, by the clauses of the newer.</summary>
/// <param name="Version">Number of the version before.</param>
/// <param name="Clauses">The words of each clause that differs, by its number; a new clause is all additions.</param>
/// <param name="Before">Which clause of the version before each clause comes from.</param>
/// <param name="Removed">Headings of clauses that are gone.</param>
/// <param name="Promises">Promises that are new or worded anew.</param>
public sealed record AgreementChanges(
    int Version, ImmutableDictionary<int, IReadOnlyList<ChangedWords>> Clauses, ImmutableDictionary<int, int> Before,
    ImmutableArray<string> Removed, ImmutableArray<string> Promises)
{
    public bool Any => Clauses.Count > 0 || Removed.Length > 0 || Promises.Length > 0;

    public static AgreementChanges Between(AgreementDocument before, AgreementDocument after)
    {
        var earlier = Keyed(before).ToDictionary(c => c.Key, c => c.Clause);
        var (clauses, from) = (ImmutableDictionary.CreateBuilder<int, IReadOnlyList<ChangedWords>>(), ImmutableDictionary.CreateBuilder<int, int>());
        foreach (var (key, clause) in Keyed(after))
        {
            var old = earlier.GetValueOrDefault(key);
            if (old is not null) from[clause.Number] = old.Number;
            var (was, now) = (old is null ? "" : WordsOf(before, old), WordsOf(after, clause));
            if (was != now) clauses[clause.Number] = WordDifference.Between(was, now);
            earlier.Remove(key);
        }

        var promises = before.Text.Responsibilities.Select(r => r.Text).ToHashSet();
        return new AgreementChanges(before.Version, clauses.ToImmutable(), from.ToImmutable(), [.. earlier.Values.OrderBy(c => c.Number).Select(c => c.Heading)],
            [.. after.Text.Responsibilities.Select(r => r.Text).Where(text => !promises.Contains(text))]);
    }

    /// <summary>A clause is known again by its kind, and among several of a kind by their order.</summary>
    private static IEnumerable<((ClauseKind Kind, int Nth) Key, Clause Clause)> Keyed(AgreementDocument document) =>
        document.Text.Clauses.GroupBy(c => c.Kind).SelectMany(g => g.Select((clause, i) => ((g.Key, i), clause))).OrderBy(c => c.clause.Number);

    /// <summary>Heading, words and what they mean in practice, as they are read.</summary>
    private static string WordsOf(AgreementDocument document, Clause clause) => string.Join(' ',
    [
        clause.Heading + ".",
        .. ClauseMarkdown.Read(clause.Text).Select(block => string.Concat(block.Runs.Select(r => r.Text))),
        .. document.Card.Where(m => m.Clause == $"{clause.Number}").Select(m => m.Text),
    ]);
}
