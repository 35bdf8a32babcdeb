using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using Quartz;

namespace PracticeApp.Booking;

/// <summary>
/// Writes the reminders of coming appointments anew after the practice changed how it reminds. Asking names them in one statement;
/// each is rewritten in a unit of work of its own, the nearest first, so that nothing waits for thousands.
/// </summary>
[DisallowConcurrentExecution]
public sealed class RewriteReminders(DueRows rows) : IJob
{
    private const int BatchSize = 500;

    /// <summary>Call in the transaction of the change.</summary>
    /// <returns>How many appointments that concerns.</returns>
    public static Task<int> AskAsync(PracticeDb db, DateTime now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into reminder_rewrites (id, practice_id, appointment_id, asked_at)
        select gen_random_uuid(), practice_id, id, {now} from appointments
        where practice_id = {db.Current.PracticeId} and state = 'Booked' and starts_at > {now}
        on conflict (practice_id, appointment_id) do update set asked_at = excluded.asked_at
        """, ct);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    /// <returns>How many were rewritten.</returns>
    public Task<int> RunAsync(CancellationToken ct) => rows.EachAsync("reminders_to_rewrite", BatchSize, SeeToAsync, ct);

    private static async Task<bool> SeeToAsync(IServiceProvider services, Guid id, CancellationToken stop)
    {
        var db = services.GetRequiredService<PracticeDb>();
        var practice = db.Current.PracticeId;
        // Locked together with its appointment: whoever moves it meanwhile waits, and writes its reminders afterwards.
        if (await db.ReminderRewrites.FromSql($"select * from reminder_rewrites where practice_id = {practice} and id = {id} for update skip locked").SingleOrDefaultAsync(stop) is not { } asked) return false;
        var locked = await db.Appointments.FromSql($"select *, xmin from appointments where practice_id = {practice} and id = {asked.AppointmentId} for update").SingleOrDefaultAsync(stop);
        db.Remove(asked);
        if (locked is not null)
        {
            await db.Entry(locked).Collection(a => a.Participants).LoadAsync(stop);
            await services.GetRequiredService<PlanReminders>().RewriteAsync(locked, stop);
        }
        await db.SaveChangesAsync(stop);
        return true;
    }
}
