using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;
using Quartz;

namespace PracticeApp.Enquiries;

/// <summary>A safety flag that nobody acknowledges: the next on the rota is told, until somebody does.</summary>
[DisallowConcurrentExecution]
public sealed class WatchFlags(DueRows rows, PublicAddress address, TimeProvider clock) : IJob
{
    private const int BatchSize = 1000;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("flags_due", BatchSize, (services, id, stop) => TellNextAsync(services.GetRequiredService<PracticeDb>(), id, stop), ct);

    private async Task TellNextAsync(PracticeDb db, Guid flagId, CancellationToken ct)
    {
        // The row is locked: somebody who acknowledges at this moment is seen, and another instance waits and then finds it told.
        var flag = await db.SafetyFlags.FromSql($"select * from safety_flags where practice_id = {db.Current.PracticeId} and id = {flagId} for update").SingleAsync(ct);
        if (flag.AcknowledgedAt is not null || !flag.Danger.ComesFirst()) return;
        var now = clock.GetUtcNow().UtcDateTime;
        var enquiry = flag.EngagementId is null ? await db.Enquiries.Include(e => e.Acts).SingleAsync(e => e.Id == flag.EnquiryId, ct) : null;
        var told = enquiry is null
            ? (await db.FlagTellings.Where(x => x.FlagId == flagId).ToListAsync(ct)).ConvertAll(x => (x.UserId, x.ToldAt))
            : [.. enquiry.Acts.Where(a => a is { Kind: EnquiryActKind.RotaTold, Whom: not null }).Select(a => (a.Whom!.Value, a.At))];
        var zone = (await db.Practices.AsNoTracking().SingleAsync(ct)).Zone;
        var onRota = await db.RotaShifts.Where(s => db.Memberships.Any(m => m.UserId == s.UserId && m.Active)).Select(s => s.UserId).Distinct().Order().ToListAsync(ct);
        if (NextReader.After(told, (await db.RotaAsync(zone, ct)).On(now), onRota, now) is not { } next) return;
        var member = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == next, ct);
        if (enquiry is null) db.Tell(flag, member, address, now);
        else
        {
            db.Notices.Add(ReceiveEnquiry.RotaNotice(enquiry, member, flagged: true, address, now));
            enquiry.Note(EnquiryActKind.RotaTold, now, whom: next);
        }
        await db.SaveChangesAsync(ct);
    }
}
