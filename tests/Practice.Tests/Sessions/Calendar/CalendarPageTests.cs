using System.Net;
using PracticeApp.Booking;
using PracticeApp.Tests.Booking;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Sessions.Calendar;

/// <summary>The views of the calendar, and who sees what in them. Nothing here changes what another test looks at.</summary>
public sealed class CalendarPageTests(CalendarPageTests.Booked booked) : IClassFixture<CalendarPageTests.Booked>
{
    /// <summary>Emina on Tuesday at 10:00 online and on Thursday at 14:00 in the first room, Tarik with Damir on Tuesday at 10:00; limits and a day off.</summary>
    public sealed class Booked(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            World = await ReadyAsync(database);
            await World.BookAsync(World.Emina, Tuesday("10:00"));
            await World.BookAsync(World.Tarik, Tuesday("10:00"));
            await World.InDbAsync(World.Lejla, async db =>
            {
                var rules = db.BookingRules.Single(r => r.PsychologistId == World.Lejla.UserId);
                rules.Change(0, 60, SlotGrid.Hour, 2, 20, null);
                db.Add(WorkingHours.Break(World.Lipa.Id, World.Lejla.UserId, DayOfWeek.Tuesday, Slots.T("12:00"), Slots.T("13:00")));
                db.Add(HoursException.DaysOff(World.Lipa.Id, World.Lejla.UserId, Slots.D("2026-03-20"), Slots.D("2026-03-20"), "Seminar"));
                var inRoom = new Appointment(World.Lipa.Id, World.Emina.EngagementId, World.Lejla.UserId, World.Lipa.Individual, MeetingPlace.Room, World.Lipa.Rooms[0], Slots.Local("2026-03-19 14:00"), Slots.Local("2026-03-19 14:50"), 80, "BAM", [World.Emina.ClientId], null);
                inRoom.Book(World.Clock.Now, World.Clock.Now);
                db.Add(inRoom);
                await Task.CompletedTask;
            });
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private readonly World world = booked.World;

    [Fact]
    public async Task The_week_says_how_much_is_planned_against_the_limits_and_what_is_closed()
    {
        var page = await (await world.As(world.Lejla)).GetAsync("/calendar?view=week");
        Assert.True(page.Says("2 of 20 sessions this week"), page.Text);
        var days = page.FindAll("[data-column]");
        Assert.Equal(7, days.Count);
        Assert.Contains("1 of 2 sessions", days[1].TextContent, StringComparison.Ordinal);
        Assert.Contains(days[1].QuerySelectorAll("p.ev-break"), e => e.ClassList.Contains("r4") && e.TextContent.Contains("Break", StringComparison.Ordinal));
        Assert.Contains("Seminar", days[4].TextContent, StringComparison.Ordinal);
        Assert.True(days[4].ClassList.Contains("off"));
        Assert.NotEmpty(days[0].QuerySelectorAll("[data-nowline]"));
        Assert.Equal(11, days[0].GetAttribute("data-starts")!.Split(',').Length);
    }

    [Fact]
    public async Task Day_month_and_agenda_show_the_same_sessions()
    {
        var lejla = await world.As(world.Lejla);
        var day = await lejla.GetAsync("/calendar?view=day&day=2026-03-17");
        Assert.Equal("Tuesday 17 March", day.Heading);
        Assert.True(day.Says("Emina Hodžić") && day.Says("Individual session, online") && day.Says("not confirmed"), day.Text);
        var month = await lejla.GetAsync("/calendar?view=month&day=2026-03-17");
        Assert.Equal(("March 2026", 42), (month.Heading, month.FindAll(".month td").Count));
        Assert.Equal(2, month.FindAll(".month .ev").Count);
        var agenda = await lejla.GetAsync("/calendar?view=agenda&day=2026-03-17");
        Assert.Equal(2, agenda.FindAll(".agenda .ev").Count);
        Assert.True(agenda.Says("Individual session, Room 1"), agenda.Text);
        Assert.Equal("Wednesday 18 March", (await day.FollowAsync("Day after")).Heading);
        Assert.Equal("April 2026", (await month.FollowAsync("Month after")).Heading);
    }

    [Fact]
    public async Task An_hour_that_the_clock_skips_is_closed_and_what_is_over_can_be_left_out()
    {
        var night = await world.BookAsync(world.Tarik, Slots.Utc("2026-03-29T00:30:00"));
        var damir = await world.As(world.Damir);
        var page = await damir.GetAsync("/calendar?view=day&day=2026-03-29");
        Assert.Contains("2:00: the clock skips this hour", page.Find(".cal-skipped")!.TextContent, StringComparison.Ordinal);
        // 1:30 to 3:20 on the wall is 50 minutes; the hour between is drawn and closed.
        Assert.Contains(page.FindAll("a.ev-one"), e => e.ClassList.Contains("r0") && e.ClassList.Contains("m30") && e.ClassList.Contains("l1") && e.ClassList.Contains("n50"));
        await world.InDbAsync(world.Damir, db =>
        {
            db.Appointments.Single(a => a.Id == night).Cancel(world.Clock.Now, world.Clock.Now, world.Damir.UserId, null, "Ill");
            return Task.CompletedTask;
        });
        Assert.Contains("ev-gone", (await damir.GetAsync("/calendar?view=day&day=2026-03-29")).Find("a.ev-one")!.ClassList);
        Assert.Empty((await damir.GetAsync("/calendar?view=day&day=2026-03-29&past=no")).FindAll("a.ev-one"));
    }

    [Fact]
    public async Task The_view_is_kept_and_a_phone_begins_with_a_day()
    {
        var lejla = await world.As(world.Lejla);
        await lejla.GetAsync("/calendar?view=month");
        Assert.NotNull((await lejla.GetAsync("/calendar")).Find("[data-month]"));
        var phone = await world.As(world.Lejla);
        phone.Headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 15) Mobile";
        Assert.Equal("Monday 16 March", (await phone.GetAsync("/calendar")).Heading);
    }

