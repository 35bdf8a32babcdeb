using System.Collections.Concurrent;
using System.Net.Sockets;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Reminders;

public sealed class SendDueNoticesTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_is_due_goes_out_once_and_what_is_not_waits()
    {
        await _world.DueAsync(3);
        await _world.InDbAsync(_world.Lejla, async db => db.Add(Dispatch.Due(_world, "later@example.org", _world.Clock.Now.AddMinutes(1))));

        Assert.Equal(3, (await _world.DeliverAsync()).Count);
        Assert.Empty(await _world.DeliverAsync());
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("later@example.org", Assert.Single(await _world.DeliverAsync()).To);
    }

    [Fact]
    public async Task What_is_written_anew_while_it_is_on_its_way_keeps_nobody_else_from_being_marked()
    {
        var start = _world.Clock.Now.AddDays(3);
        await _world.BookAsync(_world.Emina, start);
        _world.Clock.Set(start.AddHours(-48));
        await _world.DueAsync(3);
        var instance = _world.Instance(new MailBy(async (mail, _) =>
        {
            if (mail.To != _world.Emina.Email) return;
            await _world.ScalarAsync<long>(
                "with old as (update notices set state = 'Withdrawn', claimed_until = null where offset_minutes = 2880 and state = 'Due' returning id) select count(*) from old");
            await _world.ScalarAsync<long>(
                """
                with anew as (insert into notices select (jsonb_populate_record(null::notices, to_jsonb(n) || jsonb_build_object('id', gen_random_uuid(), 'state', 'Due', 'due_at', n.due_at + interval '1 hour'))).*
                  from notices n where offset_minutes = 2880 and state = 'Withdrawn' returning 1) select count(*) from anew
                """);
        }));
        await instance.RunAsync(CancellationToken.None);
        var notices = await _world.NoticesAsync();
        Assert.Equal(3, notices.Count(n => n.AppointmentId is null && n.State == NoticeState.Sent));
        Assert.Equal([(NoticeState.Withdrawn, true), (NoticeState.Due, false)], notices.Where(n => n.OffsetMinutes == 2880).OrderBy(n => n.DueAt).Select(n => (n.State, n.SentAt is not null)));
    }

    [Fact]
    public async Task Killed_after_handing_over_it_is_repeated_under_the_same_message_id()
    {
        await _world.DueAsync(1);
        using var killed = new CancellationTokenSource();
        var first = new List<Mail>();
        var dying = _world.Instance(new MailBy(async (mail, ct) =>
        {
            first.Add(mail);
            await killed.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying.RunAsync(killed.Token));

        Assert.Empty(await _world.DeliverAsync());
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(first[0].MessageId, Assert.Single(await _world.DeliverAsync()).MessageId);
        Assert.Equal(NoticeState.Sent, (await _world.NoticeAsync()).State);
    }

    [Fact]
    public async Task Killed_between_claiming_and_sending_the_rest_goes_out_when_the_claim_has_run_out()
    {
        await _world.DueAsync(20);
        using var killed = new CancellationTokenSource();
        var handed = new ConcurrentBag<string>();
        var dying = _world.Instance(new MailBy(async (mail, ct) =>
        {
            handed.Add(mail.MessageId);
            if (handed.Count >= 6) await killed.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying.RunAsync(killed.Token));

        _world.Clock.Advance(TimeSpan.FromMinutes(6));
        var then = (await _world.DeliverAsync()).Select(m => m.MessageId).ToList();

        Assert.Equal(20, handed.Concat(then).Distinct().Count());
        Assert.InRange(handed.Intersect(then).Count(), 1, 4);
        Assert.All(await _world.NoticesAsync(), n => Assert.Equal(NoticeState.Sent, n.State));
    }

    [Fact]
    public async Task Several_instances_send_each_once()
    {
        await _world.DueAsync(150);
        var sent = new ConcurrentBag<string>();
        var mail = new MailBy((m, _) => { sent.Add(m.MessageId); return Task.CompletedTask; });

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _world.Instance(mail).RunAsync(CancellationToken.None)));

        Assert.Equal((150, 150), (sent.Count, sent.Distinct().Count()));
    }

    [Fact]
    public async Task An_instance_whose_claim_ran_out_while_it_was_slow_leaves_the_rest_to_others()
    {
        await _world.DueAsync(12);
        var sent = new ConcurrentBag<string>();
        var others = new MailBy((m, _) => { sent.Add(m.MessageId); return Task.CompletedTask; });
        var slow = 0;
        var instance = _world.Instance(new MailBy(async (m, ct) =>
        {
            sent.Add(m.MessageId);
            if (Interlocked.Increment(ref slow) == 1)
            {
                _world.Clock.Advance(TimeSpan.FromMinutes(4));
                await Task.Delay(300, ct);
                _world.Clock.Advance(TimeSpan.FromMinutes(2));
                await _world.Instance(others).RunAsync(ct);
            }
            else
            {
                await Task.Delay(300, ct);
            }
        }));

        await instance.RunAsync(CancellationToken.None);

        Assert.Equal(12, sent.Distinct().Count());
        Assert.InRange(sent.Count, 12, 12 + 2 * new PracticeOptions().Smtp.Connections);
        Assert.All(await _world.NoticesAsync(), n => Assert.Equal(NoticeState.Sent, n.State));
    }

    [Fact]
    public async Task Trouble_is_retried_with_growing_delays_then_shown_as_failed_and_can_be_sent_again()
    {
        await _world.DueAsync(1);
        _world.Mailbox.Trouble = new SocketException(111);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 7; i++)
        {
            await _world.DeliverAsync();
            var notice = await _world.NoticeAsync();
            if (notice.State != NoticeState.Due) break;
            waits.Add(notice.DueAt - _world.Clock.Now);
            _world.Clock.Set(notice.DueAt);
        }

        var failed = await _world.NoticeAsync();
        Assert.Equal((NoticeState.Failed, 7), (failed.State, failed.Attempts));
        Assert.StartsWith("SocketException", failed.Error, StringComparison.Ordinal);
        Assert.Equal(6, waits.Count);
        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.True(pair.Second > pair.First * 2));

        _world.Mailbox.Trouble = null;
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await _world.InDbAsync(_world.Lejla, async db => (await db.Notices.FindAsync(failed.PracticeId, failed.Id))!.SendAgain(_world.Clock.Now));
        Assert.Equal(failed.MessageId("localhost"), Assert.Single(await _world.DeliverAsync()).MessageId);
    }

    [Fact]
    public async Task One_poisonous_notice_does_not_hold_up_the_others()
    {
        await _world.InDbAsync(_world.Lejla, async db => db.Add(
            new Notice(_world.Lipa.Id, "reminders.nonsense", Channel.Mail, "poison@example.org", "en", _world.Clock.Now.AddHours(-1), _world.Clock.Now)));
        await _world.DueAsync(30);

        Assert.Equal(30, (await _world.DeliverAsync()).Count);
        Assert.Equal(1, (await _world.NoticesAsync()).Single(n => n.Recipient == "poison@example.org").Attempts);
    }

    [Fact]
    public async Task A_notice_that_brings_the_process_down_runs_out_of_tries()
    {
        await _world.DueAsync(1);
        for (var i = 0; i < 9; i++)
        {
            using var killed = new CancellationTokenSource();
            var dying = _world.Instance(new MailBy(async (_, ct) => { await killed.CancelAsync(); ct.ThrowIfCancellationRequested(); }));
            try
            {
                await dying.RunAsync(killed.Token);
            }
            catch (OperationCanceledException)
            {
                _world.Clock.Advance(TimeSpan.FromMinutes(6));
            }
        }

        Assert.Equal(NoticeState.Failed, (await _world.NoticeAsync()).State);
    }

    [Fact]
    public async Task While_the_mail_server_is_away_only_a_few_try_and_the_rest_waits_untouched()
    {
        await _world.DueAsync(100);
        _world.Mailbox.Trouble = new SocketException(111);

        await _world.DeliverAsync();

        var notices = await _world.NoticesAsync();
        Assert.InRange(notices.Count(n => n.Attempts > 0), 5, 9);
        Assert.All(notices, n => Assert.True(n.State == NoticeState.Due && n.ClaimedUntil is null));
        _world.Mailbox.Trouble = null;
        _world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(100, (await _world.DeliverAsync()).Select(m => m.MessageId).Distinct().Count());
    }
}
