using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PracticeApp.Booking;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>A client books, moves and cancels in three taps each; the psychologist sees her week. Every page as four people see it.</summary>
public sealed class BookingJourney(Database database, Chromium chromium)
{
    [Fact]
    public async Task Booking_moving_and_cancelling_can_be_seen_and_tapped_by_everybody()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.OpenHoursAsync(world.Lejla, MeetingPlace.Room, world.Lipa.Rooms[0], "9:00", "13:00");
        await FillWeekAsync(world);
        var sight = new Sight();

        await using var phone = await OpenAsync(world, world.Emina, 390);
        var page = await phone.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/book");
        await sight.LookAsync(page);
        await page.Locator("button.slot").Nth(3).ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("main .btn-act").ClickAsync();
        await page.WaitForURLAsync("**/me/sessions");
        await Assertions.Expect(page.Locator("[data-left]")).ToHaveTextAsync(new Regex("^[0-2]:[0-5][0-9]$"));
        await sight.LookAsync(page);
        await page.Locator("a[href$='/move']").First.ClickAsync();
        await sight.LookAsync(page);
        await page.Locator("button.slot").Nth(5).ClickAsync();
        await sight.LookAsync(page);
        await page.GoBackAsync();
        await page.GotoAsync("/me/sessions");
        await page.Locator("a[href$='/cancel']").First.ClickAsync();
        await sight.LookAsync(page);
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task The_week_and_its_hours_can_be_seen_and_walked_by_keys()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await FillWeekAsync(world);
        var sight = new Sight();
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/calendar");
        await sight.LookAsync(page);
        await page.Locator("[data-entry]").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        var second = await page.EvaluateAsync<string>("document.activeElement.closest('.cal-day').querySelector('h2').textContent");
        // Days without an hour are passed over.
        Assert.Equal(await page.Locator(".cal-day:has([data-entry]) h2").Nth(1).TextContentAsync(), second);
        await page.Keyboard.PressAsync("n");
        await page.WaitForURLAsync("**/calendar/new**");
        await sight.LookAsync(page);
        await page.GotoAsync("/calendar");
        await page.Locator("a.ev:not(.ev-open):not(.ev-off)").Last.ClickAsync();
        await sight.LookAsync(page);
        var session = new Uri(page.Url).AbsolutePath;
        foreach (var path in new[] { session + "/move", session + "/cancel", "/hours", "/hours/days" })
        {
            await page.GotoAsync(path);
            await sight.LookAsync(page);
        }
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task Kinds_and_prices_can_be_seen_by_the_admin()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        var sight = new Sight();
        await using var desk = await OpenAsync(world, world.Azra, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        foreach (var path in new[] { "/settings/kinds", $"/settings/kind/{world.Lipa.Individual}", "/calendar" })
        {
            await page.GotoAsync(path);
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

    private static async Task FillWeekAsync(World world)
    {
        async Task BookAsync(string time, bool confirmed = false)
        {
            var result = await world.ConfirmAsync(world.Emina, Slots.Local(time));
            Assert.Equal(BookingOutcome.Done, result.Outcome);
            if (confirmed) await world.InDbAsync(world.Emina, db => { foreach (var p in db.AppointmentParticipants.Where(p => p.AppointmentId == result.AppointmentId)) p.Confirm(world.Clock.Now); return Task.CompletedTask; });
        }
        await BookAsync("2026-03-17 11:00", true);
        await BookAsync("2026-03-18 14:00");
        await BookAsync("2026-03-19 9:00", true);
        await BookAsync("2026-03-20 12:00");
        await world.InDbAsync(world.Lejla, db =>
        {
            db.Add(HoursException.TimeOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-03-18"), Slots.T("10:00"), Slots.T("11:30"), "Supervision, Nora"));
            db.Add(HoursException.DaysOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-04-06"), Slots.D("2026-04-10"), "Easter"));
            return Task.CompletedTask;
        });
        world.Clock.Set(Slots.Local("2026-03-17 12:40"));
    }
}
