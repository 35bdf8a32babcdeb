using PracticeApp.Platform;

namespace PracticeApp.Engagements;

public enum EngagementKind { Individual, Couple, Family, Group, Guardian }

/// <summary>One course of work: a psychologist and one or several parties, from first talk to ending.</summary>
public sealed class Engagement : PracticeEntity
{
    private readonly List<EngagementParty> _parties = [];

    public EngagementKind Kind { get; private set; }
    /// <summary>The psychologist's user id.</summary>
    public Guid PsychologistId { get; private set; }
    public Guid? EnquiryId { get; private set; }
    /// <summary>Seals the words of this engagement: the client's own key, or one of its own when several take part.</summary>
    public Guid KeyId { get; private set; }
    public DateTime StartedAt { get; private set; }
    public ForWhom ForWhom { get; private set; }
    /// <summary>An end that was decided: nothing is booked for later. Null while none is.</summary>
    public DateTime? EndsAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public IReadOnlyList<EngagementParty> Parties => _parties;

    private Engagement() { }

    public Engagement(Guid practiceId, EngagementKind kind, Guid psychologistId, Guid keyId, DateTime startedAt, Guid? enquiryId = null) : base(practiceId)
    {
        (Kind, PsychologistId, KeyId, StartedAt, EnquiryId) = (kind, psychologistId, keyId, startedAt, enquiryId);
    }

    public bool IsOpen => EndedAt is null;

    public void For(ForWhom whom) => ForWhom = whom;

    /// <param name="relation">What a guardian is to the minor: "mother".</param>
    public EngagementParty Join(Guid clientId, PartyRole role = PartyRole.Client, string? relation = null)
    {
        if (_parties.Find(p => p.ClientId == clientId) is { } already) return already;
        var party = new EngagementParty(PracticeId, Id, clientId, role, relation);
        _parties.Add(party);
        return party;
    }

    public void EndOn(DateTime at) => EndsAt = at;

    /// <summary>The end was called off.</summary>
    public void GoOn() => EndsAt = null;

    public void End(DateTime at) => (EndsAt, EndedAt) = (EndsAt ?? at, EndedAt ?? at);
}

/// <summary>A guardian sees agreement, times and money, not words.</summary>
public enum PartyRole { Client, Guardian }

public sealed class EngagementParty : PracticeEntity
{
    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public PartyRole Role { get; private set; }
    public string? Relation { get; private set; }

    private EngagementParty() { }

    internal EngagementParty(Guid practiceId, Guid engagementId, Guid clientId, PartyRole role, string? relation) : base(practiceId) =>
        (EngagementId, ClientId, Role, Relation) = (engagementId, clientId, role, relation);
}

public enum GrantReason { Handover, Supervision, Trainee, ProfessionalWill }

/// <summary>Who besides the psychologist may read what of an engagement, why, until when. The only source of such rights; row-level security reads it.</summary>
public sealed class AccessGrant : PracticeEntity
{
    public Guid EngagementId { get; private set; }
    public Guid UserId { get; private set; }
    public GrantReason Reason { get; private set; }
    /// <summary>One protocol or request only; null is the whole engagement.</summary>
    public Guid? SubjectId { get; private set; }
    public Guid GivenBy { get; private set; }
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }

    private AccessGrant() { }

    public AccessGrant(Guid practiceId, Guid engagementId, Guid userId, GrantReason reason, Guid givenBy, DateTime startsAt, DateTime endsAt, Guid? subjectId = null)
        : base(practiceId)
    {
        if (endsAt <= startsAt) throw new ArgumentException("A grant ends after it starts.", nameof(endsAt));
        (EngagementId, UserId, Reason, GivenBy, StartsAt, EndsAt, SubjectId) = (engagementId, userId, reason, givenBy, startsAt, endsAt, subjectId);
    }

    public void Revoke(DateTime at) => RevokedAt ??= at;
}
