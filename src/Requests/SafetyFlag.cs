using PracticeApp.Platform;

namespace PracticeApp.Requests;

[Flags]
public enum Danger { None = 0, Self = 1, Others = 2, FromOthers = 4, Grief = 8 }

public static class Dangers
{
    /// <summary>Danger is answered before all else; fresh grief alone is met with silence about goals, not with haste.</summary>
    public static bool ComesFirst(this Danger danger) => (danger & ~Danger.Grief) != Danger.None;
}

/// <summary>Belongs to a text, not to a person. While one is open the coach is silent and nothing punitive happens by itself.</summary>
public sealed class SafetyFlag : PracticeEntity
{
    /// <summary>What may come of one; each names its text.</summary>
    public static readonly IReadOnlyList<string> Outcomes = ["safe", "handed-over", "unreached", "no-danger"];

    /// <summary>The table whose text raised it: "complaints", "formulations", …</summary>
    public string Source { get; private set; } = "";
    public Guid SourceId { get; private set; }
    public Guid? EnquiryId { get; private set; }
    public Guid? EngagementId { get; private set; }
    public Guid? ClientId { get; private set; }
    public Danger Danger { get; private set; }
    public DateTime RaisedAt { get; private set; }
    public Guid? AcknowledgedBy { get; private set; }
    public DateTime? AcknowledgedAt { get; private set; }
    public Guid? ClosedBy { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    /// <summary>What came of it, as one of a short list; words stand in the protocol.</summary>
    public string? Outcome { get; private set; }

    private SafetyFlag() { }

    public SafetyFlag(Guid practiceId, string source, Guid sourceId, Danger danger, DateTime raisedAt, Guid? enquiryId, Guid? engagementId, Guid? clientId)
        : base(practiceId) =>
        (Source, SourceId, Danger, RaisedAt, EnquiryId, EngagementId, ClientId) = (source, sourceId, danger, raisedAt, enquiryId, engagementId, clientId);

    public bool IsOpen => ClosedAt is null;
    public void GoTo(Guid engagementId, Guid clientId) => (EngagementId, ClientId) = (engagementId, clientId);
    public void Acknowledge(Guid by, DateTime at) => (AcknowledgedBy, AcknowledgedAt) = (AcknowledgedBy ?? by, AcknowledgedAt ?? at);

    public void Close(Guid by, DateTime at, string outcome)
    {
        if (ClosedAt is not null) return;
        Acknowledge(by, at);
        (ClosedBy, ClosedAt, Outcome) = (by, at, outcome);
    }
}

/// <summary>Who was told of a safety flag, and when; so that the next is told when nobody sees to it.</summary>
public sealed class FlagTelling : PracticeEntity
{
    public Guid FlagId { get; private set; }
    public Guid UserId { get; private set; }
    public DateTime ToldAt { get; private set; }

    private FlagTelling() { }

    public FlagTelling(SafetyFlag flag, Guid userId, DateTime at) : base(flag.PracticeId) => (FlagId, UserId, ToldAt) = (flag.Id, userId, at);
}
