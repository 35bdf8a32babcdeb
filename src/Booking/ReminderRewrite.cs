using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>The reminders of one coming appointment are to be written anew: the practice reminds differently from now on.</summary>
public sealed class ReminderRewrite : PracticeEntity
{
    public Guid AppointmentId { get; private set; }
    public DateTime AskedAt { get; private set; }

    private ReminderRewrite() { }

    public ReminderRewrite(Guid practiceId, Guid appointmentId, DateTime askedAt) : base(practiceId) => (AppointmentId, AskedAt) = (appointmentId, askedAt);
}
