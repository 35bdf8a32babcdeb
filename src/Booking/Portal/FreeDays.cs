namespace PracticeApp.Booking;

public sealed record FreeDay(DateOnly Day, IReadOnlyList<Slot> Slots);

/// <summary>A week of free hours, day by day in the reader's zone, beginning where there is something.</summary>
/// <param name="Earlier">Where the page before begins; null on the first.</param>
/// <param name="Later">Where the next page begins; null when nothing comes after.</param>
public sealed record FreeDays(IReadOnlyList<FreeDay> Days, DateOnly? Earlier, DateOnly? Later)
{
    private const int Shown = 7;
    public static readonly FreeDays None = new([], null, null);

    /// <summary>One place is offered throughout, so that buttons need not name it.</summary>
    public bool OnePlace => Days.SelectMany(d => d.Slots).Select(s => s.Place.Kind).Distinct().Count() < 2;

    public static FreeDays Of(IReadOnlyList<Slot> slots, DateOnly? from, TimeZoneInfo zone, DateTime now)
    {
        DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
        var today = DayOf(now);
        var start = from is { } asked && asked > today && asked < today.AddYears(2) ? asked : today;
        var byDay = slots.ToLookup(s => DayOf(s.StartUtc));
        var free = byDay.Select(g => g.Key).Order().ToList();
        if (free.Find(d => d >= start) is not { DayNumber: > 0 } first) return start > today ? new([], today, null) : None;

        var days = Enumerable.Range(0, Shown).Select(i => first.AddDays(i))
            .Select(d => new FreeDay(d, [.. byDay[d].OrderBy(s => s.StartUtc).ThenBy(s => s.Place)])).ToList();
        while (days[^1].Slots.Count == 0) days.RemoveAt(days.Count - 1);
        var next = first.AddDays(Shown);
        return new FreeDays(days,
            free[0] < first ? Max(free[0], first.AddDays(-Shown)) : null,
            free.Exists(d => d >= next) ? next : null);
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
