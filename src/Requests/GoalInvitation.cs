using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

/// <summary>The psychologist asks one client for one, two or three goals, in the client's own words, before they meet.</summary>
public sealed class GoalInvitation : PracticeEntity
{
    public const int Most = 3, LongestNote = 500;

    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid KeyId { get; private set; }
    public int Count { get; private set; }
    public Sealed? Note { get; private set; }
    public Guid AskedBy { get; private set; }
    public DateTime AskedAt { get; private set; }
    public DateTime? AnsweredAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }

    private GoalInvitation() { }

    public GoalInvitation(Guid practiceId, Guid engagementId, Guid clientId, DataKey key, int count, string? note, Guid askedBy, DateTime at) : base(practiceId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        (EngagementId, ClientId, KeyId, Count, AskedBy, AskedAt) = (engagementId, clientId, key.OwnerId, count, askedBy, at);
        Note = string.IsNullOrWhiteSpace(note) ? null : key.Seal(note.Trim(), NotePlace);
    }

    public bool IsOpen => AnsweredAt is null && WithdrawnAt is null;
    public string? ReadNote(DataKey key) => Note is { IsEmpty: false } note ? key.Open(note, NotePlace) : null;

    /// <returns>False when it was answered or withdrawn before.</returns>
    public bool Answer(DateTime at)
    {
        if (!IsOpen) return false;
        AnsweredAt = at;
        return true;
    }

    public void Withdraw(DateTime at)
    {
        if (IsOpen) WithdrawnAt = at;
    }

    private Place NotePlace => new(PracticeId, "goal_invitations", "note", Id);
}
