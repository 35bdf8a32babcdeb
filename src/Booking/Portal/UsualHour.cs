namespace PracticeApp.Booking;

/// <summary>The weekday and hour at which two people usually meet, by the psychologist's clock.</summary>
public static class UsualHour
{
    /// <summary>How many sessions back a habit is looked for.</summary>
    public const int Looked = 6;
    private static readonly TimeSpan InSight = TimeSpan.FromDays(56);

    /// <summary>The first free slot at the hour of two sessions or more; null where there is no habit or nothing free at it soon.</summary>
    /// <param name="sessions">The last ones, the newest first.</param>
    public static Slot? Of(IReadOnlyList<(DateTime StartsAt, MeetingPlace Place)> sessions, IReadOnlyList<Slot> slots, TimeZoneInfo zone, DateTime now)
    {
        (DayOfWeek, TimeOnly) HourOf(DateTime utc)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
            return (local.DayOfWeek, TimeOnly.FromDateTime(local));
        }

        var habit = sessions.Select((s, i) => (s.StartsAt, s.Place, Order: i)).GroupBy(s => HourOf(s.StartsAt)).Where(g => g.Count() > 1)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.First().Order).FirstOrDefault();
        if (habit is null) return null;
        var place = habit.First().Place;
        var next = slots.Where(s => s.StartUtc < now + InSight && HourOf(s.StartUtc) == habit.Key).OrderBy(s => s.StartUtc).ThenBy(s => s.Place.Kind != place);
        return next.Select(s => (Slot?)s).FirstOrDefault();
    }
}
