using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PracticeApp.Booking;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>Sessions every week, past the night on which the clock changes: looked at before they are booked, moved from one on, cancelled.</summary>
public sealed class SeriesJourney(Database database, Chromium chromium)
{
    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task A_weekly_series_is_planned_booked_moved_and_cancelled(int width)
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await TakenAsync(world, "2026-03-24 10:00");
        var sight = new Sight();
        await using var context = await chromium.OpenAsync(world.App.Address, width);
        var (name, value) = await world.App.CookieAsync(world.Lejla.UserId, world.Lejla.PracticeId);
        await context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = world.App.Address.ToString() }]);
        var page = await context.NewPageAsync();
        sight.Watch(page);

        await page.GotoAsync($"/calendar/new?client={world.Emina.ClientId}");
        await page.SelectOptionAsync("[name='Input.KindId']", world.Lipa.Individual.ToString());
        await page.FillAsync("[name='Input.Date']", "2026-03-17");
        await page.FillAsync("[name='Input.Time']", "10:00");
        await page.SelectOptionAsync("[name='Input.Place']", "Online");
        await page.CheckAsync("[name='Input.EveryWeeks'][value='1']");
        await page.FillAsync("[name='Input.Times']", "4");
        await page.ClickAsync("form[action^='/calendar/new'] .btn-act");
        // One week is taken: it is said, with what is free nearby, before anything is saved.
        await Assertions.Expect(page.Locator("#plan s")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#plan [name='Take']:checked")).ToHaveCountAsync(3);
        await sight.LookAsync(page);
        await page.CheckAsync("#plan fieldset [name='Take'][value^='2026-03-24T10:00Z']");
        await page.ClickAsync("#plan [name='Book']");
        await page.WaitForURLAsync("**/calendar?**");
        Assert.Equal("17.3. 10:00, 24.3. 11:00, 31.3. 10:00, 7.4. 10:00", await StartsAsync(world));

        var second = await world.InDbAsync(world.Lejla, db => db.Appointments.Where(a => a.SeriesId != null).OrderBy(a => a.StartsAt).Skip(1).Select(a => a.Id).FirstAsync());
        await page.GotoAsync($"/calendar/{second}/move");
        await page.FillAsync("[name='Input.Date']", "2026-03-24");
        await page.FillAsync("[name='Input.Time']", "14:00");
        await page.CheckAsync("[name='Scope'][value='Following']");
        await page.ClickAsync("main form .btn-act");
        await Assertions.Expect(page.Locator("[name='Take']:checked")).ToHaveCountAsync(3);
        await sight.LookAsync(page);
        await page.ClickAsync("[name='Go']");
        await page.WaitForURLAsync($"**/calendar/{second}");
        Assert.Equal("17.3. 10:00, 24.3. 14:00, 31.3. 14:00, 7.4. 14:00", await StartsAsync(world));

        await page.GotoAsync($"/calendar/{second}/cancel");
        await page.CheckAsync("[name='Scope'][value='Following']");
        await page.CheckAsync("[name='By'][value='Practice']");
        await sight.LookAsync(page);
        await page.FillAsync("[name='Reason']", "A week at sea");
        await page.ClickAsync("main form .btn-stop");
        await page.WaitForURLAsync(url => !url.EndsWith("/cancel", StringComparison.Ordinal));
        Assert.Equal("17.3. 10:00", await StartsAsync(world));
        sight.HasFoundNothing();
    }

    private static async Task<string> StartsAsync(World world) => string.Join(", ", (await world.InDbAsync(world.Lejla, db => db.Appointments
        .Where(a => a.SeriesId != null && a.State == AppointmentState.Booked).OrderBy(a => a.StartsAt).Select(a => a.StartsAt).ToListAsync()))
        .Select(s => TimeZoneInfo.ConvertTimeFromUtc(s, Slots.Sarajevo).ToString("d.M. HH:mm", System.Globalization.CultureInfo.InvariantCulture)));

    private static Task TakenAsync(World world, string at) => world.InDbAsync(world.Lejla, db =>
    {
        var start = Slots.Local(at);
        var appointment = new Appointment(world.Lipa.Id, world.Emina.EngagementId, world.Lejla.UserId, world.Lipa.Individual, MeetingPlace.Online, null, start, start.AddMinutes(50), 80, "BAM", [world.Tarik.ClientId], null);
        appointment.Book(world.Clock.Now, world.Clock.Now);
        db.Add(appointment);
        return Task.CompletedTask;
    });
}
