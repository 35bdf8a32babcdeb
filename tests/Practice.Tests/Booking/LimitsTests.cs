using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Limits soft and hard, rooms with hours, patterns with an end, copies of weeks. Every test has days of its own.</summary>
public sealed class LimitsTests(LimitsTests.AtWork work) : IClassFixture<LimitsTests.AtWork>
{
    public sealed class AtWork(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public async ValueTask InitializeAsync() => World = await BookingWorld.ReadyAsync(database);

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private readonly World world = work.World;

    private Task LimitAsync(int? perDay, int? inRow, bool hard) => world.InDbAsync(world.Lejla, async db =>
    {
        var rules = await db.BookingRules.SingleAsync(r => r.PsychologistId == world.Lejla.UserId);
        rules.Change(0, 60, SlotGrid.Hour, perDay, null, null);
        rules.Limit(inRow, 30, hard, hard, hard);
    });

    private async Task<Page> NewAsync(string day, string time, string place = "Online") => await (await (await world.As(world.Lejla)).GetAsync($"/calendar/new?client={world.Emina.ClientId}"))
        .SubmitAsync("Book the session", ("KindId", world.Lipa.Individual.ToString()), ("Date", day), ("Time", time), ("Place", place));

    private Task<long> BookedAsync(string day) => world.ScalarAsync<long>($"select count(*) from appointments where state = 'Booked' and starts_at::date = '{day}'");

    private async Task<string> OfferedAsync(string day) => string.Join(' ', (await (await world.As(world.Emina)).GetAsync($"/book?from={day}")).FindAll("button.slot")
        .Select(b => b.GetAttribute("aria-label")!).Where(l => l.Contains($" {int.Parse(day[^2..], System.Globalization.CultureInfo.InvariantCulture)} ", StringComparison.Ordinal)).Select(l => l.Split(", ")[1]));

    [Fact]
    public async Task A_soft_limit_warns_staff_and_lets_them_and_clients_are_offered_nothing()
    {
        await LimitAsync(perDay: 1, inRow: null, hard: false);
        await NewAsync("2026-03-24", "10:00");
        Assert.Equal("", await OfferedAsync("2026-03-24"));
        var warned = await NewAsync("2026-03-24", "14:00");
        Assert.True(warned.Says("The limit for a day (1) is already reached"), warned.Text);
        Assert.Equal(1, await BookedAsync("2026-03-24"));
        // Another time is warned of anew, the same goes through.
        var other = await warned.SubmitAsync("Book the session", ("Time", "15:00"));
        Assert.True(other.Says("Press once more"), other.Text);
        await other.SubmitAsync("Book the session");
        Assert.Equal(2, await BookedAsync("2026-03-24"));
    }

    [Fact]
    public async Task A_hard_limit_refuses_staff_too()
    {
        await LimitAsync(perDay: 1, inRow: null, hard: true);
        await NewAsync("2026-03-31", "10:00");
        var refused = await NewAsync("2026-03-31", "14:00");
        Assert.True(refused.Says("This limit is firm."), refused.Text);
        Assert.Equal("true", refused.Find("#Input_Time")?.GetAttribute("aria-invalid"));
        Assert.Equal(1, await BookedAsync("2026-03-31"));
    }

    [Fact]
    public async Task No_more_in_a_row_than_the_psychologist_can_bear()
    {
        await LimitAsync(perDay: null, inRow: 2, hard: true);
        await NewAsync("2026-04-07", "10:00");
        await NewAsync("2026-04-07", "11:00");
        Assert.Equal("13:00 14:00 15:00 16:00", await OfferedAsync("2026-04-07"));
        Assert.True((await NewAsync("2026-04-07", "12:00")).Says("More than 2 sessions in a row without a pause."));
        Assert.Equal(2, await BookedAsync("2026-04-07"));
        await LimitAsync(null, null, false);
    }

    [Fact]
    public async Task A_closed_room_is_offered_to_nobody_and_refused_to_staff()
    {
        var room = world.Lipa.Rooms[1];
        var azra = await world.As(world.Azra);
        var saved = await (await azra.GetAsync($"/settings/rooms/{room}")).SubmitAsync("Save the times", ("Opening.Days[1]", "9–11"));
        Assert.True(saved.Says("Saved."), saved.Text);
        var closed = await saved.SubmitAsync("Close the room", ("Closed.First", "2026-04-21"), ("Closed.Last", ""));
        Assert.True(closed.Says("Tuesday 21 April"), closed.Text);
        var wrong = await closed.SubmitAsync("Save the times", ("Opening.Days[0]", "always"), ("Opening.Days[1]", "9–11"));
        Assert.True(wrong.Says("We could not read “always”."), wrong.Text);
        Assert.Equal("9–11", wrong.Form("Save the times").Value("Opening.Days[1]"));

        await world.InDbAsync(world.Lejla, db =>
        {
            foreach (var day in new[] { "2026-04-14", "2026-04-21" })
            {
                db.Add(HoursException.DaysOff(world.Lipa.Id, world.Lejla.UserId, Slots.D(day), Slots.D(day)));
                db.Add(HoursException.ExtraHours(world.Lipa.Id, world.Lejla.UserId, Slots.D(day), Slots.T("8:00"), Slots.T("17:00"), MeetingPlace.Room, room));
            }
            return Task.CompletedTask;
        });
        Assert.Equal("9:00 10:00", await OfferedAsync("2026-04-14"));
        Assert.Equal("", await OfferedAsync("2026-04-21"));
        var refused = await NewAsync("2026-04-14", "12:00", $"Room:{room}");
        Assert.True(refused.Says("The room is closed then."), refused.Text);
        Assert.Equal("true", refused.Find("#Input_Place")?.GetAttribute("aria-invalid"));
        Assert.Equal(0, await BookedAsync("2026-04-14"));

        // What was booked before the hours changed is pointed at.
        await world.InDbAsync(world.Lejla, db =>
        {
            foreach (var time in new[] { "2026-04-14 9:00", "2026-04-14 16:00" })
            {
                var before = new Appointment(world.Lipa.Id, world.Emina.EngagementId, world.Lejla.UserId, world.Lipa.Individual, MeetingPlace.Room, room, Slots.Local(time), Slots.Local(time).AddMinutes(50), 80, "BAM", [world.Emina.ClientId], null);
                before.Book(world.Clock.Now, world.Clock.Now);
                db.Add(before);
            }
            return Task.CompletedTask;
        });
        var outside = await azra.GetAsync($"/settings/rooms/{room}");
        Assert.True(outside.Says("1 booked session falls outside the hours of this room.") && outside.Says("14 April, 16:00") && !outside.Says("Emina"), outside.Text);
    }

    [Fact]
    public async Task Hours_for_some_weeks_leave_those_before_and_after_and_can_be_taken_back()
    {
        var damir = await world.As(world.Damir);
        var page = await (await damir.GetAsync("/hours")).SubmitAsync("Save the hours", ("Week.Days[0]", "9–12"), ("Week.From", "2026-03-16"));
        page = await page.SubmitAsync("Save the hours", ("Week.Days[0]", "13–15 online (First talk)"), ("Week.From", "2026-06-01"), ("Week.Until", "2026-06-28"));
        Assert.True(page.Says("1 June 2026 to 28 June 2026"), page.Text);
        Assert.Equal("9:00–12:00", page.Form("Save the hours").Value("Week.Days[0]"));
        var june = await damir.GetAsync("/hours?on=2026-06-10");
        Assert.Equal(("13:00–15:00 online (First talk)", "2026-06-01", "2026-06-28"), (june.Form("Save the hours").Value("Week.Days[0]"), june.Form("Save the hours").Value("Week.From"), june.Form("Save the hours").Value("Week.Until")));
        Assert.Equal("9:00–12:00", (await damir.GetAsync("/hours?on=2026-07-01")).Form("Save the hours").Value("Week.Days[0]"));
        var removed = await page.Form("form[action*='Remove'] button").SubmitAsync();
        Assert.True(removed.Says("The hours before them go on."), removed.Text);
        Assert.Equal("9:00–12:00", (await damir.GetAsync("/hours?on=2026-06-10")).Form("Save the hours").Value("Week.Days[0]"));
        Assert.Empty(removed.FindAll("form[action*='Remove']"));
    }

    [Fact]
    public async Task A_week_is_copied_as_it_really_was_after_it_was_looked_at()
    {
        await world.InDbAsync(world.Lejla, db =>
        {
            db.Add(HoursException.DaysOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-05-05"), Slots.D("2026-05-05")));
            db.Add(HoursException.TimeOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-05-06"), Slots.T("12:00"), Slots.T("13:00")));
            db.Add(HoursException.DaysOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-05-14"), Slots.D("2026-05-14"), "Dentist"));
            return Task.CompletedTask;
        });
        var lejla = await world.As(world.Lejla);
        var preview = await (await lejla.GetAsync("/hours/copy")).SubmitAsync("Show what would be saved", ("Week", "2026-05-04"), ("First", "2026-05-13"), ("Last", "2026-05-13"));
        Assert.True(preview.Says("9:00–17:00 online, break 12:00–13:00") && preview.Says("no hours") && preview.Says("Dentist"), preview.Text);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from working_hours where valid_from = '2026-05-11'"));
        await preview.SubmitAsync("Copy the week");
        var week = (await lejla.GetAsync("/hours?on=2026-05-13")).Form("Save the hours");
        Assert.Equal(("9:00–17:00 online", "", "9:00–17:00 online, break 12:00–13:00", "2026-05-17"), (week.Value("Week.Days[0]"), week.Value("Week.Days[1]"), week.Value("Week.Days[2]"), week.Value("Week.Until")));
        Assert.Equal("9:00–17:00 online", (await lejla.GetAsync("/hours?on=2026-05-18")).Form("Save the hours").Value("Week.Days[1]"));
    }

    [Theory]
    [InlineData("9–12 Room 1 (First talk)", 1)]
    [InlineData("9–12 (first talk, Couple session), break 10–11", 2)]
    [InlineData("9–12 Room 1 (nobody)", 0)]
    public void Kinds_stand_in_brackets(string typed, int named)
    {
        var (rooms, kinds) = (new Dictionary<string, Guid> { ["Room 1"] = Guid.NewGuid() }, new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase) { ["First talk"] = Guid.NewGuid(), ["Couple session"] = Guid.NewGuid() });
        var (hours, wrong) = HoursText.Read(typed, rooms, kinds);
        Assert.Equal((named, named == 0 ? HoursProblem.UnknownKind : null), (hours.Sum(h => h.Kinds?.Count ?? 0), wrong?.What));
    }

    [Fact]
    public async Task Nobody_else_sets_or_copies_hours()
    {
        foreach (var path in new[] { "/hours/copy", "/hours/holidays" })
            foreach (var one in new[] { world.Damir, world.Sanela, world.Mikko })
                Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(one)).GetAsync($"{path}?who={world.Lejla.UserId}")).Status);
    }
}
