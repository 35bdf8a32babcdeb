using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Finds slots the slow way: looks at the clock on the wall every single minute. Shares nothing with SlotFinder but its types.</summary>
internal sealed class SlotOracle
{
    private readonly Availability a;
    private readonly SlotSearch search;
    private readonly DateTime first;
    private readonly DateTime[] local;
    private readonly int total;
    private readonly Dictionary<DateTime, bool> off = [];

    private sealed record Row(SlotPlace Place, TimeSpan From, TimeSpan To, Func<DateTime, bool> BeginsOn, bool Weekly);

    private SlotOracle(Availability availability, SlotSearch slotSearch)
    {
        (a, search) = (availability, slotSearch);
        total = (int)(search.Length + search.BufferAfter).TotalMinutes;
        first = search.FromUtc.AddMinutes(-26 * 60);
        local = [.. Enumerable.Range(0, (int)(search.UntilUtc - first).TotalMinutes + 26 * 60 + total)
            .Select(m => TimeZoneInfo.ConvertTimeFromUtc(first.AddMinutes(m), a.Zone))];
    }

    public static HashSet<Slot> Find(Availability a, SlotSearch search) => new SlotOracle(a, search).All().ToHashSet();

    private IEnumerable<Slot> All()
    {
        var rows = Rows().ToList();
        foreach (var place in rows.Select(r => r.Place).Distinct().Where(p => search.Places is null || search.Places.Contains(p)))
        {
            var here = rows.Where(r => r.Place == place).ToList();
            var open = Enumerable.Range(0, local.Length).Select(m => here.Exists(r => BeganOn(r, local[m]) is not null) && !Closed(m, place)).ToArray();
            var starts = a.Rules.Grid == SlotGrid.Full ? FullStarts(here, open) : GridStarts(here);
            foreach (var m in starts.Where(m => m + total <= local.Length && Enumerable.Range(m, total).All(i => open[i]) && Wanted(m)))
                yield return new Slot(first.AddMinutes(m), first.AddMinutes(m) + search.Length, place);
        }
    }

    private IEnumerable<Row> Rows()
    {
        foreach (var h in a.Hours.Where(h => h.Kinds is null || h.Kinds.Contains(search.KindId)))
            yield return new Row(h.Place, h.From.ToTimeSpan(), Until(h.From, h.To),
                d => d.DayOfWeek == h.Day && !Before(d, h.ValidFrom) && !After(d, h.ValidUntil) && !IsOff(d), true);
        foreach (var x in a.Changes.OfType<ExtraHours>().Where(x => x.Kinds is null || x.Kinds.Contains(search.KindId)))
            yield return new Row(x.Place, x.From.ToTimeSpan(), Until(x.From, x.To), d => DateOnly.FromDateTime(d) == x.Day, false);
    }

    private DateTime? BeganOn(Row row, DateTime reading)
    {
        if (row.Weekly && IsOff(reading.Date)) return null;
        return Began(row.From, row.To, row.BeginsOn, reading);
    }

    private static DateTime? Began(TimeSpan from, TimeSpan to, Func<DateTime, bool> beginsOn, DateTime reading)
    {
        bool On(DateTime day) => reading >= day + from && reading < day + to && beginsOn(day);
        return On(reading.Date) ? reading.Date : On(reading.Date.AddDays(-1)) ? reading.Date.AddDays(-1) : null;
    }

    private bool Closed(int minute, SlotPlace place)
    {
        var (utc, reading) = (first.AddMinutes(minute), local[minute]);
        return RoomIsClosed(utc, place) || a.Busy.Any(b => b.StartUtc <= utc && utc < b.EndUtc && (b.RoomId == null || b.RoomId == place.RoomId))
            || a.Breaks.Any(p => Began(p.From.ToTimeSpan(), Until(p.From, p.To), d => d.DayOfWeek == p.Day && !Before(d, p.ValidFrom) && !After(d, p.ValidUntil), reading) is not null)
            || a.Changes.OfType<TimeOff>().Any(t => Began(t.From.ToTimeSpan(), Until(t.From, t.To), d => DateOnly.FromDateTime(d) == t.Day, reading) is not null);
    }

    private IEnumerable<int> GridStarts(List<Row> rows) =>
        Enumerable.Range(0, local.Length).Where(m => rows.Exists(r =>
            BeganOn(r, local[m]) is { } day && (int)(local[m] - day - r.From).TotalMinutes % (int)a.Rules.Grid == 0));

    private IEnumerable<int> FullStarts(List<Row> rows, bool[] open)
    {
        foreach (var row in rows)
            foreach (var day in local.Select(l => l.Date).Distinct())
            {
                bool Free(int m) => open[m] && BeganOn(row, local[m]) == day;
                for (var (m, run) = (0, 0); m < local.Length; m++)
                {
                    run = Free(m) ? run + 1 : 0;
                    if (run > 0 && (run - 1) % total == 0) yield return m;
                }
            }
    }

    private bool Wanted(int minute)
    {
        var (utc, day) = (first.AddMinutes(minute), local[minute].Date);
        var today = TimeZoneInfo.ConvertTimeFromUtc(search.NowUtc, a.Zone).Date;
        var booked = a.Booked.Select(b => TimeZoneInfo.ConvertTimeFromUtc(b.StartUtc, a.Zone).Date).ToList();
        return utc >= search.FromUtc && utc < search.UntilUtc && utc - search.NowUtc >= a.Rules.Notice && (day - today).Days <= a.Rules.HorizonDays
            && !(booked.Count(b => b == day) >= a.Rules.MaxPerDay) && !(booked.Count(b => Monday(b) == Monday(day)) >= a.Rules.MaxPerWeek)
            && !(InRow(utc, utc + search.Length) > a.Rules.MaxInRow);
    }

    /// <summary>Grows the run from the session until nothing is near enough any more.</summary>
    private int InRow(DateTime start, DateTime end)
    {
        var (run, rest) = (new List<TakenSession> { new(start, end) }, a.Booked.ToList());
        while (rest.FindIndex(b => run.Exists(r => b.StartUtc - r.EndUtc < a.Rules.Pause && r.StartUtc - b.EndUtc < a.Rules.Pause)) is >= 0 and var i)
        {
            run.Add(rest[i]);
            rest.RemoveAt(i);
        }
        return run.Count;
    }

    private bool RoomIsClosed(DateTime utc, SlotPlace place)
    {
        if (place.RoomId is not { } room || !a.Rooms.TryGetValue(room, out var opening)) return false;
        var reading = TimeZoneInfo.ConvertTimeFromUtc(utc, opening.Zone);
        return opening.Closed.Contains(DateOnly.FromDateTime(reading))
            || (opening.Hours.Count > 0 && !opening.Hours.Any(h => Began(h.From.ToTimeSpan(), Until(h.From, h.To), d => d.DayOfWeek == h.Day, reading) is not null));
    }

    private static DateTime Monday(DateTime day) => day.DayOfWeek == DayOfWeek.Monday ? day : Monday(day.AddDays(-1));

    private bool IsOff(DateTime day) => off.TryGetValue(day, out var known)
        ? known
        : off[day] = a.Changes.OfType<DayOff>().Any(o => !Before(day, o.First) && !After(day, o.Last));

    private static bool Before(DateTime day, DateOnly? bound) => DateOnly.FromDateTime(day) < bound;

    private static bool After(DateTime day, DateOnly? bound) => DateOnly.FromDateTime(day) > bound;

    private static TimeSpan Until(TimeOnly from, TimeOnly to) => to.ToTimeSpan() + TimeSpan.FromDays(to <= from ? 1 : 0);
}
