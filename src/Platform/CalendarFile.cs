using System.Globalization;
using System.Text;

namespace PracticeApp.Platform;

/// <summary>One event of a calendar file.</summary>
/// <param name="Uid">The same for as long as the event lives, whatever changes of it.</param>
/// <param name="Sequence">0 when it was made, then higher with every change; readers keep the highest.</param>
/// <param name="ChangedAt">UTC; when that change was made.</param>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC.</param>
public sealed record CalendarEvent(string Uid, int Sequence, DateTime ChangedAt, DateTime StartsAt, DateTime EndsAt, string Title, bool Cancelled = false,
    string? Place = null, string? Link = null);

/// <summary>
/// Writes iCalendar (RFC 5545): lines ended by CRLF and folded at 75 octets, text escaped, times in the reader's zone with
/// a VTIMEZONE that holds every change of the clock in the time it speaks of.
/// </summary>
public static class CalendarFile
{
    private const int LongestLine = 75;

    /// <param name="name">Shown as the calendar's name; null for a single event, as in a mail.</param>
    public static string Write(IEnumerable<CalendarEvent> events, TimeZoneInfo zone, string? name = null)
    {
        var all = events.ToList();
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Practice//Practice//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        if (name is not null)
        {
            Line(text, "X-WR-CALNAME:" + Escape(name));
            Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
            Line(text, "X-PUBLISHED-TTL:PT1H");
        }
        if (all.Count > 0) Zone(text, zone, all.Min(e => e.StartsAt), all.Max(e => e.EndsAt));
        foreach (var one in all) Event(text, one, zone);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Event(StringBuilder text, CalendarEvent one, TimeZoneInfo zone)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, "UID:" + Escape(one.Uid));
        Line(text, "DTSTAMP:" + Utc(one.ChangedAt));
        Line(text, "LAST-MODIFIED:" + Utc(one.ChangedAt));
        Line(text, "SEQUENCE:" + one.Sequence.ToString(CultureInfo.InvariantCulture));
        Line(text, "STATUS:" + (one.Cancelled ? "CANCELLED" : "CONFIRMED"));
        // In the hour that the clock shows twice only UTC says which of the two it is.
        var twice = new[] { one.StartsAt, one.EndsAt }.Any(at => zone.IsAmbiguousTime(TimeZoneInfo.ConvertTimeFromUtc(at, zone)));
        Line(text, twice ? $"DTSTART:{Utc(one.StartsAt)}" : $"DTSTART;TZID={zone.Id}:{Local(one.StartsAt, zone)}");
        Line(text, twice ? $"DTEND:{Utc(one.EndsAt)}" : $"DTEND;TZID={zone.Id}:{Local(one.EndsAt, zone)}");
        Line(text, "SUMMARY:" + Escape(one.Title));
        if (one.Place is { Length: > 0 } place) Line(text, "LOCATION:" + Escape(place));
        if (one.Link is { Length: > 0 } link) Line(text, "URL:" + link);
        Line(text, "CLASS:PRIVATE");
        Line(text, one.Cancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
        Line(text, "END:VEVENT");
    }

    /// <summary>What the clock did from the last change before the first event on; zones change their rules, so each change stands by itself.</summary>
    private static void Zone(StringBuilder text, TimeZoneInfo zone, DateTime from, DateTime to)
    {
        Line(text, "BEGIN:VTIMEZONE");
        Line(text, "TZID:" + zone.Id);
        var start = new DateTime(from.Year - 1, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        // How it was at the beginning, so that nothing has to be guessed where the clock never changes.
        Observance(text, zone, start, zone.GetUtcOffset(start), zone.GetUtcOffset(start));
        foreach (var at in Changes(zone, start, to)) Observance(text, zone, at, zone.GetUtcOffset(at.AddSeconds(-1)), zone.GetUtcOffset(at));
        Line(text, "END:VTIMEZONE");
    }

    private static void Observance(StringBuilder text, TimeZoneInfo zone, DateTime at, TimeSpan before, TimeSpan after)
    {
        var kind = zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD";
        Line(text, "BEGIN:" + kind);
        // The local time by the clock as it went before the change.
        Line(text, "DTSTART:" + (at + before).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture));
        Line(text, "TZOFFSETFROM:" + Offset(before));
        Line(text, "TZOFFSETTO:" + Offset(after));
        Line(text, "END:" + kind);
    }

    /// <summary>The instants at which the offset from UTC changes, in order.</summary>
    internal static IEnumerable<DateTime> Changes(TimeZoneInfo zone, DateTime from, DateTime to)
    {
        for (var day = from; day < to.AddDays(1); day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day) == zone.GetUtcOffset(day.AddDays(1))) continue;
            var (low, high) = (day, day.AddDays(1));
            while (high - low > TimeSpan.FromSeconds(1))
            {
                var middle = low + TimeSpan.FromSeconds(Math.Floor((high - low).TotalSeconds / 2));
                if (zone.GetUtcOffset(middle) == zone.GetUtcOffset(day)) low = middle;
                else high = middle;
            }
            yield return high;
        }
    }

    private static string Utc(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Local(DateTime utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, zone).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (c == '\n') escaped.Append("\\n");
            else if (!char.IsControl(c)) escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>Folds between characters, never within one: a line is at most 75 octets, its continuation begins with a space.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                length = 1;
            }
            text.Append(rune.ToString());
            length += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
