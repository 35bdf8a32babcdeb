using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>What happened to one participant's place in an appointment; null while it has not been settled.</summary>
public enum AttendanceKind { Attended, CancelledInTime, CancelledLate, NoShow, Excused, CancelledByPsychologist, PsychologistAbsent }

/// <summary>One client's place in an appointment, with their own confirmation, attendance and charge.</summary>
public sealed class AppointmentParticipant : PracticeEntity
{
    public Guid AppointmentId { get; private set; }
    public Guid ClientId { get; private set; }
    public DateTime? ConfirmedAt { get; private set; }
    /// <summary>This client cancelled their own place in a joint appointment, which stands for the others.</summary>
    public DateTime? WithdrawnAt { get; private set; }
    public string? WithdrawReason { get; private set; }
    public AttendanceKind? Attendance { get; private set; }
    public int? LateMinutes { get; private set; }
    /// <summary>How late the psychologist began.</summary>
    public int? PsychologistLateMinutes { get; private set; }
    /// <summary>Key of the reason for which an absence or a late cancellation was excused, or what was written.</summary>
    public string? ExcusedBecause { get; private set; }
    /// <summary>Since the end of the grace minutes it has waited to be settled.</summary>
    public DateTime? AwaitingSince { get; private set; }
    /// <summary>When the psychologist is asked the next time; null before the first.</summary>
    public DateTime? AskAt { get; private set; }
    public int Asked { get; private set; }
    public DateTime? SettledAt { get; private set; }
    public Guid? SettledBy { get; private set; }

    private AppointmentParticipant() { }

    internal AppointmentParticipant(Guid practiceId, Guid appointmentId, Guid clientId) : base(practiceId) =>
        (AppointmentId, ClientId) = (appointmentId, clientId);

    public void Confirm(DateTime at) => ConfirmedAt ??= at;
    public void Unconfirm() => ConfirmedAt = null;
    internal void Withdraw(DateTime at, string? reason) => (WithdrawnAt, WithdrawReason) = (at, reason);
    internal void Return() => (WithdrawnAt, WithdrawReason) = (null, null);

    public void Settle(AttendanceKind kind, int? lateMinutes, Guid? by, DateTime at, int? psychologistLateMinutes = null, string? because = null) =>
        (Attendance, LateMinutes, PsychologistLateMinutes, ExcusedBecause, SettledBy, SettledAt) = (kind, lateMinutes, psychologistLateMinutes, because, by, at);

    /// <summary>As if nothing had been said; the clock leaves it alone until <paramref name="askAt"/>.</summary>
    public void Unsettle(DateTime now, DateTime askAt)
    {
        (Attendance, LateMinutes, PsychologistLateMinutes, ExcusedBecause, SettledBy, SettledAt) = (null, null, null, null, null, null);
        (AwaitingSince, AskAt, Asked) = (AwaitingSince ?? now, askAt, 0);
    }

    /// <summary>Asked once more; the next time after twice as long.</summary>
    public void Ask(DateTime since, DateTime next) => (AwaitingSince, AskAt, Asked) = (AwaitingSince ?? since, next, Asked + 1);
}
