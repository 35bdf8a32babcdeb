namespace PracticeApp.Booking;

/// <summary>A session of the psychologist, its buffer not included; UTC.</summary>
public readonly record struct TakenSession(DateTime StartUtc, DateTime EndUtc);

public enum BookingLimit { Day, Week, InRow }

/// <summary>
/// Sessions already counted: by local day, by week from Monday, and in a row. A row is a run of sessions with less than
/// the pause between each and the next.
/// </summary>
public sealed class Limits
{
    private readonly SlotRules rules;
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<long, int> byDay = [];
    private readonly Dictionary<long, int> byWeek = [];
    private readonly List<(long Start, long End, int Count)> rows = [];

    public Limits(SlotRules slotRules, TimeZoneInfo timeZone, IReadOnlyList<TakenSession> booked)
    {
        (rules, zone) = (slotRules, timeZone);
        if (!rules.HasLimits) return;
        foreach (var (start, end) in booked.OrderBy(b => b.StartUtc))
        {
            var day = DayOf(Reading(start));
            byDay[day] = byDay.GetValueOrDefault(day) + 1;
            byWeek[WeekOf(day)] = byWeek.GetValueOrDefault(WeekOf(day)) + 1;
            if (rows.Count > 0 && start.Ticks - rows[^1].End < rules.Pause.Ticks) rows[^1] = rows[^1] with { End = Math.Max(rows[^1].End, end.Ticks), Count = rows[^1].Count + 1 };
            else rows.Add((start.Ticks, end.Ticks, 1));
        }
    }

    /// <summary>Which limits one more session would break.</summary>
    public IReadOnlyList<BookingLimit> BrokenBy(DateTime startUtc, DateTime endUtc)
    {
        var day = DayOf(Reading(startUtc));
        var broken = new List<BookingLimit>();
        if (byDay.GetValueOrDefault(day) >= rules.MaxPerDay) broken.Add(BookingLimit.Day);
        if (byWeek.GetValueOrDefault(WeekOf(day)) >= rules.MaxPerWeek) broken.Add(BookingLimit.Week);
        if (InRow(startUtc.Ticks, endUtc.Ticks) > rules.MaxInRow) broken.Add(BookingLimit.InRow);
        return broken;
    }

    internal bool AreBrokenBy(long start, long end, long reading) =>
        rules.HasLimits && (byDay.GetValueOrDefault(DayOf(reading)) >= rules.MaxPerDay || byWeek.GetValueOrDefault(WeekOf(DayOf(reading))) >= rules.MaxPerWeek
            || InRow(start, end) > rules.MaxInRow);

    private int InRow(long start, long end)
    {
        if (rules.MaxInRow is null) return 0;
        var count = 1;
        foreach (var row in rows)
            if (start - row.End < rules.Pause.Ticks && row.Start - end < rules.Pause.Ticks) count += row.Count;
        return count;
    }

    private long Reading(DateTime utc) => (utc + zone.GetUtcOffset(utc)).Ticks;

    private static long DayOf(long reading) => reading / TimeSpan.TicksPerDay;

    private static long WeekOf(long day) => day / 7; // day 0, 1 January of year 1, is a Monday
}
