using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PracticeApp.Booking;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>The psychologist plans a date of a group, a client takes a place in it on her phone and sees nobody else.</summary>
public sealed class GroupJourney(Database database, Chromium chromium)
{
    [Fact]
    public async Task A_group_is_planned_at_the_desk_and_joined_on_the_phone()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        var group = await world.DoAsync(world.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var kind = new SessionKind(world.Lipa.Id, new LocalizedName { En = "Circle", Ru = "Круг", Bs = "Krug", Fi = "Piiri" }, 90, 30, 40, "BAM", WhoMayBook.OwnClients, true, 9, SessionForm.Group);
            db.Add(kind);
            await db.SaveChangesAsync();
            return (await services.GetRequiredService<GroupActs>().FoundAsync(world.Lejla.UserId, kind, "Thursdays", 5, CancellationToken.None)).Id;
        });
        var sight = new Sight();
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/groups");
        await sight.LookAsync(page);
        await page.GotoAsync($"/groups/{group}");
        await page.Locator("[name='Input.Date']").FillAsync("2026-03-19");
        await page.Locator("[name='Input.Time']").FillAsync("10:00");
        await page.Locator("form:has([name='Input.Date']) .btn-act").PressAsync("Enter");
        await page.WaitForSelectorAsync("[role=status]");
        await sight.LookAsync(page);

        await using var phone = await OpenAsync(world, world.Emina, 360);
        var hand = await phone.NewPageAsync();
        sight.Watch(hand);
        await hand.GotoAsync("/book");
        await hand.Locator("a[href^='/book/group/']").ClickAsync();
        await sight.LookAsync(hand);
        await hand.Locator("main .btn-act").ClickAsync();
        await hand.WaitForURLAsync("**/me/sessions");
        await Assertions.Expect(hand.Locator("#ahead ~ article").First).ToContainTextAsync("10:00–11:30");
        await sight.LookAsync(hand);

        await page.Locator("a[href^='/groups/date/']").First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Emina");
        await sight.LookAsync(page);
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
