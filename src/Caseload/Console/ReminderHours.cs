using System.Globalization;

namespace PracticeApp.Caseload;

/// <summary>Hours before the start as a person writes them: "48, 24".</summary>
internal static class ReminderHours
{
    public static string Write(IEnumerable<int> hours) => string.Join(", ", hours);

    /// <returns>Each hour once, the earliest reminder first; empty for an empty text; null where something else than hours from 1 to 336 stands, or more than five.</returns>
    public static int[]? Read(string? typed)
    {
        var parts = (typed ?? "").Split([',', ';', ' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var hours = new SortedSet<int>();
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour is < 1 or > 336) return null;
            hours.Add(hour);
        }
        return hours.Count > 5 ? null : [.. hours.Reverse()];
    }
}
