using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>One cancels, another who waits is told, says yes by the link on a small phone, and has the hour among the sessions.</summary>
public sealed class WaitlistJourney(Database database, Chromium chromium)
{
    [Fact]
    public async Task What_one_cancels_another_accepts_by_one_link()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.SignedAsync(world.Tarik);
        // Emina works with Lejla; so does Tarik from today on.
        await world.InDbAsync(world.Lejla, async db =>
        {
            var second = new Engagement(world.Lipa.Id, EngagementKind.Individual, world.Lejla.UserId, world.Tarik.KeyId, world.Clock.Now);
            second.Join(world.Tarik.ClientId);
            db.Add(second);
            (await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.Individual)).Change(new() { En = "Session", Ru = "В", Bs = "S", Fi = "T" }, SessionForm.Individual, 50, 10, 80, true, true, WhoMayBook.OwnClients, false, false);
        });
        var session = (await world.ConfirmAsync(world.Emina, Slots.Local("2026-03-19 10:00"))).AppointmentId;
        var sight = new Sight();

        await using var phone = await OpenAsync(world, world.Tarik, 360);
        var page = await phone.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/book");
        await page.Locator("a[href='/me/waitlist']").ClickAsync();
        await sight.LookAsync(page);
        // By keys alone: the first field of the week, then everything else as it stands.
        await page.Locator($"[name='Input.Kinds'][value='{world.Lipa.Individual}']").CheckAsync();
        await page.Locator("[name='Input.Times'][value='9']").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("form:has([name='Input.Times']) .btn-act").PressAsync("Enter");
        await page.WaitForSelectorAsync("[role=status]");
        await sight.LookAsync(page);

        Assert.Equal(BookingOutcome.Done, await world.CancelAsync(world.Emina, session));
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.Services.GetRequiredService<OfferFreedTime>().RunAsync(CancellationToken.None);
        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Tarik.Email);

        await using var stranger = await chromium.OpenAsync(world.App.Address, 360);
        var link = await stranger.NewPageAsync();
        sight.Watch(link);
        await link.GotoAsync(Mailbox.Link(mail));
        await sight.LookAsync(link);
        await page.GotoAsync("/me");
        await sight.LookAsync(page);
        await link.Locator("main .btn-act").ClickAsync();
        await Assertions.Expect(link.Locator("main [role=status]")).ToContainTextAsync("The time is yours.");
        await sight.LookAsync(link);
        await page.GotoAsync("/me/sessions");
        await Assertions.Expect(page.Locator("#ahead ~ article").First).ToContainTextAsync("10:00–10:50");
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task The_list_can_be_seen_at_the_desk()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.InDbAsync(world.Lejla, db =>
        {
            var wish = new WaitlistWish(world.Lipa.Id, world.Emina.ClientId, world.Clock.Now);
            wish.Want(null, [world.Lipa.Individual], null, WeekTimes.All, new DateOnly(2026, 4, 30), 24);
            db.Add(wish);
            return Task.CompletedTask;
        });
        var sight = new Sight();
        foreach (var (who, width) in new[] { (world.Lejla, 1440), (world.Sanela, 390) })
        {
            await using var desk = await OpenAsync(world, who, width);
            var page = await desk.NewPageAsync();
            sight.Watch(page);
            foreach (var path in new[] { $"/waitlist?who={world.Lejla.UserId}&day=2026-03-19&time=10:00", $"/waitlist/for?client={world.Emina.ClientId}" })
            {
                await page.GotoAsync(path);
                await sight.LookAsync(page);
            }
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
