namespace PracticeApp.Sessions;

/// <summary>A day of the wall clock as instants: [<see cref="From"/>, <see cref="To"/>) in UTC; 23 or 25 hours when clocks change.</summary>
public readonly record struct LocalDay(DateTime From, DateTime To)
{
    public static LocalDay Of(DateOnly day, TimeZoneInfo zone) => new(Midnight(day, zone), Midnight(day.AddDays(1), zone));

    public static LocalDay At(DateTime utc, TimeZoneInfo zone) => Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone)), zone);

    private static DateTime Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks jump at midnight, the day begins after the jump.
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return zone.IsAmbiguousTime(midnight)
            ? DateTime.SpecifyKind(midnight - zone.GetAmbiguousTimeOffsets(midnight).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(midnight, zone);
    }
}
