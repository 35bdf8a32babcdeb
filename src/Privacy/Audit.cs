using PracticeApp.Platform;

namespace PracticeApp.Privacy;

/// <summary>Records acts on sensitive data; the rows are written by <see cref="PracticeDb.CommitAsync"/>, in the transaction of what they record.</summary>
public sealed class Audit(Current current, TimeProvider clock)
{
    /// <param name="act">A stable word, "subject.verb": "protocol.read", "agreement.signed".</param>
    /// <param name="subject">The kind of row: "protocol", "request".</param>
    /// <param name="why">A reason that holds no clinical text.</param>
    public void Record(string act, string subject, Guid? subjectId, Guid? clientId = null, string? why = null) =>
        current.PendingAudit.Add(new AuditEntry(
            current.PracticeId, clock.GetUtcNow().UtcDateTime, current.IsSignedIn ? current.UserId : null,
            act, subject, subjectId, clientId, current.Address, why));
}
