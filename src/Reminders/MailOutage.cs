using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Reminders;

/// <summary>Mails of a practice wait that should have gone out, and none has gone out lately.</summary>
/// <param name="Since">When the first of them should have gone.</param>
public sealed record MailOutage(DateTime Since, int Waiting)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<MailOutage?> OfAsync(PracticeDb db, DateTime now, CancellationToken ct)
    {
        var lately = now - Patience;
        var late = await db.Notices.Where(n => n.Channel == Channel.Mail && n.State == NoticeState.Due && n.DueAt < lately)
            .GroupBy(_ => 1).Select(g => new MailOutage(g.Min(n => n.DueAt), g.Count())).SingleOrDefaultAsync(ct);
        return late is null || await db.Notices.AnyAsync(n => n.Channel == Channel.Mail && n.State == NoticeState.Sent && n.SentAt > lately, ct) ? null : late;
    }
}
