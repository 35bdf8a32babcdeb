using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PracticeApp.Agreements;

/// <summary>What happened to an appointment.</summary>
public enum EventKind
{
    Attended, Cancelled, Moved, Absent, CancelledByPsychologist, MovedByPsychologist, PsychologistAbsent,
}

/// <summary>What the assessment has to know of an appointment. Instants are UTC.</summary>
/// <param name="Kind">Id of the session kind, as the overrides name it.</param>
/// <param name="OriginalStart">Start before the client moved it; equal to <paramref name="Start"/> where nobody did.
/// A move by the psychologist sets it anew.</param>
/// <param name="LeastNoticeAtMove">The least notice the client gave when moving it; null where it is not known or was never moved.</param>
/// <param name="Moves">How often the client has moved it so far.</param>
/// <param name="Fee">Price agreed for this appointment, in the terms' currency.</param>
public sealed record AppointmentFacts(
    Guid Id, string Kind, SessionPlace Place, DateTime Start, DateTime OriginalStart, TimeSpan? LeastNoticeAtMove, int Moves,
    decimal Fee)
{
    /// <summary>
    /// Elapsed time from <paramref name="at"/> to the start, negative after it. A moved appointment keeps the notice that
    /// was given against its original start, so that moving does not turn a late cancellation into a timely one.
    /// </summary>
    public TimeSpan NoticeAt(DateTime at)
    {
        if (Start == OriginalStart && LeastNoticeAtMove is null)
        {
            return Start - at;
        }
        var now = Start - at;
        var kept = LeastNoticeAtMove ?? OriginalStart - at;
        return kept < now ? kept : now;
    }
}

/// <param name="At">When it happened, UTC; for presence and absence the start counts whatever stands here.</param>
/// <param name="Reason">Key of a reason in <see cref="ReasonTerms"/>, if one was given.</param>
/// <param name="Excused">The psychologist decided that nothing follows.</param>
/// <param name="LateMinutes">How late the client (<see cref="EventKind.Attended"/>) came.</param>
/// <param name="PsychologistLateMinutes">How late the psychologist began.</param>
public sealed record AttendanceEvent(
    EventKind What, DateTime At, string? Reason = null, bool Excused = false, int LateMinutes = 0, int PsychologistLateMinutes = 0);

/// <summary>An earlier (or, harmlessly, later) event of the same engagement and party.</summary>
public sealed record PastEvent(AppointmentFacts Appointment, AttendanceEvent Event);

/// <summary>Terms as agreed on: which agreement, which version.</summary>
public sealed record AgreedTerms(Guid AgreementId, int Version, Terms Terms)
{
    /// <summary>Nothing is signed: only a kept session costs its price, nobody owes anything else. Version 0.</summary>
    public static AgreedTerms None(string currency)
    {
        var terms = Terms.Default(0m, currency);
        return new AgreedTerms(Guid.Empty, 0, terms with
        {
            Fee = terms.Fee with { Clause = null },
            Cancellation = new CancellationTerms(null, []),
            Absence = new AbsenceTerms(null, Cost.OfPercent(0)),
            Lateness = terms.Lateness with { Clause = null },
            FreePasses = null,
            Reasons = terms.Reasons with { Clause = null },
            Escalations = [],
            Moving = new MovingTerms(null, null, 0, null),
            Psychologist = new PsychologistTerms(null, 0, null, null, 0, null, 0),
        });
    }

    public bool IsSigned => Version > 0;
}

/// <summary>One line of the reckoning; its key is worded in <c>AssessmentTexts</c>, the amount is what stands after it.</summary>
/// <param name="Number">Percent, amount, hours or count, as the key says.</param>
public sealed record ReckoningLine(string Key, decimal? Number, decimal Amount, string? Clause);

/// <summary>
/// Why the assessment is what it is: a text key and what the text may name. Worded in any language by <see cref="AssessmentWords"/>.
/// </summary>
/// <param name="Notice">Notice given; null where it plays no part.</param>
/// <param name="WindowHours">The limit that was crossed or kept, in hours before the start.</param>
/// <param name="Occurrence">This was the n-th within <paramref name="WindowDays"/> days.</param>
/// <param name="ReasonKey">The reason that was given; <paramref name="ReasonLabel"/> where the practice worded it.</param>
/// <param name="OtherVersion">The agreement version that would have cost more, with what it would have cost.</param>
public sealed record Because(
    string Key, TimeSpan? Notice = null, decimal? WindowHours = null, decimal? Percent = null, int? Occurrence = null,
    int? WindowDays = null, string? ReasonKey = null, int? Minutes = null, int? OtherVersion = null, decimal? OtherTotal = null,
    string? ReasonLabel = null);

/// <summary>What the terms say follows from an event. Proposes; people decide.</summary>
/// <param name="Late">The notice that was agreed on was not given, whether or not anything is charged for it.</param>
/// <param name="Excused">Nothing follows because of the reason or the psychologist's decision.</param>
/// <param name="Charge">What the client owes for this event; never more than <paramref name="Fee"/>.</param>
/// <param name="Credit">What the client is owed.</param>
/// <param name="FreeSession">The credit is one free session, worth <paramref name="Credit"/>.</param>
/// <param name="AsksPsychologist">The reason given may waive the charge: the psychologist decides.</param>
/// <param name="Counts">It counts among the events that repeat and escalate.</param>
/// <param name="Clause">Clause it rests on.</param>
public sealed record Assessment(
    bool Late,
    bool Excused,
    decimal Fee,
    decimal Charge,
    decimal Credit,
    bool FreeSession,
    string Currency,
    bool AsksPsychologist,
    bool Counts,
    ImmutableArray<EscalationTerm> Escalations,
    string? Clause,
    Guid AgreementId,
    int AgreementVersion,
    Because Because,
    ImmutableArray<ReckoningLine> Reckoning)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>What the client pays less what the client gets.</summary>
    public decimal Total => Charge - Credit;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Assessment Parse(string json) =>
        JsonSerializer.Deserialize<Assessment>(json, Json) ?? throw new FormatException("The assessment is empty.");
}
