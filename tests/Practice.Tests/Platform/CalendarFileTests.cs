using System.Text;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

public sealed class CalendarFileTests
{
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");

    private static CalendarEvent At(DateTime utc, string title = "Appointment", int sequence = 0, bool cancelled = false) =>
        new($"{utc:yyyyMMddHHmm}@practice.example", sequence, utc.AddDays(-3), utc, utc.AddMinutes(50), title, cancelled);

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);

    [Theory]
    [InlineData("Europe/Sarajevo"), InlineData("Europe/Helsinki"), InlineData("America/New_York"), InlineData("Australia/Lord_Howe"), InlineData("Asia/Kolkata"), InlineData("Africa/Casablanca")]
    public void Another_program_reads_every_hour_where_it_is_also_around_the_changes_of_the_clock(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        // Every seven hours, so that all hours of the day come up, and the hours around each change.
        var moments = Enumerable.Range(0, 420).Select(i => Utc("2026-10-01 00:00").AddHours(21 * i))
            .Concat(CalendarFile.Changes(zone, Utc("2026-10-01 00:00"), Utc("2027-10-01 00:00")).SelectMany(change => new[] { -26, -1, 3, 26 }.Select(h => change.AddHours(h))))
            .Distinct().Order().ToList();
        var read = CalendarReader.Read(CalendarFile.Write(moments.Select(m => At(m)), zone));

        Assert.Equal(moments, read.Select(e => e.Starts.ToUniversalTime()));
        Assert.Equal(moments.Select(m => m.AddMinutes(50)), read.Select(e => e.Ends.ToUniversalTime()));
        Assert.InRange(read.Count(e => e.Zone == id), read.Count - 6, read.Count);
    }

    [Fact]
    public void What_changes_keeps_its_name_and_counts_upwards()
    {
        var read = CalendarReader.Read(CalendarFile.Write([At(Utc("2026-11-23 09:00"), sequence: 3, cancelled: true)], Sarajevo));

        Assert.Equal(("202611230900@practice.example", 3, "CANCELLED"), (read[0].Uid, read[0].Sequence, read[0].Status));
    }

    [Theory]
    [InlineData("Emina, Tarik; and \\ others")]
    [InlineData("Встреча, где её ждут; очень-очень длинное название, которое не помещается в одну строку")]
    [InlineData("👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧")]
    [InlineData("two\nlines")]
    public void What_people_wrote_arrives_as_it_was_written_and_no_line_is_too_long(string title)
    {
        var text = CalendarFile.Write([At(Utc("2026-11-23 09:00"), title)], Sarajevo, "Appointments");

        Assert.Equal(title, CalendarReader.Read(text)[0].Title);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Equal(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public void No_text_can_begin_a_property_of_its_own()
    {
        var text = CalendarFile.Write([At(Utc("2026-11-23 09:00"), "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\rATTACH:y\u0000")], Sarajevo);

        Assert.Single(text.Split("\r\n"), line => line == "END:VEVENT");
        Assert.DoesNotContain(text.Split("\r\n"), line => line.StartsWith("ATTACH", StringComparison.Ordinal));
    }

    [Fact]
    public void It_has_what_the_standard_demands_in_its_order()
    {
        var lines = CalendarFile.Write([At(Utc("2026-07-01 08:00"))], Sarajevo).Split("\r\n");

        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Practice//Practice//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VTIMEZONE"], lines[..6]);
        Assert.Equal(["END:VCALENDAR", ""], lines[^2..]);
        // The last Sunday of March 2026: at two by the winter's clock it becomes three.
        Assert.Contains("BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Europe/Sarajevo:20260701T100000", lines);
        Assert.Contains("DTSTAMP:20260628T080000Z", lines);
    }

    [Fact]
    public void An_empty_calendar_is_one_too() => Assert.Empty(CalendarReader.Read(CalendarFile.Write([], Sarajevo, "Appointments")));
}
