using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Sessions;

public enum SignOutcome { Signed, AlreadySigned, NothingWritten }

/// <summary>The record of one session: a draft, then signed and locked; later changes are addenda. The database refuses to change a signed one.</summary>
public sealed class Protocol : PracticeEntity
{
    public Guid AppointmentId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid AuthorId { get; private set; }
    /// <summary>The request the session was about; null while there is none.</summary>
    public Guid? RequestId { get; private set; }
    public Guid KeyId { get; private set; }
    public string Format { get; private set; } = ProtocolFormat.Default.Key;
    /// <summary>The sections as one sealed JSON object, heading key → text.</summary>
    public Sealed Content { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime SavedAt { get; private set; }
    /// <summary>When the author signed it; from then on it is locked.</summary>
    public DateTime? SignedAt { get; private set; }

    private Protocol() { }

    public Protocol(Guid practiceId, Guid appointmentId, Guid engagementId, Guid authorId, DataKey key, Guid? requestId, DateTime createdAt) : base(practiceId)
    {
        (AppointmentId, EngagementId, AuthorId, RequestId, CreatedAt, SavedAt) = (appointmentId, engagementId, authorId, requestId, createdAt, createdAt);
        KeyId = key.OwnerId;
        Content = key.Seal(Sections.Empty.ToJson(), ContentPlace);
    }

    public Place ContentPlace => new(PracticeId, "protocols", "content", Id);
    public bool IsSigned => SignedAt is not null;
    public ProtocolFormat Headings => ProtocolFormat.Of(Format);

    public Sections Read(DataKey key) => Sections.FromJson(key.Open(Content, ContentPlace));

    /// <exception cref="InvalidOperationException">It is signed; corrections are addenda.</exception>
    public void Write(DataKey key, Sections sections, Guid? requestId, DateTime at)
    {
        if (IsSigned) throw new InvalidOperationException("A signed protocol is not written again.");
        Content = key.Seal(sections.Only(Headings).ToJson(), ContentPlace);
        (RequestId, SavedAt) = (requestId, at);
    }

    public SignOutcome Sign(DataKey key, DateTime at)
    {
        if (IsSigned) return SignOutcome.AlreadySigned;
        if (Read(key).IsBlank) return SignOutcome.NothingWritten;
        (SignedAt, SavedAt) = (at, at);
        return SignOutcome.Signed;
    }
}

/// <summary>A dated, signed correction or addition to a signed protocol. Dated when it is written, never back-dated; never changed.</summary>
public sealed class Addendum : PracticeEntity
{
    public const int LongestText = 20_000;

    public Guid ProtocolId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Text { get; private set; }
    public DateTime SignedAt { get; private set; }
    /// <summary>From the form: signed twice is one addendum.</summary>
    public Guid FormToken { get; private set; }

    private Addendum() { }

    /// <exception cref="InvalidOperationException">The protocol is still a draft: then it is written, not amended.</exception>
    public Addendum(Protocol protocol, DataKey key, string text, DateTime signedAt, Guid formToken) : base(protocol.PracticeId)
    {
        if (!protocol.IsSigned) throw new InvalidOperationException("Only a signed protocol has addenda.");
        (ProtocolId, AuthorId, KeyId, SignedAt, FormToken) = (protocol.Id, protocol.AuthorId, key.OwnerId, signedAt, formToken);
        Text = key.Seal(text, TextPlace);
    }

    public Place TextPlace => new(PracticeId, "addenda", "text", Id);
    public string Read(DataKey key) => key.Open(Text, TextPlace);
}

/// <summary>The author's private notes beside a session: read and written by the author alone, never part of the record, shares or exports to others.</summary>
public sealed class ProcessNote : PracticeEntity
{
    public Guid AppointmentId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Text { get; private set; }
    public DateTime SavedAt { get; private set; }

    private ProcessNote() { }

    public ProcessNote(Guid practiceId, Guid appointmentId, Guid engagementId, Guid authorId, DataKey key, string text, DateTime at) : base(practiceId)
    {
        (AppointmentId, EngagementId, AuthorId, KeyId) = (appointmentId, engagementId, authorId, key.OwnerId);
        Write(key, text, at);
    }

    public Place TextPlace => new(PracticeId, "process_notes", "text", Id);
    public string Read(DataKey key) => key.Open(Text, TextPlace);
    public void Write(DataKey key, string text, DateTime at) => (Text, SavedAt) = (key.Seal(text, TextPlace), at);
}
