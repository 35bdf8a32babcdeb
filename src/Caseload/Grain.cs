namespace PracticeApp.Caseload;

/// <summary>How long one column of a table is.</summary>
public enum Grain { Week, Month, Quarter, Year }

public static class Grains
{
    /// <summary>The first day of the column that holds the day; weeks begin on Monday.</summary>
    public static DateOnly StartOf(this Grain grain, DateOnly day) => grain switch
    {
        Grain.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Grain.Month => new(day.Year, day.Month, 1),
        Grain.Quarter => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
        _ => new(day.Year, 1, 1),
    };

    public static DateOnly Next(this Grain grain, DateOnly start) => grain switch
    {
        Grain.Week => start.AddDays(7),
        Grain.Month => start.AddMonths(1),
        Grain.Quarter => start.AddMonths(3),
        _ => start.AddYears(1),
    };

    /// <summary>
    /// The finest of month, quarter and year at which most of what happened can be told of in its own cell. Decide it
    /// from all there is, never from a filtered part: were two grains on view at once, one could be subtracted from the
    /// other.
    /// </summary>
    public static Grain Finest<TRow>(IReadOnlyCollection<Entry<TRow>> all) where TRow : notnull
    {
        var whole = all.Sum(e => e.Count);
        foreach (var grain in new[] { Grain.Month, Grain.Quarter })
        {
            var told = Suppression.ForPractice(At(grain, all)).Sum(c => c.Cells.Values.Sum());
            if (told >= 0.5 * whole) return grain;
        }
        return Grain.Year;
    }

    /// <summary>The same entries in longer columns.</summary>
    public static IEnumerable<Entry<TRow>> At<TRow>(Grain grain, IEnumerable<Entry<TRow>> entries) where TRow : notnull =>
        entries.Select(e => e with { Column = grain.StartOf(e.Column) });
}
