using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>
/// People who meet together while each works with the psychologist by their own agreement. A meeting is an appointment of the
/// group's own work, which takes the psychologist and the room and has nobody in it; everybody who comes has an appointment of
/// their own beside it, a place: their price, their terms, their attendance, their words. So nobody learns of anybody else.
/// </summary>
public sealed class Group : PracticeEntity
{
    private readonly List<GroupMember> _members = [];

    public Guid PsychologistId { get; private set; }
    public Guid KindId { get; private set; }
    /// <summary>The work that the meetings belong to; it has no party.</summary>
    public Guid EngagementId { get; private set; }
    /// <summary>Staff's name for it; clients see the kind of session.</summary>
    public string Name { get; private set; } = "";
    public int Seats { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public IReadOnlyList<GroupMember> Members => _members;

    private Group() { }

    public Group(Guid practiceId, Guid psychologistId, Guid kindId, Guid engagementId, string name, int seats, DateTime createdAt) : base(practiceId) =>
        (PsychologistId, KindId, EngagementId, Name, Seats, CreatedAt) = (psychologistId, kindId, engagementId, name, seats, createdAt);

    /// <summary>Meetings that are planned keep the seats they have.</summary>
    public void Change(string name, int seats) => (Name, Seats) = (name, seats);

    /// <param name="engagementId">This client's own work, by whose agreement they come.</param>
    public void Add(Guid clientId, Guid engagementId, DateTime now)
    {
        if (!_members.Exists(m => m.ClientId == clientId && m.LeftAt is null)) _members.Add(new GroupMember(PracticeId, Id, clientId, engagementId, now));
    }

    public void End(DateTime at)
    {
        EndedAt ??= at;
        foreach (var member in _members) member.Leave(at);
    }
}

/// <summary>Somebody who comes to all meetings that are planned while they belong to the group.</summary>
public sealed class GroupMember : PracticeEntity
{
    public Guid GroupId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid EngagementId { get; private set; }
    public DateTime Since { get; private set; }
    public DateTime? LeftAt { get; private set; }

    private GroupMember() { }

    internal GroupMember(Guid practiceId, Guid groupId, Guid clientId, Guid engagementId, DateTime since) : base(practiceId) =>
        (GroupId, ClientId, EngagementId, Since) = (groupId, clientId, engagementId, since);

    public void Leave(DateTime at) => LeftAt ??= at;
}
