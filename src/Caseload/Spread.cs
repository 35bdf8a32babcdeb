namespace PracticeApp.Caseload;

/// <summary>How long one enquiry waited for something, or several that waited equally long.</summary>
/// <param name="Column">The start of the column the enquiry came in.</param>
/// <param name="Kept">Whether the promise that held for it was kept; null where nothing was promised.</param>
public readonly record struct Wait(DateOnly Column, Guid? Psychologist, Guid Enquiry, TimeSpan Took, bool? Kept);

/// <summary>How waits are spread.</summary>
/// <param name="Median">Half waited this long or less.</param>
/// <param name="Ninetieth">Nine of ten waited this long or less.</param>
/// <param name="WithinPromise">The share, 0 to 1, for whom the promise was kept; null where nothing was promised.</param>
public sealed record Spread(int Count, TimeSpan Median, TimeSpan Ninetieth, double? WithinPromise)
{
    /// <returns>Null where nobody waited.</returns>
    public static Spread? Of(IEnumerable<Wait> waits)
    {
        var all = waits.ToList();
        if (all.Count == 0) return null;
        var took = all.Select(w => w.Took).Order().ToList();
        var promised = all.Where(w => w.Kept is not null).ToList();
        return new(all.Count, Percentile(took, 50), Percentile(took, 90),
            promised.Count == 0 ? null : promised.Count(w => w.Kept is true) / (double)promised.Count);
    }

    /// <summary>The smallest wait that at least so many of a hundred did not exceed (nearest rank): always one that happened.</summary>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> ordered, int percent) => ordered[(ordered.Count * percent + 99) / 100 - 1];

    /// <summary>The waits that may be spoken of before others than the psychologist who answered: of columns with enough enquiries.</summary>
    /// <param name="psychologist">Null for the whole practice.</param>
    public static IEnumerable<Wait> Suppressed(IReadOnlyCollection<Wait> waits, Guid? psychologist)
    {
        var entries = waits.Select(w => new Entry<bool>(w.Column, true, w.Psychologist, w.Enquiry, 1));
        var columns = psychologist is { } own ? Suppression.ForPsychologist(entries, own) : Suppression.ForPractice(entries);
        var told = columns.Where(c => c.Cells.Count > 0).Select(c => c.Start).ToHashSet();
        return waits.Where(w => told.Contains(w.Column) && (psychologist is null || w.Psychologist == psychologist));
    }
}
