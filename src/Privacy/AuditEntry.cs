using PracticeApp.Platform;

namespace PracticeApp.Privacy;

/// <summary>Who did what to whose record, when, from where and why. Append-only; never holds clinical text.</summary>
public sealed class AuditEntry : PracticeEntity
{
    public DateTime At { get; private set; }
    public Guid? UserId { get; private set; }
    /// <summary>A stable word such as "protocol.read"; pages translate it.</summary>
    public string Act { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public Guid? SubjectId { get; private set; }
    public Guid? ClientId { get; private set; }
    public string? Address { get; private set; }
    public string? Why { get; private set; }

    private AuditEntry() { }

    public AuditEntry(Guid practiceId, DateTime at, Guid? userId, string act, string subject, Guid? subjectId, Guid? clientId, string? address, string? why)
        : base(practiceId)
    {
        // PostgreSQL keeps microseconds; the chain is computed over what it keeps.
        At = new DateTime(at.Ticks - at.Ticks % 10, DateTimeKind.Utc);
        (UserId, Act, Subject, SubjectId, ClientId, Address, Why) = (userId, act, subject, subjectId, clientId, address, why);
    }
}

/// <summary>One link of the chain over committed audit rows: hash = SHA-256(previous hash, the row's canonical form).</summary>
public sealed class AuditSeal : PracticeEntity
{
    public long Number { get; private set; }
    public Guid EntryId { get; private set; }
    public byte[] Hash { get; private set; } = [];

    private AuditSeal() { }

    public AuditSeal(Guid practiceId, long number, Guid entryId, byte[] hash) : base(practiceId)
    {
        (Number, EntryId, Hash) = (number, entryId, hash);
    }
}
