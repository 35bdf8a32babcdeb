namespace PracticeApp.Sessions.Calendar;

/// <summary>Where something is drawn: minutes from the top of its column, and the lane.</summary>
public readonly record struct Drawn(int From, int To, Lane Lane)
{
    /// <summary>Positions are classes: the page has no style of its own.</summary>
    public string Css => $"r{From / 60} m{From % 60} l{(To - From) / 60} n{(To - From) % 60}" + (Lane.Of > 1 ? $" a{Lane.Index} b{Lane.Of}" : "");
}

/// <summary>A day of one psychologist, or of one room.</summary>
public sealed record CalendarColumn(DateOnly Day, Guid Key, string Name)
{
    public bool IsToday { get; init; }
    public bool IsRest { get; init; }
    /// <summary>A day off, with or without a note.</summary>
    public bool IsOff { get; init; }
    public string? Note { get; init; }
    public Load? Load { get; init; }
    /// <summary>When each hour begins; null for hours that the day has not.</summary>
    public IReadOnlyList<DateTime?> Starts { get; init; } = [];
    public IReadOnlyList<Drawn> Shut { get; init; } = [];
    public IReadOnlyList<(CalendarItem Item, Drawn At)> Items { get; init; } = [];
    public Drawn? Now { get; init; }

    public bool IsEmpty => Items.All(i => i.Item.Of == ItemOf.Break);
}

/// <summary>From what is known to what is drawn; pure.</summary>
public static class CalendarColumns
{
    private const int DefaultFirst = 8, DefaultHours = 11;

    /// <summary>The hours that hold everything, at least a working day.</summary>
    public static (int From, int Until) Bounds(IEnumerable<(DateTime From, DateTime To)> spans, IReadOnlyCollection<DateOnly> days, TimeZoneInfo zone)
    {
        var (first, last) = (DefaultFirst, DefaultFirst + DefaultHours);
        foreach (var (from, to) in spans)
        {
            var (start, end) = (TimeZoneInfo.ConvertTimeFromUtc(from, zone), TimeZoneInfo.ConvertTimeFromUtc(to.AddMinutes(-1), zone));
            var night = start.Date != end.Date;
            if (days.Contains(DateOnly.FromDateTime(start))) (first, last) = (Math.Min(first, start.Hour), Math.Max(last, night ? 24 : end.Hour + 1));
            if (night && days.Contains(DateOnly.FromDateTime(end))) (first, last) = (0, Math.Max(last, end.Hour + 1));
        }
        return (first, last);
    }

    /// <summary>A cancelled hour gives way to whoever has it now, a free one to a cancelled.</summary>
    public static IEnumerable<CalendarItem> Seen(IReadOnlyCollection<CalendarItem> items) => items.Where(i => i.Of switch
    {
        ItemOf.Free => !items.Any(o => o.IsCancelled && o.Overlaps(i)),
        ItemOf.Session when i.IsCancelled => !items.Any(o => o != i && o.Of is ItemOf.Session or ItemOf.Away && !o.IsCancelled && o.Overlaps(i)),
        _ => true,
    });

    public static CalendarColumn Draw(CalendarColumn column, IReadOnlyCollection<CalendarItem> items, IReadOnlyList<(DateTime From, DateTime To)>? open, HourAxis axis, DateTime now)
    {
        var day = column.Day;
        var drawn = items.Select(i => (Item: i, Span: axis.SpanOf(day, i.StartsAt, i.EndsAt))).Where(x => x.Span.To > x.Span.From)
            .OrderBy(x => x.Item.StartsAt).ThenByDescending(x => x.Item.EndsAt).ToList();
        var before = drawn.FindAll(x => x.Item.Of != ItemOf.Break);
        var lanes = SideBySide.Lay(before.ConvertAll(x => x.Span));
        var placed = before.Select((x, i) => (x.Item, new Drawn(x.Span.From, x.Span.To, lanes[i])))
            .Concat(drawn.Where(x => x.Item.Of == ItemOf.Break).Select(x => (x.Item, new Drawn(x.Span.From, x.Span.To, default)))).OrderBy(x => x.Item.StartsAt);
        var minute = axis.MinuteOf(day, now);
        return column with
        {
            Starts = [.. axis.Rows.Select(row => axis.StartOf(day, row))],
            Shut = open is null ? [] : [.. Between([.. open.Select(o => axis.SpanOf(day, o.From, o.To)).Where(s => s.To > s.From).Order()], axis.Minutes)],
            Items = [.. placed],
            Now = column.IsToday && minute > 0 && minute < axis.Minutes ? new Drawn(minute, minute, default) : null,
        };
    }

    private static IEnumerable<Drawn> Between(IReadOnlyList<(int From, int To)> open, int until)
    {
        var at = 0;
        foreach (var (from, to) in open)
        {
            if (from > at) yield return new Drawn(at, from, default);
            at = Math.Max(at, to);
        }
        if (at < until) yield return new Drawn(at, until, default);
    }
}
