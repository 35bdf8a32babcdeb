using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Attendance;

/// <summary>
/// Reckons everything that happened between one client and one engagement by the signed terms, in the order it happened,
/// and keeps what follows: an assessment for each event, charges proposed, credits given. Run again it gives the same;
/// when something earlier becomes known, what is only proposed follows; what was decided stands, or becomes less where the terms say so.
/// </summary>
public sealed class AssessEvents(PracticeDb db, DrawFromPackages packages, Audit audit, TimeProvider clock)
{
    /// <summary>Everything about one client's account in an engagement goes through here one at a time, until the transaction ends.</summary>
    public Task LockAsync(Guid engagementId, Guid clientId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"attendance:{engagementId}:{clientId}"}, 0))", ct);

    /// <summary>Locks, saves what the caller changed, reckons and saves.</summary>
    public async Task RunAsync(Guid engagementId, Guid clientId, CancellationToken ct)
    {
        await LockAsync(engagementId, clientId, ct);
        await db.SaveChangesAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var scene = await SceneAsync(engagementId, clientId, ct);
        foreach (var past in scene.Happened)
        {
            var appointment = scene.Appointments[past.Appointment.Id];
            var move = past.Event.What is EventKind.Moved or EventKind.MovedByPsychologist
                ? scene.Moves.Single(m => m.AppointmentId == appointment.Id && m.At == past.Event.At) : null;
            var known = scene.Known.Find(e => e.AppointmentId == appointment.Id && e.MoveId == move?.Id);
            if (known is null && MayBeTakenBack(appointment, past, move, scene.Moves, now)) continue;

            var versions = await db.TermsOfAsync(appointment, ct, past.Event.At);
            var assessment = AttendancePolicy.Assess(past.Appointment, past.Event, versions, scene.Happened, now) with { Currency = appointment.Currency };
            if (known is null)
            {
                known = new AssessedEvent(appointment.PracticeId, engagementId, clientId, appointment.Id, move?.Id);
                db.AssessedEvents.Add(known);
                scene.Known.Add(known);
            }
            known.Reckon(past, assessment, now);
            move?.Assess(now);
            if (move is null) Settle(appointment, clientId, past, assessment, now);
            Charge(scene, known, assessment, now);
        }
        await SettleOthersAsync(scene, engagementId, clientId, now, ct);
        await packages.DrawAsync(clientId, scene.Charges.Where(c => c.Kind == ChargeKind.Session), id => scene.Appointments.GetValueOrDefault(id)?.KindId, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<Scene> SceneAsync(Guid engagementId, Guid clientId, CancellationToken ct)
    {
        var happened = await db.HistoryAsync(engagementId, clientId, ct);
        var ids = happened.Select(p => p.Appointment.Id).Distinct().ToList();
        var known = await db.AssessedEvents.Where(e => e.EngagementId == engagementId && e.ClientId == clientId).ToListAsync(ct);
        var charges = await db.Charges.Where(c => c.EngagementId == engagementId && c.ClientId == clientId && c.EventId != null).ToListAsync(ct);
        var owed = charges.ConvertAll(c => c.Id);
        return new Scene(
            [.. happened.OrderBy(p => p.Event.At).ThenBy(p => p.Appointment.Id)],
            await db.Appointments.Include(a => a.Participants).Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct),
            await db.AppointmentMoves.Where(m => ids.Contains(m.AppointmentId)).ToListAsync(ct),
            known,
            charges,
            owed.Count == 0 ? [] : [.. await db.InvoicedCharges.Where(i => owed.Contains(i.ChargeId)).Select(i => i.ChargeId).ToListAsync(ct)],
            await db.HasOpenFlagAsync(engagementId, clientId, ct),
            (await db.Practices.AsNoTracking().SingleAsync(ct)).Policy.ChargesStandAfterHours);
    }

    /// <summary>Second thoughts are still possible: nothing follows before they are over.</summary>
    private static bool MayBeTakenBack(Appointment appointment, PastEvent past, AppointmentMove? move, List<AppointmentMove> moves, DateTime now) =>
        appointment.FinalAt > now && (move is null
            ? past.Event.What is EventKind.Cancelled or EventKind.CancelledByPsychologist
            : move == moves.Where(m => m.AppointmentId == appointment.Id).MaxBy(m => m.At));

    /// <summary>Cancelled appointments settle themselves; what people settled is not touched.</summary>
    private static void Settle(Appointment appointment, Guid clientId, PastEvent past, Assessment assessment, DateTime now)
    {
        if (past.Event.What is not (EventKind.Cancelled or EventKind.CancelledByPsychologist)) return;
        var kind = past.Event.What == EventKind.CancelledByPsychologist ? AttendanceKind.CancelledByPsychologist
            : assessment.Excused ? AttendanceKind.Excused
            : assessment.Late ? AttendanceKind.CancelledLate : AttendanceKind.CancelledInTime;
        var participant = appointment.Participants.Single(p => p.ClientId == clientId);
        if (participant.Attendance != kind) participant.Settle(kind, null, participant.SettledBy, participant.SettledAt ?? now, because: participant.ExcusedBecause);
    }

    /// <summary>Nothing happened between this client and an appointment that another party cancelled for all, or that both sides were let off.</summary>
    private async Task SettleOthersAsync(Scene scene, Guid engagementId, Guid clientId, DateTime now, CancellationToken ct)
    {
        var cancelled = await db.Appointments.Include(a => a.Participants)
            .Where(a => a.EngagementId == engagementId && a.State == AppointmentState.Cancelled && a.FinalAt <= now && a.ReleasedAt == null && (a.NothingFollows || (a.CancelledByClientId != null && a.CancelledByClientId != clientId))
                && a.Participants.Any(p => p.ClientId == clientId && p.WithdrawnAt == null)).ToListAsync(ct);
        foreach (var appointment in cancelled)
        {
            var place = appointment.Participants.Single(p => p.ClientId == clientId);
            if (place.Attendance is not (AttendanceKind.CancelledInTime or AttendanceKind.Excused)) place.Settle(AttendanceKind.CancelledInTime, null, place.SettledBy, place.SettledAt ?? now);
            var before = scene.Known.Find(e => e.AppointmentId == appointment.Id && e.MoveId is null);
            foreach (var charge in scene.Charges.FindAll(c => c.EventId == before?.Id && c.State == ChargeState.Proposed)) Remove(scene, charge);
        }
    }

    private void Charge(Scene scene, AssessedEvent happened, Assessment assessment, DateTime now)
    {
        // It was taken for something else before: what was proposed for that goes.
        foreach (var other in scene.Charges.FindAll(c => c.EventId == happened.Id && c.State == ChargeState.Proposed && c.Kind != KindOf(happened.What) && c.Kind != ChargeKind.Credit)) Remove(scene, other);
        var session = happened.What == EventKind.Attended;
        happened.HoldBack(scene.HasOpenFlag && !session && assessment.Charge > 0m && !scene.Charges.Exists(c => c.EventId == happened.Id && c.Kind != ChargeKind.Credit));
        Put(scene, happened, assessment, KindOf(happened.What), assessment.Charge, decided: session, now);
        // A credit favours the client, so it stands by itself.
        Put(scene, happened, assessment, ChargeKind.Credit, -assessment.Credit, decided: true, now);
    }

    private void Put(Scene scene, AssessedEvent happened, Assessment assessment, ChargeKind kind, decimal amount, bool decided, DateTime now)
    {
        var stands = StandsAfter(scene, happened, assessment);
        var charge = scene.Charges.Find(c => c.EventId == happened.Id && c.Kind == kind);
        if (charge is not null)
        {
            if (charge.State == ChargeState.Confirmed && !decided && amount < charge.Amount) Lower(scene, charge, amount, assessment);
            if (charge.State != ChargeState.Proposed) return;
            if (amount == 0m) Remove(scene, charge);
            else
            {
                charge.Propose(amount, assessment);
                if (stands is null) charge.Stand(null);
            }
            return;
        }
        if (amount == 0m || (!decided && scene.HasOpenFlag)) return;
        charge = new Charge(happened.PracticeId, happened.EngagementId, happened.ClientId, happened.AppointmentId, kind, amount, assessment.Currency,
            happened.AgreementId, assessment.Clause, now).From(happened.Id, assessment);
        charge.Stand(stands);
        if (decided) charge.Confirm(db.Current.IsSignedIn ? db.Current.UserId : null, now);
        db.Charges.Add(charge);
        scene.Charges.Add(charge);
    }

    /// <summary>Where the practice chose so; never what the psychologist is asked about, nor an absence that nobody but the clock noted.</summary>
    private static TimeSpan? StandsAfter(Scene scene, AssessedEvent happened, Assessment assessment) =>
        scene.StandsAfter is not { } hours || assessment.AsksPsychologist
        || (happened.What == EventKind.Absent && scene.Appointments[happened.AppointmentId].Participants.Single(p => p.ClientId == happened.ClientId).SettledBy is null)
            ? null : TimeSpan.FromHours(hours);

    // In the client's favour, so it happens by itself; what an invoice says is for a credit note.
    private void Lower(Scene scene, Charge charge, decimal amount, Assessment assessment)
    {
        if (scene.Invoiced.Contains(charge.Id)) return;
        audit.Record("charge.lowered", "charge", charge.Id, charge.ClientId);
        if (amount == 0m) Remove(scene, charge);
        else charge.Lower(amount, assessment);
    }

    private void Remove(Scene scene, Charge charge)
    {
        db.Charges.Remove(charge);
        scene.Charges.Remove(charge);
    }

    private static ChargeKind KindOf(EventKind what) => what switch
    {
        EventKind.Attended => ChargeKind.Session,
        EventKind.Moved => ChargeKind.LateMove,
        EventKind.Cancelled => ChargeKind.LateCancellation,
        _ => ChargeKind.Absence,
    };

    private sealed record Scene(
        List<PastEvent> Happened, Dictionary<Guid, Appointment> Appointments, List<AppointmentMove> Moves, List<AssessedEvent> Known, List<Charge> Charges,
        HashSet<Guid> Invoiced, bool HasOpenFlag, int? StandsAfter);
}
