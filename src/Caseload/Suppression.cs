namespace PracticeApp.Caseload;

/// <summary>
/// Hides whoever could be singled out from those who may see counts but not persons. Each column is divided into blocks of
/// at least <see cref="Fewest"/> people; only whole blocks are told, and every total that is shown anywhere is a sum of
/// told blocks. So no subtraction, of cells from totals, of psychologists from the practice, or of one period from another,
/// leads to fewer people than a block has.
/// </summary>
public static class Suppression
{
    /// <summary>A cell is told when it counts at least this many different people.</summary>
    public const int Fewest = 5;

    private sealed record Part<TKey>(TKey Key, int Count, HashSet<Guid> People);

    /// <summary>
    /// The whole practice. Rows with too few people are told together as <see cref="Column{TRow}.Rest"/>; while these are
    /// too few, the smallest of the others joins them. A column with too few people in all tells nothing.
    /// </summary>
    public static IReadOnlyList<Column<TRow>> ForPractice<TRow>(IEnumerable<Entry<TRow>> entries) where TRow : notnull =>
        [.. entries.GroupBy(e => e.Column).OrderBy(g => g.Key).Select(g => Practice(g.Key, g))];

    /// <summary>
    /// One psychologist, for somebody else's eyes. A cell is told where the practice's cell is told by itself and the
    /// colleagues whose part of it is not told are, together, enough people (or none).
    /// </summary>
    public static IReadOnlyList<Column<TRow>> ForPsychologist<TRow>(IEnumerable<Entry<TRow>> entries, Guid psychologist) where TRow : notnull =>
        [.. entries.GroupBy(e => e.Column).OrderBy(g => g.Key).Select(g => Psychologist(g.Key, [.. g], psychologist))];

    private static Column<TRow> Practice<TRow>(DateOnly start, IEnumerable<Entry<TRow>> entries) where TRow : notnull
    {
        var (told, rest) = Divide(entries, e => e.Row);
        if (rest.Count == 0) return new(start, Cells(told), 0, false);
        return People(rest) < Fewest
            ? new(start, new Dictionary<TRow, int>(), 0, true)
            : new(start, Cells(told), rest.Sum(p => p.Count), true);
    }

    private static Column<TRow> Psychologist<TRow>(DateOnly start, IReadOnlyCollection<Entry<TRow>> entries, Guid psychologist) where TRow : notnull
    {
        var practice = Practice(start, entries);
        var cells = new Dictionary<TRow, int>();
        foreach (var row in entries.Where(e => practice.Cells.ContainsKey(e.Row)).GroupBy(e => e.Row))
        {
            var (told, _) = Divide(row, e => e.Psychologist ?? Guid.Empty);
            if (told.Find(p => p.Key == psychologist) is { } own) cells[row.Key] = own.Count;
        }
        var hides = entries.Any(e => e.Psychologist == psychologist && !cells.ContainsKey(e.Row));
        return new(start, cells, 0, hides);
    }

    /// <summary>Parts that are told by themselves, and the others, who are at least <see cref="Fewest"/> people, or none, or all.</summary>
    private static (List<Part<TKey>> Told, List<Part<TKey>> Others) Divide<TRow, TKey>(
        IEnumerable<Entry<TRow>> entries, Func<Entry<TRow>, TKey> key) where TRow : notnull where TKey : notnull
    {
        var parts = entries.Where(e => e.Count > 0).GroupBy(key)
            .Select(g => new Part<TKey>(g.Key, g.Sum(e => e.Count), [.. g.Select(e => e.Person)]))
            .OrderByDescending(p => p.People.Count).ThenByDescending(p => p.Count).ToList();
        var told = parts.Where(p => p.People.Count >= Fewest).ToList();
        var rest = parts.Except(told).ToList();
        while (rest.Count > 0 && told.Count > 0 && People(rest) < Fewest)
        {
            rest.Add(told[^1]);
            told.RemoveAt(told.Count - 1);
        }
        return (told, rest);
    }

    private static int People<TKey>(IEnumerable<Part<TKey>> parts) => parts.SelectMany(p => p.People).Distinct().Count();

    private static Dictionary<TKey, int> Cells<TKey>(IEnumerable<Part<TKey>> parts) where TKey : notnull => parts.ToDictionary(p => p.Key, p => p.Count);
}
