using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Requests;
using Quartz;

namespace PracticeApp.Agreements;

/// <summary>
/// Reminds of agreements that were sent and not signed, and lets them run out. Each is done alone, locked, and looked at again:
/// any number of instances may run it, and after a standstill a person is reminded once.
/// </summary>
[DisallowConcurrentExecution]
public sealed class FollowUpAgreements(DueRows rows, PublicAddress address, TimeProvider clock) : IJob
{
    private const int BatchSize = 200;
    private static readonly TimeSpan LookAgain = TimeSpan.FromDays(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    /// <returns>How many were reminded of or ran out.</returns>
    public Task<int> RunAsync(CancellationToken ct) => rows.EachAsync("agreements_to_follow_up", BatchSize, SeeToAsync, ct);

    private async Task<bool> SeeToAsync(IServiceProvider services, Guid id, CancellationToken stop)
    {
        var db = services.GetRequiredService<PracticeDb>();
        var agreement = await db.ActAsPsychologistAsync(id, stop);
        await db.LockAsync(agreement, stop);
        var now = clock.GetUtcNow().UtcDateTime;
        var done = agreement.ExpiresAt <= now
            ? await ExpireAsync(services, agreement, now, stop)
            : agreement.WaitsForClient && agreement.NextFollowUpAt <= now && await RemindAsync(db, agreement, now, stop);
        await db.SaveChangesAsync(stop);
        return done;
    }

    private async Task<bool> ExpireAsync(IServiceProvider services, Agreement agreement, DateTime now, CancellationToken ct)
    {
        var db = services.GetRequiredService<PracticeDb>();
        if (agreement.Expire(now) != ActOutcome.Done) return false;
        var practice = await db.Practices.Select(p => p.Name).SingleAsync(ct);
        await services.GetRequiredService<RecordAct>().RunAsync(agreement, RecordAct.OfSystem(ActKind.Expired, now, practice), null, ct);
        await AgreementNotices.ToPsychologistAsync(db, agreement, "agreements.ran-out", address, now, ct);
        if (!await IsInCareAsync(db, agreement, ct)) await TellAsync(db, agreement, _ => true, "agreements.expired", now, ct);
        return true;
    }

    private async Task<bool> RemindAsync(PracticeDb db, Agreement agreement, DateTime now, CancellationToken ct)
    {
        // Who may be in danger is not pressed; and where nobody may be written to, nothing is counted.
        if (!await IsInCareAsync(db, agreement, ct) && await TellAsync(db, agreement, p => p is { Signs: true, SignedAt: null }, "agreements.still-waits", now, ct) > 0)
        {
            agreement.FollowUp(now, FollowUpRule.Of(await db.Practices.Select(p => p.Policy).SingleAsync(ct)));
            return true;
        }

        agreement.FollowUpLater(now + LookAgain);
        return false;
    }

    private static async Task<bool> IsInCareAsync(PracticeDb db, Agreement agreement, CancellationToken ct)
    {
        var ids = agreement.Parties.Select(p => p.ClientId).ToList();
        var engagement = await db.Engagements.AsNoTracking().Include(e => e.Parties).SingleAsync(e => e.Id == agreement.EngagementId, ct);
        return await db.HasOpenFlagAsync(engagement, ct) || await db.SafetyFlags.AnyAsync(f => f.ClosedAt == null && f.ClientId != null && ids.Contains(f.ClientId.Value), ct);
    }

    private async Task<int> TellAsync(PracticeDb db, Agreement agreement, Func<AgreementParty, bool> whom, string kind, DateTime now, CancellationToken ct)
    {
        var ids = agreement.Parties.Where(whom).Select(p => p.ClientId).ToList();
        var clients = await db.Clients.Where(c => ids.Contains(c.Id)).ToListAsync(ct);
        var policy = await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct);
        return clients.Count(c => AgreementNotices.ToClient(db, c, kind, address, now, c.QuietHours(policy)));
    }
}
