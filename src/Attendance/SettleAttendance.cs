using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Privacy;

namespace PracticeApp.Attendance;

/// <summary>What the psychologist says of a session, with one tap.</summary>
public enum Settlement
{
    Present,
    /// <summary>The client came late.</summary>
    Late,
    Absent,
    /// <summary>Absent, and nothing follows.</summary>
    Excused,
    /// <summary>The psychologist did not come.</summary>
    MyFault,
    /// <summary>The psychologist came late.</summary>
    ILate,
}

public enum SettleOutcome
{
    Done,
    /// <summary>Somebody, or the same tap twice, was quicker; nothing was changed.</summary>
    AlreadySettled,
    /// <summary>It has not begun, or the minutes of grace are not over.</summary>
    TooEarly,
    /// <summary>What was sent makes no sense.</summary>
    Unclear,
    /// <summary>What followed stands on an invoice, which only a credit note corrects.</summary>
    Invoiced,
    Gone,
}

/// <summary>Settles a session and lets the terms say what follows; one tap makes it undone.</summary>
public sealed class SettleAttendance(PracticeDb db, AssessEvents assess, Audit audit, TimeProvider clock)
{
    /// <param name="minutes">How late, for the two kinds of lateness.</param>
    /// <param name="because">Key of the reason, when excused.</param>
    public async Task<SettleOutcome> RunAsync(
        Guid appointmentId, Guid clientId, Settlement settlement, int minutes, string? because, CancellationToken ct)
    {
        if (await FindAsync(appointmentId, clientId, ct) is not var (appointment, participant)) return SettleOutcome.Gone;
        if (appointment.State != AppointmentState.Booked || participant.WithdrawnAt is not null) return SettleOutcome.Gone;
        if (participant.SettledAt is not null) return SettleOutcome.AlreadySettled;
        var now = clock.GetUtcNow().UtcDateTime;
        var missed = settlement is Settlement.Absent or Settlement.Excused;
        if (now < appointment.StartsAt || (missed && now < await db.GraceEndsAsync(appointment, ct))) return SettleOutcome.TooEarly;

        participant.Settle(
            settlement switch
            {
                Settlement.Absent => AttendanceKind.NoShow,
                Settlement.Excused => AttendanceKind.Excused,
                Settlement.MyFault => AttendanceKind.PsychologistAbsent,
                _ => AttendanceKind.Attended,
            },
            settlement == Settlement.Late ? minutes : null,
            db.Current.IsSignedIn ? db.Current.UserId : null,
            now,
            settlement == Settlement.ILate ? minutes : null,
            settlement == Settlement.Excused ? because ?? "other" : null);
        await assess.RunAsync(appointment.EngagementId, clientId, ct);
        audit.Record("attendance.settled", "appointment", appointmentId, clientId);
        return SettleOutcome.Done;
    }

    /// <summary>As if it had not been settled; what followed falls away, a payment stays.</summary>
    public async Task<SettleOutcome> UndoAsync(Guid appointmentId, Guid clientId, CancellationToken ct)
    {
        if (await FindAsync(appointmentId, clientId, ct) is not var (appointment, participant)) return SettleOutcome.Gone;
        if (appointment.State != AppointmentState.Booked || participant.SettledAt is null) return SettleOutcome.Gone;
        if (await db.InvoicedCharges.AnyAsync(i => db.Charges.Any(c => c.Id == i.ChargeId && c.AppointmentId == appointmentId && c.ClientId == clientId), ct)) return SettleOutcome.Invoiced;
        var now = clock.GetUtcNow().UtcDateTime;
        participant.Unsettle(now, now.AddHours((await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct)).SettleAfterHours));
        foreach (var happened in await db.AssessedEvents.Where(e => e.AppointmentId == appointmentId && e.ClientId == clientId && e.MoveId == null).ToListAsync(ct))
        {
            db.Charges.RemoveRange(await db.Charges.Where(c => c.EventId == happened.Id).ToListAsync(ct));
            db.AssessedEvents.Remove(happened);
        }
        await assess.RunAsync(appointment.EngagementId, clientId, ct);
        audit.Record("attendance.undone", "appointment", appointmentId, clientId);
        return SettleOutcome.Done;
    }

    private async Task<(Appointment, AppointmentParticipant)?> FindAsync(Guid appointmentId, Guid clientId, CancellationToken ct)
    {
        if (await db.Appointments.Where(a => a.Id == appointmentId).Select(a => (Guid?)a.EngagementId).SingleOrDefaultAsync(ct) is not { } engagement) return null;
        // Locked before it is read, so that of two taps at once the second sees what the first one did.
        await assess.LockAsync(engagement, clientId, ct);
        var appointment = await db.Appointments.Include(a => a.Participants).SingleAsync(a => a.Id == appointmentId, ct);
        return appointment.Participants.FirstOrDefault(p => p.ClientId == clientId) is { } participant ? (appointment, participant) : null;
    }
}

/// <summary>Until when somebody late is still expected.</summary>
public static class Grace
{
    public static async Task<DateTime> GraceEndsAsync(this PracticeDb db, Appointment appointment, CancellationToken ct)
    {
        var versions = await db.TermsOfAsync(appointment, ct);
        var place = appointment.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson;
        // Where two versions may apply, the more patient one does.
        return appointment.StartsAt.AddMinutes(versions.Max(v => v.Terms.For(appointment.KindId.ToString(), place).Lateness.GraceMinutes));
    }
}
