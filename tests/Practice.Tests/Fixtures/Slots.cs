using System.Globalization;
using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Short ways to write times in slot tests; local times are Sarajevo's.</summary>
internal static class Slots
{
    public static readonly TimeZoneInfo Sarajevo = Zone("Europe/Sarajevo");
    public static readonly Guid Individual = new("00000000-0000-0000-0000-000000000001");

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    public static TimeOnly T(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    public static DateOnly D(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    public static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    public static DateTime Local(string text, TimeZoneInfo? zone = null) =>
        TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(text, CultureInfo.InvariantCulture), zone ?? Sarajevo);

    public static TakenSession Taken(string local, int minutes = 50) => new(Local(local), Local(local).AddMinutes(minutes));

    /// <summary>Starts as the wall clock reads them, in the order they were found.</summary>
    public static string Readings(Availability a, SlotSearch search) => Times(SlotFinder.Find(a, search), a.Zone);

    public static string Times(IEnumerable<Slot> slots, TimeZoneInfo? zone = null) =>
        string.Join(' ', slots.Select(s => TimeZoneInfo.ConvertTimeFromUtc(s.StartUtc, zone ?? Sarajevo).ToString("H:mm", CultureInfo.InvariantCulture)));
}
