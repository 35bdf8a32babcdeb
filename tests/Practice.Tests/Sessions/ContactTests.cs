using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Reminders;
using PracticeApp.Tests.Agreements;

namespace PracticeApp.Tests.Sessions;

/// <summary>/me/contact, /clients/{id:guid}/contact and /stop/{token}: how a client is reached and reminded.</summary>
public sealed class ContactTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private static readonly DateTime Thursday = new(2026, 3, 26, 14, 0, 0, DateTimeKind.Utc);
    private static int s_weeks;

    /// <summary>Everybody as they were; each test has a week of its own.</summary>
    public async ValueTask InitializeAsync() => await world.InDbAsync(world.Lejla, async db =>
    {
        var emina = await EminaAsync(db);
        emina.ReachAt(world.Emina.Email, "+387 61 234 567", new ContactRules { Mail = true });
        emina.WishReminders(new ReminderChoice());
        await db.Notices.Where(n => n.State == NoticeState.Due).ExecuteDeleteAsync();
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Client> EminaAsync(PracticeDb db) => db.Clients.SingleAsync(c => c.Id == world.Emina.ClientId);
    private Task<Client> EminaAsync() => world.InDbAsync(world.Lejla, db => db.Clients.AsNoTracking().SingleAsync(c => c.Id == world.Emina.ClientId));
    private DateTime Hour() => Thursday.AddDays(7 * Interlocked.Increment(ref s_weeks));
    private string Stop(DateTime? expires = null) => $"/stop/{world.Services.GetRequiredService<LinkTokens>().Make(NoticeLinks.StopPurpose, world.Lipa.Id, world.Emina.ClientId, world.Emina.ClientId, expires ?? world.Clock.Now.AddDays(300))}";

    private Task<List<int>> DueAsync(Guid appointment) => world.InDbAsync(world.Lejla, db => db.Notices.AsNoTracking()
        .Where(n => n.AppointmentId == appointment && n.Kind == PlanReminders.Kind && n.State == NoticeState.Due).OrderBy(n => n.DueAt).Select(n => n.OffsetMinutes / 60).ToListAsync());

    [Fact]
    public async Task Her_own_wish_comes_before_the_practices_and_holds_at_once()
    {
        var id = await world.BookAsync(world.Emina, Hour());
        Assert.Equal([48, 24], await DueAsync(id));
        var emina = await world.As(world.Emina);
        var saved = await (await emina.GetAsync("/me/contact")).Form("Save").Fill("Way", "Own").Fill("MailHours", "72").Fill("QuietFrom", "19:00").Fill("QuietUntil", "10:00").SubmitAsync();
        Assert.True(saved.Says("This is how we reach you from now on."), saved.Text);
        Assert.Equal([72], await DueAsync(id));
        Assert.True((await (await world.As(world.Lejla)).GetAsync($"/clients/{world.Emina.ClientId}")).Says("Reminders as they chose: by e-mail three days before"));

        await (await emina.GetAsync("/me/contact")).Form("Save").Fill("Way", "None").SubmitAsync();
        Assert.Empty(await DueAsync(id));
        await (await emina.GetAsync("/me/contact")).Form("Save").Fill("Way", "Practice").Fill("QuietFrom", "").Fill("QuietUntil", "").SubmitAsync();
        Assert.Equal([48, 24], await DueAsync(id));
    }

    [Theory]
    [InlineData("Email", "no address"), InlineData("Phone", "call me"), InlineData("Email", ""), InlineData("QuietFrom", "21:00"), InlineData("Way", "Own"), InlineData("SenderName", "Моя психотерапия")]
    public async Task A_wrong_field_gets_a_message_beside_it_and_nothing_changes(string field, string value)
    {
        var page = await (await (await world.As(world.Emina)).GetAsync("/me/contact")).Form("Save").Fill("When", "before four").Fill(field, value).SubmitAsync();
        Assert.NotNull(page.Find(field == "QuietFrom" ? "#Input_QuietUntil-e" : $"#Input_{field}-e"));
        Assert.Equal("before four", page.Form("Save").Value("When"));
        Assert.Equal((world.Emina.Email, RemindersBy.Practice), ((await EminaAsync()).Email, (await EminaAsync()).Reminders.By));
    }

    [Fact]
    public async Task What_was_agreed_is_kept_by_the_psychologist_and_never_over_her_own_wish()
    {
        var id = await world.BookAsync(world.Emina, Hour());
        var (lejla, address) = (await world.As(world.Lejla), $"/clients/{world.Emina.ClientId}/contact");
        await (await lejla.GetAsync(address)).Form("Save").Fill("Way", "Own").Fill("MailHours", "24").SubmitAsync();
        Assert.Equal([24], await DueAsync(id));
        Assert.True((await lejla.GetAsync($"/clients/{world.Emina.ClientId}")).Says("Reminders as agreed: by e-mail a day before"));
        // The desk keeps addresses; what was agreed is not theirs.
        Assert.DoesNotContain("Input.Way", (await (await world.As(world.Sanela)).GetAsync(address)).Form("Save").Fields);

        await (await (await world.As(world.Emina)).GetAsync("/me/contact")).Form("Save").Fill("Way", "None").SubmitAsync();
        var page = await lejla.GetAsync(address);
        Assert.True(page.Says("Reminders as they chose: No reminders"), page.Text);
        await page.Form("Save").Fill("Phone", "+387 61 000 111").SubmitAsync();
        Assert.True((await EminaAsync()).NoReminders);
    }

    [Fact]
    public async Task A_guardian_says_how_they_are_reached_themselves_and_nothing_of_the_minor()
    {
        var (minor, mother) = await world.FamilyAsync();
        await world.InDbAsync(world.Azra, async db => (await db.Clients.SingleAsync(c => c.Id == minor.ClientId)).ReachAt("zzwardzz@example.org", "+387 61 777 888", new ContactRules { Mail = true, When = "zzwardzz" }));
        var before = await RowAsync(minor);
        var page = await (await world.As(mother)).GetAsync("/me");
        page = await (await world.As(mother)).GetAsync(page.Link("How we reach you").GetAttribute("href")!);
        Assert.True(page.Says("Here you say how we reach you yourself"), page.Text);
        Assert.DoesNotContain("zzwardzz", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Input.Way", page.Form("Save").Fields);
        Assert.True((await page.Form("Save").Fill("Phone", "+387 61 999 000").Fill("When", "after eight").Fill("SenderName", "Anna").SubmitAsync()).Says("Saved."));

        var saved = await world.InDbAsync(mother, db => db.Clients.AsNoTracking().SingleAsync(c => c.Id == mother.ClientId));
        Assert.Equal(("+387 61 999 000", "after eight", "Anna", RemindersBy.Practice), (saved.Phone, saved.Contact.When, saved.Contact.SenderName, saved.Reminders.By));
        Assert.Equal(before, await RowAsync(minor));
        // The minor has the page with everything on it.
        Assert.Contains("Input.Way", (await (await world.As(minor)).GetAsync("/me/contact")).Form("Save").Fields);
    }

    private Task<string?> RowAsync(Person person) => world.ScalarAsync<string>($"select c::text from clients c where id = '{person.ClientId}'");

    [Fact]
    public async Task Strangers_and_colleagues_find_no_contact_page()
    {
        foreach (var who in new[] { world.Damir, world.Mikko, world.Emina, world.Nora })
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(who)).GetAsync($"/clients/{world.Emina.ClientId}/contact")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Lejla)).GetAsync("/me/contact")).Status);
    }

    [Fact]
    public async Task The_link_in_a_reminder_shows_when_opened_and_stops_when_pressed()
    {
        var hour = Hour();
        var id = await world.BookAsync(world.Emina, hour);
        world.Clock.Set(hour.AddHours(-48));
        var mail = (await world.DeliverAsync()).Last(m => m.To == world.Emina.Email);
        var link = new Uri(mail.Text[mail.Text.IndexOf("http", mail.Text.IndexOf("not be reminded", StringComparison.Ordinal), StringComparison.Ordinal)..].Trim()).PathAndQuery;
        // What reads mail before people do opens every link, and changes nothing.
        using var anybody = world.Stranger();
        await anybody.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, link), follow: true);
        foreach (var look in new[] { link, link + "&handler=Again", link.Split('?')[0] + "?handler=Again" }) Assert.True((await anybody.GetAsync(look)).Says("No more reminders?"));
        Assert.False((await EminaAsync()).NoReminders);

        var page = await (await anybody.GetAsync(link)).Form("Stop reminders").SubmitAsync();
        Assert.True(page.Says("Reminders are off"), page.Text);
        Assert.Empty(await DueAsync(id));
        Assert.True((await page.Form("Remind me again").SubmitAsync()).Says("We remind you again."));
        Assert.Equal([24], await DueAsync(id));
    }

    [Fact]
    public async Task A_mail_program_stops_it_with_one_press_and_without_a_form()
    {
        using var program = world.Stranger();
        var before = await StopsAsync();
        for (var press = 0; press < 2; press++) Assert.Equal(HttpStatusCode.OK, (await program.PostAsync(Stop(), ("List-Unsubscribe", "One-Click"))).Status);
        Assert.True((await EminaAsync()).NoReminders);
        Assert.Equal(before + 1, await StopsAsync());

        Task<long> StopsAsync() => world.ScalarAsync<long>("select count(*) from audit_entries where act = 'client.reminders-stopped'");
    }

    [Fact]
    public async Task A_link_that_has_run_out_or_was_made_for_something_else_stops_nothing()
    {
        var other = world.Services.GetRequiredService<LinkTokens>().Make(PlanReminders.LinkPurpose, world.Lipa.Id, world.Emina.ClientId, world.Emina.ClientId, world.Clock.Now.AddDays(1));
        using var anybody = world.Stranger();
        foreach (var link in new[] { Stop(world.Clock.Now.AddSeconds(-1)), $"/stop/{other}", "/stop/x" })
        {
            Assert.True((await anybody.GetAsync(link)).Says("This link has run out"));
            await anybody.PostAsync(link);
        }
        Assert.False((await EminaAsync()).NoReminders);
    }

    [Fact]
    public async Task An_address_that_refuses_mail_is_marked_shown_and_asked_for_and_a_new_one_is_tried()
    {
        var hour = Hour();
        await world.BookAsync(world.Emina, hour);
        world.Clock.Set(hour.AddHours(-48));
        world.Mailbox.Trouble = new PermanentMailException("550 no such mailbox");
        await world.DeliverAsync();
        world.Mailbox.Trouble = null;
        Assert.NotNull((await EminaAsync()).MailFailsSince);

        // The next one does not even try, and the row says why.
        world.Clock.Set(hour.AddHours(-24));
        Assert.DoesNotContain(await world.DeliverAsync(), m => m.To == world.Emina.Email);
        Assert.Equal("does-not-arrive", await world.ScalarAsync<string>($"select error from notices where offset_minutes = 1440 and appointment_at = '{hour:O}' and state = 'Withdrawn'"));

        Assert.True((await (await world.As(world.Emina)).GetAsync("/me")).Says("Our messages to you come back."));
        Assert.True((await (await world.As(world.Lejla)).GetAsync($"/clients/{world.Emina.ClientId}")).Says("Mail does not arrive since"));
        Assert.True((await (await world.As(world.Lejla)).GetAsync($"/today?day={hour:yyyy-MM-dd}")).Says("Messages do not arrive"));
        Assert.True((await (await world.As(world.Azra)).GetAsync("/notices")).Says("1 client is not reached by our messages"));

        var next = Hour();
        var id = await world.BookAsync(world.Emina, next);
        await (await (await world.As(world.Emina)).GetAsync("/me/contact")).Form("Save").Fill("Email", "new@example.org").SubmitAsync();
        Assert.Null((await EminaAsync()).MailFailsSince);
        world.Clock.Set(next.AddHours(-48));
        Assert.Contains(await world.DeliverAsync(), m => m.To == "new@example.org");
        Assert.Equal([24], await DueAsync(id));
    }

    [Fact]
    public async Task STOP_keeps_text_messages_away_until_they_are_allowed_again()
    {
        await world.InDbAsync(world.Lejla, async db => (await EminaAsync(db)).StopTexts(world.Clock.Now));
        Assert.False((await EminaAsync()).CanBeTexted);
        var emina = await world.As(world.Emina);
        Assert.True((await emina.GetAsync("/me/contact")).Says("You answered STOP"));
        await (await emina.GetAsync("/me/contact")).Form("Save").Fill("Text", "true").SubmitAsync();
        Assert.True((await EminaAsync()).CanBeTexted);
    }
}
