namespace PracticeApp.Booking;

/// <summary>From what a clock on the wall reads to the instant that was meant.</summary>
public static class LocalTime
{
    /// <summary>A reading that the clock skips means the moment after the gap; one that comes twice, the first.</summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>Null where the clock skips this reading.</summary>
    public static DateTime? Exactly(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        return zone.IsInvalidTime(local) ? null : ToUtc(local, zone);
    }

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
