using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using Quartz;

namespace PracticeApp.Reminders;

/// <summary>
/// Claims due notices in batches, sends each outside any transaction, then marks it. Any number of instances may run it at once.
/// A crash loses none: a claim that was not marked runs out and is sent again under the same Message-ID.
/// </summary>
public sealed class SendDueNotices(
    DueRows rows, UnderPractice underPractice, IMailChannel mail, ITextChannel text, PrepareNotice prepare, TimeProvider clock,
    ILogger<SendDueNotices> log) : IJob
{
    private const int BatchSize = 60;
    private const int AtOnce = 4;
    /// <summary>After so many sendings in a row that reached nobody, the rest waits for the next run.</summary>
    private const int GiveUpAfter = 5;
    /// <summary>Longer than one sending can take; renewed before each.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    // Ticks come faster than a slow mail server answers: one run a process is enough, other instances run beside it.
    private static readonly SemaphoreSlim Running = new(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (!await Running.WaitAsync(0, cancellationToken)) return;
        try
        {
            await RunAsync(cancellationToken);
        }
        finally
        {
            Running.Release();
        }
    }

    /// <returns>How many were handed over.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var run = new Run();
        while (!run.GaveUp)
        {
            var claimed = new List<Claim>();
            foreach (var practice in (await rows.ListAsync("due_notices", BatchSize, ct)).GroupBy(d => d.Practice, d => d.Id))
                claimed.AddRange(await ClaimAsync(practice.Key, practice.ToArray(), ct));
            if (claimed.Count == 0) break;
            await Parallel.ForEachAsync(claimed.OrderBy(c => c.DueAt), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (claim, stop) => await SendAsync(claim, run, stop));
        }
        return run.Sent;
    }

    private Task<List<Claim>> ClaimAsync(Guid practice, Guid[] ids, CancellationToken ct) => underPractice.RunAsync(practice, async (services, stop) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now + Lease;
        var rows = await services.GetRequiredService<PracticeDb>().Database.SqlQuery<Row>(
            $"""
            update notices set claimed_until = {until}
            where practice_id = {practice} and id in (
              select id from notices where practice_id = {practice} and id = any ({ids}) and state = 'Due' and due_at <= {now}
                and (claimed_until is null or claimed_until <= {now})
              for update skip locked)
            returning id as "Id", due_at as "DueAt"
            """).ToListAsync(stop);
        return rows.ConvertAll(row => new Claim(practice, row.Id, row.DueAt, until));
    }, ct);

    private async Task SendAsync(Claim claim, Run run, CancellationToken ct)
    {
        if (run.GaveUp)
        {
            await ReleaseAsync(claim, ct);
            return;
        }
        string? error = null;
        var permanent = false;
        try
        {
            switch (await BeginAsync(claim, ct))
            {
                case null: return;
                case Exception unspeakable: throw unspeakable;
                case Mail ready: await mail.SendAsync(ready, ct); break;
                case TextMessage ready: await text.SendAsync(ready, ct); break;
                default: break;
            }
            run.Reached();
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Whatever one notice throws stays with that notice: it is kept on the row, shown to the admin and tried again.
            (error, permanent) = ($"{e.GetType().Name}: {e.Message}", e is PermanentMailException);
            log.LogWarning("Notice {Notice} was not sent: {Reason}", claim.Notice, e.GetType().Name);
            run.Failed(permanent);
        }
        await MarkAsync(claim, error, permanent);
    }

    /// <summary>Renews the claim, counts the try and puts the message together. Null: somebody else has it, or it is not to be sent.</summary>
    private Task<object?> BeginAsync(Claim claim, CancellationToken ct) => underPractice.RunAsync(claim.Practice, async (services, stop) =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var now = clock.GetUtcNow().UtcDateTime;
        var mine = await db.Notices
            .Where(n => n.Id == claim.Notice && n.State == NoticeState.Due && n.ClaimedUntil == claim.Until && n.ClaimedUntil > now)
            .ExecuteUpdateAsync(s => s.SetProperty(n => n.ClaimedUntil, now + Lease).SetProperty(n => n.Attempts, n => n.Attempts + 1), stop);
        if (mine == 0) return null;
        try
        {
            return await prepare.RunAsync(db, claim.Notice, stop);
        }
        catch (Exception e) when (e is not (DbException or OperationCanceledException))
        {
            // Thrown once the try has been counted: what cannot be worded must run out of tries as well.
            return e;
        }
    }, ct);

    private Task MarkAsync(Claim claim, string? error, bool permanent) => underPractice.RunAsync(claim.Practice, async (services, stop) =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var now = clock.GetUtcNow().UtcDateTime;
        var notice = await db.Notices.FromSql($"select *, xmin from notices where practice_id = {claim.Practice} and id = {claim.Notice} for update").SingleAsync(stop);
        // What was taken back while it was on its way has been sent all the same, and the row says so.
        if (error is null) notice.MarkSent(now);
        else if (notice.State == NoticeState.Due) notice.MarkFailed(error, permanent, now);
        await db.SaveChangesAsync(stop);
    }, CancellationToken.None);

    private Task<int> ReleaseAsync(Claim claim, CancellationToken ct) => underPractice.RunAsync(claim.Practice, (services, stop) =>
        services.GetRequiredService<PracticeDb>().Notices.Where(n => n.Id == claim.Notice && n.ClaimedUntil == claim.Until)
            .ExecuteUpdateAsync(s => s.SetProperty(n => n.ClaimedUntil, (DateTime?)null), stop), ct);

    private sealed record Claim(Guid Practice, Guid Notice, DateTime DueAt, DateTime Until);

    private sealed record Row(Guid Id, DateTime DueAt);

    private sealed class Run
    {
        private int _sent, _unreached;

        public int Sent => _sent;
        public bool GaveUp => Volatile.Read(ref _unreached) >= GiveUpAfter;

        public void Reached()
        {
            Interlocked.Increment(ref _sent);
            Interlocked.Exchange(ref _unreached, 0);
        }

        public void Failed(bool permanent)
        {
            if (permanent) Interlocked.Exchange(ref _unreached, 0);
            else Interlocked.Increment(ref _unreached);
        }
    }
}
