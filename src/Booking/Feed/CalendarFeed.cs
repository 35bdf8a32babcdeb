using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>A secret address under which somebody's own calendar reads their appointments. Made anew, the old one is dead.</summary>
public sealed class CalendarFeed : PracticeEntity
{
    public Guid UserId { get; private set; }
    /// <summary>The psychologist wants the clients' names in it; nobody's stand there otherwise.</summary>
    public bool Names { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }

    private CalendarFeed() { }

    public CalendarFeed(Guid practiceId, Guid userId, bool names, DateTime createdAt) : base(practiceId) =>
        (UserId, Names, CreatedAt) = (userId, names, createdAt);

    public void Show(bool names) => Names = names;

    public void Revoke(DateTime at) => RevokedAt ??= at;
}
