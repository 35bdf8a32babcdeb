using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using Quartz;

namespace PracticeApp.Booking;

/// <summary>Times whose prepayment had to be there by now, and whose agreement says that they go to others.</summary>
[DisallowConcurrentExecution]
public sealed class ReleaseUnpaid(DueRows rows) : IJob
{
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("unpaid_due", BatchSize, (services, id, stop) => services.GetRequiredService<ReleaseTime>().RunAsync(id, stop), ct);
}

/// <summary>One appointment, under its practice: what is paid stays, what is not becomes free, and nothing is owed for it.</summary>
public sealed class ReleaseTime(PracticeDb db, Occupying occupying, PaidBeforehand paid, PlanReminders reminders, TellOfBooking tell, Audit audit)
{
    public async Task RunAsync(Guid appointmentId, CancellationToken ct)
    {
        var found = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleAsync(a => a.Id == appointmentId, ct);
        await occupying.TryAsync(found.Resources, async now =>
        {
            var appointment = await db.WholeAppointments().SingleAsync(a => a.Id == appointmentId, ct);
            if (appointment is not { State: AppointmentState.Booked, PrepaymentReleases: true } || appointment.PrepaymentDueAt > now || appointment.StartsAt <= now) return false;
            // What was written a moment ago may say that somebody is in danger.
            foreach (var participant in appointment.Participants)
                if (await db.HasOpenFlagAsync(appointment.EngagementId, participant.ClientId, ct)) return false;
            // One party's money is not the other's business: whether a joint session stands is for the psychologist to say.
            if (appointment.IsJoint || appointment.Participants.Count != 1 || (await paid.OfAsync(appointment.Participants[0].ClientId, ct)).GetValueOrDefault(appointmentId))
            {
                appointment.KeepUnpaid();
                return true;
            }
            appointment.Release(now);
            await reminders.RewriteAsync(appointment, ct);
            await tell.WriteReleasedAsync(appointment, ct);
            audit.Record("appointment.released", "appointment", appointmentId, appointment.Participants[0].ClientId);
            return true;
        }, ct);
    }
}
