using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Privacy;

namespace PracticeApp.Incidents;

/// <summary>What the signed terms owe the client for what the psychologist did to a session.</summary>
/// <param name="IsGiven">It stands in the client's account already, whoever put it there.</param>
/// <param name="MayGive">One press of the psychologist's gives it.</param>
public sealed record CreditOwed(Assessment Assessment, bool IsGiven, bool MayGive);

/// <summary>
/// Gives the credit by way of attendance: the session is settled as it really was, and the terms do the rest. So there is
/// one credit for one session, whether the week's page or an incident brought it.
/// </summary>
public sealed class CreditIncident(PracticeDb db, AssessEvents assess, SettleAttendance settle, IssueDocuments issue, Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>Null where no money is owed by any clause: another term, or no session.</returns>
    public async Task<CreditOwed?> OfAsync(Incident incident, CancellationToken ct)
    {
        if (incident.About != Side.Psychologist || incident.AppointmentId is not { } id || incident.Breach == Breach.Other) return null;
        var given = await db.Charges.AsNoTracking().Where(c => c.AppointmentId == id && c.ClientId == incident.ClientId && c.Kind == ChargeKind.Credit && c.State == ChargeState.Confirmed)
            .OrderByDescending(c => c.ProposedAt).FirstOrDefaultAsync(ct);
        if (given?.Assessment is { } assessed) return new CreditOwed(assessed, IsGiven: true, MayGive: false);
        if (incident.IsWithdrawn) return null;

        var appointment = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleAsync(a => a.Id == id, ct);
        var history = await db.HistoryAsync(incident.EngagementId, incident.ClientId, ct);
        var past = incident.Breach == Breach.ShortNotice
            ? history.LastOrDefault(p => p.Appointment.Id == id && p.Event.What is EventKind.CancelledByPsychologist or EventKind.MovedByPsychologist)
            : await AsItWasAsync(incident, appointment, ct);
        if (past is null) return null;
        var versions = await db.TermsOfAsync(appointment, ct, past.Event.At);
        var assessment = AttendancePolicy.Assess(past.Appointment, past.Event, versions, history, Now) with { Currency = appointment.Currency };
        var place = appointment.Participants.First(p => p.ClientId == incident.ClientId);
        return new CreditOwed(assessment, IsGiven: false, assessment.Credit > 0m && incident.Breach != Breach.ShortNotice
            && appointment.State == AppointmentState.Booked && place.WithdrawnAt is null && appointment.StartsAt <= Now);
    }

    /// <returns>False where nothing is owed, or it was given before.</returns>
    public async Task<bool> GiveAsync(Incident incident, CancellationToken ct)
    {
        // Locked before it is read, so that of two presses at once the second sees what the first one did.
        await assess.LockAsync(incident.EngagementId, incident.ClientId, ct);
        if (await OfAsync(incident, ct) is not { MayGive: true }) return false;
        var appointment = incident.AppointmentId!.Value;
        if (await db.AppointmentParticipants.AnyAsync(p => p.AppointmentId == appointment && p.ClientId == incident.ClientId && p.SettledAt != null, ct))
        {
            await issue.CreditSessionAsync(appointment, incident.ClientId, ct);
            await settle.UndoAsync(appointment, incident.ClientId, ct);
        }
        var (how, minutes) = incident.Breach == Breach.Late ? (Settlement.ILate, incident.LateMinutes ?? 0) : (Settlement.MyFault, 0);
        if (await settle.RunAsync(appointment, incident.ClientId, how, minutes, null, ct) is not SettleOutcome.Done and var outcome)
            throw new InvalidOperationException($"The session could not be settled as it was: {outcome}.");
        incident.Credit(Now);
        audit.Record("incident.credited", "incident", incident.Id, incident.ClientId);
        await db.SaveChangesAsync(ct);
        return true;
    }

    private async Task<PastEvent?> AsItWasAsync(Incident incident, Appointment appointment, CancellationToken ct)
    {
        if (appointment.State != AppointmentState.Booked) return null;
        var moves = await db.AppointmentMoves.AsNoTracking().Where(m => m.AppointmentId == appointment.Id).ToListAsync(ct);
        var facts = appointment.Facts(moves, appointment.ShareOf(incident.ClientId, await db.IsSharedAsync(appointment.KindId, ct)));
        return new PastEvent(facts, incident.Breach == Breach.Late
            ? new AttendanceEvent(EventKind.Attended, appointment.StartsAt, PsychologistLateMinutes: incident.LateMinutes ?? 0)
            : new AttendanceEvent(EventKind.PsychologistAbsent, appointment.StartsAt));
    }
}
