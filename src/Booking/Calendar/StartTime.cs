using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace PracticeApp.Booking;

/// <summary>A start typed as date and time, with its messages beside the fields.</summary>
internal static class StartTime
{
    private const int FarthestDays = 730;

    /// <returns>UTC; null when something is wrong and the reason stands beside its field.</returns>
    public static DateTime? Read(ModelStateDictionary state, IStringLocalizer<Texts> t, DateOnly? date, TimeOnly? time, TimeZoneInfo zone, DateTime now)
    {
        if (date is not { } day || time is not { } clock) return null;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        if (day > today.AddDays(FarthestDays)) state.AddModelError("Input.Date", t["Start.TooFar"]);
        else if (LocalTime.Exactly(day, clock, zone) is not { } start) state.AddModelError("Input.Time", t["Start.Skipped"]);
        else if (day < today) state.AddModelError("Input.Date", t["Start.Past"]);
        else if (start <= now) state.AddModelError("Input.Time", t["Start.Past"]);
        else return start;
        return null;
    }
}
