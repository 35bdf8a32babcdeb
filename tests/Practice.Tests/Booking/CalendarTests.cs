using System.Net;
using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>The psychologist's week and what she does in it, through the pages.</summary>
public sealed class CalendarTests(Database database) : IAsyncLifetime
{
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await ReadyAsync(database);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task<Guid> BookedAsync(string time = "10:00") => (await world.ConfirmAsync(world.Emina, Tuesday(time))).AppointmentId;

    private async Task<Page> NewAsync(Visitor visitor, string date, string time, Guid? engagement = null) => await (await visitor.GetAsync("/calendar/new"))
        .SubmitAsync("Book the session", ("EngagementId", (engagement ?? world.Emina.EngagementId).ToString()), ("KindId", world.Lipa.Individual.ToString()), ("Date", date), ("Time", time));

    [Fact]
    public async Task The_week_shows_who_comes_what_is_free_and_what_is_closed()
    {
        await BookedAsync();
        await world.InDbAsync(world.Lejla, db => { db.Add(HoursException.TimeOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-03-18"), Slots.T("12:00"), Slots.T("13:00"), "Dentist")); return Task.CompletedTask; });
        var page = await (await world.As(world.Lejla)).GetAsync("/calendar");
        Assert.Equal("16–22 March 2026", page.Heading);
        var tuesday = page.FindAll(".cal-day")[1];
        Assert.Contains(tuesday.QuerySelectorAll("a.ev-one"), e => e.TextContent.Contains("Emina Hodžić", StringComparison.Ordinal) && e.TextContent.Contains("not confirmed", StringComparison.Ordinal) && e.ClassList.Contains("r2") && e.ClassList.Contains("m0") && e.ClassList.Contains("l0") && e.ClassList.Contains("n50"));
        Assert.Contains(tuesday.QuerySelectorAll("a.ev-open"), e => e.TextContent.Contains("9:00", StringComparison.Ordinal));
        Assert.Contains("Dentist", page.FindAll(".cal-day")[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".cal-day.rest").Count);
        Assert.Equal("23–29 March 2026", (await page.FollowAsync("Week after")).Heading);
    }

    [Fact]
    public async Task A_session_is_booked_moved_and_cancelled_by_typing()
    {
        var lejla = await world.As(world.Lejla);
        var session = await NewAsync(lejla, "2026-03-17", "18:30");
        Assert.Equal("Tuesday 17 March, 18:30–19:20", session.Heading);
        var move = await session.FollowAsync("Move");
        var moved = await move.SubmitAsync("Move the session", ("Date", "2026-03-18"), ("Time", "07:00"), ("Place", $"Room:{world.Lipa.Rooms[0]}"));
        Assert.Equal("Wednesday 18 March, 7:00–7:50", moved.Heading);
        Assert.True(moved.Says("room Room 1") && moved.Says("We moved it from Tuesday 17 March, 18:30"), moved.Text);
        var cancel = await moved.FollowAsync("Cancel");
        var cancelled = await cancel.SubmitAsync("Cancel the session", ("By", "Practice"), ("Reason", "I am at a training"));
        Assert.True(cancelled.Says("I am at a training") && cancelled.Says("Cancelled: Wednesday 18 March, 7:00."), cancelled.Text);
        var back = await cancelled.SubmitAsync("Take it back");
        Assert.True(back.Says("Everything is as it was before.") && !back.Says("I am at a training"), back.Text);
    }

    [Fact]
    public async Task A_time_that_is_taken_is_said_beside_the_field_and_nothing_typed_is_lost()
    {
        await BookedAsync();
        var page = await NewAsync(await world.As(world.Lejla), "2026-03-17", "10:30");
        Assert.True(page.Says("This time is taken") && page.Says("The nearest free hours:"), page.Text);
        Assert.Equal(("2026-03-17", "10:30", world.Emina.EngagementId.ToString()), (page.Form("Book the session").Value("Date"), page.Form("Book the session").Value("Time"), page.Form("Book the session").Value("EngagementId")));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_session()
    {
        var form = (await (await world.As(world.Lejla)).GetAsync("/calendar/new")).Form("Book the session")
            .Fill("EngagementId", world.Emina.EngagementId.ToString()).Fill("KindId", world.Lipa.Individual.ToString()).Fill("Date", "2026-03-17").Fill("Time", "15:00");
        var answers = await Task.WhenAll(form.SubmitAsync(), form.SubmitAsync(), form.SubmitAsync());
        Assert.Single(answers.Select(a => a.Path).Distinct());
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from appointments"));
    }

    [Theory]
    [InlineData("2026-03-16", "09:59", "This is past.")]
    [InlineData("2025-01-01", "10:00", "This is past.")]
    [InlineData("2036-01-01", "10:00", "more than two years ahead")]
    [InlineData("2026-03-29", "02:30", "The clock skips this time")]
    [InlineData("yesterday", "10:00", "could not read this")]
    [InlineData("2026-03-17", "25:99", "could not read this")]
    [InlineData("", "", "Please fill this in.")]
    public async Task Wrong_dates_get_a_message_and_no_session(string date, string time, string message)
    {
        var page = await NewAsync(await world.As(world.Lejla), date, time);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Says(message), page.Text);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from appointments"));
    }

    [Fact]
    public async Task An_operator_books_in_every_calendar_and_a_colleague_in_none_but_their_own()
    {
        var id = await BookedAsync();
        var sanela = await world.As(world.Sanela);
        Assert.Equal(HttpStatusCode.OK, (await sanela.GetAsync($"/calendar?who={world.Lejla.UserId}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sanela.GetAsync($"/calendar/{id}")).Status);
        var damir = await world.As(world.Damir);
        foreach (var path in new[] { $"/calendar?who={world.Lejla.UserId}", $"/calendar/{id}", $"/calendar/{id}/move", $"/calendar/{id}/cancel", $"/calendar/new?who={world.Lejla.UserId}", $"/hours?who={world.Lejla.UserId}", $"/hours/days?who={world.Lejla.UserId}" })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await damir.GetAsync(path)).Status));
    }

    [Fact]
    public async Task Foreign_ids_in_the_form_are_refused_beside_the_field()
    {
        var page = await (await (await world.As(world.Lejla)).GetAsync("/calendar/new")).Form("Book the session")
            .Fill("Date", "2026-03-17").Fill("Time", "15:00").Fill("KindId", world.Lipa.Individual.ToString())
            .Smuggle("Input.EngagementId", world.Tarik.EngagementId.ToString()).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from appointments"));
    }
}
