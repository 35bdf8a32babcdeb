using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Enquiries;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Booking;

/// <summary>Reminders of what is still open before a session: the payment, the questions. Monday 16 March 2026, 10:00 in Sarajevo.</summary>
public sealed class AskedInRemindersTests(Database database) : IAsyncLifetime
{
    private static readonly DateTime Thursday = Slots.Local("2026-03-26 15:00");
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Guid> PrepaidAsync()
    {
        var id = await _world.BookAsync(_world.Emina, Thursday);
        await _world.RearrangeAsync(_world.Emina, id, (db, a) =>
        {
            db.Set(a, nameof(a.PrepaymentAmount), (decimal?)40m);
            db.Set(a, nameof(a.PrepaymentDueAt), (DateTime?)Thursday.AddHours(-24));
            db.Set(a, nameof(a.PrepaymentReleases), true);
        });
        // Read again as it is stored: what was just changed stands in the reminders.
        await _world.RearrangeAsync(_world.Emina, id, (_, _) => { });
        return id;
    }

    private Task PayAsync() => _world.InDbAsync(_world.Lejla, db =>
    {
        db.Add(new Payment(_world.Lipa.Id, _world.Emina.ClientId, 40, "BAM", PaymentMethod.Cash, _world.Clock.Now, _world.Lejla.UserId, Guid.NewGuid()));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task An_unpaid_prepayment_is_a_line_in_the_reminder_and_a_mail_of_its_own_where_none_is_near()
    {
        const string line = "40\u00a0KM for this appointment is paid beforehand, by Wednesday 25 March, 15:00. It has not arrived yet; if it is not there by then, the time may go to somebody else.";
        await _world.InDbAsync(_world.Azra, async db => { var practice = await db.Practices.SingleAsync(); practice.Decide(practice.Policy.With(p => p.PrepaymentReminderHours = 12)); });
        await PrepaidAsync();
        _world.Clock.Set(Thursday.AddHours(-48));
        var reminder = Assert.Single(await _world.DeliverAsync());
        Assert.StartsWith("Your appointment", reminder.Subject, StringComparison.Ordinal);
        Assert.Contains(line, reminder.Text, StringComparison.Ordinal);
        // Twelve hours before Wednesday afternoon is night: it comes on Tuesday evening.
        _world.Clock.Set(Slots.Local("2026-03-24 20:45"));
        var own = Assert.Single(await _world.DeliverAsync());
        Assert.StartsWith("Before your appointment", own.Subject, StringComparison.Ordinal);
        Assert.Contains(line, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lejla", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_reminder_comes_about_then_no_second_mail_is_sent()
    {
        await PrepaidAsync();
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from notices where kind = 'reminders.prepayment' and state = 'Due'"));
        _world.Clock.Set(Thursday.AddHours(-48));
        Assert.Contains("is paid beforehand", Assert.Single(await _world.DeliverAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paid_in_between_nothing_asks_for_it_any_more()
    {
        await _world.InDbAsync(_world.Azra, async db => { var practice = await db.Practices.SingleAsync(); practice.Decide(practice.Policy.With(p => p.PrepaymentReminderHours = 12)); });
        await PrepaidAsync();
        await PayAsync();
        _world.Clock.Set(Slots.Local("2026-03-24 20:45"));
        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.StartsWith("Your appointment", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("paid beforehand", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal("no-longer-asked", await _world.ScalarAsync<string>("select error from notices where kind = 'reminders.prepayment' and error is not null"));
    }

    [Fact]
    public async Task Who_may_be_in_danger_is_not_asked_for_money()
    {
        await _world.InDbAsync(_world.Azra, async db => { var practice = await db.Practices.SingleAsync(); practice.Decide(practice.Policy.With(p => p.PrepaymentReminderHours = 12)); });
        await PrepaidAsync();
        await PracticeApp.Tests.Attendance.AttendanceWorld.FlagAsync(_world);
        _world.Clock.Set(Thursday.AddHours(-48));
        var reminder = Assert.Single(await _world.DeliverAsync());
        Assert.StartsWith("Your appointment", reminder.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("paid beforehand", reminder.Text, StringComparison.Ordinal);
        _world.Clock.Set(Slots.Local("2026-03-24 20:45"));
        Assert.Empty(await _world.DeliverAsync());
    }

    [Fact]
    public async Task Questions_before_a_first_talk_are_asked_for_once_and_not_when_they_are_answered()
    {
        await _world.InDbAsync(_world.Azra, db =>
        {
            var question = new TalkQuestion(_world.Lipa.Id, 0);
            question.Ask(new() { En = "What should be different?" }, new(), new(), AnswerForm.Long, required: false);
            db.Add(question);
            return Task.CompletedTask;
        });
        var talks = new List<Guid>();
        foreach (var start in new[] { Thursday, Thursday.AddDays(1) }) talks.Add(await TalkAsync(start));
        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(*) from notices where kind = 'reminders.questions' and state = 'Due'"));

        // One is answered before its reminder goes out; jobs may not read answers, and still know.
        await _world.DoAsync(_world.Emina, async services =>
        {
            var (db, vault) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Vault>());
            db.Add(new TalkAnswers(_world.Lipa.Id, _world.Emina.EngagementId, _world.Emina.ClientId, talks[1], await vault.KeyAsync(_world.Emina.KeyId), [], "en", Guid.NewGuid(), _world.Clock.Now));
        });
        _world.Clock.Set(Thursday.AddDays(-1));
        var mails = await _world.DeliverAsync();
        var asked = Assert.Single(mails, m => m.Subject.StartsWith("Before your appointment", StringComparison.Ordinal));
        Assert.Contains("Thursday 26 March", asked.Subject, StringComparison.Ordinal);
        Assert.True((await _world.Stranger().GetAsync(Mailbox.Link(asked))).Says("What should be different?"));
    }

    private Task<Guid> TalkAsync(DateTime start) => _world.DoAsync(_world.Emina, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var kind = await db.SessionKinds.SingleAsync(k => k.Form == SessionForm.FirstTalk);
        var talk = new Appointment(_world.Lipa.Id, _world.Emina.EngagementId, _world.Lejla.UserId, kind.Id, MeetingPlace.Online, null, start, start.AddMinutes(20), 0, "BAM", [_world.Emina.ClientId], null);
        talk.Book(_world.Clock.Now, _world.Clock.Now);
        db.Add(talk);
        await db.SaveChangesAsync();
        await services.GetRequiredService<PlanReminders>().RewriteAsync(talk, CancellationToken.None);
        return talk.Id;
    });
}
