using PracticeApp.Booking;

namespace PracticeApp.Sessions.Calendar;

/// <summary>One hour as the wall clock reads it; the second of two where the clock is put back.</summary>
public readonly record struct AxisRow(int Hour, bool IsSecond);

/// <summary>
/// The hours a calendar draws, one row each, for several days side by side. Where one of the days has an hour twice there are
/// two rows for it; an hour that a day has not, or has only once, is closed on that day.
/// </summary>
public sealed class HourAxis
{
    private readonly TimeZoneInfo zone;

    public IReadOnlyList<AxisRow> Rows { get; }
    public int Minutes => Rows.Count * 60;

    /// <param name="until">The hour after the last one drawn, at most 24.</param>
    public HourAxis(IReadOnlyList<DateOnly> days, TimeZoneInfo zone, int from, int until)
    {
        this.zone = zone;
        var rows = new List<AxisRow>();
        for (var hour = from; hour < until; hour++)
        {
            rows.Add(new AxisRow(hour, false));
            if (days.Any(day => IsTwice(day, hour))) rows.Add(new AxisRow(hour, true));
        }
        Rows = rows;
    }

    /// <summary>When the row begins on this day, UTC; null where the day has no such hour.</summary>
    public DateTime? StartOf(DateOnly day, AxisRow row)
    {
        var local = day.ToDateTime(new TimeOnly(row.Hour, 0));
        if (row.IsSecond) return zone.IsAmbiguousTime(local) ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Min(), DateTimeKind.Utc) : null;
        return zone.IsInvalidTime(local) ? null : LocalTime.ToUtc(local, zone);
    }

    /// <summary>Minutes from the top, on the column of this day; what lies outside ends at the edge.</summary>
    public int MinuteOf(DateOnly day, DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        var of = DateOnly.FromDateTime(local);
        if (of != day) return of < day ? 0 : Minutes;
        if (Rows.Count == 0 || local.Hour < Rows[0].Hour) return 0;
        var second = zone.IsAmbiguousTime(local) && zone.GetUtcOffset(utc) == zone.GetAmbiguousTimeOffsets(local).Min();
        for (var i = 0; i < Rows.Count; i++)
            if (Rows[i] == new AxisRow(local.Hour, second)) return i * 60 + local.Minute;
        return Minutes;
    }

    /// <summary>Where a stretch is drawn; its end is where its last minute is.</summary>
    public (int From, int To) SpanOf(DateOnly day, DateTime startUtc, DateTime endUtc)
    {
        var from = MinuteOf(day, startUtc);
        return (from, Math.Max(from, Math.Min(Minutes, MinuteOf(day, endUtc.AddMinutes(-1)) + 1)));
    }

    private bool IsTwice(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return zone.IsAmbiguousTime(local) || zone.IsAmbiguousTime(local.AddMinutes(59));
    }
}
