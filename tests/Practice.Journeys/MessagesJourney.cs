using Microsoft.Playwright;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>An admin writes a message the practice's own way, sees what it becomes while typing, and the client gets it; on her phone she chooses her own reminders.</summary>
public sealed class MessagesJourney(Database database, Chromium chromium)
{
    [Fact]
    public async Task Own_words_are_seen_while_typing_refused_when_they_tell_and_sent_when_saved()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.ConfirmAsync(world.Emina, Slots.Local("2026-03-26 15:00"));
        var sight = new Sight();
        await using var desk = await OpenAsync(world, world.Azra, 1280);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/settings/reminders");
        await sight.LookAsync(page);
        // While typing, what would go out follows.
        await page.FillAsync("[name='Input.MailReminderHours']", "72, 24");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("72 hours before");
        await page.GotoAsync("/settings/notices");
        await sight.LookAsync(page);
        await page.Locator("a[href='/settings/notices/reminders.appointment']").ClickAsync();
        await page.Locator("a[href*='by=Mail&language=en']").ClickAsync();
        await page.FillAsync("[name='Input.Subject']", "See you in the therapy room: {when}");
        await page.FillAsync("[name='Input.Body']", "Hello {name},\n\nsee you {when}.\n{link}\n\n{practice}");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("see you");
        await Assertions.Expect(page.Locator("#preview .note")).ToContainTextAsync("free of charge is not said any more");
        await sight.LookAsync(page);
        await page.Locator("form[data-terms] .deed button").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_Subject-e")).ToContainTextAsync("therapy");
        await sight.LookAsync(page);
        await page.FillAsync("[name='Input.Subject']", "See you soon: {when}");
        await page.Locator("form[data-terms] .deed button").PressAsync("Enter");
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Saved.");
        await sight.LookAsync(page);

        world.Clock.Set(Slots.Local("2026-03-24 15:00"));
        var mail = Assert.Single(await world.DeliverAsync(), m => m.Subject.StartsWith("See you soon", StringComparison.Ordinal));
        Assert.Contains("see you Thursday 26 March, 15:00.", mail.Text, StringComparison.Ordinal);

        await using var phone = await OpenAsync(world, world.Emina, 360);
        var me = await phone.NewPageAsync();
        sight.Watch(me);
        await me.GotoAsync("/me/contact");
        await sight.LookAsync(me);
        await me.Locator("[name='Input.Way'][value=Own]").CheckAsync();
        await me.Locator("[name='Input.MailHours'][value='72']").CheckAsync();
        await me.Locator("main form .deed button").ClickAsync();
        await Assertions.Expect(me.Locator("main [role=status]")).ToContainTextAsync("This is how we reach you");
        await sight.LookAsync(me);
        await me.GotoAsync(new Uri(mail.Text[mail.Text.LastIndexOf("http", StringComparison.Ordinal)..].Trim()).PathAndQuery);
        await sight.LookAsync(me);
        await me.Locator("main .btn-act").ClickAsync();
        await Assertions.Expect(me.Locator("main h1")).ToContainTextAsync("Reminders are off");
        await sight.LookAsync(me);
        sight.HasFoundNothing();
    }

    private async Task<IBrowserContext> OpenAsync(World world, Person person, int width)
    {
        var context = await chromium.OpenAsync(world.App.Address, width);
        var (name, value) = await world.App.CookieAsync(person.UserId, person.PracticeId);
        await context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = world.App.Address.ToString() }]);
        return context;
    }
}
