using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using Quartz;

namespace PracticeApp.Money;

/// <summary>
/// Mentions what is overdue, kindly and a few times at most: never while a safety flag is open, never before a date that was agreed later.
/// Whoever owes something is looked at once a day; any number of instances may run it.
/// </summary>
[DisallowConcurrentExecution]
public sealed class RemindOfUnpaid(DueRows rows) : IJob
{
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    /// <returns>How many were reminded.</returns>
    public Task<int> RunAsync(CancellationToken ct) =>
        rows.EachAsync("unpaid_to_look_at", BatchSize, (services, id, stop) => services.GetRequiredService<LookAtUnpaid>().RunAsync(id, stop), ct);
}

/// <summary>One client, under their practice.</summary>
public sealed class LookAtUnpaid(PracticeDb db, ReadMoney read, TellOfMoney tell, Audit audit, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromDays(1);

    /// <returns>Whether the client was reminded.</returns>
    public async Task<bool> RunAsync(Guid clientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"unpaid:{clientId}"}, 0))", ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var known = await db.UnpaidReminders.Where(r => r.ClientId == clientId).ToListAsync(ct);
        if (known.Exists(r => r.LookAt > now)) return false;
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, practice.Zone));
        var open = (await read.OpenAsync(clientId, ct)).ToLookup(i => i.Currency);
        var due = new List<UnpaidReminder>();
        foreach (var currency in open.Select(g => g.Key).Union(known.Select(r => r.Currency)))
        {
            var reminder = known.Find(r => r.Currency == currency) ?? db.UnpaidReminders.Add(new UnpaidReminder(practice.Id, clientId, currency)).Entity;
            reminder.LookAgain(now + LookAgain);
            if (!open[currency].Any(i => i.DueOn < today)) reminder.Settle();
            else if (IsDue(reminder, open[currency].Min(i => i.DueOn), practice.Billing.RemindAfterDays, practice.Billing.Reminders, today, now)) due.Add(reminder);
        }
        // Whoever may be in danger is not asked for money.
        var told = due.Count > 0 && !await InDangerAsync(clientId, ct) && await tell.RemindAsync(await db.Clients.AsNoTracking().SingleAsync(c => c.Id == clientId, ct), ct);
        if (told)
        {
            foreach (var reminder in due) reminder.Remind(now);
            audit.Record("unpaid.reminded", "client", clientId, clientId);
        }
        await db.SaveChangesAsync(ct);
        return told;
    }

    private static bool IsDue(UnpaidReminder reminder, DateOnly oldest, int afterDays, int most, DateOnly today, DateTime now) =>
        afterDays > 0 && reminder.Sent < Math.Min(most, 3) && today.DayNumber - oldest.DayNumber >= afterDays
        && (reminder.SentAt is not { } last || now - last >= TimeSpan.FromDays(afterDays));

    private async Task<bool> InDangerAsync(Guid clientId, CancellationToken ct)
    {
        var work = await db.EngagementParties.Where(p => p.ClientId == clientId).Select(p => p.EngagementId).ToListAsync(ct);
        return await db.SafetyFlags.AnyAsync(f => f.ClosedAt == null && (f.ClientId == clientId || (f.EngagementId != null && work.Contains(f.EngagementId.Value))), ct);
    }
}
