using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PracticeApp.Demo;
using PracticeApp.Money;
using PracticeApp.Tests;
using PracticeApp.Tests.Money;

namespace PracticeApp.Journeys;

/// <summary>A session is invoiced, the client pays it by card on a small phone with the pretended provider, and both see it paid.</summary>
public sealed class MoneyJourney(Database database, Chromium chromium)
{
    [Fact]
    public async Task What_is_open_is_paid_by_card_and_both_see_it()
    {
        await using var world = await World.StartAsync(database);
        world.Services.GetRequiredService<CardProvider>().Pretend(FakeCardModel.Path);
        await world.ChargeAsync(world.Emina);
        var sight = new Sight();

        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var staff = await desk.NewPageAsync();
        sight.Watch(staff);
        var account = $"/money/{world.Emina.ClientId}";
        await staff.GotoAsync(account);
        await sight.LookAsync(staff);
        await staff.Locator("form[action*='handler=Invoice'] button").ClickAsync();
        await Assertions.Expect(staff.Locator("main [role=status]")).ToContainTextAsync("Issued: 2026-0001");
        await sight.LookAsync(staff);

        await using var phone = await OpenAsync(world, world.Emina, 360);
        var page = await phone.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/me/money");
        await sight.LookAsync(page);
        await page.Locator("form[action*='handler=Card'] button").First.ClickAsync();
        await page.WaitForURLAsync("**/me/money/card/**");
        await sight.LookAsync(page);
        await page.Locator("main a.btn-act").ClickAsync();
        await page.WaitForURLAsync("**/demo/card-provider**");
        await sight.LookAsync(page);
        await page.Locator("main .btn-act").ClickAsync();
        await page.WaitForURLAsync("**/card/**");
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("came in. Thank you.");
        await sight.LookAsync(page);
        await page.GotoAsync($"{world.App.Address}me/money");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Everything is paid. Thank you.");
        await sight.LookAsync(page);

        await staff.GotoAsync(account);
        await Assertions.Expect(staff.Locator("main")).ToContainTextAsync("Paid by card");
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task Every_page_about_money_can_be_seen_by_everybody()
    {
        await using var world = await World.StartAsync(database);
        await world.ChargeAsync(world.Emina);
        var invoice = (await world.InvoiceAsync(world.Emina))[0];
        var sight = new Sight();
        foreach (var (who, width) in new[] { (world.Azra, 1440), (world.Lejla, 390) })
        {
            await using var desk = await OpenAsync(world, who, width);
            var page = await desk.NewPageAsync();
            sight.Watch(page);
            foreach (var path in new[] { "/money", "/money/invoices", "/money/export", $"/money/papers/{invoice.Id}", $"/money/{world.Emina.ClientId}/plan", $"/money/{world.Emina.ClientId}/package", $"/money/{world.Emina.ClientId}/statement?month=2026-03" })
            {
                await page.GotoAsync(path);
                await sight.LookAsync(page);
            }
            if (who != world.Azra) continue;
            await page.GotoAsync("/settings/money");
            await sight.LookAsync(page);
        }
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
