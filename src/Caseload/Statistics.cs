namespace PracticeApp.Caseload;

/// <summary>What one person adds to one cell: a grouped row of the database, or a single raw one with a count of 1.</summary>
/// <param name="Column">The start of the column, in the practice's zone.</param>
/// <param name="Psychologist">Null where nobody has taken it yet.</param>
/// <param name="Person">The client, or the enquiry where there is no client yet.</param>
public readonly record struct Entry<TRow>(DateOnly Column, TRow Row, Guid? Psychologist, Guid Person, int Count) where TRow : notnull;

/// <summary>One column of a table as it may be shown.</summary>
/// <param name="Cells">Rows that are told one by one.</param>
/// <param name="Rest">What is told only together; 0 where there is no such thing.</param>
/// <param name="Hides">True where something is not told: a row that is not in <paramref name="Cells"/> is then unknown, not nought.</param>
public sealed record Column<TRow>(DateOnly Start, IReadOnlyDictionary<TRow, int> Cells, int Rest, bool Hides) where TRow : notnull
{
    /// <summary>The count of a row; null where it is not told.</summary>
    public int? this[TRow row] => Cells.TryGetValue(row, out var count) ? count : Hides ? null : 0;

    /// <summary>All that is told of this column; less than what happened where something is hidden without a rest.</summary>
    public int Told => Cells.Values.Sum() + Rest;
}

/// <summary>Plain counts over plain rows, nothing hidden: what a psychologist sees of the own caseload.</summary>
public static class Statistics
{
    public static IReadOnlyList<Column<TRow>> Count<TRow>(IEnumerable<Entry<TRow>> entries) where TRow : notnull =>
        [.. entries.GroupBy(e => e.Column).OrderBy(g => g.Key).Select(column => new Column<TRow>(
            column.Key, column.GroupBy(e => e.Row).ToDictionary(g => g.Key, g => g.Sum(e => e.Count)), 0, false))];

    /// <summary>One column for each start, in order; where nothing happened the column says nought.</summary>
    public static IReadOnlyList<Column<TRow>> Over<TRow>(this IEnumerable<Column<TRow>> columns, IEnumerable<DateOnly> starts) where TRow : notnull
    {
        var known = columns.ToDictionary(c => c.Start);
        return [.. starts.Select(s => known.TryGetValue(s, out var c) ? c : new Column<TRow>(s, new Dictionary<TRow, int>(), 0, false))];
    }
}
