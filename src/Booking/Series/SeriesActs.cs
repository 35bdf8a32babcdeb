using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>How far an act on one session of a series reaches; what lies in the past is never touched.</summary>
public enum SeriesScope { One, Following, All }

/// <summary>
/// Staff book, move and cancel sessions together. All of it or nothing: what the page showed is what is saved, and if
/// somebody was quicker nothing changes and the page shows what stands in the way. There are no second thoughts: everything
/// was shown before.
/// </summary>
public sealed class SeriesActs(
    PracticeDb db, Occupying occupying, BookSession book, FindObjections objections, PlanReminders reminders, TellOfBooking tell, Audit audit)
{
    /// <returns>False when one of the times is gone; nothing is booked then.</returns>
    public Task<bool> BookAsync(Engagement engagement, SessionKind kind, int everyWeeks, IReadOnlyList<Slot> slots, Actor staff, CancellationToken ct)
    {
        if (slots.Any(s => engagement.EndsAt <= s.StartUtc)) return Task.FromResult(false);
        var clients = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var resources = clients.Append(engagement.PsychologistId).Concat(slots.Select(s => s.Place.RoomId).OfType<Guid>());
        return occupying.TryAsync(resources, async now =>
        {
            var starts = slots.Select(s => s.StartUtc).ToList();
            // The same form sent twice is one series.
            if (await db.Appointments.CountAsync(a => a.EngagementId == engagement.Id && a.SeriesId != null && a.State == AppointmentState.Booked && starts.Contains(a.StartsAt), ct) == starts.Count)
                return true;
            if (await objections.HasHardAsync(engagement.PsychologistId, [.. slots.Select(s => ((Guid?)null, s))], ct)) return false;
            await book.LetGoAsync(clients, ct);
            var series = new AppointmentSeries(engagement.PracticeId, engagement.Id, everyWeeks, db.Current.UserId, now);
            db.AppointmentSeries.Add(series);
            var booked = (await book.NewAsync(engagement, kind, slots.OrderBy(s => s.StartUtc), ct)).ToList();
            foreach (var appointment in booked)
            {
                appointment.Join(series.Id);
                appointment.Book(now, now);
            }
            db.Appointments.AddRange(booked);
            await TellAsync(booked, TellOfBooking.SeriesBooked, ct);
            audit.Record("series.booked", "series", series.Id, clients[0]);
            return true;
        }, ct);
    }

    /// <summary>The sessions that an act on this one reaches, this one included, by start.</summary>
    public async Task<IReadOnlyList<Appointment>> ReachedAsync(Appointment one, SeriesScope scope, DateTime now, CancellationToken ct)
    {
        if (scope == SeriesScope.One || one.SeriesId is not { } series) return [one];
        var from = scope == SeriesScope.Following ? one.StartsAt : now;
        return await db.Appointments.AsNoTracking().Include(a => a.Participants)
            .Where(a => a.SeriesId == series && a.State == AppointmentState.Booked && a.StartsAt >= from && a.StartsAt > now).OrderBy(a => a.StartsAt).ToListAsync(ct);
    }

    /// <param name="moves">Each appointment with the slot it goes to, as it was shown.</param>
    public Task<bool> MoveAsync(IReadOnlyDictionary<Guid, Slot> moves, IEnumerable<Guid> resources, Actor staff, CancellationToken ct) => occupying.TryAsync(resources, async now =>
    {
        // Without their occupancies: those are all written anew.
        var appointments = await db.Appointments.Include(a => a.Participants).Where(a => moves.Keys.Contains(a.Id)).OrderBy(a => a.StartsAt).ToListAsync(ct);
        if (appointments.Count != moves.Count || appointments.Exists(a => a.State != AppointmentState.Booked || a.StartsAt <= now)) return false;
        var moved = appointments.FindAll(a => moves[a.Id] is var to && (a.StartsAt != to.StartUtc || a.Place != to.Place.Kind || a.RoomId != to.Place.RoomId));
        if (moved.Count > 0 && await objections.HasHardAsync(moved[0].PsychologistId, [.. moved.Select(a => ((Guid?)a.Id, moves[a.Id]))], ct)) return false;
        // Their own old times are let go first: one may go where another stood.
        await db.Occupancies.Where(o => moves.Keys.Contains(o.AppointmentId)).ExecuteDeleteAsync(ct);
        foreach (var appointment in appointments)
        {
            if (moved.Contains(appointment)) MoveOne(appointment, moves[appointment.Id], now);
            else appointment.OccupyAgain();
        }
        await TellAsync(moved, TellOfBooking.SeriesMoved, ct);
        if (moved.Count > 0) audit.Record("series.moved", "series", moved[0].SeriesId ?? moved[0].Id, moved[0].Participants[0].ClientId);
        return true;
    }, ct);

    /// <param name="actor">The practice, or the client who asked it to; in joint sessions only that client stays away.</param>
    public Task<bool> CancelAsync(IReadOnlyCollection<Guid> ids, IEnumerable<Guid> resources, string? reason, Actor actor, CancellationToken ct) => occupying.TryAsync(resources, async now =>
    {
        var appointments = await db.WholeAppointments().Where(a => ids.Contains(a.Id) && a.State == AppointmentState.Booked && a.StartsAt > now).OrderBy(a => a.StartsAt).ToListAsync(ct);
        if (actor.ClientId is { } client)
        {
            appointments.RemoveAll(a => !a.Participants.Any(p => p.ClientId == client && p.WithdrawnAt is null));
            foreach (var appointment in appointments)
            {
                if (appointment.IsJoint) appointment.Withdraw(client, now, now, reason);
                else appointment.Cancel(now, now, actor.UserId, client, reason);
                await reminders.RewriteAsync(appointment, ct);
                // Each by itself: what they cost may differ.
                await tell.WriteAsync(appointment, actor, ct);
            }
        }
        else
        {
            foreach (var appointment in appointments) appointment.Cancel(now, now, actor.UserId, null, reason);
            await TellAsync(appointments, TellOfBooking.SeriesCancelled, ct);
        }
        if (appointments.Count > 0) audit.Record("series.cancelled", "series", appointments[0].SeriesId ?? appointments[0].Id, actor.ClientId ?? appointments[0].Participants[0].ClientId);
        return true;
    }, ct);

    private void MoveOne(Appointment appointment, Slot to, DateTime now) =>
        db.AppointmentMoves.Add(appointment.Move(to.StartUtc, to.StartUtc + (appointment.EndsAt - appointment.StartsAt), to.Place.Kind, to.Place.RoomId, now, now, null));

    private async Task TellAsync(List<Appointment> appointments, string kind, CancellationToken ct)
    {
        foreach (var appointment in appointments) await reminders.RewriteAsync(appointment, ct);
        if (appointments.Count > 0) await tell.WriteSeriesAsync(appointments, kind, ct);
    }
}
