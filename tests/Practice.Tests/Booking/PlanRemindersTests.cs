using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
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
            db.AppointmentMoves.Add(new AppointmentMove(a.PracticeId, a.Id, Thursday, Thursday.AddDays(7), _world.Clock.Now, _world.Emina.ClientId));
            db.Set(a, nameof(a.StartsAt), Thursday.AddDays(7));
        });

        Assert.All(await NoticesAsync(NoticeState.Due), n => Assert.DoesNotContain("free of charge", n.Data["terms"], StringComparison.Ordinal));
    }
}
