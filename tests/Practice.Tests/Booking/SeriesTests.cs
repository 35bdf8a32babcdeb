using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Tests.Platform;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>Sessions that are booked, moved and cancelled together, by staff, through the pages.</summary>
public sealed class SeriesTests(Database database) : IAsyncLifetime
{
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await ReadyAsync(database);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task<Form> FilledAsync(Visitor lejla, string every = "1", string? times = "4", string? until = null, string date = "2026-03-17", string time = "10:00")
    {
        var form = (await lejla.GetAsync($"/calendar/new?client={world.Emina.ClientId}")).Form("Book")
            .Fill("KindId", world.Lipa.Individual.ToString()).Fill("Date", date).Fill("Time", time).Fill("Place", "Online").Fill("EveryWeeks", every);
        if (times is not null) form = form.Fill("Times", times);
        return until is null ? form : form.Fill("Until", until);
    }

    private async Task<Visitor> BookedAsync(string? times = "4", string every = "1", string? until = null)
    {
        var lejla = await world.As(world.Lejla);
        var plan = await (await FilledAsync(lejla, every, times, until)).SubmitAsync();
        await plan.SubmitAsync("Book what is ticked");
        return lejla;
    }

    private Task<List<Appointment>> AllAsync() => world.InDbAsync(world.Lejla, db => db.Appointments.AsNoTracking().Where(a => a.SeriesId != null).OrderBy(a => a.OriginalStartsAt).ThenBy(a => a.StartsAt).ToListAsync());

    private async Task<string> StartsAsync() => string.Join(' ', (await AllAsync()).Where(a => a.State == AppointmentState.Booked).Select(a => $"{TimeZoneInfo.ConvertTimeFromUtc(a.StartsAt, Slots.Sarajevo):d.M.H:mm}"));

