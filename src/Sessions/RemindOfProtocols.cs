using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;
using Quartz;

namespace PracticeApp.Sessions;

/// <summary>Tells psychologists once a week how many of their protocols are still open: the number, no names.</summary>
[DisallowConcurrentExecution]
public sealed class RemindOfProtocols(DueRows rows, PublicAddress address, TimeProvider clock) : IJob
{
    public const string Kind = "sessions.protocols-open";
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    /// <returns>How many were told.</returns>
    public Task<int> RunAsync(CancellationToken ct) => rows.EachAsync("protocols_left_open", BatchSize, TellAsync, ct);

    private async Task<bool> TellAsync(IServiceProvider services, Guid psychologist, CancellationToken stop)
    {
        var db = services.GetRequiredService<PracticeDb>();
        var now = clock.GetUtcNow().UtcDateTime;
        // One instance at a time for one person: whoever comes second sees what the first has written.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({psychologist.ToString()}, 0))", stop);
        if (await db.Notices.AnyAsync(n => n.UserId == psychologist && n.Kind == Kind && n.CreatedAt > now.AddDays(-7), stop)) return false;
        if (await db.Memberships.SingleOrDefaultAsync(m => m.UserId == psychologist && m.Active, stop) is not { } member) return false;
        var policy = await db.Practices.Select(p => p.Policy).SingleAsync(stop);
        db.Current.SignIn(psychologist, Guid.Empty, member.Name, member.Roles);
        await db.TellAsync(stop);
        var open = await db.OpenProtocols(now.AddDays(-policy.ProtocolsOpenDays)).CountAsync(a => a.EndsAt > now.AddYears(-1), stop);
        if (open == 0) return false;
        var due = new QuietHours(policy.QuietFrom, policy.QuietUntil, member.Zone).After(now);
        db.Notices.Add(new Notice(member.PracticeId, Kind, Channel.Mail, member.Email, member.Language, due, now).To(userId: psychologist)
            .With("name", member.Name).With("count", open.ToString(Languages.Culture(member.Language))).With("address", $"{address.Value}/protocols"));
        await db.SaveChangesAsync(stop);
        return true;
    }
}