    [Fact]
    public async Task Initials_stand_for_names_on_paper()
    {
        var page = await (await world.As(world.Lejla)).GetAsync("/calendar?view=week&names=no");
        Assert.True(page.Says("E. H.") && !page.Says("Emina"), page.Text);
        Assert.Contains("names=no", page.Link("Week after").GetAttribute("href")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_psychologist_sees_their_own_alone()
    {
        var damir = await world.As(world.Damir);
        var own = await damir.GetAsync("/calendar?view=week");
        Assert.True(own.Says("Tarik") && !own.Says("Emina"), own.Text);
        foreach (var path in new[] { $"/calendar?view=day&who={world.Lejla.UserId}", $"/calendar?view=day&who={world.Damir.UserId}&who={world.Lejla.UserId}", $"/calendar?view=month&who={world.Lejla.UserId}", $"/calendar?view=agenda&who={world.Lejla.UserId}", "/calendar?view=rooms" })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await damir.GetAsync(path)).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Mikko)).GetAsync($"/calendar?view=day&who={world.Lejla.UserId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Emina)).GetAsync("/calendar?view=day")).Status);
    }

    [Fact]
    public async Task The_desk_sees_several_side_by_side_and_chooses_whom()
    {
        var sanela = await world.As(world.Sanela);
        var all = await sanela.GetAsync("/calendar?view=day&day=2026-03-17");
        Assert.Contains("Damir", string.Join(' ', all.FindAll("[data-column] h2").Select(h => h.TextContent)), StringComparison.Ordinal);
        Assert.True(all.FindAll("[data-column]").Count >= 2);
        var one = await sanela.GetAsync($"/calendar?view=day&day=2026-03-17&who={world.Damir.UserId}");
        Assert.Single(one.FindAll("[data-column]"));
        Assert.True(one.Says("Tarik") && !one.Says("Emina"), one.Text);
        // What is missing before a session is not told at the desk.
        Assert.False(all.Says("agreement not signed"), all.Text);
        Assert.True((await (await world.As(world.Damir)).GetAsync("/calendar?view=day&day=2026-03-17")).Says("agreement not signed"));
    }

    [Fact]
    public async Task Rooms_show_who_is_in_them_and_nothing_of_clients()
    {
        foreach (var person in new[] { world.Sanela, world.Azra })
        {
            var page = await (await world.As(person)).GetAsync("/calendar?view=rooms&day=2026-03-19");
            Assert.True(page.Says("Room 1") && page.Says("14:00–14:50 Lejla"), page.Text);
            Assert.False(page.Says("Emina") || page.Says("Individual"), page.Text);
            Assert.Contains(page.FindAll("[data-room] .ev"), e => e.ClassList.Contains("r6") && e.ClassList.Contains("n50"));
        }
    }

