using System.Globalization;

namespace PracticeApp.Platform;

/// <summary>An instant in a reader's zone and language, for messages that are written where there is no request.</summary>
public static class LocalMoment
{
    /// <summary>Thursday 26 November, 10:00.</summary>
    public static string Of(DateTime utc, TimeZoneInfo zone, CultureInfo culture)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        var (day, time) = culture.TwoLetterISOLanguageName switch
        {
            "ru" => ("dddd, d MMMM", "H:mm"),
            "bs" => ("dddd, d. MMMM", "H:mm"),
            "fi" => ("dddd d. MMMM", "H.mm"),
            _ => ("dddd d MMMM", "H:mm"),
        };
        return $"{local.ToString(day, culture)}, {local.ToString(time, CultureInfo.InvariantCulture)}";
    }
}
