using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;
using Quartz;

namespace PracticeApp.Attendance;

/// <summary>
/// What follows from the clock: at the end of the grace minutes a session waits to be settled; a day later the practice's
/// choice is applied and both are told; cancelling and moving is assessed once it can no longer be taken back.
/// </summary>
[DisallowConcurrentExecution]
public sealed class WatchAttendance(DueRows rows) : IJob
{
    private const int BatchSize = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("attendance_due", BatchSize, (services, id, stop) => services.GetRequiredService<FollowClock>().RunAsync(id, stop), ct);
}

/// <summary>One appointment, under its practice.</summary>
public sealed class FollowClock(PracticeDb db, AssessEvents assess, SettleAttendance settle, TellOfAttendance tell, TimeProvider clock)
{
    public async Task RunAsync(Guid appointmentId, CancellationToken ct)
    {
        var engagement = await db.Appointments.Where(a => a.Id == appointmentId).Select(a => a.EngagementId).SingleAsync(ct);
        var clients = await db.AppointmentParticipants.Where(p => p.AppointmentId == appointmentId).Select(p => p.ClientId).Order().ToListAsync(ct);
        // Locked before anything is read, so that taps and other instances are seen or kept out until this is done.
        foreach (var client in clients) await assess.LockAsync(engagement, client, ct);
        var appointment = await db.Appointments.Include(a => a.Participants).SingleAsync(a => a.Id == appointmentId, ct);
        var policy = await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var participant in appointment.Participants)
        {
            await assess.RunAsync(appointment.EngagementId, participant.ClientId, ct);
            if (appointment.State != AppointmentState.Booked || participant.Attendance is not null || participant.WithdrawnAt is not null) continue;
            if (participant.AskAt is { } askAt)
            {
                if (askAt <= now) await AfterADayAsync(appointment, participant, policy, now, ct);
            }
            else if (await db.GraceEndsAsync(appointment, ct) is var graceEnds && graceEnds <= now)
            {
                participant.Ask(graceEnds, graceEnds.AddHours(policy.SettleAfterHours));
            }
        }
        await db.SaveChangesAsync(ct);
    }

    private async Task AfterADayAsync(Appointment appointment, AppointmentParticipant participant, PracticePolicy policy, DateTime now, CancellationToken ct)
    {
        var inDanger = await db.HasOpenFlagAsync(appointment.EngagementId, participant.ClientId, ct);
        if (policy.Unsettled == UnsettledChoice.NoShow && !inDanger && !await TookPlaceAsync(appointment, ct) && await settle.RunAsync(appointment.Id, participant.ClientId, Settlement.Absent, 0, null, ct) == SettleOutcome.Done)
        {
            await tell.SettledItselfAsync(appointment, participant, ct);
            return;
        }
        participant.Ask(now, now.AddHours(policy.SettleAfterHours * Math.Pow(2, Math.Min(participant.Asked, 5))));
        await tell.AskAgainAsync(appointment, participant, tellClient: participant.Asked == 2 && !inDanger, ct);
    }

    /// <summary>Somebody began the hour, or signed what was written of it: the clock does not say that nobody came.</summary>
    private Task<bool> TookPlaceAsync(Appointment appointment, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"select session_took_place({appointment.Id}) as \"Value\"").SingleAsync(ct);
}
