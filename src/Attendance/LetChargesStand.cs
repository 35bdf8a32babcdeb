using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using Quartz;

namespace PracticeApp.Attendance;

/// <summary>Where a practice chose so: what the terms propose stands by itself after some hours, unless the psychologist is asked about the reason.</summary>
[DisallowConcurrentExecution]
public sealed class LetChargesStand(DueRows rows) : IJob
{
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("charges_due", BatchSize, (services, id, stop) => services.GetRequiredService<LetChargeStand>().RunAsync(id, stop), ct);
}

/// <summary>One charge, under its practice. Both are told; the psychologist waives it as before.</summary>
public sealed class LetChargeStand(PracticeDb db, AssessEvents assess, TellOfAttendance tell, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(Guid chargeId, CancellationToken ct)
    {
        var found = await db.Charges.AsNoTracking().SingleAsync(c => c.Id == chargeId, ct);
        await assess.LockAsync(found.EngagementId, found.ClientId, ct);
        // What was written a moment ago may say that somebody is in danger.
        if (await db.HasOpenFlagAsync(found.EngagementId, found.ClientId, ct)) return;
        // Waived, taken away, or decided and taken back meanwhile by a tap.
        if (await db.Charges.SingleOrDefaultAsync(c => c.Id == chargeId, ct) is not { State: ChargeState.Proposed, StandsAt: { } at } charge || at > clock.GetUtcNow().UtcDateTime) return;
        charge.Confirm(null, clock.GetUtcNow().UtcDateTime);
        var appointment = await db.Appointments.Include(a => a.Participants).SingleAsync(a => a.Id == charge.AppointmentId, ct);
        await tell.ChargeStandsAsync(appointment, appointment.Participants.Single(p => p.ClientId == charge.ClientId), ct);
        audit.Record("charge.stands", "charge", chargeId, charge.ClientId);
        await db.SaveChangesAsync(ct);
    }
}
