namespace PracticeApp.Practices;

/// <summary>Who answers when: the weekly shifts without the closed days, in the practice's zone. All instants are UTC.</summary>
public sealed class Rota(IReadOnlyCollection<RotaShift> shifts, IReadOnlySet<DateOnly> closed, TimeZoneInfo zone)
{
    /// <summary>A stretch of time in which at least one person answers.</summary>
    public readonly record struct Stretch(DateTime From, DateTime Until)
    {
        public TimeSpan Length => Until - From;
    }

    /// <summary>User ids of those who answer at this moment; empty is a state that pages say honestly.</summary>
    public IReadOnlyList<Guid> On(DateTime at) =>
        [.. DaysAround(at, at).SelectMany(ShiftsOn).Where(s => s.When.From <= at && at < s.When.Until).Select(s => s.UserId).Distinct()];

    public bool IsOn(DateTime at) => On(at).Count > 0;

    /// <summary>The first moment from <paramref name="at"/> on at which somebody answers; null when nobody does within <paramref name="days"/> days.</summary>
    public DateTime? NextFrom(DateTime at, int days = 30) =>
        Between(at, at.AddDays(days)) is [var first, ..] ? first.From : null;

    /// <summary>Answered time in [from, until), overlapping shifts as one, in order.</summary>
    public IReadOnlyList<Stretch> Between(DateTime from, DateTime until)
    {
        var merged = new List<Stretch>();
        var inside = DaysAround(from, until).SelectMany(ShiftsOn).Select(s => s.When)
            .Select(w => new Stretch(w.From < from ? from : w.From, w.Until > until ? until : w.Until))
            .Where(w => w.Length > TimeSpan.Zero).OrderBy(w => w.From);
        foreach (var next in inside)
        {
            if (merged.Count > 0 && merged[^1].Until >= next.From)
            {
                merged[^1] = merged[^1] with { Until = next.Until > merged[^1].Until ? next.Until : merged[^1].Until };
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    /// <summary>How much of [from, until) is answered time.</summary>
    public TimeSpan Answered(DateTime from, DateTime until) =>
        Between(from, until).Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.Length);

    private IEnumerable<(Guid UserId, Stretch When)> ShiftsOn(DateOnly day) =>
        closed.Contains(day) ? [] : shifts.Where(s => s.Day == day.DayOfWeek).Select(s => (s.UserId, new Stretch(
            Utc(day.ToDateTime(s.From), latest: false),
            Utc(s.Until == TimeOnly.MinValue ? day.AddDays(1).ToDateTime(TimeOnly.MinValue) : day.ToDateTime(s.Until), latest: true))));

    private IEnumerable<DateOnly> DaysAround(DateTime from, DateTime until)
    {
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(until, zone));
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(from, zone)); day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    // An hour that is skipped is read as if the clock had not been put on; one that comes twice belongs to the shift both times.
    private DateTime Utc(DateTime local, bool latest)
    {
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3))
            : zone.IsAmbiguousTime(local) ? (latest ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetAmbiguousTimeOffsets(local).Max())
            : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
