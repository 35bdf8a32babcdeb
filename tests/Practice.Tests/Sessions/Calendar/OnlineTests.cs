using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Tests.Booking;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Sessions.Calendar;

/// <summary>The way into an online session: by the server's clock, for the two of them, and nowhere else.</summary>
public sealed class OnlineTests(OnlineTests.Online online) : IClassFixture<OnlineTests.Online>
{
    /// <summary>Emina on Tuesday at 10:00 online; the practice has a provider.</summary>
    public sealed class Online(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;
        public Guid Session { get; private set; }
        public IReadOnlyList<Mail> Mails { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            World = await ReadyAsync(database);
            await World.InDbAsync(World.Azra, async db =>
            {
                var practice = await db.Practices.SingleAsync();
                practice.Policy.JoinPattern = "https://meet.example.org/{room}";
            });
            Session = (await World.ConfirmAsync(World.Emina, Tuesday("10:00"))).AppointmentId;
            World.Clock.Advance(TimeSpan.FromMinutes(4));
            Mails = [.. await World.DeliverAsync()];
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private const string Host = "meet.example.org";
    private readonly World world = online.World;
    private static readonly DateTime Start = Tuesday("10:00");

    private string Token => world.Services.GetRequiredService<LinkTokens>().Make(PlanReminders.LinkPurpose, world.Lipa.Id, online.Session, world.Emina.ClientId, Start.AddMinutes(50));

    private async Task<Dictionary<string, Page>> PagesAsync()
    {
        var (emina, lejla) = (await world.As(world.Emina), await world.As(world.Lejla));
        return new()
        {
            ["home"] = await emina.GetAsync("/me"), ["sessions"] = await emina.GetAsync("/me/sessions"), ["link"] = await world.Stranger().GetAsync($"/a/{Token}"),
            ["today"] = await lejla.GetAsync("/today?day=2026-03-17"), ["session"] = await lejla.GetAsync($"/calendar/{online.Session}"),
        };
    }

    [Fact]
    public async Task It_opens_ten_minutes_before_for_both_and_shuts_at_the_end()
    {
        foreach (var (minutes, open) in new[] { (-11, false), (-10, true), (-9, true), (49, true) })
        {
            world.Clock.Set(Start.AddMinutes(minutes));
            var room = (await world.AppointmentAsync(online.Session)).JoinRoom;
            foreach (var (name, page) in await PagesAsync())
            {
                var links = page.FindAll($"a[href='https://{Host}/{room}']");
                Assert.True(links.Count > 0 == open, $"{name} at {minutes}: {page.Text}");
                Assert.All(links, a => Assert.Equal("noopener noreferrer", a.GetAttribute("rel")));
                if (!open)
                {
                    Assert.DoesNotContain(room, page.Html, StringComparison.Ordinal);
                    Assert.True(page.Says("The link appears here at 9:50."), $"{name}: {page.Text}");
                }
            }
        }
        world.Clock.Set(Start.AddMinutes(50));
        foreach (var (name, page) in await PagesAsync()) Assert.False(page.Html.Contains(Host, StringComparison.Ordinal) || page.Says("The link appears here"), $"{name} afterwards: {page.Text}");
        world.Clock.Set(World.Start.AddMinutes(4));
    }

    [Fact]
    public async Task It_stands_in_no_mail_and_no_feed()
    {
        Assert.NotEmpty(online.Mails);
        Assert.All(online.Mails, m => Assert.DoesNotContain(Host, m.Subject + m.Text + m.Html + m.Calendar, StringComparison.Ordinal));
        world.Clock.Set(Start.AddMinutes(-5));
        foreach (var person in new[] { world.Emina, world.Lejla })
        {
            var made = await (await (await world.As(person)).GetAsync("/account/calendar")).SubmitAsync("Make an address");
            var feed = await world.Stranger().GetAsync(new Uri(made.FindAll("#feed").Single().GetAttribute("value")!).PathAndQuery);
            Assert.Equal(HttpStatusCode.OK, feed.Status);
            Assert.DoesNotContain(Host, feed.Html, StringComparison.Ordinal);
        }
        world.Clock.Set(World.Start.AddMinutes(4));
    }

    [Fact]
    public async Task A_new_room_is_made_when_the_psychologist_asks_and_by_nobody_else()
    {
        world.Clock.Set(Start.AddMinutes(-5));
        var before = (await world.AppointmentAsync(online.Session)).JoinRoom;
        var page = await (await (await world.As(world.Lejla)).GetAsync($"/calendar/{online.Session}")).SubmitAsync("Make a new room");
        var after = (await world.AppointmentAsync(online.Session)).JoinRoom;
        Assert.True(before != after && page.Says("There is a new room."), page.Text);
        Assert.Contains(after, (await (await world.As(world.Emina)).GetAsync("/me/sessions")).Html, StringComparison.Ordinal);
        var damir = await world.As(world.Damir);
        var token = (await damir.GetAsync("/calendar/new")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await damir.PostAsync($"/calendar/{online.Session}?handler=NewRoom", ("__RequestVerificationToken", token))).Status);
        Assert.Equal(after, (await world.AppointmentAsync(online.Session)).JoinRoom);
        world.Clock.Set(World.Start.AddMinutes(4));
    }

    [Fact]
    public async Task The_psychologist_s_own_room_goes_first_and_a_session_in_person_has_none()
    {
        world.Clock.Set(Slots.Local("2026-03-18 9:00"));
        var inPerson = await world.BookAsync(world.Tarik, Slots.Local("2026-03-18 9:05"), MeetingPlace.Room);
        Assert.DoesNotContain(Host, (await (await world.As(world.Damir)).GetAsync($"/calendar/{inPerson}")).Html, StringComparison.Ordinal);
        await (await (await world.As(world.Damir)).GetAsync("/profile")).SubmitAsync("Save", ("JoinUrl", "https://rooms.example/damir"));
        var remote = await world.BookAsync(world.Tarik, Slots.Local("2026-03-18 10:05"));
        world.Clock.Set(Slots.Local("2026-03-18 10:00"));
        var page = await (await world.As(world.Damir)).GetAsync($"/calendar/{remote}");
        Assert.NotNull(page.Find("a[href='https://rooms.example/damir']"));
        Assert.False(page.Says("Make a new room"), page.Text);
        world.Clock.Set(World.Start.AddMinutes(4));
    }

    [Theory]
    [InlineData("https://user:word@rooms.example/x"), InlineData("https://"), InlineData("http://rooms.example/x")]
    public async Task An_own_room_that_is_no_https_address_is_refused_beside_the_field(string address)
    {
        var page = await (await (await world.As(world.Lejla)).GetAsync("/profile")).SubmitAsync("Save", ("JoinUrl", address));
        Assert.NotEmpty(page.Errors);
        Assert.Equal(address, page.Form("Save").Value("JoinUrl"));
    }

    [Fact]
    public async Task The_admin_names_the_provider_and_a_wrong_address_is_refused()
    {
        var azra = await world.As(world.Azra);
        var page = await (await azra.GetAsync("/settings")).SubmitAsync("Save", ("JoinPattern", "https://meet.example.org/room"));
        Assert.Contains(page.Errors, e => e.Contains("{room}", StringComparison.Ordinal));
        var saved = await page.SubmitAsync("Save", ("JoinPattern", "https://meet.example.org/{room}"));
        Assert.Equal("https://meet.example.org/{room}", saved.Form("Save").Value("JoinPattern"));
    }

    [Fact]
    public async Task Staff_change_the_place_without_moving_the_time()
    {
        world.Clock.Set(World.Start.AddMinutes(4));
        var session = await world.BookAsync(world.Emina, Slots.Local("2026-03-26 10:00"));
        var page = await (await (await world.As(world.Lejla)).GetAsync($"/calendar/{session}/move")).SubmitAsync("Move the session", ("Place", $"Room:{world.Lipa.Rooms[0]}"));
        Assert.True(page.Says("room Room 1") && page.Says("We changed the place"), page.Text);
    }
}
