using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>
/// What the signed terms say follows from an event. The one place that answers "what does it cost if I cancel now?",
/// the preview on the agreement and the decisions after a session.
/// </summary>
/// <remarks>
/// Never charges more than the fee; never less with shorter notice; the order in which events become known plays no part:
/// history is folded by the time of the events, and windows of days reach back from the appointment's start.
/// </remarks>
public static class AttendancePolicy
{
    /// <summary>Assesses under one version.</summary>
    /// <param name="history">Other events of the same party in the same engagement, in any order; later ones are ignored.</param>
    public static Assessment Assess(
        AppointmentFacts appointment, AttendanceEvent happened, AgreedTerms agreed, IEnumerable<PastEvent> history, DateTime now) =>
        Assess(appointment, happened, [agreed], history, now);

    /// <summary>
    /// Assesses under every version that may apply (in force when it was booked, in force when it happened; the newest
    /// last); the lower total counts, the newest where they agree.
    /// </summary>
    public static Assessment Assess(
        AppointmentFacts appointment, AttendanceEvent happened, IReadOnlyList<AgreedTerms> versions, IEnumerable<PastEvent> history,
        DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfZero(versions.Count);
        var past = history.Where(earlier => earlier.Event.At <= now).ToList();
        var all = versions.Select(agreed => AssessOne(appointment, happened, agreed, past)).ToList();
        var least = all.Min(assessment => assessment.Total);
        var chosen = all.Last(assessment => assessment.Total == least);
        var dearer = all.LastOrDefault(assessment => assessment.Total > least);
        return dearer is null
            ? chosen
            : chosen with { Because = chosen.Because with { OtherVersion = dearer.AgreementVersion, OtherTotal = dearer.Total } };
    }

    /// <summary>What cancelling at this moment would cost, were it done without a reason.</summary>
    public static Assessment IfCancelledNow(
        AppointmentFacts appointment, IReadOnlyList<AgreedTerms> versions, IEnumerable<PastEvent> history, DateTime now) =>
        Assess(appointment, new AttendanceEvent(EventKind.Cancelled, now), versions, history, now);

    /// <summary>What moving at this moment would cost.</summary>
    public static Assessment IfMovedNow(
        AppointmentFacts appointment, IReadOnlyList<AgreedTerms> versions, IEnumerable<PastEvent> history, DateTime now) =>
        Assess(appointment, new AttendanceEvent(EventKind.Moved, now), versions, history, now);

    /// <summary>Every event assessed, the same for any order of <paramref name="events"/>.</summary>
    public static IReadOnlyList<(PastEvent Past, Assessment Assessment)> Fold(
        IEnumerable<PastEvent> events, AgreedTerms agreed, DateTime now)
    {
        var all = events.ToList();
        return [.. all.OrderBy(past => Moment(past.Appointment, past.Event)).ThenBy(past => past.Appointment.Id)
            .Select(past => (past, Assess(past.Appointment, past.Event, agreed, all, now)))];
    }

    private static Assessment AssessOne(AppointmentFacts appointment, AttendanceEvent happened, AgreedTerms agreed, List<PastEvent> history)
    {
        var counted = Counted(history, agreed.Terms, appointment, happened);
        return happened.What switch
        {
            EventKind.Attended or EventKind.PsychologistAbsent or EventKind.CancelledByPsychologist or EventKind.MovedByPsychologist =>
                PsychologistSide.Assess(appointment, happened, agreed),
            _ => ClientSide.Assess(appointment, happened, agreed, counted),
        };
    }

    /// <summary>The earlier events in the order they happened, each with whether it counted and whether a free pass was used.</summary>
    private static List<CountedEvent> Counted(List<PastEvent> history, Terms terms, AppointmentFacts appointment, AttendanceEvent happened)
    {
        var moment = (Moment(appointment, happened), appointment.Id);
        var counted = new List<CountedEvent>();
        foreach (var past in history
            .Where(past => past.Appointment.Id != appointment.Id || (past.Event.What == EventKind.Moved && happened.What != EventKind.Moved))
            .Where(past => (Moment(past.Appointment, past.Event), past.Appointment.Id).CompareTo(moment) < 0)
            .OrderBy(past => Moment(past.Appointment, past.Event)).ThenBy(past => past.Appointment.Id))
        {
            counted.Add(ClientSide.Count(past.Appointment, past.Event, terms, counted));
        }
        return counted;
    }

    internal static DateTime Moment(AppointmentFacts appointment, AttendanceEvent happened) =>
        happened.What is EventKind.Attended or EventKind.Absent or EventKind.PsychologistAbsent ? appointment.Start : happened.At;
}

/// <param name="At">When it happened.</param>
/// <param name="Counts">It is one of the events that repeat and escalate.</param>
internal sealed record CountedEvent(DateTime At, EventKind What, bool Counts, bool UsedPass, bool Kept);
