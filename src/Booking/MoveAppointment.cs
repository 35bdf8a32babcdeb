using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Moves a booked appointment. The original start goes on counting for the notice a client gave; what a move costs is shown first by <see cref="WhatItCosts"/>.</summary>
public sealed class MoveAppointment(
    PracticeDb db, Occupying occupying, OfferedSlots offered, FindObjections objections, PlanReminders reminders, TellOfBooking tell, Audit audit)
{
    /// <param name="appointmentId">One that the caller found through <see cref="AppointmentAccess"/> or a signed link.</param>
    /// <param name="place">In person or online; staff name the room in <paramref name="room"/>.</param>
    public async Task<BookingResult> RunAsync(Guid appointmentId, DateTime start, MeetingPlace place, Guid? room, Actor actor, CancellationToken ct)
    {
        var before = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == appointmentId, ct);
        if (before is null) return BookingResult.Refused(BookingOutcome.Gone);
        var wish = await WishAsync(before, ct);
        if (wish.EndsAt <= start) return BookingResult.Refused(BookingOutcome.Ended);
        var refusal = BookingOutcome.Taken;
        var resources = before.Resources.Concat(room is { } id ? [id] : []);
        var moved = await occupying.TryAsync(resources, async now =>
        {
            var appointment = await db.WholeAppointments().SingleAsync(a => a.Id == appointmentId, ct);
            if (appointment.State != AppointmentState.Booked || appointment.StartsAt <= now || start <= now || appointment.HasLeft(actor.ClientId))
            {
                refusal = BookingOutcome.Gone;
                return false;
            }
            if (appointment.MeetingId is not null || appointment.Seats is not null || (actor.ClientId is not null && appointment.IsJoint))
            {
                refusal = BookingOutcome.Joint;
                return false;
            }
            if (appointment.StartsAt == start && appointment.Place == place && (actor.ClientId is not null || appointment.RoomId == room)) return true;
            var slot = actor.ClientId is null
                ? new Slot(start, start + (appointment.EndsAt - appointment.StartsAt), new SlotPlace(place, place == MeetingPlace.Room ? room : null))
                : await offered.AtAsync(wish, start, place, ct);
            if (slot is null) return false;
            if (actor.ClientId is null && await objections.HasHardAsync(appointment.PsychologistId, [(appointmentId, slot.Value)], ct))
            {
                refusal = BookingOutcome.AgainstRules;
                return false;
            }

            // The earlier of the two starts says whether there is still time for second thoughts.
            var final = await SecondThoughts.FinalAtAsync(db, appointment.StartsAt < start ? appointment.StartsAt : start, now, ct);
            var length = appointment.EndsAt - appointment.StartsAt;
            db.AppointmentMoves.Add(appointment.Move(start, start + length, slot.Value.Place.Kind, slot.Value.Place.RoomId, now, final, actor.ClientId));
            await reminders.RewriteAsync(appointment, ct);
            await tell.WriteAsync(appointment, actor, ct);
            audit.Record("appointment.moved", "appointment", appointment.Id, actor.ClientId ?? appointment.Participants[0].ClientId);
            return true;
        }, ct);
        if (moved) return BookingResult.Done(appointmentId);
        return refusal == BookingOutcome.Taken
            ? new BookingResult(BookingOutcome.Taken, Guid.Empty, await offered.NearestAsync(wish, start, 4, ct))
            : BookingResult.Refused(refusal);
    }

    /// <summary>What a client may move this appointment to: its kind, its people, its own time counted as free.</summary>
    public async Task<SlotWish> WishAsync(Appointment appointment, CancellationToken ct)
    {
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == appointment.KindId, ct);
        var ends = await db.Engagements.Where(e => e.Id == appointment.EngagementId).Select(e => e.EndsAt).SingleAsync(ct);
        return new SlotWish(appointment.PsychologistId, kind, [.. appointment.Participants.Select(p => p.ClientId)], appointment.Id, ends);
    }
}
