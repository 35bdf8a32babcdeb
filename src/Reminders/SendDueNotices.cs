using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeApp.Platform;
using Quartz;

namespace PracticeApp.Reminders;

/// <summary>
/// Sends what is due, in order, on any number of instances: claims as many as go out in a moment (each try is counted before the
/// notice is handed over), hands them to several connections outside any transaction, and marks together what has been taken.
/// A crash loses none: a claim that was not marked runs out, and what was on its way is sent again under the same Message-ID.
/// </summary>
public sealed class SendDueNotices(
    NpgsqlDataSource database, UnderPractice underPractice, IMailChannel mail, ITextChannel text, PrepareNotice prepare,
    IOptions<PracticeOptions> options, TimeProvider clock, ILogger<SendDueNotices> log, IHostApplicationLifetime? life = null) : IJob
{
    /// <summary>At once: as many as go out within a second, so that what is withdrawn meanwhile stays here.</summary>
    private const int AtFirst = 32, Fewest = 4, Most = 2000;
    private const int PracticesAtOnce = 2;
    /// <summary>Longer than one sending can take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    /// <summary>No claim reaches as far: it was made before the clock was set back.</summary>
    private static readonly TimeSpan OutOfReach = TimeSpan.FromMinutes(15);
    /// <summary>An instance that has not reported for so long is gone.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int MarkTries = 60;

    private readonly Dictionary<Channel, Way> _ways = new()
    {
        [Channel.Mail] = new(clock, options.Value.Smtp.Connections, options.Value.Mail == "smtp" ? options.Value.Smtp.PerSecond : 0, options.Value.Smtp.TimeoutSeconds),
        [Channel.Text] = new(clock, options.Value.Text.Connections, options.Value.Mail == "smtp" ? options.Value.Text.PerSecond : 0, options.Value.Text.TimeoutSeconds),
        [Channel.InApp] = new(clock, connections: 1, perSecond: 0, timeoutSeconds: 1, unmarked: Most),
    };

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // A backlog takes longer than the host waits for its jobs: what is left goes to another instance, or to the next start.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life?.ApplicationStopping ?? CancellationToken.None);
        try
        {
            await RunAsync(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Everything was given back.
        }
    }

    /// <returns>How many were handed over.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        // Each channel by itself: a mail server that is slow or away holds up no text message.
        var sent = await Task.WhenAll(_ways.Select(way => RunAsync(new Run(way.Key, way.Value), ct)));
        ct.ThrowIfCancellationRequested();
        return sent.Sum();
    }

    private async Task<int> RunAsync(Run run, CancellationToken ct)
    {
        // Ticks come faster than a slow mail server answers: one run of a process is enough, other instances run beside it.
        if (!await run.Way.Running.WaitAsync(0, CancellationToken.None)) return 0;
        try
        {
            // What was on its way when a process died may be what killed it, and takes nothing with it another time.
            while (!ct.IsCancellationRequested && await ClaimAsync(run, alone: true, ct) is { Count: > 0 } one) await SendAsync(run, one, ct);
            await SendAsync(run, null, ct);
            return run.Sent;
        }
        finally
        {
            run.Way.Running.Release();
        }
    }

    /// <param name="given">These; null: everything that is due.</param>
    private async Task SendAsync(Run run, Claimed? given, CancellationToken ct)
    {
        var begun = System.Threading.Channels.Channel.CreateBounded<Ready>(AtFirst);
        var done = System.Threading.Channels.Channel.CreateUnbounded<Outcome>(new() { SingleReader = true });
        var marking = MarkAllAsync(run, done.Reader);
        var sending = Enumerable.Range(0, run.Way.Connections).Select(_ => HandOverAsync(run, begun.Reader, done.Writer, ct)).ToList();
        try
        {
            for (var claimed = given ?? await ClaimAsync(run, alone: false, ct); claimed.Count > 0; claimed = given is null ? await ClaimAsync(run, alone: false, ct) : Claimed.Nothing)
            {
                var began = Stopwatch.GetTimestamp();
                // Never left half-way: whoever takes them gives back what is not to be sent.
                foreach (var ready in claimed.Ready) await begun.Writer.WriteAsync(ready, CancellationToken.None);
                run.Took(Stopwatch.GetElapsedTime(began));
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Put in order below, then thrown by the run.
        }
        finally
        {
            begun.Writer.Complete();
            await Task.WhenAll(sending);
            done.Writer.Complete();
            await marking;
        }
    }

    /// <param name="alone">Only one, of those that were on their way when a process died.</param>
    private async Task<Claimed> ClaimAsync(Run run, bool alone, CancellationToken ct)
    {
        var atMost = run.Way.AtMost(alone ? 1 : run.Window);
        if (atMost > 0 && run.Way.Pace.IsKept && options.Value.Jobs) run.Way.Pace.ShareAmong(await InstancesAsync(ct));
        // Another instance may have been quicker everywhere; then there may be more.
        for (var tries = 0; tries < 3 && atMost > 0; tries++)
        {
            var now = Now;
            var practices = await PracticesAsync(run.Channel, now, alone, atMost, ct);
            if (practices.Count == 0) break;
            // A share for each: none waits behind another's backlog.
            var (share, claimed) = (Math.Max(1, atMost / practices.Count), new ConcurrentBag<Claimed>());
            await Parallel.ForEachAsync(practices, new ParallelOptions { MaxDegreeOfParallelism = PracticesAtOnce, CancellationToken = ct },
                async (practice, stop) => claimed.Add(await ClaimAsync(run, practice, share, alone, now, stop)));
            if (claimed.Sum(c => c.Count) is var count and > 0) return new(count, [.. claimed.SelectMany(c => c.Ready).OrderBy(r => r.DueAt)]);
        }
        return Claimed.Nothing;
    }

    /// <summary>Those that have reported to the job store lately; each is as likely to send as another.</summary>
    private async Task<int> InstancesAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select count(*)::int from quartz.qrtz_scheduler_state where last_checkin_time > $1");
        command.Parameters.Add(new() { Value = (clock.GetUtcNow() - Silent).UtcTicks });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<List<Guid>> PracticesAsync(Channel channel, DateTime now, bool alone, int atMost, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select practice_id from due_notices($1, $2, $3, $4, $5)");
        foreach (var value in new object[] { now, now + OutOfReach, channel.ToString(), alone, atMost }) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var practices = new List<Guid>();
        while (await reader.ReadAsync(ct)) practices.Add(reader.GetGuid(0));
        return practices;
    }

    /// <summary>Claims, counts the tries and puts the messages together.</summary>
    private async Task<Claimed> ClaimAsync(Run run, Guid practice, int share, bool alone, DateTime now, CancellationToken ct)
    {
        try
        {
            return await underPractice.RunAsync(practice, async (services, stop) =>
            {
                var db = services.GetRequiredService<PracticeDb>();
                var (until, beyond, way) = (now + Lease, now + OutOfReach, run.Channel.ToString());
                var notices = await db.Notices.FromSql(
                    $"""
                    with due as (
                      select id from notices where practice_id = {practice} and channel = {way} and state = 'Due' and due_at <= {now}
                        and (claimed_until is null or claimed_until <= {now} or claimed_until > {beyond}) and (claimed_until is not null and attempts > 0) = {alone}
                      order by due_at limit {share} for update skip locked)
                    update notices n set claimed_until = {until}, attempts = attempts + 1 from due where n.practice_id = {practice} and n.id = due.id
                    returning n.*, n.xmin
                    """).IgnoreQueryFilters().AsNoTracking().ToListAsync(stop);
                var words = await prepare.RunAsync(db, notices, stop);
                return new Claimed(notices.Count, [.. notices.Where(n => words.ContainsKey(n.Id)).Select(n => new Ready(practice, n.Id, n.DueAt, until, words[n.Id]))]);
            }, ct);
        }
        catch (Exception e) when (e is not (DbException or OperationCanceledException) && e.InnerException is not DbException)
        {
            var unreadable = await SetAsideAsync(run, practice, now, ct);
            if (unreadable == 0) log.LogError(e, "The notices of practice {Practice} could not be prepared", practice);
            return new(unreadable, []);
        }
    }

    /// <summary>A row that cannot even be read must not keep the others back.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> SetAsideAsync(Run run, Guid practice, DateTime now, CancellationToken ct)
    {
        var (count, way) = (0, run.Channel);
        var due = await underPractice.RunAsync(practice, (services, stop) => services.GetRequiredService<PracticeDb>().Notices
            .Where(n => n.Channel == way && n.State == NoticeState.Due && n.DueAt <= now).OrderBy(n => n.DueAt).Select(n => n.Id).Take(Most).ToListAsync(stop), ct);
        foreach (var id in due)
        {
            try
            {
                await underPractice.RunAsync(practice, (services, stop) => services.GetRequiredService<PracticeDb>().Notices.AsNoTracking().SingleAsync(n => n.Id == id, stop), ct);
            }
            catch (Exception e) when (e is not (DbException or OperationCanceledException))
            {
                log.LogError(e, "Notice {Notice} cannot be read", id);
                var error = $"{e.GetType().Name}: the row cannot be read.";
                count += await underPractice.RunAsync(practice, (services, stop) => services.GetRequiredService<PracticeDb>().Notices.Where(n => n.Id == id && n.State == NoticeState.Due)
                    .ExecuteUpdateAsync(s => s.SetProperty(n => n.State, NoticeState.Failed).SetProperty(n => n.Error, error).SetProperty(n => n.ClaimedUntil, (DateTime?)null), stop), ct);
            }
        }
        return count;
    }

    private async Task HandOverAsync(Run run, ChannelReader<Ready> begun, ChannelWriter<Outcome> done, CancellationToken ct)
    {
        await foreach (var ready in begun.ReadAllAsync(CancellationToken.None))
        {
            var end = await HandOverAsync(run, ready, ct);
            if (end is { } outcome) done.TryWrite(outcome);
        }
    }

    /// <returns>What became of it; null where nobody can say.</returns>
    private async Task<Outcome?> HandOverAsync(Run run, Ready ready, CancellationToken ct)
    {
        Outcome Ended(End end, Exception? e = null) => new(ready.Practice, ready.Notice, ready.Until, end, e is null ? null : $"{e.GetType().Name}: {e.Message}");
        var way = run.Way;
        var entered = false;
        try
        {
            if (ready.Words is not Exception)
            {
                await way.Pace.WaitAsync(ct);
                await way.Unmarked.WaitAsync(ct);
                entered = true;
            }
            if (way.IsAway || Now >= ready.Until) return Ended(End.Untried);
            await SendAsync(ready.Words, ct).WaitAsync(way.Limit, ct);
            run.CountSent();
            way.Reached();
            entered = false;
            return Ended(End.Sent);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return entered ? null : Ended(End.Untried);
        }
        catch (ChannelAwayException e)
        {
            if (way.Away(e.Wait)) log.LogWarning("{Channel} takes nothing: {Reason}", run.Channel, e.Message);
            return Ended(End.Untried, e);
        }
        catch (PermanentMailException e)
        {
            way.Reached();
            return Ended(End.Refused, e);
        }
        catch (Exception e)
        {
            // Whatever one notice throws stays with that notice: it is kept on the row, shown to the admin and tried again.
            log.LogWarning("Notice {Notice} was not sent: {Reason}", ready.Notice, e.GetType().Name);
            if (ready.Words is not Exception) way.Missed(answered: e is RefusedForNowException);
            return Ended(End.Missed, e);
        }
        finally
        {
            if (entered) way.Unmarked.Release();
        }
    }

    private Task SendAsync(object words, CancellationToken ct) => words switch
    {
        Mail ready => mail.SendAsync(ready, ct),
        TextMessage ready => text.SendAsync(ready, ct),
        Exception unspeakable => Task.FromException(unspeakable),
        _ => Task.CompletedTask,
    };

    /// <summary>What comes while the last ones are being marked is marked together.</summary>
    private async Task MarkAllAsync(Run run, ChannelReader<Outcome> done)
    {
        while (await done.WaitToReadAsync())
        {
            var ended = new List<Outcome>();
            while (ended.Count < Most && done.TryRead(out var one)) ended.Add(one);
            await Parallel.ForEachAsync(ended.GroupBy(o => o.Practice), new ParallelOptions { MaxDegreeOfParallelism = PracticesAtOnce }, async (practice, _) => await MarkAsync(practice.Key, [.. practice]));
            var sent = ended.Count(o => o.End == End.Sent);
            if (sent > 0) run.Way.Unmarked.Release(sent);
        }
    }

    /// <summary>A database that is back within a minute is told what was sent meanwhile; until then no more is handed over.</summary>
    private async Task MarkAsync(Guid practice, List<Outcome> ended)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await underPractice.RunAsync(practice, (services, stop) => MarkAsync(services.GetRequiredService<PracticeDb>(), practice, ended, stop), CancellationToken.None);
                return;
            }
            catch (Exception e) when (tries < MarkTries && e is DbException or InvalidOperationException { InnerException: DbException } or TimeoutException)
            {
                await Task.Delay(Pause);
            }
            catch (Exception e)
            {
                // They stay claimed, and are sent again when the claim has run out.
                log.LogError(e, "{Count} notices could not be marked", ended.Count);
                return;
            }
        }
    }

    private async Task MarkAsync(PracticeDb db, Guid practice, List<Outcome> ended, CancellationToken ct)
    {
        var now = Now;
        // What was taken back while it was on its way has been sent all the same, and the row says so.
        if (Of(ended, End.Sent) is { Length: > 0 } sent)
            await db.Database.ExecuteSqlAsync(
                $"""
                update notices n set sent_at = {now}, claimed_until = null, error = null,
                  -- Written anew meanwhile: there is one of a kind, so this one stays withdrawn and only says when it went out.
                  state = case when n.state = 'Withdrawn' and n.appointment_id is not null and exists (select 1 from notices o
                    where o.practice_id = n.practice_id and o.appointment_id = n.appointment_id and o.id <> n.id and o.state <> 'Withdrawn' and o.kind = n.kind and o.offset_minutes = n.offset_minutes
                      and o.appointment_at is not distinct from n.appointment_at and o.channel = n.channel and o.recipient = n.recipient and o.client_id is not distinct from n.client_id)
                    then n.state else 'Sent' end
                where n.practice_id = {practice} and n.id = any ({sent}) and n.state <> 'Sent'
                """, ct);
        foreach (var held in ended.Where(o => o.End == End.Untried).GroupBy(o => (o.Until, o.Error)))
        {
            var ids = held.Select(o => o.Notice).ToArray();
            await db.Database.ExecuteSqlAsync(
                $"""
                update notices set claimed_until = null, attempts = attempts - 1, error = coalesce({held.Key.Error}, error)
                where practice_id = {practice} and id = any ({ids}) and state = 'Due' and claimed_until = {held.Key.Until}
                """, ct);
        }
        foreach (var failed in ended.Where(o => o.End is End.Missed or End.Refused))
        {
            // Whose claim ran out meanwhile is somebody else's now.
            var notice = await db.Notices.FromSql($"select *, xmin from notices where practice_id = {practice} and id = {failed.Notice} and claimed_until = {failed.Until} for update").SingleOrDefaultAsync(ct);
            if (notice is { State: NoticeState.Due }) notice.MarkFailed(failed.Error!, failed.End == End.Refused, now);
        }
        await db.SaveChangesAsync(ct);
    }

    private static Guid[] Of(List<Outcome> ended, End end) => [.. ended.Where(o => o.End == end).Select(o => o.Notice)];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="Count">With those that were withdrawn or set aside.</param>
    private sealed record Claimed(int Count, List<Ready> Ready)
    {
        public static readonly Claimed Nothing = new(0, []);
    }

    /// <param name="Words">A <see cref="Mail"/>, a <see cref="TextMessage"/>, nothing to hand over, or the exception that finding words threw.</param>
    private sealed record Ready(Guid Practice, Guid Notice, DateTime DueAt, DateTime Until, object Words);

    private enum End
    {
        Sent,
        Missed,
        /// <summary>For good.</summary>
        Refused,
        /// <summary>Given back without having been handed over: the try does not count.</summary>
        Untried,
    }

    private sealed record Outcome(Guid Practice, Guid Notice, DateTime Until, End End, string? Error = null);

    private sealed class Run(Channel channel, Way way)
    {
        private int _sent;

        public Channel Channel => channel;
        public Way Way => way;
        public int Sent => _sent;
        /// <summary>How many are claimed at once.</summary>
        public int Window { get; private set; } = AtFirst;

        public void Took(TimeSpan time) => Window = time < TimeSpan.FromSeconds(0.25) ? Math.Min(2 * Window, Most) : time > TimeSpan.FromSeconds(1) ? Math.Max(Window / 2, Fewest) : Window;

        public void CountSent() => Interlocked.Increment(ref _sent);
    }

    /// <summary>
    /// A channel as this instance knows it: how many at once, how fast, and whether it takes anything at the moment. While it
    /// does not, one notice at a time asks, at growing distances.
    /// </summary>
    private sealed class Way(TimeProvider clock, int connections, int perSecond, int timeoutSeconds, int? unmarked = null)
    {
        /// <summary>After so many in a row that nobody took, the rest waits.</summary>
        private const int GiveUpAfter = 5;
        private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4), Longest = TimeSpan.FromMinutes(1);

        private readonly Lock _lock = new();
        private int _missed, _away;
        private DateTime _from, _until;

        public int Connections => connections;
        public SemaphoreSlim Running { get; } = new(1);
        public Pace Pace { get; } = new(perSecond);
        /// <summary>A channel keeps its own limits; this holds where it does not.</summary>
        public TimeSpan Limit { get; } = TimeSpan.FromSeconds(timeoutSeconds + 1);
        /// <summary>Handed over and not marked yet: what a crash repeats.</summary>
        public SemaphoreSlim Unmarked { get; } = new(unmarked ?? 2 * connections);

        public bool IsAway
        {
            get { lock (_lock) return clock.GetUtcNow().UtcDateTime is var now && now >= _from && now < _until; }
        }

        public int AtMost(int all)
        {
            lock (_lock) return IsAway ? 0 : _away > 0 ? 1 : all;
        }

        public void Reached()
        {
            lock (_lock) (_missed, _away, _until) = (0, 0, default);
        }

        /// <param name="answered">The channel is there and does not want this one now, or any.</param>
        public void Missed(bool answered)
        {
            lock (_lock)
            {
                if (++_missed < GiveUpAfter && _away == 0) return;
                if (answered) (_missed, _from, _until) = (0, clock.GetUtcNow().UtcDateTime, clock.GetUtcNow().UtcDateTime + Shortest);
                else Away(null);
            }
        }

        /// <returns>Whether this is new.</returns>
        public bool Away(TimeSpan? wait)
        {
            lock (_lock)
            {
                // Several that were on their way at once found the same.
                if (IsAway) return false;
                var growing = TimeSpan.FromTicks(Math.Min(Longest.Ticks, Shortest.Ticks << Math.Min(_away, 10)) * Random.Shared.Next(75, 125) / 100);
                _from = clock.GetUtcNow().UtcDateTime;
                _until = _from + (wait > growing ? wait.Value : growing);
                return ++_away == 1;
            }
        }
    }
}
