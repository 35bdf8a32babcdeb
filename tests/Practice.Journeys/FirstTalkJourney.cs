using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PracticeApp.Practices;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>From the public page to a booked first talk, on a phone and at a desk; then booking, moving and cancelling by whoever has become a client.</summary>
public sealed class FirstTalkJourney(Database database, Chromium chromium)
{
    [Theory, InlineData(360), InlineData(1440)]
    public async Task A_stranger_books_a_first_talk_by_the_link_in_the_mail(int width)
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.InDbAsync(world.Azra, async db => (await db.Practices.SingleAsync()).Decide(new PracticePolicy { PublicFirstTalks = true }));
        var sight = new Sight();
        await using var context = await chromium.OpenAsync(world.App.Address, width);
        var page = await context.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/p/lipa");
        await page.Locator("a[href='/p/lipa/talk']").ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("a.slot").Nth(2).ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("[name='Input.CalledName']").FillAsync("Mira");
        await page.Locator("[name='Input.Email']").FillAsync("mira@example.org");
        await page.Locator("[name='Input.How'][value='Mail']").CheckAsync();
        await page.Locator("[name='Input.Words']").FillAsync("We quarrel about nothing.");
        await page.Locator("[name='Input.Consent'][type=checkbox]").CheckAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await page.Locator("#form .deed button").ClickAsync();
        await page.WaitForURLAsync("**/talk/sent/**");
        await sight.LookAsync(page);
        var mail = (await world.DeliverAsync()).Last(m => m.To == "mira@example.org");
        await page.GotoAsync(new Uri(mail.Text.Split((char[]?)null).First(w => w.Contains("/talk/", StringComparison.Ordinal))).PathAndQuery);
        await sight.LookAsync(page);
        await page.Locator("main .deed button").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("It is booked.");
        await sight.LookAsync(page);
        sight.HasFoundNothing();
    }

    [Theory, InlineData(360), InlineData(1440)]
    public async Task A_client_books_moves_and_cancels_and_reads_what_it_costs_first(int width)
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        var sight = new Sight();
        await using var context = await chromium.OpenAsync(world.App.Address, width);
        var (name, value) = await world.App.CookieAsync(world.Emina.UserId, world.Emina.PracticeId);
        await context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = world.App.Address.ToString() }]);
        var page = await context.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/book");
        await page.Locator("button.slot").Nth(12).ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("main .btn-act").ClickAsync();
        await page.WaitForURLAsync("**/me/sessions");
        await Assertions.Expect(page.Locator("form.toast")).ToBeVisibleAsync();
        await page.Locator("a[href$='/move']").First.ClickAsync();
        await page.Locator("button.slot").Nth(20).ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("main .deed button, main .btn-act").First.ClickAsync();
        await page.WaitForURLAsync("**/me/sessions");
        await Assertions.Expect(page.Locator("form.toast")).ToBeVisibleAsync();
        await page.Locator("a[href$='/cancel']").First.ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("main .deed button").First.ClickAsync();
        await page.WaitForURLAsync("**/me/sessions");
        await Assertions.Expect(page.Locator("form.toast")).ToBeVisibleAsync();
        sight.HasFoundNothing();
    }
}