    private Task TakenAsync(string day, string time = "10:00") => world.InDbAsync(world.Lejla, db =>
    {
        var start = Slots.Local($"{day} {time}");
        var appointment = new Appointment(world.Lipa.Id, world.Emina.EngagementId, world.Lejla.UserId, world.Lipa.Individual, MeetingPlace.Online, null, start, start.AddMinutes(50), 80, "BAM", [world.Tarik.ClientId], null);
        appointment.Book(world.Clock.Now, world.Clock.Now);
        db.Add(appointment);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Every_week_at_the_same_reading_of_the_clock_though_it_changes_in_between()
    {
        await BookedAsync();
        Assert.Equal("17.3.10:00 24.3.10:00 31.3.10:00 7.4.10:00", await StartsAsync());
        var starts = (await AllAsync()).ConvertAll(a => a.StartsAt);
        Assert.Equal(TimeSpan.FromDays(7) - TimeSpan.FromHours(1), starts[2] - starts[1]);
    }

    [Fact]
    public async Task Paying_the_first_session_beforehand_is_asked_of_the_first_one_alone()
    {
        await world.AgreeAsync(world.Emina, Terms.Default(80, "BAM") with { Prepayment = new PrepaymentTerms("4", PrepaymentScope.FirstSession, 50, 24, WhenUnpaid.ReleaseSlot) });
        await BookedAsync();
        Assert.Equal([40m, null, null, null], (await AllAsync()).Select(a => a.PrepaymentAmount));
    }

    [Theory]
    [InlineData("2", "3", null, "17.3.10:00 31.3.10:00 14.4.10:00")]
    [InlineData("1", null, "2026-04-01", "17.3.10:00 24.3.10:00 31.3.10:00")]
    [InlineData("1", "2", "2026-12-31", "17.3.10:00 24.3.10:00")]
    public async Task So_often_or_until_a_day_whichever_comes_first(string every, string? times, string? until, string expected)
    {
        await BookedAsync(times, every, until);
        Assert.Equal(expected, await StartsAsync());
    }

    [Fact]
    public void The_time_of_the_day_stays_in_every_zone_for_years_and_a_skipped_reading_comes_after_the_gap()
    {
        foreach (var id in new[] { "Europe/Sarajevo", "Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago" })
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
            for (var year = 2026; year <= 2037; year++)
                foreach (var start in SeriesDays.Of(new DateOnly(year, 1, 1).AddDays((7 - (int)new DateOnly(year, 1, 1).DayOfWeek) % 7), new TimeOnly(2, 30), 1, null, new DateOnly(year, 12, 31), zone))
                {
                    var local = TimeZoneInfo.ConvertTimeFromUtc(start, zone);
                    Assert.Equal(DayOfWeek.Sunday, local.DayOfWeek);
                    Assert.True(local.TimeOfDay == new TimeSpan(2, 30, 0) || zone.IsInvalidTime(local.Date.AddHours(2.5)), $"{id} {local}");
                }
        }
    }

    [Fact]
    public async Task What_stands_in_the_way_is_shown_before_anything_is_saved_and_can_be_left_out_or_put_elsewhere()
    {
        await world.OpenHoursAsync(world.Lejla);
        await TakenAsync("2026-03-24");
        await world.InDbAsync(world.Lejla, db => { db.Add(HoursException.DaysOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-03-31"), Slots.D("2026-03-31"))); return Task.CompletedTask; });
        var lejla = await world.As(world.Lejla);
        var plan = await (await FilledAsync(lejla)).SubmitAsync();

        Assert.True(plan.Says("2 cannot stand") && plan.Says("the psychologist has another session then") && plan.Says("the psychologist is away"), plan.Text);
        Assert.Empty(await AllAsync());
        var instead = plan.FindAll("fieldset input[name=Take]").First(i => i.GetAttribute("value")!.StartsWith("2026-03-24T10:00Z", StringComparison.Ordinal));
        var form = plan.Form("Book what is ticked");
        ((AngleSharp.Html.Dom.IHtmlInputElement)form.Element.QuerySelector($"[value='{instead.GetAttribute("value")}']")!).IsChecked = true;
        await form.SubmitAsync();
        Assert.Equal("17.3.10:00 24.3.11:00 7.4.10:00", await StartsAsync());
    }

    [Fact]
    public async Task When_somebody_was_quicker_nothing_is_booked_and_the_list_says_why()
    {
        var lejla = await world.As(world.Lejla);
        var plan = await (await FilledAsync(lejla)).SubmitAsync();
        await TakenAsync("2026-03-31");
        var again = await plan.SubmitAsync("Book what is ticked");

        Assert.True(again.Says("Nothing was saved") && again.Says("One cannot stand"), again.Text);
        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task A_plan_of_other_words_than_the_form_is_not_booked()
    {
        var lejla = await world.As(world.Lejla);
        var plan = await (await FilledAsync(lejla)).SubmitAsync();
        var again = await plan.Form("Book what is ticked").Fill("Time", "12:00").SubmitAsync();
        Assert.True(again.Says("Nothing was saved"), again.Text);
        await again.SubmitAsync("Book what is ticked");
        Assert.Equal("17.3.12:00 24.3.12:00 31.3.12:00 7.4.12:00", await StartsAsync());
    }

    [Fact]
    public async Task Sent_twice_or_a_hundred_times_it_is_one_series()
    {
        var lejla = await world.As(world.Lejla);
        var plan = await (await FilledAsync(lejla)).SubmitAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => plan.Form("Book what is ticked").SubmitAsync(follow: false)));
        Assert.Equal(4, (await AllAsync()).Count);
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from appointment_series"));
    }

    [Theory]
    [InlineData("1", null, null, "how many sessions")]
    [InlineData("1", null, "2026-03-16", "before the first")]
    public async Task What_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(string every, string? times, string? until, string said)
    {
        var page = await (await FilledAsync(await world.As(world.Lejla), every, times, until)).SubmitAsync();
        Assert.True(page.Says(said), page.Text);
        Assert.Equal("10:00", page.Form("Book").Value("Time")![..5]);
    }

    [Fact]
    public async Task The_client_gets_one_message_with_all_times_and_reminders_for_each()
    {
        await BookedAsync();
        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Emina.Email);
        foreach (var day in new[] { "Tuesday 17 March, 10:00", "Tuesday 24 March, 10:00", "Tuesday 31 March, 10:00", "Tuesday 7 April, 10:00" }) Assert.Contains(day, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ndividual", mail.Text + mail.Subject, StringComparison.Ordinal);
        Assert.Equal(4, CalendarReader.Read(mail.Calendar!).Count);
        Assert.True(await world.ScalarAsync<long>("select count(distinct appointment_id) from notices where kind = 'appointment.reminder' or kind like 'reminders.%'") >= 3);
    }

    [Fact]
    public async Task This_and_those_after_it_move_to_another_day_and_time()
    {
        var lejla = await BookedAsync();
        var second = (await AllAsync())[1];
        var plan = await (await lejla.GetAsync($"/calendar/{second.Id}/move")).Form("Move the session").Fill("Date", "2026-03-25").Fill("Time", "12:00").Fill("Scope", "Following").SubmitAsync();
        Assert.True(plan.Says("All 3 are free"), plan.Text);
        await plan.SubmitAsync("Move what is ticked");
        Assert.Equal("17.3.10:00 25.3.12:00 1.4.12:00 8.4.12:00", await StartsAsync());
        Assert.Equal("10:00–11:00 12:00–13:00 12:00–13:00 12:00–13:00", await world.TakenAsync());
    }

    [Fact]
    public async Task All_ahead_may_go_where_another_of_them_stood()
    {
        var lejla = await BookedAsync();
        var first = (await AllAsync())[0];
        var plan = await (await lejla.GetAsync($"/calendar/{first.Id}/move")).Form("Move the session").Fill("Date", "2026-03-24").Fill("Scope", "Following").SubmitAsync();
        await plan.SubmitAsync("Move what is ticked");
        Assert.Equal("24.3.10:00 31.3.10:00 7.4.10:00 14.4.10:00", await StartsAsync());
    }

    [Fact]
    public async Task What_cannot_go_there_stays()
    {
        var lejla = await BookedAsync();
        await TakenAsync("2026-03-31", "14:00");
        var first = (await AllAsync())[0];
        var plan = await (await lejla.GetAsync($"/calendar/{first.Id}/move")).Form("Move the session").Fill("Time", "14:00").Fill("Scope", "Following").SubmitAsync();
        Assert.True(plan.Says("One cannot go there"), plan.Text);
        await plan.SubmitAsync("Move what is ticked");
        Assert.Equal("17.3.14:00 24.3.14:00 31.3.10:00 7.4.14:00", await StartsAsync());
    }

    [Fact]
    public async Task Only_one_moves_and_stays_in_the_series()
    {
        var lejla = await BookedAsync();
        var second = (await AllAsync())[1];
        await (await lejla.GetAsync($"/calendar/{second.Id}/move")).Form("Move the session").Fill("Time", "15:00").SubmitAsync();
        Assert.Equal("17.3.10:00 24.3.15:00 31.3.10:00 7.4.10:00", await StartsAsync());
    }

    [Fact]
    public async Task This_and_those_after_it_are_cancelled_with_one_message_and_cost_nothing()
    {
        var lejla = await BookedAsync();
        await world.DeliverAsync();
        var third = (await AllAsync())[2];
        var page = await lejla.GetAsync($"/calendar/{third.Id}/cancel");
        Assert.True(page.Says("This one and the one after it") && page.Says("31 March · 7 April"), page.Text);
        await page.Form("button.btn-stop").Fill("By", "Practice").Fill("Reason", "Holiday").Fill("Scope", "Following").SubmitAsync();

        Assert.Equal("17.3.10:00 24.3.10:00", await StartsAsync());
        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Emina.Email);
        Assert.Contains("you pay nothing", mail.Text, StringComparison.Ordinal);
        Assert.All(CalendarReader.Read(mail.Calendar!), e => Assert.Equal("CANCELLED", e.Status));
        Assert.Equal("10:00–11:00 10:00–11:00", await world.TakenAsync());
    }

    [Fact]
    public async Task A_client_who_rings_cancels_this_and_those_after_it_by_their_own_terms()
    {
        var lejla = await BookedAsync();
        await world.DeliverAsync();
        var page = await lejla.GetAsync($"/calendar/{(await AllAsync())[2].Id}/cancel");
        await page.Form("button.btn-stop").Fill("By", world.Emina.ClientId.ToString()).Fill("Scope", "Following").SubmitAsync();

        Assert.Equal("17.3.10:00 24.3.10:00", await StartsAsync());
        Assert.Equal(2, await world.InDbAsync(world.Lejla, db => db.Appointments.CountAsync(a => a.CancelledByClientId == world.Emina.ClientId && a.CancelledBy == world.Lejla.UserId)));
        Assert.Equal(2, (await world.DeliverAsync()).Count(m => m.To == world.Emina.Email));
    }

    [Fact]
    public async Task Of_two_series_over_the_same_hours_one_is_booked_whole_and_the_other_not_at_all()
    {
        var lejla = await world.As(world.Lejla);
        var forms = new List<Form>();
        for (var i = 0; i < 6; i++) forms.Add((await (await FilledAsync(lejla, time: i % 2 == 0 ? "10:00" : "10:30")).SubmitAsync()).Form("Book what is ticked"));
        await Task.WhenAll(forms.Select(f => f.SubmitAsync(follow: false)));

        Assert.Equal(4, (await AllAsync()).Count);
        Assert.Single((await AllAsync()).Select(a => TimeZoneInfo.ConvertTimeFromUtc(a.StartsAt, Slots.Sarajevo).TimeOfDay).Distinct());
    }

    [Fact]
    public async Task Nothing_is_booked_or_moved_past_the_last_day_of_the_work()
    {
        await world.InDbAsync(world.Lejla, async db => (await db.Engagements.SingleAsync(e => e.Id == world.Emina.EngagementId)).EndOn(Slots.Local("2026-03-31 00:00")));
        var lejla = await world.As(world.Lejla);
        var plan = await (await FilledAsync(lejla)).SubmitAsync();
        Assert.Equal(2, plan.FindAll("main s").Count);
        Assert.True(plan.Says("the work together has ended by then"), plan.Text);
        await plan.SubmitAsync("Book what is ticked");
        Assert.Equal("17.3.10:00 24.3.10:00", await StartsAsync());

        var one = (await AllAsync())[1];
        var late = await (await lejla.GetAsync($"/calendar/{one.Id}/move")).Form("Move").Fill("Date", "2026-04-07").SubmitAsync();
        Assert.True(late.Says("The work together has ended by then."), late.Text);
        var single = await (await FilledAsync(lejla, every: "0", times: null, date: "2026-04-07")).SubmitAsync();
        Assert.True(single.Says("The work together has ended by then."), single.Text);
        Assert.Equal("17.3.10:00 24.3.10:00", await StartsAsync());
    }
}
