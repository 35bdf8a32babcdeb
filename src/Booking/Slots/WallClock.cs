namespace PracticeApp.Booking;

/// <summary>
/// A zone's offsets over a stretch of time. An instant belongs to a wall-clock interval exactly when its reading does: an
/// hour that is skipped holds no instant, an hour that comes twice holds both. All numbers are ticks.
/// </summary>
internal sealed class WallClock
{
    private readonly List<(long Start, long End, long Offset)> spans = [];

    /// <summary>UTC time of one unbroken offset; <c>Wall</c> is the reading at which the whole interval begins.</summary>
    internal readonly record struct Stretch(long Start, long End, long Wall, long Offset);

    public WallClock(TimeZoneInfo zone, DateOnly first, DateOnly last)
    {
        // No zone is a day away from UTC, and offsets do not change twice within a day.
        var end = Math.Min(DateTime.MaxValue.Ticks, Ticks(last) + 2 * TimeSpan.TicksPerDay);
        var spanStart = Math.Max(0, Ticks(first) - TimeSpan.TicksPerDay);
        var offset = OffsetAt(zone, spanStart);
        for (var at = spanStart; at < end;)
        {
            var next = Math.Min(at + TimeSpan.TicksPerDay, end);
            var then = OffsetAt(zone, next);
            if (then != offset)
            {
                var change = ChangeBetween(zone, at, next, offset);
                spans.Add((spanStart, change, offset));
                (spanStart, offset) = (change, then);
            }
            at = next;
        }
        spans.Add((spanStart, end, offset));
    }

    /// <summary>The time whose reading lies in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public IEnumerable<Stretch> Between(long from, long to)
    {
        foreach (var (start, end, offset) in spans)
        {
            var (a, b) = (Math.Max(from - offset, start), Math.Min(to - offset, end));
            if (a < b) yield return new Stretch(a, b, from, offset);
        }
    }

    public long Reading(long utc)
    {
        foreach (var (_, end, offset) in spans)
            if (utc < end) return utc + offset;
        return utc + spans[^1].Offset;
    }

    public static long Ticks(DateOnly day) => day.DayNumber * TimeSpan.TicksPerDay;

    private static long OffsetAt(TimeZoneInfo zone, long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;

    private static long ChangeBetween(TimeZoneInfo zone, long before, long after, long offset)
    {
        while (after - before > 1)
        {
            var middle = before + (after - before) / 2;
            if (OffsetAt(zone, middle) == offset) before = middle; else after = middle;
        }
        return after;
    }
}
