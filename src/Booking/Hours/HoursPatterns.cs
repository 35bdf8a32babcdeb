namespace PracticeApp.Booking;

/// <summary>Weekly hours that hold together, from one day until another; null is open. No rows: no hours.</summary>
public sealed record HoursPattern(DateOnly? From, DateOnly? Until, IReadOnlyList<WorkingHours> Rows)
{
    public bool HoldsOn(DateOnly day) => (From is null || From <= day) && (Until is null || day <= Until);

    /// <summary>Reads the patterns out of the rows, in order and without a gap between the first and the last.</summary>
    public static IReadOnlyList<HoursPattern> Of(IReadOnlyCollection<WorkingHours> rows)
    {
        var starts = rows.Select(r => r.ValidFrom).Concat(rows.Select(r => r.ValidUntil?.AddDays(1))).OfType<DateOnly>().Distinct().Order().Select(d => (DateOnly?)d).Prepend(null).ToList();
        var patterns = new List<HoursPattern>();
        for (var i = 0; i < starts.Count; i++)
        {
            var (from, until) = (starts[i], i + 1 < starts.Count ? starts[i + 1]!.Value.AddDays(-1) : (DateOnly?)null);
            var pattern = new HoursPattern(from, until, [.. rows.Where(r => from is { } day ? r.HoldsOn(day) : r.ValidFrom is null)]);
            // Rows that only say the same again are the same pattern going on.
            if (patterns.Count > 0 && patterns[^1].Says == pattern.Says) patterns[^1] = patterns[^1] with { Until = until };
            else patterns.Add(pattern);
        }
        if (patterns[0].Rows.Count == 0) patterns.RemoveAt(0);
        if (patterns.Count > 0 && patterns[^1].Rows.Count == 0) patterns.RemoveAt(patterns.Count - 1);
        return patterns;
    }

    /// <summary>The typed hours, Monday first.</summary>
    public IReadOnlyList<IReadOnlyList<TypedHours>> Week() => [.. Enumerable.Range(0, 7).Select(i => (IReadOnlyList<TypedHours>)[.. Rows.Where(r => r.Day == SetHours.DayAt(i)).Select(Typed)])];

    private static TypedHours Typed(WorkingHours r) => new(r.From, r.To, r.IsBreak, new SlotPlace(r.Place, r.RoomId), r.KindIds.Length == 0 ? null : r.KindIds);

    private string Says => string.Join('|', Rows.Select(r => string.Join(',', r.Day, r.From.Ticks, r.To.Ticks, r.IsBreak, r.Place, r.RoomId, string.Join('+', r.KindIds.Order()))).Order(StringComparer.Ordinal));
}
