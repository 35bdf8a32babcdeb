using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Reminders;

/// <summary>Whatever happens to the mail server, the clock or a process: none lost, in order, no storm, nothing that is past.</summary>
public sealed class DeliveryFaultTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private static readonly PracticeOptions s_brief = new() { Smtp = new SmtpOptions { TimeoutSeconds = 1 } };

    public async ValueTask InitializeAsync()
    {
        world.Clock.Set(World.Start);
        world.Mailbox.Trouble = null;
        await ExecuteAsync("delete from notices");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task After_an_hour_without_a_mail_server_all_goes_out_in_order_and_nobody_stormed_it()
    {
        await using var sink = new SmtpSink();
        using var smtp = Dispatch.Smtp(sink);
        var tries = 0;
        var instance = world.Instance(new MailBy((mail, ct) => { Interlocked.Increment(ref tries); return smtp.SendAsync(mail, ct); }));
        var cancelled = await world.BookAsync(world.Emina, World.Start.AddHours(48).AddMinutes(10));
        await world.BookAsync(world.Tarik, World.Start.AddHours(24).AddMinutes(10));
        await sink.GoAwayAsync();
        await world.DueAsync(60);
        for (var minute = 0; minute < 60; minute++)
        {
            await world.InDbAsync(world.Lejla, async db => db.Add(Dispatch.Due(world, $"z{minute:000}@example.org", world.Clock.Now)));
            for (var tick = 0; tick < 4; tick++)
            {
                await instance.RunAsync(CancellationToken.None);
                world.Clock.Advance(TimeSpan.FromSeconds(15));
            }
            if (minute == 30) await world.RearrangeAsync(world.Emina, cancelled, (db, a) => db.Set(a, "State", AppointmentState.Cancelled));
        }
        // The hour has passed for one, the appointment itself for another.
        await ExecuteAsync("update appointments set starts_at = starts_at - interval '24 hours', ends_at = ends_at - interval '24 hours'");
        Assert.InRange(tries, 30, 90);
        var waiting = await world.InDbAsync(world.Azra, db => MailOutage.OfAsync(db, world.Clock.Now, CancellationToken.None));
        Assert.Equal(World.Start.AddSeconds(-60), waiting!.Since);
        Assert.InRange(waiting.Waiting, 118, 122);

        sink.ComeBack();
        for (var minute = 0; minute < 3; minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await instance.RunAsync(CancellationToken.None);
        }

        var came = sink.Arrivals.Select(a => a.Recipient).ToList();
        Assert.Equal(120, came.Distinct().Count());
        Assert.Equal(120, came.Count);
        var wanted = Enumerable.Range(0, 60).Select(i => $"n{i:000}@example.org").Concat(Enumerable.Range(0, 60).Select(i => $"z{i:000}@example.org")).ToList();
        // Several connections may overtake one another by a little.
        Assert.All(came.Index(), c => Assert.InRange(Math.Abs(wanted.IndexOf(c.Item) - c.Index), 0, 8));
        Assert.All(await AllAsync(), n => Assert.Equal(n.AppointmentId is null ? NoticeState.Sent : NoticeState.Withdrawn, n.State));
        Assert.Null(await world.InDbAsync(world.Azra, db => MailOutage.OfAsync(db, world.Clock.Now, CancellationToken.None)));
    }

    [Theory]
    [InlineData(SmtpMood.RefuseForNow, false)]
    [InlineData(SmtpMood.RefuseTheMailForNow, false)]
    [InlineData(SmtpMood.CutAfterTheDot, true)]
    [InlineData(SmtpMood.Silent, false)]
    public async Task Trouble_that_passes_loses_none_and_leaves_most_untried(SmtpMood mood, bool repeats)
    {
        await using var sink = new SmtpSink { Mood = _ => mood };
        using var smtp = Dispatch.Smtp(sink, timeoutSeconds: 1);
        var instance = world.Instance(smtp);
        await world.DueAsync(40);
        for (var tick = 0; tick < 3; tick++) await instance.RunAsync(CancellationToken.None);
        Assert.InRange((await AllAsync()).Sum(n => n.Attempts), 5, 12);
        Assert.All(await AllAsync(), n => Assert.Equal(NoticeState.Due, n.State));

        sink.Mood = _ => SmtpMood.Accept;
        for (var minute = 0; minute < 4; minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(2));
            await instance.RunAsync(CancellationToken.None);
        }

        Assert.Equal(40, sink.MessageIds.Distinct().Count());
        Assert.InRange(sink.Count, 40, repeats ? 52 : 40);
        Assert.All(await AllAsync(), n => Assert.Equal(NoticeState.Sent, n.State));
    }

    [Theory]
    [InlineData(SmtpMood.RefuseTheSender)]
    [InlineData(SmtpMood.CloseTheService)]
    public async Task A_server_that_lets_nobody_in_costs_no_notice_its_life(SmtpMood sender)
    {
        await using var sink = new SmtpSink { Sender = sender };
        using var smtp = Dispatch.Smtp(sink);
        var instance = world.Instance(smtp);
        await world.DueAsync(20);
        await instance.RunAsync(CancellationToken.None);
        Assert.All(await AllAsync(), n => Assert.Equal((NoticeState.Due, null), (n.State, n.ClaimedUntil)));

        sink.Sender = SmtpMood.Accept;
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await instance.RunAsync(CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await instance.RunAsync(CancellationToken.None);
        Assert.Equal(20, sink.MessageIds.Distinct().Count());
    }

    [Fact]
    public async Task Where_TLS_is_asked_for_nothing_goes_out_without()
    {
        await using var sink = new SmtpSink();
        using var smtp = Dispatch.Smtp(sink, tls: true);
        await world.DueAsync(3);

        await world.Instance(smtp).RunAsync(CancellationToken.None);

        Assert.Equal(0, sink.Count);
        Assert.All(await AllAsync(), n => Assert.Equal(NoticeState.Due, n.State));
        Assert.Contains(await AllAsync(), n => n.Error is not null);
    }

    [Fact]
    public async Task Poison_is_set_aside_and_shown_and_the_others_go_out()
    {
        await world.DueAsync(100);
        await world.InDbAsync(world.Lejla, async db =>
        {
            db.Add(new Notice(world.Lipa.Id, "reminders.nonsense", Channel.Mail, "words@poison.example", "en", world.Clock.Now.AddHours(-1), world.Clock.Now));
            db.Add(Dispatch.Due(world, "row@poison.example", world.Clock.Now.AddHours(-1)));
            db.Add(Dispatch.Due(world, "hangs@poison.example", world.Clock.Now.AddHours(-1)));
            await Task.CompletedTask;
        });
        await ExecuteAsync("update notices set data = '[1]' where recipient = 'row@poison.example'");
        var sent = new ConcurrentBag<string>();
        var instance = world.Instance(new MailBy(async (mail, _) =>
        {
            // Hears of no end.
            if (mail.To.StartsWith("hangs", StringComparison.Ordinal)) await new TaskCompletionSource().Task;
            sent.Add(mail.To);
        }), s_brief);

        await instance.RunAsync(CancellationToken.None);
        Assert.Equal((100, 100), (sent.Count, sent.Distinct().Count()));
        await ExecuteAsync("update notices set attempts = 5 where state = 'Due'");
        for (var tries = 0; tries < 3; tries++)
        {
            world.Clock.Advance(TimeSpan.FromHours(27));
            await instance.RunAsync(CancellationToken.None);
        }

        Assert.Equal(100, sent.Count);
        var failed = await world.InDbAsync(world.Azra, db => db.Notices.AsNoTracking().Where(n => n.State == NoticeState.Failed).Select(n => new { n.Recipient, n.Error }).ToListAsync());
        Assert.Equal(["hangs@poison.example", "row@poison.example", "words@poison.example"], failed.Select(f => f.Recipient).Order());
        Assert.All(failed, f => Assert.NotNull(f.Error));
    }

    [Fact]
    public async Task What_may_have_killed_a_process_takes_nothing_with_it_another_time()
    {
        await world.DueAsync(20);
        for (var death = 0; death < 9; death++)
        {
            using var killed = new CancellationTokenSource();
            try
            {
                await world.Instance(new MailBy(async (mail, ct) =>
                {
                    if (mail.To != "n007@example.org") await Task.Delay(20, ct);
                    else await killed.CancelAsync();
                    ct.ThrowIfCancellationRequested();
                })).RunAsync(killed.Token);
            }
            catch (OperationCanceledException)
            {
                world.Clock.Advance(TimeSpan.FromMinutes(6));
            }
        }

        Assert.All(await AllAsync(), n => Assert.Equal(n.Recipient == "n007@example.org" ? NoticeState.Failed : NoticeState.Sent, n.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(-1)]
    [InlineData(-24)]
    public async Task A_clock_that_jumps_loses_none_and_repeats_only_what_was_on_its_way(int hours)
    {
        await world.DueAsync(30);
        using var killed = new CancellationTokenSource();
        var sent = new ConcurrentBag<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Instance(new MailBy(async (mail, ct) =>
        {
            sent.Add(mail.MessageId);
            if (sent.Count == 12) await killed.CancelAsync();
            ct.ThrowIfCancellationRequested();
        })).RunAsync(killed.Token));

        world.Clock.Advance(TimeSpan.FromHours(hours));
        var other = world.Instance(new MailBy((mail, _) => { sent.Add(mail.MessageId); return Task.CompletedTask; }));
        await other.RunAsync(CancellationToken.None);
        // What is due at an hour that is not yet again waits for it.
        if (hours < 0) world.Clock.Set(World.Start);
        await other.RunAsync(CancellationToken.None);

        Assert.Equal(30, sent.Distinct().Count());
        Assert.InRange(sent.Count, 30, 30 + 8);
    }

    [Fact]
    public async Task A_claim_made_before_the_clock_was_set_back_binds_nobody()
    {
        await world.DueAsync(5);
        await ExecuteAsync("update notices set claimed_until = due_at + interval '1 day', attempts = 1");

        Assert.Equal(5, (await world.DeliverAsync()).Count);
    }

    [Fact]
    public async Task No_practice_waits_behind_the_backlog_of_another()
    {
        await ExecuteAsync($"""
            insert into notices (practice_id, id, kind, channel, recipient, offset_minutes, language, data, due_at, state, attempts, created_at, bounced)
            select '{world.Lipa.Id}', gen_random_uuid(), '{Dispatch.Kind}', 'Mail', 'l' || i || '@example.org', 0, 'en', '{"{"}"name":"","when":"","terms":"","link":""{"}"}', timestamptz '{World.Start:O}' - interval '1 hour', 'Due', 0, now(), false from generate_series(1, 900) i
            """);
        await world.InDbAsync(world.Mikko, async db => db.Add(new Notice(world.Saaristo.Id, Dispatch.Kind, Channel.Mail, "late@saaristo.example", "en", world.Clock.Now, world.Clock.Now)
            .With("name", "").With("when", "").With("terms", "").With("link", "")));
        var sent = new ConcurrentQueue<string>();

        await world.Instance(new MailBy((mail, _) => { sent.Enqueue(mail.To); return Task.CompletedTask; })).RunAsync(CancellationToken.None);

        Assert.Equal(901, sent.Count);
        Assert.InRange(sent.ToList().IndexOf("late@saaristo.example"), 0, 300);
    }

    [Fact]
    public async Task A_mail_server_that_takes_its_time_holds_up_nothing_in_the_app()
    {
        await world.DueAsync(1);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var instance = world.Instance(new MailBy(async (_, _) =>
        {
            begun.SetResult();
            await goOn.Task;
        }));
        var slow = instance.RunAsync(CancellationToken.None);
        await begun.Task;
        var flag = new Notice(world.Lipa.Id, "safety.flag", Channel.InApp, "", "en", world.Clock.Now, world.Clock.Now).To(userId: world.Lejla.UserId);
        await world.InDbAsync(world.Lejla, async db => db.Add(flag));

        // By the run that begins now, or by the app's own way of the one that waits for its mail.
        await instance.RunAsync(CancellationToken.None);
        Task<NoticeState> StateAsync() => world.InDbAsync(world.Lejla, db => db.Notices.Where(n => n.Id == flag.Id).Select(n => n.State).SingleAsync());
        for (var tries = 0; tries < 200 && await StateAsync() != NoticeState.Sent; tries++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal((NoticeState.Sent, false), (await StateAsync(), slow.IsCompleted));

        goOn.SetResult();
        Assert.InRange(await slow, 1, 2);
    }

    [Fact]
    public async Task Two_instances_that_are_stopped_again_and_again_send_each_once()
    {
        await world.DueAsync(200);
        var sent = new ConcurrentBag<string>();
        for (var round = 0; round < 4; round++)
        {
            using var stopped = new CancellationTokenSource();
            var until = round == 3 ? int.MaxValue : sent.Count + 45;
            var mail = new MailBy(async (m, _) =>
            {
                await Task.Yield();
                sent.Add(m.MessageId);
                if (sent.Count >= until) await stopped.CancelAsync();
            });
            await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
            {
                try
                {
                    await world.Instance(mail).RunAsync(stopped.Token);
                }
                catch (OperationCanceledException)
                {
                    // Stopped.
                }
            }));
        }
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.Instance(new MailBy((m, _) => { sent.Add(m.MessageId); return Task.CompletedTask; })).RunAsync(CancellationToken.None);

        Assert.Equal(200, sent.Distinct().Count());
        // Whoever was being sent when an instance stopped: for three stops of two instances.
        Assert.InRange(sent.Count, 200, 200 + 3 * 2 * 4);
        Assert.All(await AllAsync(), n => Assert.Equal(NoticeState.Sent, n.State));
    }

    [Fact]
    public async Task What_may_go_out_in_a_second_is_shared_among_the_instances_that_are_there()
    {
        var options = new PracticeOptions { Mail = "smtp", Smtp = new SmtpOptions { PerSecond = 20 } };
        await ExecuteAsync($"""
            create schema if not exists quartz; create table if not exists quartz.qrtz_scheduler_state (instance_name text, last_checkin_time bigint); grant usage on schema quartz to practice_app; grant select on quartz.qrtz_scheduler_state to practice_app;
            insert into quartz.qrtz_scheduler_state (instance_name, last_checkin_time) select 'instance' || i, {World.Start.Ticks} from generate_series(1, 4) i;
            insert into quartz.qrtz_scheduler_state (instance_name, last_checkin_time) values ('dead', {World.Start.AddMinutes(-1).Ticks})
            """);
        try
        {
            await world.DueAsync(6);
            var sent = new ConcurrentQueue<long>();
            await world.Instance(new MailBy((_, _) => { sent.Enqueue(Stopwatch.GetTimestamp()); return Task.CompletedTask; }), options).RunAsync(CancellationToken.None);

            Assert.Equal(6, sent.Count);
            // A quarter of 20 a second: five steps of a fifth. Alone they take a quarter of a second.
            Assert.InRange(Stopwatch.GetElapsedTime(sent.Min(), sent.Max()).TotalSeconds, 0.9, 60);
        }
        finally
        {
            await ExecuteAsync("drop table quartz.qrtz_scheduler_state");
        }
    }

    private Task<List<Notice>> AllAsync() => world.NoticesAsync();

    private Task<int> ExecuteAsync(string sql) => world.ScalarAsync<int>(sql);
}
