using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>What the signed terms do by themselves, and where people decide: on a small phone for the client, at a desk for the psychologist.</summary>
public sealed class AttendanceJourney(Database database, Chromium chromium)
{
    private static readonly Terms s_strict = Terms.Default(80m, "BAM") with { FreePasses = null };

    [Fact]
    public async Task A_reminder_leads_to_what_cancelling_costs_and_illness_is_waived_with_one_tap()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.SignedAsync(world.Emina, s_strict);
        var start = Slots.Local("2026-03-19 14:00");
        await world.BookAsync(world.Emina, start);
        world.Clock.Set(start.AddHours(-27));
        var mail = (await world.DeliverAsync())[^1];
        Assert.Equal(world.Emina.Email, mail.To);
        // She reads it the next morning.
        world.Clock.Set(start.AddHours(-6));
        var sight = new Sight();

        await using var stranger = await chromium.OpenAsync(world.App.Address, 360);
        var phone = await stranger.NewPageAsync();
        sight.Watch(phone);
        await phone.GotoAsync(Mailbox.Link(mail));
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Cancelling now costs 40 KM");
        await sight.LookAsync(phone);
        await phone.Locator("main a[href$='/cancel']").ClickAsync();
        await phone.Locator("input[value=illness]").CheckAsync();
        await sight.LookAsync(phone);
        await phone.GetByRole(AriaRole.Button, new() { Name = "40 KM" }).ClickAsync();
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("we look at it before anything is charged");
        await sight.LookAsync(phone);

