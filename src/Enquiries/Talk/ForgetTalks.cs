using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using Quartz;

namespace PracticeApp.Enquiries;

/// <summary>Who asked for a first talk and never followed the link is forgotten when it has expired: words, name, address, the mail that was sent.</summary>
[DisallowConcurrentExecution]
public sealed class ForgetTalks(DueRows rows) : IJob
{
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("talks_unconfirmed", BatchSize, (services, id, stop) => ForgetAsync(services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Audit>(), id, stop), ct);

    private static async Task ForgetAsync(PracticeDb db, Audit audit, Guid wishId, CancellationToken ct)
    {
        // Another instance was quicker, or the link was followed at the last moment.
        if (await db.TalkWishes.AsNoTracking().SingleOrDefaultAsync(w => w.Id == wishId && w.AppointmentId == null, ct) is not { } wish) return;
        if (await db.TalkWishes.Where(w => w.Id == wishId && w.AppointmentId == null).ExecuteDeleteAsync(ct) == 0) return;
        await db.TalkHolds.Where(h => h.Id == wish.HoldId).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => HoldTalk.Mails.Contains(n.Kind) && n.Recipient == wish.Email && n.CreatedAt == wish.ConsentAt).ExecuteDeleteAsync(ct);
        // Words that tell of danger are an enquiry; its key is kept.
        if (wish.EnquiryId is null) await db.DataKeys.Where(k => k.Id == wish.KeyId).ExecuteDeleteAsync(ct);
        audit.Record("talk.forgotten", "talk", wishId);
    }
}
