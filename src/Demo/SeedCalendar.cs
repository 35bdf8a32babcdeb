using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Practices;

namespace PracticeApp.Demo;

/// <summary>What a calendar shows beside sessions: limits, an hour kept free, a video room for those who meet online.</summary>
internal static class SeedCalendar
{
    public static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(s.Cast.Zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(s.Now, zone));
        foreach (var n in Enumerable.Range(0, s.Cast.Psychologists.Count))
        {
            var who = s.Psychologist(n);
            if (await s.Db.BookingRules.AnyAsync(r => r.PsychologistId == who, ct)) continue;
            var rules = new BookingRules(s.PracticeId, who);
            rules.Change(12, 60, SlotGrid.Half, n == 0 ? 7 : 6, n == 0 ? 24 : 20, rules.MaxOpenPerClient);
            s.Db.Add(rules);
        }
        // Two days from now at noon is a working day's middle, or else the Monday after.
        var day = today.AddDays(2);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        s.Db.Add(HoursException.TimeOff(s.PracticeId, s.Psychologist(0), day, new TimeOnly(11, 0), new TimeOnly(12, 0), s.Cast.Language == "fi" ? "Työnohjaus" : "Supervizija"));

        var practice = await s.Db.Practices.FindAsync([s.PracticeId], ct);
        practice!.Policy.JoinPattern = $"https://meet.{s.Cast.Slug}.example/{JoinAddress.Room}";
        s.Db.Update(practice);
        await s.SaveAsync(ct);
    }
}
