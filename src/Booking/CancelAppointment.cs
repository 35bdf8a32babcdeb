using Microsoft.EntityFrameworkCore;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Cancels a booked appointment, or one client's place in a joint one; within the minutes of second thoughts <see cref="TakeBack"/> makes it undone.</summary>
public sealed class CancelAppointment(PracticeDb db, Occupying occupying, PlanReminders reminders, TellOfBooking tell, Audit audit)
{
    /// <param name="reason">Key of a reason, or what staff wrote; shown to both.</param>
    /// <param name="nothingFollows">Nobody pays or is credited, whatever the terms say of cancelling.</param>
    public async Task<BookingOutcome> RunAsync(Guid appointmentId, Actor actor, string? reason, CancellationToken ct, bool nothingFollows = false)
    {
        var found = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == appointmentId, ct);
        // A meeting of a group is cancelled with everybody's place in it.
        if (found is null or { Seats: not null }) return BookingOutcome.Gone;
        var cancelled = await occupying.TryAsync(found.Resources, async now =>
        {
            var appointment = await db.WholeAppointments().SingleAsync(a => a.Id == appointmentId, ct);
            if (appointment.State == AppointmentState.Cancelled || appointment.HasLeft(actor.ClientId)) return true;
            if (appointment.State != AppointmentState.Booked || appointment.StartsAt <= now) return false;
            var final = await SecondThoughts.FinalAtAsync(db, appointment.StartsAt, now, ct);
            if (actor.ClientId is { } client && appointment.IsJoint) appointment.Withdraw(client, now, final, reason);
            else appointment.Cancel(now, final, actor.UserId, actor.ClientId, reason);
            if (nothingFollows && appointment.State == AppointmentState.Cancelled) appointment.LetOff();
            await reminders.RewriteAsync(appointment, ct);
            await tell.WriteAsync(appointment, actor, ct);
            audit.Record("appointment.cancelled", "appointment", appointment.Id, actor.ClientId ?? appointment.Participants[0].ClientId);
            return true;
        }, ct);
        return cancelled ? BookingOutcome.Done : BookingOutcome.Gone;
    }
}

/// <summary>One tap that makes the last booking, move or cancelling undone.</summary>
public sealed class TakeBack(PracticeDb db, Occupying occupying, PlanReminders reminders, TellOfBooking tell, Audit audit)
{
    /// <returns>Gone when it is final already.</returns>
    public async Task<BookingOutcome> RunAsync(Guid appointmentId, Actor actor, CancellationToken ct)
    {
        var found = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == appointmentId, ct);
        if (found is null) return BookingOutcome.Gone;
        var done = await occupying.TryAsync(found.Resources.Concat(found.Before?.RoomId is { } room ? [room] : []), async now =>
        {
            var appointment = await db.WholeAppointments().SingleAsync(a => a.Id == appointmentId, ct);
            if (!appointment.CanBeTakenBack(now, actor.ClientId)) return false;
            // What one holds meanwhile is let go for it: there is only one on minimal terms.
            if (appointment is { OnMinimalTerms: true, State: AppointmentState.Cancelled })
                await db.Appointments.Where(a => a.EngagementId == appointment.EngagementId && a.State == AppointmentState.Held).ExecuteDeleteAsync(ct);
            if (appointment.TakeBack(now) is { } move) await db.AppointmentMoves.Where(m => m.Id == move).ExecuteDeleteAsync(ct);
            if (appointment.State == AppointmentState.TakenBack) await db.WaitOnAsync(appointmentId, ct);
            await tell.TakeBackAsync(appointment, ct);
            await reminders.RewriteAsync(appointment, ct);
            audit.Record("appointment.taken-back", "appointment", appointment.Id, actor.ClientId ?? appointment.Participants[0].ClientId);
            return true;
        }, ct);
        return done ? BookingOutcome.Done : BookingOutcome.Gone;
    }
}
