using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Whole days, or part of one, on which a psychologist is away; wall clock in their zone.</summary>
public sealed record AbsenceTime(DateOnly First, DateOnly Last, TimeOnly? From = null, TimeOnly? To = null)
{
    public (DateTime From, DateTime Until) In(TimeZoneInfo zone)
    {
        var until = To is { } to ? (to <= From ? First.AddDays(1) : First).ToDateTime(to) : Last.AddDays(1).ToDateTime(default);
        return (LocalTime.ToUtc(First.ToDateTime(From ?? default), zone), LocalTime.ToUtc(until, zone));
    }
}

public enum AbsenceOutcome
{
    Done,
    /// <summary>Something is booked that was not shown, or somebody held the time; nothing is changed.</summary>
    Changed,
}

/// <summary>
/// Notes that a psychologist is away and cancels what is booked then, in one act: every client hears of it once, with free
/// times instead. There are no second thoughts: everything was shown before. Doing it again changes nothing.
/// </summary>
public sealed class TakeAbsence(
    PracticeDb db, Occupying occupying, OfferedSlots offered, PlanReminders reminders, TellOfBooking tell, Audit audit)
{
    private const int Times = 3;

    /// <param name="seen">The appointments that were shown; no other is cancelled.</param>
    /// <param name="reason">What staff wrote; shown to both.</param>
    public async Task<AbsenceOutcome> RunAsync(Guid psychologistId, AbsenceTime time, TimeZoneInfo zone, IReadOnlyCollection<Guid> seen, string reason, Actor staff, CancellationToken ct)
    {
        var resources = await db.Occupancies.Where(o => seen.Contains(o.AppointmentId)).Select(o => o.ResourceId).Distinct().ToListAsync(ct);
        var done = await occupying.TryAsync(resources.Append(psychologistId), async now =>
        {
            var appointments = await db.WholeAppointments().Where(InTime(psychologistId, time, zone, now)).OrderBy(a => a.StartsAt).ToListAsync(ct);
            if (appointments.Exists(a => !seen.Contains(a.Id))) return false;
            await NoteAsync(psychologistId, time, reason, ct);
            var (from, until) = time.In(zone);
            await db.Appointments.Where(a => a.PsychologistId == psychologistId && a.State == AppointmentState.Held && a.StartsAt < until && a.EndsAt > from).ExecuteDeleteAsync(ct);
            await db.TalkHolds.Where(h => h.PsychologistId == psychologistId && h.EndedAt == null && h.StartsAt < until && h.EndsAt > from).ExecuteUpdateAsync(h => h.SetProperty(x => x.EndedAt, now), ct);
            await WithdrawOffersAsync(psychologistId, from, until, now, ct);
            foreach (var appointment in appointments)
            {
                appointment.Cancel(now, now, staff.UserId, null, reason);
                await reminders.RewriteAsync(appointment, ct);
                audit.Record("appointment.cancelled", "appointment", appointment.Id, appointment.Participants.Count > 0 ? appointment.Participants[0].ClientId : null);
            }
            if (staff.UserId != psychologistId) await tell.WriteAbsentAsync(psychologistId, time, appointments.Count, ct);
            // What is offered instead has to know of the absence and of the freed rooms.
            await db.SaveChangesAsync(ct);
            await TellAsync(appointments, ct);
            return true;
        }, ct);
        return done ? AbsenceOutcome.Done : AbsenceOutcome.Changed;
    }

    private async Task WithdrawOffersAsync(Guid psychologistId, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var open = await db.SlotOffers.Where(o => o.PsychologistId == psychologistId && o.State == OfferState.Open
            && db.Appointments.Any(a => a.Id == o.AppointmentId && a.StartsAt < until && a.EndsAt > from)).OrderBy(o => o.StartsAt).ToListAsync(ct);
        foreach (var offer in open)
        {
            await KeepWaitlist.ReleaseAsync(db, offer, OfferState.Withdrawn, now, ct);
            audit.Record("offer.withdrawn", "offer", offer.Id, offer.ClientId);
        }
    }

    /// <summary>What is booked in this time and has not begun.</summary>
    public static System.Linq.Expressions.Expression<Func<Appointment, bool>> InTime(Guid psychologistId, AbsenceTime time, TimeZoneInfo zone, DateTime now)
    {
        var (from, until) = time.In(zone);
        return a => a.PsychologistId == psychologistId && a.State == AppointmentState.Booked && a.StartsAt > now && a.StartsAt < until && a.EndsAt > from;
    }

    private async Task NoteAsync(Guid psychologistId, AbsenceTime time, string note, CancellationToken ct)
    {
        if (await db.HoursExceptions.AnyAsync(x => x.PsychologistId == psychologistId && x.Of != ExceptionOf.ExtraHours && x.First == time.First && x.Last == time.Last && x.From == time.From && x.To == time.To, ct)) return;
        var (practice, text) = (db.Current.PracticeId, note.Length > 120 ? note[..120] : note);
        db.Add(time is { From: { } from, To: { } to } ? HoursException.TimeOff(practice, psychologistId, time.First, from, to, text) : HoursException.DaysOff(practice, psychologistId, time.First, time.Last, text));
    }

    /// <summary>One mail for each client with all that was cancelled, and times that nobody else is offered in the same act.</summary>
    private async Task TellAsync(List<Appointment> appointments, CancellationToken ct)
    {
        var given = new HashSet<(Guid, DateTime)>();
        var ids = appointments.SelectMany(a => a.Participants).Where(p => p.WithdrawnAt is null).Select(p => p.ClientId).Distinct().ToList();
        var kinds = await db.SessionKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, ct);
        // Two who share one address are told once of what they share.
        var told = new HashSet<(string, Guid)>();
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct))
        {
            var own = appointments.FindAll(a => a.Participants.Any(p => p.ClientId == client.Id && p.WithdrawnAt is null));
            await tell.WithdrawAsync(own, ct);
            if (!client.CanBeMailed) continue;
            own.RemoveAll(a => !told.Add((client.Email!.ToUpperInvariant(), a.Id)));
            if (own.Count == 0) continue;
            IReadOnlyList<Slot> instead = client.UserId is null ? [] : await InsteadAsync(own[0], kinds[own[0].KindId], given, ct);
            await tell.WriteAbsenceAsync(own, client, instead, ct);
        }
    }

    private async Task<IReadOnlyList<Slot>> InsteadAsync(Appointment cancelled, SessionKind kind, HashSet<(Guid, DateTime)> given, CancellationToken ct)
    {
        // Dates of a group are planned, not found.
        if (!kind.Active || kind.Form == SessionForm.Group || kind.WhoMayBook == WhoMayBook.StaffOnly) return [];
        var wish = new SlotWish(cancelled.PsychologistId, kind, [.. cancelled.Participants.Where(p => p.WithdrawnAt is null).Select(p => p.ClientId)]);
        var free = (await offered.FindAsync(wish, cancelled.StartsAt.AddDays(-7), cancelled.StartsAt.AddDays(42), ct))
            .OrderBy(s => (s.StartUtc - cancelled.StartsAt).Duration()).ThenBy(s => s.Place.Kind != cancelled.Place).DistinctBy(s => s.StartUtc);
        // A time that was offered to somebody else, or overlaps it, is no offer.
        var chosen = new List<Slot>();
        foreach (var slot in free)
        {
            if (chosen.Count == Times) break;
            if (given.Any(g => g.Item1 == cancelled.PsychologistId && (g.Item2 - slot.StartUtc).Duration() < kind.Length + kind.Buffer)) continue;
            given.Add((cancelled.PsychologistId, slot.StartUtc));
            chosen.Add(slot);
        }
        return [.. chosen.OrderBy(s => s.StartUtc)];
    }
}

public static class AbsenceNoted
{
    /// <summary>Whether a psychologist noted that they are away in some of this time.</summary>
    public static async Task<bool> IsAwayAsync(this PracticeDb db, Guid psychologistId, DateTime from, DateTime until, CancellationToken ct)
    {
        var (first, last) = (DateOnly.FromDateTime(from).AddDays(-1), DateOnly.FromDateTime(until).AddDays(1));
        var noted = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == psychologistId && x.Of != ExceptionOf.ExtraHours && x.First <= last && x.Last >= first).ToListAsync(ct);
        if (noted.Count == 0) return false;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Memberships.Where(m => m.UserId == psychologistId).Select(m => m.TimeZone).FirstAsync(ct));
        return noted.Exists(x => new AbsenceTime(x.First, x.Last, x.From, x.To).In(zone) is var away && away.From < until && away.Until > from);
    }
}
