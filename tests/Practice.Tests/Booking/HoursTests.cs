using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Hours, days off, kinds and prices, typed.</summary>
public sealed class HoursTests(Database database) : IAsyncLifetime
{
    private static readonly Dictionary<string, Guid> rooms = new(StringComparer.OrdinalIgnoreCase) { ["Room 1"] = Guid.Parse("00000000-0000-0000-0000-000000000001") };
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await World.StartAsync(database);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("", "")]
    [InlineData("9-12", "9:00–12:00")]
    [InlineData("9–12, 13:30–17 online", "9:00–12:00, 13:30–17:00 online")]
    [InlineData("9.30 - 12.15 ROOM 1", "9:30–12:15 Room 1")]
    [InlineData("13 do 17 onlajn; 9 до 12", "9:00–12:00, 13:00–17:00 online")]
    [InlineData("9–17, tauko 12–12.30", "9:00–17:00, break 12:00–12:30")]
    [InlineData("22–24", "22:00–0:00")]
    [InlineData("22–2", "22:00–2:00")]
    public void Hours_are_read_as_people_type_them(string typed, string understood)
    {
        var (hours, problem) = HoursText.Read(typed, rooms);
        Assert.Null(problem);
        var written = HoursText.Write(hours, rooms.ToDictionary(r => r.Value, r => r.Key), "online", "break", "H:mm");
        Assert.Equal(understood, written);
        Assert.Equal(hours.OrderBy(h => h.ToString()), HoursText.Read(written, rooms).Hours.OrderBy(h => h.ToString()));
    }

    [Theory]
    [InlineData("mornings", HoursProblem.Unreadable, "mornings")]
    [InlineData("9–12, 25–26", HoursProblem.Unreadable, "25–26")]
    [InlineData("9:75–12", HoursProblem.Unreadable, "9:75–12")]
    [InlineData("17–9", HoursProblem.EndsBeforeItBegins, "17–9")]
    [InlineData("9–12 garden", HoursProblem.UnknownPlace, "garden")]
    public void What_cannot_be_read_is_named(string typed, HoursProblem what, string part) => Assert.Equal((what, part), HoursText.Read(typed, rooms).Problem);

    [Fact]
    public async Task Whoever_changes_another_s_hours_days_off_or_limits_leaves_a_trace()
    {
        await world.OpenHoursAsync(world.Lejla);
        var azra = await world.As(world.Azra);
        var page = await azra.GetAsync($"/hours?who={world.Lejla.UserId}");
        await page.SubmitAsync("Save the hours", ("Week.Days[1]", "10–11 online"), ("Week.From", "2026-03-17"));
        await page.Form("form:has([name='Rules.NoticeHours'])").SubmitAsync();
        var days = await azra.GetAsync($"/hours/days?who={world.Lejla.UserId}");
        await days.Form("form:has([name='Input.First'])").Fill("Input.First", "2026-03-20").SubmitAsync();
        Assert.Equal("hours.changed hours.days-changed hours.rules-changed", await world.ScalarAsync<string>(
            $"select string_agg(act, ' ' order by act) from audit_entries where act like 'hours.%' and subject_id = '{world.Lejla.UserId}'"));
    }

    [Fact]
    public async Task Hours_typed_for_the_week_are_offered_at_once_and_old_ones_end()
    {
        await world.OpenHoursAsync(world.Lejla);
        var lejla = await world.As(world.Lejla);
        var page = await lejla.GetAsync("/hours");
        Assert.Equal("9:00–17:00 online", page.Form("Save the hours").Value("Week.Days[0]"));
        var saved = await page.SubmitAsync("Save the hours", ("Week.Days[1]", "10–11 online"), ("Week.Days[2]", ""), ("Week.From", "2026-03-17"));
        Assert.True(saved.Says("The hours are saved."), saved.Text);
        Assert.Equal("2026-03-16", await world.ScalarAsync<string>("select max(valid_until)::text from working_hours where day = 'Wednesday'"));

        await world.SignedAsync(world.Emina);
        var slots = (await (await world.As(world.Emina)).GetAsync("/book")).FindAll("button.slot").Select(b => b.GetAttribute("aria-label")!).ToList();
        Assert.Equal(["Tuesday 17 March, 10:00, online"], slots.Where(s => s.StartsWith("Tuesday 17", StringComparison.Ordinal)));
        Assert.DoesNotContain(slots, s => s.StartsWith("Wednesday 18", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_said_beside_its_day_with_all_that_was_typed()
    {
        var page = await (await (await world.As(world.Lejla)).GetAsync("/hours")).SubmitAsync("Save the hours", ("Week.Days[0]", "9–12 garden"), ("Week.Days[1]", "10–11"));
        Assert.True(page.Says("We do not know the place “garden”."), page.Text);
        Assert.Equal(("9–12 garden", "10–11"), (page.Form("Save the hours").Value("Week.Days[0]"), page.Form("Save the hours").Value("Week.Days[1]")));
        Assert.Equal("true", page.Find("#Week_Days_0_")?.GetAttribute("aria-invalid"));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from working_hours"));
    }

    [Fact]
    public async Task Rules_are_kept_and_out_of_range_is_refused()
    {
        var lejla = await world.As(world.Lejla);
        var saved = await (await lejla.GetAsync("/hours")).SubmitAsync("Save", ("Rules.NoticeHours", "48"), ("Rules.Grid", "Full"), ("Rules.MaxPerDay", "6"));
        Assert.True(saved.Says("The rules are saved."), saved.Text);
        Assert.Equal("48 Full 6", await world.ScalarAsync<string>("select notice_hours || ' ' || grid || ' ' || max_per_day from booking_rules"));
        var wrong = await (await lejla.GetAsync("/hours")).SubmitAsync("Save", ("Rules.HorizonDays", "0"), ("Rules.NoticeHours", "-1"));
        Assert.True(wrong.Says("Please choose between 1 and 365."), wrong.Text);
    }

    [Fact]
    public async Task Days_off_are_added_with_their_conflicts_and_removed()
    {
        await world.OpenHoursAsync(world.Lejla);
        await world.SignedAsync(world.Emina);
        await world.ConfirmAsync(world.Emina, BookingWorld.Tuesday("10:00"));
        var lejla = await world.As(world.Lejla);
        var added = await (await lejla.GetAsync("/hours/days")).SubmitAsync("Add it", ("Of", "DaysOff"), ("First", "2026-03-17"), ("Last", "2026-03-18"), ("Note", "Training"));
        Assert.True(added.Says("Training") && added.Says("1 session is booked in it"), added.Text);
        Assert.DoesNotContain((await (await world.As(world.Emina)).GetAsync("/book")).FindAll("button.slot"), b => b.GetAttribute("aria-label")!.StartsWith("Tuesday 17", StringComparison.Ordinal));
        Assert.DoesNotContain("Training", (await (await world.As(world.Emina)).GetAsync("/book")).Html, StringComparison.Ordinal);
        var removed = await added.Form("form[action*='Remove'] button").SubmitAsync();
        Assert.True(removed.Says("The usual hours hold again.") && !removed.Says("Training"), removed.Text);
    }

    [Theory]
    [InlineData("DaysOff", "2026-03-18", "2026-03-17", "", "The last day lies before the first.")]
    [InlineData("DaysOff", "2020-01-01", "", "", "This is past.")]
    [InlineData("TimeOff", "2026-03-18", "", "", "Please give the time.")]
    [InlineData("ExtraHours", "2026-03-18", "", "10:00", "Please give the time.")]
    public async Task Half_an_exception_is_none(string what, string first, string last, string from, string message)
    {
        var page = await (await (await world.As(world.Lejla)).GetAsync("/hours/days")).SubmitAsync("Add it", ("Of", what), ("First", first), ("Last", last), ("From", from));
        Assert.True(page.Says(message), page.Text);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from hours_exceptions"));
    }

    [Fact]
    public async Task The_admin_sets_prices_and_what_is_booked_keeps_its_own()
    {
        await world.OpenHoursAsync(world.Lejla);
        await world.SignedAsync(world.Emina);
        var booked = await world.ConfirmAsync(world.Emina, BookingWorld.Tuesday("10:00"));
        var azra = await world.As(world.Azra);
        var edit = await (await azra.GetAsync("/settings/kinds")).FollowAsync("Individual session");
        var list = await edit.SubmitAsync("Save", ("Price", "90.50"), ("Minutes", "60"));
        Assert.True(list.Says("Saved.") && list.Says("90.50 KM"), list.Text);
        Assert.Equal(80m, (await world.AppointmentAsync(booked.AppointmentId)).Price);

        var wrong = await (await azra.GetAsync("/settings/kind")).SubmitAsync("Save", ("En", ""), ("Price", "much"), ("Minutes", "1"), ("InPerson", "false"), ("Online", "false"));
        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        Assert.True(wrong.Says("Please fill this in.") && wrong.Says("Please choose between 5 and 480."), wrong.Text);
        var fresh = await (await azra.GetAsync("/settings/kind")).SubmitAsync("Save", ("En", "Walk"), ("Ru", "Прогулка"), ("Bs", "Šetnja"), ("Fi", "Kävely"), ("Price", "70"));
        Assert.True(fresh.Says("Walk"), fresh.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Lejla)).GetAsync("/settings/kinds")).Status);
    }

    [Fact]
    public async Task A_retired_kind_is_offered_to_nobody()
    {
        var azra = await world.As(world.Azra);
        var edit = await azra.GetAsync($"/settings/kind/{world.Lipa.FirstTalk}");
        Assert.True((await edit.SubmitAsync("Offer it no longer")).Says("no longer offered"));
        await world.OpenHoursAsync(world.Damir);
        Assert.False((await (await world.As(world.Tarik)).GetAsync("/book")).Says("First talk"));
    }
}
