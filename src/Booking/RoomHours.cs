using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>When a room can be used on one day of the week, by the practice's clock. A room without any can always be used.</summary>
public sealed class RoomHours : PracticeEntity
{
    public Guid RoomId { get; private set; }
    public DayOfWeek Day { get; private set; }
    public TimeOnly From { get; private set; }
    /// <summary>At or before <see cref="From"/> it lies on the next day.</summary>
    public TimeOnly To { get; private set; }

    private RoomHours() { }

    public RoomHours(Guid practiceId, Guid roomId, DayOfWeek day, TimeOnly from, TimeOnly to) : base(practiceId) =>
        (RoomId, Day, From, To) = (roomId, day, from, to);
}
