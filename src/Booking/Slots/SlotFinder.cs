namespace PracticeApp.Booking;

/// <summary>
/// Computes the free slots of one psychologist. Pure, and the same slot is found whatever window is asked for.
/// A session and the buffer after it must lie inside hours of one place that offer the kind, outside breaks and taken time.
/// Hours are what the wall clock reads: an hour it skips is not offered, an hour it shows twice is offered twice.
/// </summary>
public static class SlotFinder
{
    private const int FarthestHorizon = 3660;

    private readonly record struct Span(long Start, long End);

    private readonly record struct Hours(SlotPlace Place, WallClock.Stretch Time);

    private readonly record struct Start(long At, SlotPlace Place, long Stranded, int Pieces);

    /// <summary>
    /// Slots by start, then place; on the <see cref="SlotGrid.Full"/> grid day by day, and inside a day first those that strand
    /// the least unusable time and split free time the least.
    /// </summary>
    /// <exception cref="ArgumentException">A time is not UTC, the length is not positive or the buffer is negative.</exception>
    public static IReadOnlyList<Slot> Find(Availability availability, SlotSearch search)
    {
        Check(search);
        var (rules, zone) = (availability.Rules, availability.Zone);
        var lastDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(search.NowUtc, zone))
            .AddDays(Math.Clamp(rules.HorizonDays, 0, FarthestHorizon));
        var earliest = Math.Max(search.FromUtc.Ticks, (search.NowUtc + rules.Notice).Ticks);
        var latest = Math.Min(search.UntilUtc.Ticks, WallClock.Ticks(lastDay.AddDays(2)));
        if (earliest >= latest) return [];

        var total = (search.Length + search.BufferAfter).Ticks;
        var days = new Days(Day(earliest - 2 * TimeSpan.TicksPerDay), Day(latest + total + TimeSpan.TicksPerDay));
        var clock = new WallClock(zone, days.First, days.Last);
        var hours = OfferedHours(availability, search, clock, days);
        var closed = ClosedTime(availability, clock, days);
        var starts = new List<Start>();
        foreach (var place in hours.Select(h => h.Place).Distinct().Order())
        {
            var free = FreeTime(hours, closed, availability.Busy, place);
            if (place.RoomId is { } room && availability.Rooms.TryGetValue(room, out var opening)) free = Within(free, OpenTime(opening, days));
            foreach (var time in Joined(hours.Where(h => h.Place == place).Select(h => h.Time), rules.Grid))
                AddStarts(starts, time, free, place, total, rules.Grid);
        }

