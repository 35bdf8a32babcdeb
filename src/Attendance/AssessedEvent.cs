using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Attendance;

/// <summary>
/// What the signed terms say of one thing that happened to one client's place in an appointment: its end (kept, missed,
/// cancelled) or one move. Kept with clause and arithmetic, and reckoned anew when earlier events become known.
/// </summary>
public sealed class AssessedEvent : PracticeEntity
{
    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid AppointmentId { get; private set; }
    /// <summary>The move; null for the end of the appointment.</summary>
    public Guid? MoveId { get; private set; }
    public EventKind What { get; private set; }
    /// <summary>When it happened, UTC.</summary>
    public DateTime At { get; private set; }
    /// <summary>Start of the appointment it happened to.</summary>
    public DateTime AppointmentAt { get; private set; }
    public Guid? AgreementId { get; private set; }
    public string? Clause { get; private set; }
    /// <summary><see cref="Agreements.Assessment.ToJson"/>.</summary>
    public string AssessmentJson { get; private set; } = "{}";
    public DateTime AssessedAt { get; private set; }
    /// <summary>Something would be owed, but a safety flag is open: it is proposed when the last one is closed.</summary>
    public bool IsHeldBack { get; private set; }

    private AssessedEvent() { }

    public AssessedEvent(Guid practiceId, Guid engagementId, Guid clientId, Guid appointmentId, Guid? moveId) : base(practiceId) =>
        (EngagementId, ClientId, AppointmentId, MoveId) = (engagementId, clientId, appointmentId, moveId);

    public Assessment Assessment => Assessment.Parse(AssessmentJson);

    /// <summary>What came between, in the psychologist's words, sealed by the client's key.</summary>
    public Sealed? Words { get; private set; }

    public void Say(DataKey key, string? words) => Words = string.IsNullOrWhiteSpace(words) ? null : key.Seal(words.Trim(), PlaceOfWords);
    public void Forget() => Words = null;
    public string? Read(DataKey key) => Words is { IsEmpty: false } words ? key.Open(words, PlaceOfWords) : null;
    private Place PlaceOfWords => new(PracticeId, "assessed_events", "words", Id);

    public void HoldBack(bool held) => IsHeldBack = held;

    public void Reckon(PastEvent past, Assessment assessment, DateTime now)
    {
        (What, At, AppointmentAt) = (past.Event.What, past.Event.At, past.Appointment.Start);
        (AgreementId, Clause) = (assessment.AgreementVersion == 0 ? null : assessment.AgreementId, assessment.Clause);
        (AssessmentJson, AssessedAt) = (assessment.ToJson(), now);
    }
}
