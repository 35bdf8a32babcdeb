using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Privacy;

namespace PracticeApp.Attendance;

/// <summary>The psychologist's one tap on what the terms propose: it stands, or it is waived for a reason.</summary>
public sealed class DecideCharge(PracticeDb db, AssessEvents assess, Audit audit, TimeProvider clock)
{
    /// <returns>False when there is no such charge to decide.</returns>
    public async Task<bool> ConfirmAsync(Guid chargeId, CancellationToken ct)
    {
        if (await FindAsync(chargeId, ct) is not { State: ChargeState.Proposed } charge) return false;
        charge.Confirm(db.Current.UserId, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        audit.Record("charge.confirmed", "charge", charge.Id, charge.ClientId);
        return true;
    }

    /// <summary>Nothing is owed, and the event no longer counts among those that repeat.</summary>
    public async Task<bool> WaiveAsync(Guid chargeId, string because, CancellationToken ct)
    {
        if (await FindAsync(chargeId, ct) is not { } charge || charge.State == ChargeState.Waived) return false;
        charge.Waive(db.Current.UserId, clock.GetUtcNow().UtcDateTime, because);
        await ExcuseAsync(charge, because, ct);
        await assess.RunAsync(charge.EngagementId, charge.ClientId, ct);
        audit.Record("charge.waived", "charge", charge.Id, charge.ClientId);
        return true;
    }

    /// <summary>Takes the decision back.</summary>
    public async Task<bool> ReopenAsync(Guid chargeId, CancellationToken ct)
    {
        if (await FindAsync(chargeId, ct) is not { } charge || charge.State == ChargeState.Proposed) return false;
        if (charge.State == ChargeState.Waived) await ExcuseAsync(charge, null, ct);
        charge.Reopen();
        await assess.RunAsync(charge.EngagementId, charge.ClientId, ct);
        audit.Record("charge.reopened", "charge", charge.Id, charge.ClientId);
        return true;
    }

    private async Task ExcuseAsync(Charge charge, string? because, CancellationToken ct)
    {
        var happened = await db.AssessedEvents.SingleAsync(e => e.Id == charge.EventId, ct);
        if (happened.MoveId is { } moveId)
        {
            (await db.AppointmentMoves.SingleAsync(m => m.Id == moveId, ct)).Excuse(because);
            return;
        }
        var appointment = await db.Appointments.Include(a => a.Participants).SingleAsync(a => a.Id == happened.AppointmentId, ct);
        var participant = appointment.Participants.Single(p => p.ClientId == charge.ClientId);
        var kind = because is not null ? AttendanceKind.Excused
            : appointment.State == AppointmentState.Cancelled || participant.WithdrawnAt is not null ? AttendanceKind.CancelledLate : AttendanceKind.NoShow;
        participant.Settle(kind, null, participant.SettledBy, participant.SettledAt ?? clock.GetUtcNow().UtcDateTime, because: because);
    }

    /// <summary>Charges for what did not take place, in the psychologist's own sessions.</summary>
    private async Task<Charge?> FindAsync(Guid chargeId, CancellationToken ct)
    {
        var found = await db.Charges.AsNoTracking().SingleOrDefaultAsync(c => c.Id == chargeId, ct);
        if (found?.EventId is not { } happened || !await db.OwnAssessedEvents().AnyAsync(e => e.Id == happened, ct)) return null;
        if (found.Kind is not (ChargeKind.Absence or ChargeKind.LateCancellation or ChargeKind.LateMove)) return null;
        await assess.LockAsync(found.EngagementId, found.ClientId, ct);
        // What an invoice said is corrected by a credit note first.
        if (await db.InvoicedCharges.AnyAsync(i => i.ChargeId == chargeId, ct)) return null;
        return await db.Charges.SingleOrDefaultAsync(c => c.Id == chargeId, ct);
    }
}
