using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>
/// Plans the dates of a group and gives places in them. Whoever reaches for the last place queues for the psychologist, like
/// everybody who books; that no two ever sit on one seat is the database's constraint.
/// </summary>
public sealed class GroupActs(
    PracticeDb db, Occupying occupying, BookSession book, PlanReminders reminders, TellOfBooking tell, Vault vault, Audit audit, TimeProvider clock)
{
    public async Task<Group> FoundAsync(Guid psychologistId, SessionKind kind, string name, int seats, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var key = await vault.NewKeyAsync(ct);
        var work = new Engagement(db.Current.PracticeId, EngagementKind.Group, psychologistId, key.OwnerId, now);
        var group = new Group(db.Current.PracticeId, psychologistId, kind.Id, work.Id, name, seats, now);
        db.AddRange(work, group);
        audit.Record("group.founded", "group", group.Id);
        await db.SaveChangesAsync(ct);
        return group;
    }

    /// <summary>Plans these dates, all of them or none, with a place for every member who has the time.</summary>
    /// <returns>False when one of the times is gone.</returns>
    public async Task<bool> PlanAsync(Guid groupId, IReadOnlyList<Slot> slots, CancellationToken ct)
    {
        var group = await db.Groups.AsNoTracking().Include(g => g.Members).SingleAsync(g => g.Id == groupId, ct);
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == group.KindId, ct);
        var dates = new List<Guid>();
        var members = group.Members.Where(m => m.LeftAt is null).ToList();
        // The members too, at once: queueing for one after the other, while each of them books, would end in a knot.
        var planned = await occupying.TryAsync([group.PsychologistId, .. slots.Select(s => s.Place.RoomId).OfType<Guid>(), .. members.Select(m => m.ClientId)], async now =>
        {
            dates.Clear();
            foreach (var slot in slots.OrderBy(s => s.StartUtc))
            {
                // The same form sent twice is one date.
                if (await db.Appointments.AnyAsync(a => a.GroupId == groupId && a.StartsAt == slot.StartUtc && a.State == AppointmentState.Booked, ct)) continue;
                var meeting = new Appointment(group.PracticeId, group.EngagementId, group.PsychologistId, kind.Id, slot.Place.Kind, slot.Place.RoomId, slot.StartUtc, slot.EndUtc, kind.Price, kind.Currency, [], null, kind.BufferMinutes);
                meeting.Host(group.Id, group.Seats);
                meeting.Book(now, now);
                db.Add(meeting);
                dates.Add(meeting.Id);
            }
            audit.Record("group.planned", "group", group.Id);
            return true;
        }, ct);
        if (!planned) return false;
        foreach (var member in members) await JoinAllAsync(dates, member.EngagementId, member.ClientId, ct);
        return true;
    }

    /// <summary>Gives a client a place in one date.</summary>
    /// <param name="engagementId">The client's own work with the group's psychologist.</param>
    /// <returns>Done also for who has a place already; Taken when it is full or the client is elsewhere then.</returns>
    public async Task<BookingResult> JoinAsync(Guid meetingId, Guid engagementId, Guid clientId, Actor actor, CancellationToken ct)
    {
        var found = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == meetingId && a.Seats != null, ct);
        var engagement = await db.Engagements.AsNoTracking().Include(e => e.Parties).SingleAsync(e => e.Id == engagementId && e.PsychologistId == found.PsychologistId, ct);
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == found.KindId, ct);
        if (!engagement.IsOpen || engagement.EndsAt <= found.StartsAt) return BookingResult.Refused(BookingOutcome.Ended);
        var (id, outcome) = (Guid.Empty, BookingOutcome.Taken);
        var joined = await occupying.TryAsync([found.PsychologistId, clientId], async now =>
        {
            (id, outcome) = (Guid.Empty, BookingOutcome.Taken);
            var meeting = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == meetingId, ct);
            if (meeting.State != AppointmentState.Booked || meeting.StartsAt <= now)
            {
                outcome = BookingOutcome.Gone;
                return false;
            }
            if (await db.Appointments.Where(a => a.MeetingId == meetingId && a.State == AppointmentState.Booked && a.Participants.Any(p => p.ClientId == clientId)).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct) is { } already)
            {
                id = already;
                return true;
            }
            // Staff know what they do; a client books what the agreement lets them.
            if (actor.ClientId is not null && await book.RefusalAsync(engagement, kind, clientId, meeting.StartsAt, ct) is { } refusal)
            {
                outcome = refusal;
                return false;
            }
            if ((await db.FreePlacesAsync(meeting.PsychologistId, meeting.StartsAt, meeting.StartsAt.AddMinutes(1), now, ct)).FirstOrDefault(p => p.Meeting.Id == meetingId) is not { } free) return false;
            var place = await book.NewAsync(engagement, kind, free.Slot, ct);
            place.Sit(meetingId, free.Seat);
            db.Add(place);
            await book.BookOfferedAsync(place, now, actor, ct);
            id = place.Id;
            return true;
        }, ct);
        return joined ? BookingResult.Done(id) : BookingResult.Refused(outcome);
    }

    /// <summary>Makes somebody a member and gives them a place in every date that is planned and has one.</summary>
    /// <returns>In how many dates there was none for them.</returns>
    public async Task<int> AddAsync(Guid groupId, Guid engagementId, Guid clientId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var group = await db.Groups.Include(g => g.Members).SingleAsync(g => g.Id == groupId, ct);
        group.Add(clientId, engagementId, now);
        audit.Record("group.joined", "group", groupId, clientId);
        await db.SaveChangesAsync(ct);
        return await JoinAllAsync(await db.Appointments.Where(a => a.GroupId == groupId && a.State == AppointmentState.Booked && a.StartsAt > now).OrderBy(a => a.StartsAt).Select(a => a.Id).ToListAsync(ct), engagementId, clientId, ct);
    }

    /// <summary>A place in each of these dates, with one message for all.</summary>
    /// <returns>How many there was none in.</returns>
    private async Task<int> JoinAllAsync(List<Guid> dates, Guid engagementId, Guid clientId, CancellationToken ct)
    {
        var places = new List<Guid>();
        foreach (var date in dates)
            if (await JoinAsync(date, engagementId, clientId, Actor.Staff(db.Current.UserId), ct) is { IsDone: true, AppointmentId: var place }) places.Add(place);
        if (places.Count > 1)
        {
            await tell.WriteSeriesAsync(await db.Appointments.Include(a => a.Participants).Where(a => places.Contains(a.Id)).OrderBy(a => a.StartsAt).ToListAsync(ct), TellOfBooking.SeriesBooked, ct);
            await db.SaveChangesAsync(ct);
        }
        return dates.Count - places.Count;
    }

    /// <summary>Somebody leaves the group: what is planned for them is cancelled, and nobody pays or is credited.</summary>
    /// <param name="leaves">False when it is the group that ends: then the practice cancels, by the terms.</param>
    public async Task RemoveAsync(Guid groupId, Guid clientId, string reason, CancellationToken ct, bool leaves = true)
    {
        var psychologist = await db.Groups.Where(g => g.Id == groupId).Select(g => g.PsychologistId).SingleAsync(ct);
        await occupying.TryAsync([psychologist, clientId], async now =>
        {
            var places = await db.WholeAppointments().Where(a => a.State == AppointmentState.Booked && a.StartsAt > now && a.MeetingId != null && db.Appointments.Any(m => m.Id == a.MeetingId && m.GroupId == groupId)
                && a.Participants.Any(p => p.ClientId == clientId)).OrderBy(a => a.StartsAt).ToListAsync(ct);
            foreach (var place in places)
            {
                place.Cancel(now, now, db.Current.UserId, null, reason);
                if (leaves) place.LetOff();
                await reminders.RewriteAsync(place, ct);
                audit.Record("appointment.cancelled", "appointment", place.Id, clientId);
            }
            if (places.Count > 0) await tell.WriteSeriesAsync(places, TellOfBooking.SeriesCancelled, ct);
            foreach (var member in await db.GroupMembers.Where(m => m.GroupId == groupId && m.ClientId == clientId && m.LeftAt == null).ToListAsync(ct)) member.Leave(now);
            audit.Record("group.left", "group", groupId, clientId);
            return true;
        }, ct);
    }

    /// <summary>A date does not take place: everybody in it is told, each by themselves.</summary>
    public async Task<bool> CancelAsync(Guid meetingId, string reason, CancellationToken ct)
    {
        var found = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == meetingId && a.Seats != null, ct);
        var clients = await db.AppointmentParticipants.Where(p => db.Appointments.Any(a => a.Id == p.AppointmentId && a.MeetingId == meetingId)).Select(p => p.ClientId).ToListAsync(ct);
        return await occupying.TryAsync([.. found.Resources, .. clients], async now =>
        {
            var all = await db.WholeAppointments().Where(a => (a.Id == meetingId || a.MeetingId == meetingId) && a.State == AppointmentState.Booked).ToListAsync(ct);
            if (all.Exists(a => a.StartsAt <= now)) return false;
            foreach (var appointment in all)
            {
                appointment.Cancel(now, now, db.Current.UserId, null, reason);
                if (appointment.Seats is not null) continue;
                await reminders.RewriteAsync(appointment, ct);
                await tell.WriteAsync(appointment, Actor.Staff(db.Current.UserId), ct);
                audit.Record("appointment.cancelled", "appointment", appointment.Id, appointment.Participants[0].ClientId);
            }
            return true;
        }, ct);
    }

    /// <summary>A date goes to another time or place, with everybody who has a place in it; each is told by themselves.</summary>
    /// <returns>Taken when the psychologist, the room or somebody who comes has no time then.</returns>
    public async Task<BookingOutcome> MoveAsync(Guid meetingId, Slot to, CancellationToken ct)
    {
        var found = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == meetingId && a.Seats != null, ct);
        var clients = await db.AppointmentParticipants.Where(p => db.Appointments.Any(a => a.Id == p.AppointmentId && a.MeetingId == meetingId)).Select(p => p.ClientId).ToListAsync(ct);
        var outcome = BookingOutcome.Taken;
        var moved = await occupying.TryAsync([.. found.Resources, .. clients, .. to.Place.RoomId is { } room ? [room] : Array.Empty<Guid>()], async now =>
        {
            outcome = BookingOutcome.Taken;
            var all = await db.WholeAppointments().Where(a => (a.Id == meetingId || a.MeetingId == meetingId) && a.State == AppointmentState.Booked).ToListAsync(ct);
            if (all.Find(a => a.Id == meetingId) is not { } meeting || meeting.StartsAt <= now || to.StartUtc <= now)
            {
                outcome = BookingOutcome.Gone;
                return false;
            }
            // The same form sent twice is one move.
            if (meeting.StartsAt == to.StartUtc && meeting.Place == to.Place.Kind && meeting.RoomId == to.Place.RoomId) return true;
            foreach (var appointment in all)
            {
                db.AppointmentMoves.Add(appointment.Move(to.StartUtc, to.EndUtc, to.Place.Kind, to.Place.RoomId, now, now, null));
                if (appointment.Seats is not null) continue;
                await reminders.RewriteAsync(appointment, ct);
                await tell.WriteAsync(appointment, Actor.Staff(db.Current.UserId), ct);
                audit.Record("appointment.moved", "appointment", appointment.Id, appointment.Participants[0].ClientId);
            }
            return true;
        }, ct);
        return moved ? BookingOutcome.Done : outcome;
    }

    /// <summary>The group ends: its coming dates do not take place, and everybody is told in one message.</summary>
    public async Task EndAsync(Guid groupId, string reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var members = await db.GroupMembers.Where(m => m.GroupId == groupId && m.LeftAt == null).Select(m => m.ClientId).ToListAsync(ct);
        var dates = await db.Appointments.AsNoTracking().Where(a => a.GroupId == groupId && a.State == AppointmentState.Booked && a.StartsAt > now).ToListAsync(ct);
        var ids = dates.ConvertAll(d => d.Id);
        var guests = await db.AppointmentParticipants.Where(p => db.Appointments.Any(a => a.Id == p.AppointmentId && a.MeetingId != null && ids.Contains(a.MeetingId.Value))).Select(p => p.ClientId).ToListAsync(ct);
        var psychologist = await db.Groups.Where(g => g.Id == groupId).Select(g => g.PsychologistId).SingleAsync(ct);
        // Everybody whom the following acts queue for, at once.
        await occupying.TryAsync([psychologist, .. dates.SelectMany(d => d.Resources), .. members, .. guests], _ => Task.FromResult(true), ct);
        foreach (var member in members) await RemoveAsync(groupId, member, reason, ct, leaves: false);
        foreach (var date in ids) await CancelAsync(date, reason, ct);
        var group = await db.Groups.Include(g => g.Members).SingleAsync(g => g.Id == groupId, ct);
        group.End(now);
        (await db.Engagements.SingleAsync(e => e.Id == group.EngagementId, ct)).End(now);
        audit.Record("group.ended", "group", groupId);
        await db.SaveChangesAsync(ct);
    }
}