        var limits = new Limits(rules, zone, availability.Booked);
        var end = WallClock.Ticks(lastDay.AddDays(1));
        var seen = new HashSet<(long, SlotPlace)>();
        return [.. InOrder(starts, rules.Grid, clock)
            .Where(s => s.At >= earliest && s.At < latest && clock.Reading(s.At) < end && !limits.AreBrokenBy(s.At, s.At + search.Length.Ticks, clock.Reading(s.At)) && seen.Add((s.At, s.Place)))
            .Select(s => new Slot(Utc(s.At), Utc(s.At) + search.Length, s.Place))];
    }

    /// <summary>Whether the room can be used from beginning to end.</summary>
    public static bool IsOpen(RoomOpening opening, DateTime startUtc, DateTime endUtc) =>
        OpenTime(opening, new Days(Day(startUtc.Ticks - 2 * TimeSpan.TicksPerDay), Day(endUtc.Ticks + 2 * TimeSpan.TicksPerDay)))
            .Exists(open => open.Start <= startUtc.Ticks && endUtc.Ticks <= open.End);

    /// <summary>When the room can be used between two moments.</summary>
    public static IReadOnlyList<(DateTime From, DateTime To)> OpenTime(RoomOpening opening, DateTime fromUtc, DateTime untilUtc) =>
        [.. OpenTime(opening, new Days(Day(fromUtc.Ticks - 2 * TimeSpan.TicksPerDay), Day(untilUtc.Ticks + 2 * TimeSpan.TicksPerDay)))
            .Where(open => open.Start < untilUtc.Ticks && open.End > fromUtc.Ticks)
            .Select(open => (Utc(Math.Max(open.Start, fromUtc.Ticks)), Utc(Math.Min(open.End, untilUtc.Ticks))))];

    private readonly record struct Days(DateOnly First, DateOnly Last)
    {
        public bool Hold(DateOnly day) => First <= day && day <= Last;
    }

    private static List<Hours> OfferedHours(Availability a, SlotSearch search, WallClock clock, Days days)
    {
        bool Offers(SlotPlace place, IReadOnlyCollection<Guid>? kinds) =>
            (search.Places is null || search.Places.Contains(place)) && (kinds is null || kinds.Contains(search.KindId));

        var off = a.Changes.OfType<DayOff>().ToList();
        var offTime = Merged(off.SelectMany(o => clock.Between(WallClock.Ticks(o.First), WallClock.Ticks(o.Last) + TimeSpan.TicksPerDay)).Select(Plain));
        var weekly = a.Hours.Where(h => Offers(h.Place, h.Kinds)).ToLookup(h => h.Day);
        var hours = new List<Hours>();
        for (var day = days.First; day <= days.Last; day = day.AddDays(1))
        {
            if (off.Exists(o => o.First <= day && day <= o.Last)) continue;
            foreach (var h in weekly[day.DayOfWeek])
                if (Valid(day, h.ValidFrom, h.ValidUntil))
                    foreach (var time in Readings(clock, day, h.From, h.To))
                        foreach (var left in Without([Plain(time)], offTime))
                            hours.Add(new Hours(h.Place, time with { Start = left.Start, End = left.End }));
        }
        foreach (var extra in a.Changes.OfType<ExtraHours>())
            if (Offers(extra.Place, extra.Kinds) && days.Hold(extra.Day))
                hours.AddRange(Readings(clock, extra.Day, extra.From, extra.To).Select(time => new Hours(extra.Place, time)));
        return hours;
    }

    private static List<Span> ClosedTime(Availability a, WallClock clock, Days days)
    {
        var closed = new List<Span>();
        for (var day = days.First; day <= days.Last && a.Breaks.Count > 0; day = day.AddDays(1))
            foreach (var pause in a.Breaks)
                if (pause.Day == day.DayOfWeek && Valid(day, pause.ValidFrom, pause.ValidUntil))
                    closed.AddRange(Readings(clock, day, pause.From, pause.To).Select(Plain));
        foreach (var time in a.Changes.OfType<TimeOff>())
            if (days.Hold(time.Day)) closed.AddRange(Readings(clock, time.Day, time.From, time.To).Select(Plain));
        return closed;
    }

    private static List<Span> FreeTime(List<Hours> hours, List<Span> closed, IReadOnlyList<Busy> busy, SlotPlace place)
    {
        var taken = busy.Where(b => b.RoomId is null || b.RoomId == place.RoomId).Select(b => new Span(b.StartUtc.Ticks, b.EndUtc.Ticks));
        return Without(Merged(hours.Where(h => h.Place == place).Select(h => Plain(h.Time))), Merged(taken.Concat(closed)));
    }

    private static List<Span> OpenTime(RoomOpening opening, Days days)
    {
        var clock = new WallClock(opening.Zone, days.First, days.Last);
        var (open, closed) = (new List<Span>(), new List<Span>());
        for (var day = days.First; day <= days.Last; day = day.AddDays(1))
        {
            var midnight = WallClock.Ticks(day);
            if (opening.Closed.Contains(day)) closed.AddRange(clock.Between(midnight, midnight + TimeSpan.TicksPerDay).Select(Plain));
            if (opening.Hours.Count == 0) open.AddRange(clock.Between(midnight, midnight + TimeSpan.TicksPerDay).Select(Plain));
            foreach (var hours in opening.Hours)
                if (hours.Day == day.DayOfWeek) open.AddRange(Readings(clock, day, hours.From, hours.To).Select(Plain));
        }
        return Without(Merged(open), Merged(closed));
    }

    /// <summary>Full slots run on over a change of offset, so what the change cut in two is joined for them.</summary>
    private static IEnumerable<WallClock.Stretch> Joined(IEnumerable<WallClock.Stretch> times, SlotGrid grid)
    {
        if (grid != SlotGrid.Full) return times;
        var joined = new List<WallClock.Stretch>();
        foreach (var time in times)
        {
            if (joined.Count > 0 && joined[^1].Wall == time.Wall && joined[^1].End == time.Start) joined[^1] = joined[^1] with { End = time.End };
            else joined.Add(time);
        }
        return joined;
    }

    private static void AddStarts(List<Start> starts, WallClock.Stretch time, List<Span> free, SlotPlace place, long total, SlotGrid grid)
    {
        var step = grid == SlotGrid.Full ? total : (int)grid * TimeSpan.TicksPerMinute;
        for (var i = FirstEndingAfter(free, time.Start); i < free.Count && free[i].Start < time.End; i++)
        {
            var piece = new Span(Math.Max(free[i].Start, time.Start), Math.Min(free[i].End, time.End));
            var anchor = grid == SlotGrid.Full ? piece.Start : time.Wall - time.Offset;
            var steps = (piece.Start - anchor + step - 1) / step;
            for (var at = anchor + steps * step; at < piece.End && at + total <= free[i].End; at += step)
            {
                var (before, after) = (at - piece.Start, Math.Max(0, piece.End - at - total));
                starts.Add(new Start(at, place, before % total + after % total, (before > 0 ? 1 : 0) + (after > 0 ? 1 : 0)));
            }
        }
    }

    private static IEnumerable<Start> InOrder(List<Start> starts, SlotGrid grid, WallClock clock) => grid == SlotGrid.Full
        ? starts.OrderBy(s => clock.Reading(s.At) / TimeSpan.TicksPerDay).ThenBy(s => s.Stranded).ThenBy(s => s.Pieces).ThenBy(s => s.At).ThenBy(s => s.Place)
        : starts.OrderBy(s => s.At).ThenBy(s => s.Place);

    private static IEnumerable<WallClock.Stretch> Readings(WallClock clock, DateOnly day, TimeOnly from, TimeOnly to)
    {
        var midnight = WallClock.Ticks(day);
        return clock.Between(midnight + from.Ticks, midnight + to.Ticks + (to <= from ? TimeSpan.TicksPerDay : 0));
    }

    private static Span Plain(WallClock.Stretch time) => new(time.Start, time.End);

    private static bool Valid(DateOnly day, DateOnly? from, DateOnly? until) => (from is null || from <= day) && (until is null || day <= until);

    private static List<Span> Merged(IEnumerable<Span> spans)
    {
        var merged = new List<Span>();
        foreach (var span in spans.Where(s => s.Start < s.End).OrderBy(s => s.Start))
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End) merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, span.End) };
            else merged.Add(span);
        }
        return merged;
    }

    /// <summary>Both lists sorted and without overlaps; so is the answer.</summary>
    private static List<Span> Without(List<Span> spans, List<Span> taken)
    {
        var left = new List<Span>(spans.Count);
        foreach (var span in spans)
        {
            var from = span.Start;
            for (var i = FirstEndingAfter(taken, span.Start); i < taken.Count && taken[i].Start < span.End; i++)
            {
                if (taken[i].Start > from) left.Add(new Span(from, taken[i].Start));
                from = taken[i].End;
            }
            if (from < span.End) left.Add(new Span(from, span.End));
        }
        return left;
    }

    private static List<Span> Within(List<Span> spans, List<Span> bounds) =>
        [.. spans.SelectMany(s => bounds.Select(b => new Span(Math.Max(s.Start, b.Start), Math.Min(s.End, b.End)))).Where(s => s.Start < s.End)];

    private static int FirstEndingAfter(List<Span> spans, long at)
    {
        var (low, high) = (0, spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (spans[middle].End <= at) low = middle + 1; else high = middle;
        }
        return low;
    }

    private static DateOnly Day(long ticks) =>
        DateOnly.FromDayNumber((int)(Math.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - 3 * TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay));

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private static void Check(SlotSearch search)
    {
        if (search.NowUtc.Kind != DateTimeKind.Utc || search.FromUtc.Kind != DateTimeKind.Utc || search.UntilUtc.Kind != DateTimeKind.Utc)
            throw new ArgumentException("Times must be UTC.", nameof(search));
        if (search.Length <= TimeSpan.Zero || search.BufferAfter < TimeSpan.Zero)
            throw new ArgumentException("The length must be positive and the buffer not negative.", nameof(search));
    }
}