    [Fact]
    public async Task Rooms_show_where_they_are_free_within_their_hours_and_each_stretch_leads_to_a_session_there()
    {
        var room = world.Lipa.Rooms[1];
        await world.InDbAsync(world.Azra, db =>
        {
            db.AddRange(new RoomHours(world.Lipa.Id, room, DayOfWeek.Thursday, new(9, 0), new(12, 0)), new RoomHours(world.Lipa.Id, room, DayOfWeek.Thursday, new(13, 0), new(17, 0)));
            return Task.CompletedTask;
        });
        var sanela = await world.As(world.Sanela);
        async Task<(Page Page, string First, string Second)> OnAsync(string day)
        {
            var page = await sanela.GetAsync($"/calendar?view=rooms&day={day}");
            string Free(Guid id) => string.Join(' ', page.FindAll($"[data-room='{id}'] a.ev-open b").Select(e => e.TextContent.Trim()));
            return (page, Free(world.Lipa.Rooms[0]), Free(room));
        }
        var (thursday, first, second) = await OnAsync("2026-03-19");
        Assert.Equal(("8:00–14:00 14:50–19:00", "9:00–12:00 13:00–17:00"), (first, second));
        Assert.Equal(3, thursday.FindAll($"[data-room='{room}'] .cal-shut").Count);
        Assert.Empty(thursday.FindAll($"[data-room='{world.Lipa.Rooms[0]}'] .cal-shut"));
        var form = (await sanela.GetAsync(thursday.Find($"[data-room='{room}'] a.ev-open")!.GetAttribute("href")!)).Form("Book the session");
        Assert.Equal(("2026-03-19", "09:00", $"Room:{room}"), (form.Value("Date"), form.Value("Time"), form.Value("Place")));

        // A day on which it cannot be used, a day that is over, and today from now on.
        var friday = await OnAsync("2026-03-20");
        Assert.Equal("", friday.Second);
        Assert.True(friday.Page.Says("Closed this day."), friday.Page.Text);
        Assert.Equal("", (await OnAsync("2026-03-15")).First);
        Assert.StartsWith("10:15–", (await OnAsync("2026-03-16")).First, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_those_of_the_reader()
    {
        await world.InDbAsync(world.Azra, db => { db.Memberships.Single(m => m.UserId == world.Azra.UserId).Prefer("en", "Europe/Helsinki"); return Task.CompletedTask; });
        var page = await (await world.As(world.Azra)).GetAsync($"/calendar?view=day&day=2026-03-17&who={world.Lejla.UserId}");
        Assert.True(page.Says("11:00–11:50 Emina Hodžić"), page.Text);
        var form = await (await world.As(world.Azra)).GetAsync($"/calendar/new?who={world.Lejla.UserId}&at=2026-03-17T12:00Z/Online");
        await world.InDbAsync(world.Azra, db => { db.Memberships.Single(m => m.UserId == world.Azra.UserId).Prefer("en", "Europe/Sarajevo"); return Task.CompletedTask; });
        Assert.True(form.Says("(Europe/Sarajevo)") && form.Form("Book the session").Value("Time") == "13:00", form.Text);
    }

    [Fact]
    public async Task What_was_drawn_by_hand_comes_to_the_form_and_nothing_is_saved()
    {
        var lejla = await world.As(world.Lejla);
        var made = await lejla.GetAsync($"/calendar/new?who={world.Lejla.UserId}&at=2026-03-18T12:15Z/Room&minutes=75&place=Room:{world.Lipa.Rooms[0]}");
        var form = made.Form("Book the session");
        Assert.Equal(("2026-03-18", "13:15", $"Room:{world.Lipa.Rooms[0]}"), (form.Value("Date"), form.Value("Time"), form.Value("Place")));
        var session = (await lejla.GetAsync("/calendar?view=week")).FindAll("[data-move]").First(e => e.GetAttribute("data-move")!.Length > 0).GetAttribute("data-move");
        var free = await lejla.GetAsync($"{session}?to=2026-03-18T12:15Z/Online");
        Assert.True(free.Says("It will be Wednesday 18 March, 13:15–14:05") && free.Says("Nothing is moved yet."), free.Text);
        var taken = await lejla.GetAsync($"{session}?to=2026-03-19T13:30Z/Online");
        Assert.True(taken.Says("the psychologist has another session then") && taken.Says("The nearest free hours:"), taken.Text);
        var away = await lejla.GetAsync($"{session}?to=2026-03-20T13:30Z/Online");
        Assert.True(away.Says("the psychologist is away"), away.Text);
        Assert.Equal(HttpStatusCode.OK, (await lejla.GetAsync($"{session}?to=nonsense&place=nonsense")).Status);
    }

    [Theory]
    [InlineData("/calendar?view=nonsense&day=nonsense"), InlineData("/calendar?day=9999-12-31&view=month"), InlineData("/calendar?day=0001-01-01&view=week"), InlineData("/calendar?view=7"), InlineData("/calendar/new?minutes=-2147483648&place=x&day=0001-01-01&at=1")]
    public async Task Strange_addresses_still_show_the_page(string path) => Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Lejla)).GetAsync(path)).Status);

    [Theory]
    [InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public async Task Every_view_speaks_the_reader_s_language(string language)
    {
        var sanela = await world.As(world.Sanela, language);
        foreach (var view in new[] { "day", "week", "month", "agenda", "rooms" })
        {
            var page = await sanela.GetAsync($"/calendar?view={view}&day=2026-03-17&lang={language}");
            Assert.Equal((view, HttpStatusCode.OK), (view, page.Status));
            Assert.False(page.Says("Week after") || page.Says("Outside the hours") || page.Says("View."), page.Text);
        }
    }
}
