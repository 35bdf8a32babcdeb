using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Booking;

public sealed class PlanRemindersTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>Thursday 26 March 2026, 15:00 in Sarajevo.</summary>
    private static readonly DateTime Thursday = new(2026, 3, 26, 14, 0, 0, DateTimeKind.Utc);

    private Task<List<Notice>> NoticesAsync(NoticeState? state = null) => _world.InDbAsync(_world.Lejla, db => db.Notices.AsNoTracking()
        .Where(n => n.Kind == PlanReminders.Kind && (state == null || n.State == state)).OrderBy(n => n.DueAt).ToListAsync());

    private Task ContactAsync(ContactRules rules, string? phone = "+387 61 234 567") => _world.InDbAsync(_world.Lejla, async db =>
        (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).ReachAt(_world.Emina.Email, phone, rules));

    [Fact]
    public async Task Booking_writes_a_mail_two_days_before_and_one_in_time_to_cancel()
    {
        await _world.AgreeAsync(_world.Emina, Terms.Default(80m, "BAM"));

        await _world.BookAsync(_world.Emina, Thursday);

        Assert.Equal([(2880, Thursday.AddHours(-48)), (1440, Thursday.AddHours(-27))], (await NoticesAsync()).Select(n => (n.OffsetMinutes, n.DueAt)));
    }

    [Fact]
    public async Task What_was_agreed_goes_before_the_practice_and_the_own_wish_before_both()
    {
        await _world.AgreeAsync(_world.Emina, Terms.Default(80m, "BAM") with { Reminders = new ReminderTerms("5", [72], []) });
        var id = await _world.BookAsync(_world.Emina, Thursday);
        Assert.Equal([4320], (await NoticesAsync(NoticeState.Due)).Select(n => n.OffsetMinutes));

        await _world.AgreeAsync(_world.Emina, Terms.Default(80m, "BAM") with { Reminders = new ReminderTerms("5", [], []) });
        await _world.RearrangeAsync(_world.Emina, id, (_, _) => { });
        Assert.Empty(await NoticesAsync(NoticeState.Due));

        await _world.InDbAsync(_world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).WishReminders(new ReminderChoice { By = RemindersBy.Own, MailHours = [48] }));
        await _world.RearrangeAsync(_world.Emina, id, (_, _) => { });
        Assert.Equal([2880], (await NoticesAsync(NoticeState.Due)).Select(n => n.OffsetMinutes));
    }

    [Fact]
    public async Task From_the_signature_on_what_was_booked_before_is_reminded_of_by_the_agreement()
    {
        await _world.BookAsync(_world.Emina, Thursday);
        Assert.Equal([2880, 1440], (await NoticesAsync(NoticeState.Due)).Select(n => n.OffsetMinutes));
        var agreement = await _world.WaitingAgreementAsync(_world.Emina, Terms.Default(80m, "BAM") with { Reminders = new ReminderTerms("5", [72], []) });
        foreach (var state in new[] { "Viewed", "SignedByClient" }) await _world.ScalarAsync<int>($"update agreements set state = '{state}' where id = '{agreement}' returning 1");
        await _world.ScalarAsync<int>($"update agreements set state = 'InForce', in_force_at = '{_world.Clock.Now:O}' where id = '{agreement}' returning 1");
        Assert.Equal(1, await _world.Services.GetRequiredService<RewriteReminders>().RunAsync(CancellationToken.None));
        var notice = Assert.Single(await NoticesAsync(NoticeState.Due));
        Assert.Equal(4320, notice.OffsetMinutes);
        Assert.Contains("clause 5", notice.Data["terms"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wished_only_after_its_time_is_left_out_what_waited_to_be_sent_is_not_and_what_is_on_its_way_stays()
    {
        var id = await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-47));
        await _world.InDbAsync(_world.Azra, async db => (await db.Practices.SingleAsync()).Decide(new PracticePolicy { MailReminderHours = [72, 48, 24] }));
        await _world.RearrangeAsync(_world.Emina, id, (_, _) => { });
        // 48 hours waited an hour for its dispatch; 72 was wished too late.
        Assert.Equal([2880, 1440], (await NoticesAsync(NoticeState.Due)).Select(n => n.OffsetMinutes));

        await _world.ScalarAsync<long>($"with on_its_way as (update notices set claimed_until = '{_world.Clock.Now.AddMinutes(2):O}' where state = 'Due' and offset_minutes = 2880 returning 1) select count(*) from on_its_way");
        var claimed = (await NoticesAsync(NoticeState.Due)).Single(n => n.OffsetMinutes == 2880).Id;
        await _world.RearrangeAsync(_world.Emina, id, (_, _) => { });
        Assert.Equal(claimed, Assert.Single(await NoticesAsync(NoticeState.Due), n => n.OffsetMinutes == 2880).Id);
    }

    [Fact]
    public async Task Where_moving_late_has_a_price_of_its_own_free_means_before_that_too()
    {
        await _world.AgreeAsync(_world.Emina, Terms.Default(80m, "BAM") with { Moving = new MovingTerms("5", 2, 48, Cost.OfPercent(20)) });
        await _world.BookAsync(_world.Emina, Thursday);
        var notices = await NoticesAsync(NoticeState.Due);
        Assert.All(notices, n => Assert.Contains("24 March", n.Data["terms"], StringComparison.Ordinal));
        Assert.Contains(notices, n => n.DueAt == Thursday.AddHours(-51));
    }

    [Fact]
    public async Task Moving_rewrites_them_and_cancelling_withdraws_them()
    {
        var id = await _world.BookAsync(_world.Emina, Thursday);

        await _world.RearrangeAsync(_world.Emina, id, (db, a) => db.Set(a, nameof(a.StartsAt), Thursday.AddDays(1)));
        Assert.Equal([Thursday.AddDays(-1), Thursday], (await NoticesAsync(NoticeState.Due)).Select(n => n.DueAt));

        await _world.RearrangeAsync(_world.Emina, id, (db, a) => db.Set(a, nameof(a.State), AppointmentState.Cancelled));
        Assert.Empty(await NoticesAsync(NoticeState.Due));
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again_for_the_same_hour_but_is_for_another()
    {
        var id = await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-47));
        Assert.Single(await _world.DeliverAsync());

        await _world.RearrangeAsync(_world.Emina, id, (_, _) => { });
        Assert.Equal([1440], (await NoticesAsync(NoticeState.Due)).Select(n => n.OffsetMinutes));

        await _world.RearrangeAsync(_world.Emina, id, (db, a) => db.Set(a, nameof(a.StartsAt), Thursday.AddDays(7)));
        Assert.Equal([2880, 1440], (await NoticesAsync(NoticeState.Due)).Select(n => n.OffsetMinutes));
    }

    [Fact]
    public async Task Two_of_a_kind_for_one_appointment_and_offset_cannot_be_written()
    {
        var id = await _world.BookAsync(_world.Emina, Thursday);

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => _world.InDbAsync(_world.Lejla, async db =>
        {
            var first = await db.Notices.FirstAsync(n => n.AppointmentId == id);
            db.Notices.Add(new Notice(first.PracticeId, first.Kind, first.Channel, first.Recipient, "en", first.DueAt, first.CreatedAt)
                .To(first.ClientId).About(id, first.OffsetMinutes, first.AppointmentAt));
        }));

        Assert.Equal("one_notice_of_a_kind", Assert.IsType<PostgresException>(refused.InnerException).ConstraintName);
    }

    [Fact]
    public async Task Who_may_not_be_written_to_gets_nothing()
    {
        await ContactAsync(new ContactRules { Mail = false, Text = false });

        await _world.BookAsync(_world.Emina, Thursday);

        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task Who_may_be_texted_gets_a_text_that_tells_nothing()
    {
        await ContactAsync(new ContactRules { Mail = false, Text = true, SenderName = "Lejla" });
        await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-2));

        await _world.DeliverAsync();

        var text = Assert.Single(_world.Mailbox.Texts);
        Assert.Equal("Lejla", text.SenderName);
        Assert.StartsWith("Lejla: Thursday 26 March, 15:00. http://localhost", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lipa", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_is_neutral_and_says_until_when_it_is_free_by_which_clause()
    {
        await _world.AgreeAsync(_world.Emina, Terms.Default(80m, "BAM"));
        await ContactAsync(new ContactRules { Mail = true, SenderName = "Book club" });
        await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-48));

        var mail = Assert.Single(await _world.DeliverAsync());

        Assert.Equal(("Book club", "Your appointment: Thursday 26 March, 15:00"), (mail.SenderName, mail.Subject));
        Assert.Contains("free of charge until Wednesday 25 March, 15:00 (agreement, clause 5, version 1).", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("/a/", Mailbox.Link(mail), StringComparison.Ordinal);
        foreach (var telling in new[] { "session", "psycholog", "therap", "Individual", "Hadžić", "Lipa" })
            Assert.DoesNotContain(telling, mail.Subject + mail.Text + mail.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ru", "Ваша встреча: четверг, 26 марта, 15:00", "бесплатн")]
    [InlineData("bs", "Vaš termin: četvrtak, 26. marta, 15:00", "besplatno")]
    [InlineData("fi", "Aikasi: torstai 26. maaliskuuta, 15.00", "maksutonta")]
    public async Task It_is_written_in_the_language_of_the_reader(string language, string subject, string free)
    {
        await _world.InDbAsync(_world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).Prefer(language, "Europe/Sarajevo"));
        await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-48));

        var mail = Assert.Single(await _world.DeliverAsync());

        Assert.Equal(subject, mail.Subject);
        Assert.Contains(free, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_late_move_it_does_not_promise_that_cancelling_is_free()
    {
        await _world.AgreeAsync(_world.Emina, Terms.Default(80m, "BAM"));
        var id = await _world.BookAsync(_world.Emina, Thursday);
        _world.Clock.Set(Thursday.AddHours(-5));

        await _world.RearrangeAsync(_world.Emina, id, (db, a) =>
        {
            db.AppointmentMoves.Add(new AppointmentMove(a.PracticeId, a.Id, Thursday, Thursday.AddDays(7), a.Place, _world.Clock.Now, _world.Emina.ClientId));
            db.Set(a, nameof(a.StartsAt), Thursday.AddDays(7));
        });

        Assert.All(await NoticesAsync(NoticeState.Due), n => Assert.DoesNotContain("free of charge", n.Data["terms"], StringComparison.Ordinal));
    }
}
