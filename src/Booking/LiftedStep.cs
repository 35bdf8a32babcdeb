using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>The psychologist lifted a step of the agreement for a client, with a reason: what happened until then no longer brings it about.</summary>
public sealed class LiftedStep : PracticeEntity
{
    public const int LongestReason = 200;

    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public EscalationAction Action { get; private set; }
    public string Reason { get; private set; } = "";
    public Guid LiftedBy { get; private set; }
    public DateTime LiftedAt { get; private set; }

    private LiftedStep() { }

    public LiftedStep(Guid practiceId, Guid engagementId, Guid clientId, EscalationAction action, string reason, Guid by, DateTime at) : base(practiceId) =>
        (EngagementId, ClientId, Action, Reason, LiftedBy, LiftedAt) = (engagementId, clientId, action, reason, by, at);
}
