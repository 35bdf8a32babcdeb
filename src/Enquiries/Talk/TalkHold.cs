using PracticeApp.Booking;
using PracticeApp.Platform;

namespace PracticeApp.Enquiries;

/// <summary>An hour kept for somebody from outside until they have followed the link in their mail. Tells nothing of who it is.</summary>
public sealed class TalkHold : PracticeEntity
{
    /// <summary>Long enough for a mail to arrive and be read.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(20);
    /// <summary>Nobody blocks a calendar from outside.</summary>
    public const int MostAtATime = 12, MostFromOneAddress = 3;

    public Guid PsychologistId { get; private set; }
    public MeetingPlace Place { get; private set; }
    public Guid? RoomId { get; private set; }
    public DateTime StartsAt { get; private set; }
    /// <summary>The buffer included.</summary>
    public DateTime EndsAt { get; private set; }
    public DateTime HeldUntil { get; private set; }
    /// <summary>The network address it came from, as a hash.</summary>
    public string HeldFrom { get; private set; } = "";
    /// <summary>Booked, or given back before its time.</summary>
    public DateTime? EndedAt { get; private set; }

    private TalkHold() { }

    public TalkHold(Guid practiceId, Guid psychologistId, Slot slot, int bufferMinutes, string from, DateTime now) : base(practiceId) =>
        (PsychologistId, Place, RoomId, StartsAt, EndsAt, HeldFrom, HeldUntil) =
            (psychologistId, slot.Place.Kind, slot.Place.RoomId, slot.StartUtc, slot.EndUtc.AddMinutes(bufferMinutes), from, now + Length);

    public bool Stands(DateTime now) => EndedAt is null && HeldUntil > now;
}
