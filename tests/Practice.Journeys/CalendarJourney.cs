using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PracticeApp.Booking;
using PracticeApp.Tests;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Journeys;

/// <summary>The calendar by keys alone, by hand, and on a phone. It is Monday 16 March 2026, 10:00 in Sarajevo.</summary>
public sealed class CalendarJourney(Database database, Chromium chromium)
{
    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).replace(/\\s+/g, ' ').trim()");

    [Fact]
    public async Task A_session_is_made_and_moved_by_keys_alone()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        var sight = new Sight();
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/calendar?view=week");
        await sight.LookAsync(page);

        // Next week, then from today's column into the grid: Monday 9:00 is free.
        await page.Keyboard.PressAsync("j");
        await page.WaitForURLAsync("**day=2026-03-23**");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.StartsWith("9:00", await FocusedAsync(page), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("2026-03-24", await page.EvaluateAsync<string>("document.activeElement.closest('[data-column]').dataset.day"));
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.StartsWith("10:00", await FocusedAsync(page), StringComparison.Ordinal);
        // Outside the hours too.
        for (var i = 0; i < 8; i++) await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("Tuesday 24 March, 18:00: new session", await FocusedAsync(page));
        await sight.LookAsync(page);

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/calendar/new**");
        Assert.Equal("18:00", await page.InputValueAsync("[name='Input.Time']"));
        await page.FocusAsync("[name='Input.EngagementId']");
        await page.Keyboard.TypeAsync("Emina");
        await page.FocusAsync("[name='Input.Date']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/calendar/[0-9a-f-]{36}$"));
        Assert.Contains("Tuesday 24 March, 18:00", await page.TextContentAsync("h1"), StringComparison.Ordinal);

        // Back in the calendar the session is found and moved by "m".
        await page.GotoAsync("/calendar?view=week&day=2026-03-23");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        for (var i = 0; i < 9; i++) await page.Keyboard.PressAsync("ArrowDown");
        Assert.Contains("Emina Hodžić", await FocusedAsync(page), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("m");
        await page.WaitForURLAsync("**/move");
        await page.FillAsync("[name='Input.Time']", "17:00");
        await page.FocusAsync("[name='Input.Time']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/calendar/[0-9a-f-]{36}$"));
        Assert.Contains("17:00", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        await page.GotoAsync("/calendar?view=week&day=2026-03-23");
        await Assertions.Expect(page.Locator("[data-day='2026-03-24'] a.ev-one")).ToContainTextAsync("17:00");

        // Over the edge of the week one goes on in the next; the views have their keys.
        await page.Locator("[data-day='2026-03-29'] .cal-track").ClickAsync(new() { Position = new() { X = 40, Y = 200 } });
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync("**day=2026-03-30**");
        await page.WaitForFunctionAsync("document.activeElement.closest('[data-column]')?.dataset.day === '2026-03-30'");
        foreach (var (key, shown) in new[] { ("d", ".cal-few"), ("o", "[data-month]"), ("a", ".agenda, .empty"), ("w", "[data-day]:nth-of-type(7)"), ("t", ".cal-day.today") })
        {
            // The page before may show the same, and has no ears for the next key while it goes.
            await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync(key), r => r.Request.IsNavigationRequest);
            await page.WaitForLoadStateAsync();
            await page.Locator(shown).First.WaitForAsync();
            if (key is "d" or "o") await sight.LookAsync(page);
        }
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task Dragging_leads_to_the_page_that_asks_and_escape_leaves_everything()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.BookAsync(world.Emina, BookingWorld.Tuesday("10:00"));
        var sight = new Sight();
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/calendar?view=week");
        var session = (await page.Locator("a.ev-one").BoundingBoxAsync())!;
        var hour = (await page.Locator("[data-day='2026-03-18'] .cal-track").BoundingBoxAsync())!.Height / 11;
        var wednesday = (await page.Locator("[data-day='2026-03-18'] .cal-track").BoundingBoxAsync())!;

        async Task DragAsync()
        {
            await page.Mouse.MoveAsync(session.X + 20, session.Y + 8);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(wednesday.X + 30, session.Y + 8 + 2.24f * hour, new() { Steps = 6 });
        }
        await DragAsync();
        await Assertions.Expect(page.Locator(".cal-ghost")).ToHaveTextAsync("Move to Wednesday 18 March, 12:15–13:05");
        await page.Keyboard.PressAsync("Escape");
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator(".cal-ghost")).ToHaveCountAsync(0);
        Assert.EndsWith("/calendar?view=week", page.Url, StringComparison.Ordinal);

        await DragAsync();
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync("**/move?to=**");
        await Assertions.Expect(page.Locator("main .note")).ToContainTextAsync("It will be Wednesday 18 March, 12:15–13:05");
        await sight.LookAsync(page);
        Assert.Equal(BookingWorld.Tuesday("10:00"), (await world.InDbAsync(world.Lejla, db => Task.FromResult(db.Appointments.Single()))).StartsAt);

        await page.GotoAsync("/calendar?view=week");
        var saturday = (await page.Locator("[data-day='2026-03-21'] .cal-track").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(saturday.X + 30, saturday.Y + 2.05f * hour);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(saturday.X + 30, saturday.Y + 2.9f * hour, new() { Steps = 5 });
        await Assertions.Expect(page.Locator(".cal-ghost")).ToHaveTextAsync("New session: Saturday 21 March, 10:00–11:00");
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync("**/calendar/new**");
        Assert.Equal(("2026-03-21", "10:00"), (await page.InputValueAsync("[name='Input.Date']"), await page.InputValueAsync("[name='Input.Time']")));
        sight.HasFoundNothing();
    }

    /// <summary>Real touches, as a tablet's screen makes them: what scrolls scrolls, and what rests under the finger is picked up.</summary>
    [Fact]
    public async Task A_finger_that_rests_moves_a_session_or_makes_one_and_a_swipe_only_scrolls()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.BookAsync(world.Emina, BookingWorld.Tuesday("10:00"));
        var sight = new Sight();
        await using var tablet = await OpenAsync(world, world.Lejla, 1024);
        var page = await tablet.NewPageAsync();
        sight.Watch(page);
        await page.SetViewportSizeAsync(1024, 700);
        await page.GotoAsync("/calendar?view=week");
        var hand = await tablet.NewCDPSessionAsync(page);
        Task TouchAsync(string type, params (double X, double Y)[] points) => hand.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = points.Select(p => new { x = p.X, y = p.Y }).ToArray() });
        async Task SlideAsync((double X, double Y) from, (double X, double Y) to)
        {
            for (var i = 1; i <= 8; i++) await TouchAsync("touchMove", (from.X + (to.X - from.X) * i / 8, from.Y + (to.Y - from.Y) * i / 8));
        }
        async Task<(LocatorBoundingBoxResult Session, LocatorBoundingBoxResult Wednesday, double Hour)> LookAsync()
        {
            await page.GotoAsync("/calendar?view=week");
            var wednesday = (await page.Locator("[data-day='2026-03-18'] .cal-track").BoundingBoxAsync())!;
            return ((await page.Locator("a.ev-one").BoundingBoxAsync())!, wednesday, wednesday.Height / 11);
        }
        var ghost = page.Locator(".cal-ghost");

        // A swipe that begins on the session scrolls the page and picks up nothing.
        var (session, wednesday, hour) = await LookAsync();
        (double X, double Y) grip = (session.X + 20, session.Y + 8);
        await TouchAsync("touchStart", grip);
        await SlideAsync(grip, (grip.X, grip.Y - 160));
        Assert.True(await page.EvaluateAsync<double>("scrollY") > 60);
        await Assertions.Expect(ghost).ToHaveCountAsync(0);
        await TouchAsync("touchEnd");
        Assert.EndsWith("/calendar?view=week", page.Url, StringComparison.Ordinal);

        // Resting picks it up, visibly, and the page stands still; Escape and a touch that is taken away put it back.
        foreach (var escape in new[] { true, false })
        {
            (session, wednesday, hour) = await LookAsync();
            grip = (session.X + 20, session.Y + 8);
            await TouchAsync("touchStart", grip);
            await Assertions.Expect(ghost).ToHaveTextAsync("Move to Tuesday 17 March, 10:00–10:50");
            await Assertions.Expect(page.Locator(".ev-dragged")).ToHaveCountAsync(1);
            await SlideAsync(grip, (wednesday.X + 30, grip.Y + 2.24 * hour));
            await Assertions.Expect(ghost).ToHaveTextAsync("Move to Wednesday 18 March, 12:15–13:05");
            Assert.Equal(0, await page.EvaluateAsync<double>("scrollY"));
            if (escape) await page.Keyboard.PressAsync("Escape");
            else await TouchAsync("touchCancel");
            await Assertions.Expect(ghost).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator(".ev-dragged")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator("[data-says]")).ToHaveTextAsync(await page.Locator("[data-calendar]").GetAttributeAsync("data-stopped") ?? "");
            if (escape) await TouchAsync("touchEnd");
            Assert.EndsWith("/calendar?view=week", page.Url, StringComparison.Ordinal);
        }

        // Let go, it leads to the page that asks.
        (session, wednesday, hour) = await LookAsync();
        grip = (session.X + 20, session.Y + 8);
        await TouchAsync("touchStart", grip);
        await ghost.WaitForAsync();
        await SlideAsync(grip, (wednesday.X + 30, grip.Y + 2.24 * hour));
        await TouchAsync("touchEnd");
        await page.WaitForURLAsync("**/move?to=**");
        await Assertions.Expect(page.Locator("main .note")).ToContainTextAsync("It will be Wednesday 18 March, 12:15–13:05");

        // Free space: resting and letting go makes an hour there, with the usual length.
        (_, _, hour) = await LookAsync();
        var saturday = (await page.Locator("[data-day='2026-03-21'] .cal-track").BoundingBoxAsync())!;
        await TouchAsync("touchStart", (saturday.X + 30, saturday.Y + 2.05 * hour));
        await Assertions.Expect(ghost).ToHaveTextAsync("New session: Saturday 21 March, 10:00–11:00");
        await TouchAsync("touchEnd");
        await page.WaitForURLAsync("**/calendar/new**");
        Assert.DoesNotContain("minutes", page.Url, StringComparison.Ordinal);
        Assert.Equal(("2026-03-21", "10:00"), (await page.InputValueAsync("[name='Input.Date']"), await page.InputValueAsync("[name='Input.Time']")));

        // A tap opens what is there.
        await LookAsync();
        await page.Locator("a.ev-one").TapAsync();
        await page.WaitForURLAsync(new Regex("/calendar/[0-9a-f-]{36}$"));
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task A_phone_shows_a_day_and_turns_the_page_by_a_swipe_or_a_button()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.BookAsync(world.Emina, BookingWorld.Tuesday("10:00"));
        var sight = new Sight();
        await using var phone = await OpenAsync(world, world.Lejla, 360);
        var page = await phone.NewPageAsync();
        sight.Watch(page);
        await page.GotoAsync("/calendar?view=day");
        Assert.Equal("Monday 16 March", await page.TextContentAsync("h1"));
        await page.Locator(".pages a[rel=next]").TapAsync();
        await page.WaitForURLAsync("**day=2026-03-17**");
        await page.EvaluateAsync("""
            () => {
              const at = (type, x) => document.querySelector("[data-swipes]").dispatchEvent(new TouchEvent(type, { bubbles: true,
                touches: type === "touchend" ? [] : [new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 })],
                changedTouches: [new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 })] }));
              at("touchstart", 300); at("touchend", 120);
            }
            """);
        await page.WaitForURLAsync("**day=2026-03-18**");
        await page.GotoAsync("/calendar?view=day&day=2026-03-17");
        await sight.LookAsync(page);
        await page.Locator("a.ev-one").TapAsync();
        await page.WaitForURLAsync(new Regex("/calendar/[0-9a-f-]{36}$"));
        foreach (var view in new[] { "agenda", "month", "week" })
        {
            await page.GotoAsync($"/calendar?view={view}&day=2026-03-17");
            await sight.LookAsync(page);
        }
        sight.HasFoundNothing();
    }

    [Fact]
    public async Task Two_hundred_sessions_stay_fluid_and_paper_has_room_for_a_week()
    {
        await using var world = await BookingWorld.ReadyAsync(database);
        await world.InDbAsync(world.Lejla, db =>
        {
            for (var i = 0; i < 210; i++)
            {
                var start = Slots.Local("2026-03-16 0:00").AddDays(i % 7).AddMinutes(7 * 60 + 30 * (i / 7));
                var one = new Appointment(world.Lipa.Id, world.Emina.EngagementId, world.Lejla.UserId, world.Lipa.Individual, MeetingPlace.Room, null, start, start.AddMinutes(25), 80, "BAM", [world.Emina.ClientId], null);
                one.Book(world.Clock.Now, world.Clock.Now);
                db.Add(one);
            }
            return Task.CompletedTask;
        });
        await using var desk = await OpenAsync(world, world.Lejla, 1440);
        var page = await desk.NewPageAsync();
        await page.GotoAsync("/calendar?view=week");
        Assert.Equal(210, await page.Locator("a.ev[data-move]").CountAsync());
        var server = Stopwatch.StartNew();
        await desk.APIRequest.GetAsync("/calendar?view=week");
        server.Stop();
        var layout = await page.EvaluateAsync<double>("""
            () => { const cal = document.querySelector(".cal"); const from = performance.now();
              for (let i = 0; i < 10; i++) { cal.style.inlineSize = `${1000 + i}px`; cal.getBoundingClientRect(); void cal.offsetHeight; }
              cal.style.inlineSize = ""; return (performance.now() - from) / 10; }
            """);
        TestContext.Current.SendDiagnosticMessage($"210 sessions: server {server.ElapsedMilliseconds} ms, layout {layout:0.0} ms");
        Assert.True(server.ElapsedMilliseconds < 2000 && layout < 100, $"server {server.ElapsedMilliseconds} ms, layout {layout:0.0} ms");

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(1046, 718);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.Equal(1, Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b"));
    }

    private async Task<IBrowserContext> OpenAsync(World world, Person person, int width)
    {
        var context = await chromium.OpenAsync(world.App.Address, width);
        var (name, value) = await world.App.CookieAsync(person.UserId, person.PracticeId);
        await context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = world.App.Address.ToString() }]);
        return context;
    }
}
