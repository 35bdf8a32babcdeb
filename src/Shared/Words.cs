using System.Globalization;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Shared;

/// <summary>Dates, times, ages and money as the reader says them, in the reader's language and zone. Instants come in as UTC.</summary>
public sealed class Words(IStringLocalizer<Texts> s, TimeProvider clock, IHttpContextAccessor http)
{
    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    /// <summary>The reader's zone: the user's, else the practice's, else UTC.</summary>
    public TimeZoneInfo Zone => http.HttpContext?.Features.Get<Face>()?.Zone ?? TimeZoneInfo.Utc;

    public DateTime Local(DateTime utc, TimeZoneInfo? zone = null) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone ?? Zone);

    public DateOnly Today(TimeZoneInfo? zone = null) => DateOnly.FromDateTime(Local(clock.GetUtcNow().UtcDateTime, zone));

    /// <summary>10:00 (Finnish 10.00).</summary>
    public string Time(DateTime utc, TimeZoneInfo? zone = null) => Time(TimeOnly.FromDateTime(Local(utc, zone)));

    public static string Time(TimeOnly time) => time.ToString(Languages.Current == "fi" ? "H.mm" : "H:mm", CultureInfo.InvariantCulture);

    /// <summary>Thursday 26 November; with the year when it is not this one.</summary>
    public string Day(DateTime utc, TimeZoneInfo? zone = null) => Day(DateOnly.FromDateTime(Local(utc, zone)));

    public string Day(DateOnly day) => day.ToString(Pattern(weekday: true, year: day.Year != Today().Year), Culture);

    /// <summary>26 November 2026.</summary>
    public string Date(DateTime utc, TimeZoneInfo? zone = null) => Date(DateOnly.FromDateTime(Local(utc, zone)));

    public static string Date(DateOnly day) => day.ToString(Pattern(weekday: false, year: true), Culture);

    /// <summary>26 November.</summary>
    public static string DayMonth(DateOnly day) => day.ToString(Pattern(weekday: false, year: false), Culture);

    /// <summary>26 November; with the year when it is not this one.</summary>
    public string ShortDate(DateTime utc)
    {
        var day = DateOnly.FromDateTime(Local(utc));
        return day.Year == Today().Year ? DayMonth(day) : Date(day);
    }

    /// <summary>Thursday.</summary>
    public static string Weekday(DayOfWeek day) => Culture.DateTimeFormat.GetDayName(day);

    /// <summary>Thursday 26 November, 10:00.</summary>
    public string Moment(DateTime utc, TimeZoneInfo? zone = null) => $"{Day(utc, zone)}, {Time(utc, zone)}";

    /// <summary>Thursday 26 November, 10:00, for a mail that is read who knows when.</summary>
    public static string Moment(DateTime utc, TimeZoneInfo zone, string language) => Languages.In(language, () =>
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return $"{local.ToString(Pattern(weekday: true, year: false), Culture)}, {Time(TimeOnly.FromDateTime(local))}";
    });

    /// <summary>Thursday 26 November, 10:00–10:50.</summary>
    public string Span(DateTime fromUtc, DateTime toUtc, TimeZoneInfo? zone = null) => $"{Moment(fromUtc, zone)}–{Time(toUtc, zone)}";

    /// <summary>today by 15:40, tomorrow by 9:30, by Thursday 26 November, 10:00.</summary>
    public string By(DateTime utc, TimeZoneInfo? zone = null) => (Days(utc, zone) switch
    {
        0 => s["By.Today", Time(utc, zone)],
        1 => s["By.Tomorrow", Time(utc, zone)],
        _ => s["By.Day", ByDay(DateOnly.FromDateTime(Local(utc, zone))), Time(utc, zone)],
    }).Value;

    /// <summary>today at 15:40, yesterday at 9:30, Thursday 26 November, 10:00.</summary>
    public string When(DateTime utc, TimeZoneInfo? zone = null) => Days(utc, zone) switch
    {
        0 => s["When.Today", Time(utc, zone)],
        1 => s["When.Tomorrow", Time(utc, zone)],
        -1 => s["When.Yesterday", Time(utc, zone)],
        _ => Moment(utc, zone),
    };

    /// <summary>3 h 25 min, 40 min, 2 d 4 h; never finer than minutes.</summary>
    public string Length(TimeSpan time)
    {
        var minutes = (long)Math.Max(0, time.Duration().TotalMinutes);
        var (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        return days > 0 ? Join(days, "Length.D", hours, "Length.H") : hours > 0 ? Join(hours, "Length.H", rest, "Length.Min") : s["Length.Min", rest];
    }

    /// <summary>80 KM, 80,50 €, £80 as the reader writes it; <paramref name="exact"/> keeps the cents of round sums, as invoices do.</summary>
    public static string Money(decimal amount, string currency, bool exact = false) => Currencies.Format(amount, currency, Culture, exact);

    private string Join(long first, string firstKey, long second, string secondKey) =>
        second == 0 ? s[firstKey, first] : $"{s[firstKey, first].Value} {s[secondKey, second].Value}";

    private int Days(DateTime utc, TimeZoneInfo? zone) => DateOnly.FromDateTime(Local(utc, zone)).DayNumber - Today(zone).DayNumber;

    // Russian and Bosnian decline the weekday after "by"; there the date alone is right and clear.
    private string ByDay(DateOnly day) => Languages.Current is "ru" or "bs"
        ? day.ToString(Pattern(weekday: false, year: day.Year != Today().Year), Culture)
        : Day(day);

    private static string Pattern(bool weekday, bool year) => (Languages.Current, weekday) switch
    {
        ("ru", true) => year ? "dddd, d MMMM yyyy" : "dddd, d MMMM",
        ("bs", true) => year ? "dddd, d. MMMM yyyy." : "dddd, d. MMMM",
        ("bs", false) => year ? "d. MMMM yyyy." : "d. MMMM",
        ("fi", true) => year ? "dddd d. MMMM yyyy" : "dddd d. MMMM",
        ("fi", false) => year ? "d. MMMM yyyy" : "d. MMMM",
        (_, true) => year ? "dddd d MMMM yyyy" : "dddd d MMMM",
        _ => year ? "d MMMM yyyy" : "d MMMM",
    };
}
