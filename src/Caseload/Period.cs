using System.Globalization;

namespace PracticeApp.Caseload;

/// <summary>Whole calendar months that statistics look at, in the practice's zone, ending with the current one.</summary>
/// <param name="From">The first day of the first month.</param>
/// <param name="To">The first day after the last month.</param>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>The lengths that can be chosen. Few and nested: every one is made of the same months.</summary>
    public static IReadOnlyList<int> Choices { get; } = [3, 6, 12, 24];

    public const int Usual = 12;

    public int Months => (To.Year - From.Year) * 12 + To.Month - From.Month;

    /// <param name="today">Today in the practice's zone.</param>
    /// <param name="months">One of <see cref="Choices"/>; anything else becomes <see cref="Usual"/>.</param>
    public static Period Last(int months, DateOnly today)
    {
        if (!Choices.Contains(months)) months = Usual;
        var to = Grain.Month.StartOf(today).AddMonths(1);
        return new(to.AddMonths(-months), to);
    }

    /// <summary>The period that a query string asks for; what cannot be read is the usual one.</summary>
    public static Period Read(string? months, DateOnly today) =>
        Last(int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : Usual, today);

    /// <summary>The starts of the columns that touch the period. The first may begin before it: a column is never cut,
    /// or two periods could be subtracted from one another.</summary>
    public IReadOnlyList<DateOnly> Columns(Grain grain)
    {
        var starts = new List<DateOnly>();
        for (var start = grain.StartOf(From); start < To; start = grain.Next(start)) starts.Add(start);
        return starts;
    }
}