        world.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.Services.GetRequiredService<WatchAttendance>().RunAsync(CancellationToken.None);
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/attendance");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Confirm 40 KM");
        await sight.LookAsync(page);
        // The reason asks for her word, so it stands open and chosen.
        await page.Locator("form[action*='handler=Waive'] button").PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Waived: illness");
        await sight.LookAsync(page);

        await using var own = await OpenAsync(world, world.Emina, 360);
        var money = await own.NewPageAsync();
        sight.Watch(money);
        await money.GotoAsync("/me/money");
        await Assertions.Expect(money.Locator("main")).Not.ToContainTextAsync("40 KM to pay");
        await sight.LookAsync(money);
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task A_second_absence_rests_online_booking_until_it_was_talked_about()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.SignedAsync(world.Emina, s_strict with
        {
            Escalations = [new EscalationTerm("6", EscalationCount.Absences, 2, 60, false, EscalationAction.PauseOnlineBooking), new EscalationTerm("6", EscalationCount.Absences, 2, 60, false, EscalationAction.InviteToTalk)],
        });
        var sight = new Sight();
        foreach (var day in new[] { "2026-03-17", "2026-03-18" })
        {
            var session = await world.BookAsync(world.Emina, Slots.Local(day + " 10:00"));
            world.Clock.Set(Slots.Local(day + " 10:20"));
            await using var then = await OpenAsync(world, world.Lejla, 1440);
            var settle = await then.NewPageAsync();
            sight.Watch(settle);
            await settle.GotoAsync($"/attendance/{session}");
            await settle.Locator("button[value=Absent]").ClickAsync();
            await Assertions.Expect(settle.Locator("main")).ToContainTextAsync("Undo");
        }
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);

        await using var phone = await OpenAsync(world, world.Emina, 360);
        var client = await phone.NewPageAsync();
        sight.Watch(client);
        await client.GotoAsync("/book");
        await Assertions.Expect(client.Locator("main [role=alert]")).ToContainTextAsync("Booking online rests for now.");
        await sight.LookAsync(client);

        await page.GotoAsync($"/clients/{world.Emina.ClientId}");
        await sight.LookAsync(page);
        await page.Locator("a[href*='/steps/']").First.ClickAsync();
        await sight.LookAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Plan the talk" }).ClickAsync();
        await page.WaitForURLAsync("**/calendar/new**");
        await sight.LookAsync(page);
        await page.GoBackAsync();
        foreach (var step in new[] { nameof(EscalationAction.PauseOnlineBooking), nameof(EscalationAction.InviteToTalk) })
        {
            if (await page.Locator($"input[type=radio][value={step}]").CountAsync() > 0) await page.Locator($"input[type=radio][value={step}]").CheckAsync();
            await page.Locator("[name='Input.Reason']").FillAsync("We have talked about it");
            await page.GetByRole(AriaRole.Button, new() { Name = "Lift it" }).PressAsync("Enter");
            await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("Lifted.");
        }
        await sight.LookAsync(page);

        await client.GotoAsync("/book");
        await client.Locator("button.slot").First.ClickAsync();
        await client.Locator("main .btn-act").ClickAsync();
        await client.WaitForURLAsync("**/me/sessions");
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task What_is_not_paid_by_its_day_goes_to_who_waits()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.SignedAsync(world.Emina, s_strict with { Prepayment = new PrepaymentTerms("9", PrepaymentScope.Always, 50, 48, WhenUnpaid.ReleaseSlot) });
        await world.SignedAsync(world.Tarik);
        await world.InDbAsync(world.Lejla, async db =>
        {
            var second = new Engagement(world.Lipa.Id, EngagementKind.Individual, world.Lejla.UserId, world.Tarik.KeyId, world.Clock.Now);
            second.Join(world.Tarik.ClientId);
            db.Add(second);
            (await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.Individual)).Change(new() { En = "Session", Ru = "В", Bs = "S", Fi = "T" }, SessionForm.Individual, 50, 10, 80, true, true, WhoMayBook.OwnClients, false, false);
            var wish = new WaitlistWish(world.Lipa.Id, world.Tarik.ClientId, world.Clock.Now);
            wish.Want(world.Lejla.UserId, [world.Lipa.Individual], null, WeekTimes.All, new DateOnly(2026, 4, 30), 6);
            db.Add(wish);
        });
        var sight = new Sight();
        await using var phone = await OpenAsync(world, world.Emina, 360);
        var client = await phone.NewPageAsync();
        sight.Watch(client);
        await client.GotoAsync("/book");
        await client.Locator("button.slot[value^='2026-03-20']").First.ClickAsync();
        await Assertions.Expect(client.Locator("main")).ToContainTextAsync("40 KM until");
        await Assertions.Expect(client.Locator("main")).ToContainTextAsync("the hour may go to somebody else");
        await sight.LookAsync(client);
        await client.Locator("main .btn-act").ClickAsync();
        await client.WaitForURLAsync("**/me/sessions");
        await sight.LookAsync(client);
        var (id, due) = await world.InDbAsync(world.Lejla, async db => await db.Appointments.Where(a => a.State == AppointmentState.Booked).Select(a => new ValueTuple<Guid, DateTime>(a.Id, a.PrepaymentDueAt!.Value)).SingleAsync());

        world.Clock.Set(due.AddMinutes(-30));
        await world.DeliverAsync();
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync($"/calendar/{id}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("the time goes to others by itself");
        await sight.LookAsync(page);

        world.Clock.Set(due.AddMinutes(1));
        await world.Services.GetRequiredService<ReleaseUnpaid>().RunAsync(CancellationToken.None);
        await world.Services.GetRequiredService<OfferFreedTime>().RunAsync(CancellationToken.None);
        await client.GotoAsync("/me/sessions");
        await sight.LookAsync(client);
        var mails = await world.DeliverAsync();
        Assert.Contains("You owe nothing for it.", Assert.Single(mails, m => m.To == world.Emina.Email).Text, StringComparison.Ordinal);

        await using var stranger = await chromium.OpenAsync(world.App.Address, 360);
        var link = await stranger.NewPageAsync();
        sight.Watch(link);
        await link.GotoAsync(Mailbox.Link(Assert.Single(mails, m => m.To == world.Tarik.Email)));
        await link.Locator("main .btn-act").ClickAsync();
        await Assertions.Expect(link.Locator("main [role=status]")).ToContainTextAsync("The time is yours.");
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
