using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>With less than this many hours' notice, cancelling costs this amount: percent of the fee, or null for a fixed amount.</summary>
public sealed record NoticeStep(int HoursBefore, decimal Amount, decimal? Percent);

/// <summary>
/// What events cost under terms, asked of <see cref="AttendancePolicy"/> itself, so that what a text or a picture says
/// beforehand is what is decided afterwards. Without passes and repetition, which texts name apart.
/// </summary>
public static class NoticeSteps
{
    private static readonly DateTime Start = new(2026, 1, 8, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>The steps by which cancelling becomes dearer as the start comes nearer, the earliest first; those that cost nothing are left out.</summary>
    public static ImmutableArray<NoticeStep> Of(Terms terms)
    {
        var limits = terms.Cancellation.Tiers.Select(t => t.HoursBefore).Append(terms.Room?.HoursBefore ?? 0).Where(h => h > 0);
        var steps = ImmutableArray.CreateBuilder<NoticeStep>();
        foreach (var hours in limits.Distinct().OrderDescending())
        {
            var inside = Cancelled(terms, TimeSpan.FromHours(hours) - TimeSpan.FromTicks(1));
            if (inside.Charge > (steps.Count == 0 ? 0m : steps[^1].Amount))
            {
                steps.Add(new NoticeStep(hours, inside.Charge, inside.Because.Percent));
            }
        }

        return steps.ToImmutable();
    }

    /// <summary>What absence without a word leads to.</summary>
    public static Assessment Absence(Terms terms) => Ask(terms, new AttendanceEvent(EventKind.Absent, Start));

    /// <summary>What a psychologist owes who is later than the grace minutes.</summary>
    public static Assessment PsychologistLate(Terms terms) =>
        Ask(terms, new AttendanceEvent(EventKind.Attended, Start, PsychologistLateMinutes: terms.Psychologist.GraceMinutes + 1));

    public static Assessment PsychologistAbsent(Terms terms) => Ask(terms, new AttendanceEvent(EventKind.PsychologistAbsent, Start));

    /// <summary>What a psychologist owes who cancels with less notice than agreed.</summary>
    public static Assessment PsychologistShort(Terms terms) => Ask(terms, new AttendanceEvent(
        EventKind.CancelledByPsychologist, Start - TimeSpan.FromHours(terms.Psychologist.NoticeHours) + TimeSpan.FromTicks(1)));

    private static Assessment Cancelled(Terms terms, TimeSpan notice) => Ask(terms, new AttendanceEvent(EventKind.Cancelled, Start - notice));

    private static Assessment Ask(Terms terms, AttendanceEvent happened)
    {
        var plain = terms with { FreePasses = null, Repeats = null, Overrides = [] };
        var appointment = new AppointmentFacts(Guid.Empty, "", SessionPlace.InPerson, Start, Start, null, 0, terms.Fee.Amount);
        return AttendancePolicy.Assess(appointment, happened, new AgreedTerms(Guid.Empty, 1, plain), [], Start);
    }
}
