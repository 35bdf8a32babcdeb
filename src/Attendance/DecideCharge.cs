using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Attendance;

/// <summary>The psychologist's one tap on what the terms propose: it stands, or it is waived for a reason.</summary>
public sealed class DecideCharge(PracticeDb db, AssessEvents assess, Vault vault, Audit audit, TimeProvider clock)
{
    /// <summary>Force majeure, whatever the terms list by name.</summary>
    public const string Stronger = "force-majeure";
    public const int LongestWords = 300;

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
        await ExcuseAsync(await db.AssessedEvents.SingleAsync(e => e.Id == charge.EventId, ct), because, ct);
        await assess.RunAsync(charge.EngagementId, charge.ClientId, ct);
        audit.Record("charge.waived", "charge", charge.Id, charge.ClientId);
        return true;
    }

    /// <summary>Takes the decision back.</summary>
    public async Task<bool> ReopenAsync(Guid chargeId, CancellationToken ct)
    {
        if (await FindAsync(chargeId, ct) is not { } charge || charge.State == ChargeState.Proposed) return false;
        if (charge.State == ChargeState.Waived) await ExcuseAsync(await db.AssessedEvents.SingleAsync(e => e.Id == charge.EventId, ct), null, ct);
        charge.Reopen();
        await assess.RunAsync(charge.EngagementId, charge.ClientId, ct);
        audit.Record("charge.reopened", "charge", charge.Id, charge.ClientId);
        return true;
    }

    /// <summary>Something stronger came between: nothing is owed, a free pass that was used comes back, nothing counts; also while a flag holds everything back.</summary>
    /// <param name="words">What it was, if the psychologist says so.</param>
    public async Task<bool> ForceMajeureAsync(Guid eventId, string? words, CancellationToken ct)
    {
        if (await FindEventAsync(eventId, ct) is not var (happened, charge) || happened.Assessment.Excused) return false;
        charge?.Waive(db.Current.UserId, clock.GetUtcNow().UtcDateTime, Stronger);
        var keyId = await db.Clients.Where(c => c.Id == happened.ClientId).Select(c => c.KeyId).SingleAsync(ct);
        happened.Say(await vault.KeyAsync(keyId, ct), words);
        await ExcuseAsync(happened, Stronger, ct);
        await assess.RunAsync(happened.EngagementId, happened.ClientId, ct);
        audit.Record("absence.force-majeure", "appointment", happened.AppointmentId, happened.ClientId);
        return true;
    }

    /// <summary>Takes that back, where no charge stands that could be reopened.</summary>
    public async Task<bool> TakeForceMajeureBackAsync(Guid eventId, CancellationToken ct)
    {
        if (await FindEventAsync(eventId, ct) is not (var happened, null) || happened.Assessment is not { Excused: true, Because.ReasonKey: Stronger }) return false;
        await ExcuseAsync(happened, null, ct);
        await assess.RunAsync(happened.EngagementId, happened.ClientId, ct);
        audit.Record("absence.force-majeure-undone", "appointment", happened.AppointmentId, happened.ClientId);
        return true;
    }

    private async Task<(AssessedEvent, Charge?)?> FindEventAsync(Guid eventId, CancellationToken ct)
    {
        var found = await db.OwnAssessedEvents().AsNoTracking().SingleOrDefaultAsync(e => e.Id == eventId, ct);
        if (found is not { What: EventKind.Cancelled or EventKind.Moved or EventKind.Absent }) return null;
        await assess.LockAsync(found.EngagementId, found.ClientId, ct);
        if (await db.InvoicedCharges.AnyAsync(i => db.Charges.Any(c => c.Id == i.ChargeId && c.EventId == eventId), ct)) return null;
        // Looked at again now that nobody else is at it.
        return await db.AssessedEvents.SingleOrDefaultAsync(e => e.Id == eventId, ct) is { } happened
            ? (happened, await db.Charges.SingleOrDefaultAsync(c => c.EventId == eventId && c.Kind != ChargeKind.Credit, ct)) : null;
    }

    /// <param name="because">Null: it is not excused any more.</param>
    private async Task ExcuseAsync(AssessedEvent happened, string? because, CancellationToken ct)
    {
        if (because != Stronger) happened.Forget();
        if (happened.MoveId is { } moveId)
        {
            (await db.AppointmentMoves.SingleAsync(m => m.Id == moveId, ct)).Excuse(because);
            return;
        }
        var appointment = await db.Appointments.Include(a => a.Participants).SingleAsync(a => a.Id == happened.AppointmentId, ct);
        var participant = appointment.Participants.Single(p => p.ClientId == happened.ClientId);
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
