using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Reminders;

/// <summary>A real SMTP conversation, and what must not be sent any more when its time comes.</summary>
public sealed class MailTroubleTests(Database database) : IAsyncLifetime
{
    private static readonly DateTime Thursday = new(2026, 3, 26, 14, 0, 0, DateTimeKind.Utc);
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_mail_keeps_its_letters_its_sender_and_its_message_id_on_the_wire()
    {
        await using var sink = new SmtpSink();
        await _world.InDbAsync(_world.Lejla, async db => db.Add(Dispatch.Due(_world, "emina@example.org", _world.Clock.Now).With("sender", "Čitalački klub").With("when", "četvrtak, 26. marta")));

        Assert.Equal(1, await _world.Instance(Dispatch.Smtp(sink)).RunAsync(CancellationToken.None));

        var mail = Assert.Single(sink.Taken);
        Assert.Equal((await _world.NoticeAsync()).MessageId("localhost"), SmtpSink.Header(mail, "Message-ID"));
        Assert.Contains("mail@lipa.example", SmtpSink.Header(mail, "From"), StringComparison.Ordinal);
        Assert.Contains("=?utf-8?", SmtpSink.Header(mail, "Subject"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/html", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_refusal_is_taken_for_what_it_is()
    {
        await using var sink = new SmtpSink
        {
            Mood = to => to[0] switch { 'g' => SmtpMood.RefuseForGood, 'n' => SmtpMood.RefuseForNow, 's' => SmtpMood.Silent, _ => SmtpMood.Accept },
        };
        await _world.DueAsync(4, i => new[] { "accept@x.example", "gone@x.example", "now-not@x.example", "silent@x.example" }[i]);

        await _world.Instance(Dispatch.Smtp(sink, timeoutSeconds: 1)).RunAsync(CancellationToken.None);

        var notices = await _world.NoticesAsync();
        Assert.Equal([NoticeState.Sent, NoticeState.Failed, NoticeState.Due, NoticeState.Due], notices.Select(n => n.State));
        Assert.Contains("550", notices[1].Error, StringComparison.Ordinal);
        Assert.StartsWith("TimeoutException", notices[3].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_final_dot_repeats_the_mail_under_the_same_message_id()
    {
        await using var sink = new SmtpSink { Mood = _ => SmtpMood.CutAfterTheDot };
        await _world.DueAsync(1);
        await _world.Instance(Dispatch.Smtp(sink)).RunAsync(CancellationToken.None);

        sink.Mood = _ => SmtpMood.Accept;
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await _world.Instance(Dispatch.Smtp(sink)).RunAsync(CancellationToken.None);

        Assert.Equal(2, sink.Taken.Count);
        Assert.Single(sink.MessageIds.Distinct());
        Assert.Equal(NoticeState.Sent, (await _world.NoticeAsync()).State);
    }

    [Fact]
    public async Task After_two_days_without_mail_only_the_later_reminder_goes_out()
    {
        await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-20));

        Assert.Single(await _world.DeliverAsync());
        Assert.Equal([NoticeState.Withdrawn, NoticeState.Sent], (await _world.NoticesAsync()).OrderBy(n => n.DueAt).Select(n => n.State));
    }

    [Fact]
    public async Task An_earlier_reminder_does_not_follow_the_later_one_that_was_quicker()
    {
        await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-20));
        await _world.ScalarAsync<int>("update notices set state = 'Sent', sent_at = due_at where kind = 'reminders.appointment' and due_at = (select max(due_at) from notices where kind = 'reminders.appointment')");

        Assert.Empty(await _world.DeliverAsync());
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_is_past()
    {
        await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddMinutes(1));

        Assert.Empty(await _world.DeliverAsync());
        Assert.All(await _world.NoticesAsync(), n => Assert.Equal(NoticeState.Withdrawn, n.State));
    }

    [Theory]
    [InlineData("state = 'Cancelled'")]
    [InlineData("starts_at = starts_at + interval '1 day'")]
    public async Task Nobody_is_reminded_of_what_was_changed_behind_the_back_of_the_plan(string change)
    {
        await _world.BookAsync(_world.Emina, Thursday);
        await _world.ScalarAsync<int>($"update appointments set {change}");
        _world.Clock.Set(Thursday.AddHours(-48));

        Assert.Empty(await _world.DeliverAsync());
    }

    [Fact]
    public async Task A_rule_of_contact_that_was_changed_holds_for_what_was_written_before()
    {
        await _world.BookAsync(_world.Emina, Thursday);
        await _world.InDbAsync(_world.Lejla, async db =>
            (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).ReachAt("emina@example.org", null, new ContactRules { Mail = false }));
        _world.Clock.Set(Thursday.AddHours(-24));

        Assert.Empty(await _world.DeliverAsync());
        Assert.All(await _world.NoticesAsync(), n => Assert.Equal("not-a-safe-way", n.Error));
    }

    [Fact]
    public async Task A_new_address_gets_what_was_written_for_the_old_one()
    {
        await _world.BookAsync(_world.Emina, Thursday);
        await _world.InDbAsync(_world.Lejla, async db =>
            (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).ReachAt("new@example.org", null, new ContactRules { Mail = true }));
        _world.Clock.Set(Thursday.AddHours(-48));

        Assert.Equal("new@example.org", Assert.Single(await _world.DeliverAsync()).To);
    }
}
