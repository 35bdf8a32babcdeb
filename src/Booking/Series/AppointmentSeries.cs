using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>Appointments that were booked together, every week or every two weeks at one time of the day.</summary>
public sealed class AppointmentSeries : PracticeEntity
{
    /// <summary>The most that is booked at once: a year of weeks.</summary>
    public const int Most = 52;

    public Guid EngagementId { get; private set; }
    public int EveryWeeks { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid CreatedBy { get; private set; }

    private AppointmentSeries() { }

    public AppointmentSeries(Guid practiceId, Guid engagementId, int everyWeeks, Guid createdBy, DateTime createdAt) : base(practiceId) =>
        (EngagementId, EveryWeeks, CreatedBy, CreatedAt) = (engagementId, everyWeeks, createdBy, createdAt);
}

/// <summary>The starts of a series. Pure.</summary>
public static class SeriesDays
{
    /// <summary>
    /// Every so many weeks at the same reading of the clock on the wall, whatever the clock does in between; a reading that
    /// the clock skips means the moment after the gap.
    /// </summary>
    /// <param name="times">How often, at most <see cref="AppointmentSeries.Most"/>; null where only <paramref name="until"/> counts.</param>
    /// <param name="until">The last day, included; null where only <paramref name="times"/> counts.</param>
    public static IReadOnlyList<DateTime> Of(DateOnly first, TimeOnly time, int everyWeeks, int? times, DateOnly? until, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyWeeks, 1);
        var starts = new List<DateTime>();
        for (var i = 0; i < Math.Min(times ?? AppointmentSeries.Most, AppointmentSeries.Most); i++)
        {
            var day = first.AddDays(7 * everyWeeks * i);
            if (day > until) break;
            starts.Add(LocalTime.ToUtc(day.ToDateTime(time), zone));
        }
        return starts;
    }

    /// <summary>Where a session of a series goes when another of it moves: as many days on, to the new time of the day.</summary>
    public static DateTime Along(DateTime start, DateTime movedFrom, DateTime movedTo, TimeZoneInfo zone)
    {
        var (from, to) = (TimeZoneInfo.ConvertTimeFromUtc(movedFrom, zone), TimeZoneInfo.ConvertTimeFromUtc(movedTo, zone));
        var days = DateOnly.FromDateTime(to).DayNumber - DateOnly.FromDateTime(from).DayNumber;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(start, zone)).AddDays(days);
        return LocalTime.ToUtc(day.ToDateTime(TimeOnly.FromDateTime(to)), zone);
    }
}
