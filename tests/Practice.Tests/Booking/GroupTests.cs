using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Several meet, each by their own agreement: seats that are there once, and nobody who learns of anybody.</summary>
public sealed class GroupTests(WaitlistWorld town) : IClassFixture<WaitlistWorld>
{
    private World World => town.World;

    private Task<Guid> KindAsync(WhoMayBook who = WhoMayBook.OwnClients) => World.InDbAsync(World.Lejla, db =>
    {
        var kind = new SessionKind(World.Lipa.Id, new LocalizedName { En = "Circle", Ru = "Круг", Bs = "Krug", Fi = "Piiri" }, 90, 30, 40, "BAM", who, false, 10, SessionForm.Group);
        db.Add(kind);
        return Task.FromResult(kind.Id);
    });

    private Task<T> ActAsync<T>(Person person, Func<GroupActs, Task<T>> act) => World.DoAsync(person, services => act(services.GetRequiredService<GroupActs>()));

    /// <summary>A group of Lejla's with dates on the day at 10:00 and a week later.</summary>
    private async Task<(Guid Group, Guid[] Dates)> GroupAsync(DateTime day, int seats = 3, WhoMayBook who = WhoMayBook.OwnClients, params Person[] members)
    {
        var kind = await KindAsync(who);
        var group = await World.DoAsync(World.Lejla, async services => (await services.GetRequiredService<GroupActs>().FoundAsync(World.Lejla.UserId, await services.GetRequiredService<PracticeDb>().SessionKinds.SingleAsync(k => k.Id == kind), "Tuesdays", seats, CancellationToken.None)).Id);
        foreach (var member in members) await ActAsync(World.Lejla, acts => acts.AddAsync(group, member.EngagementId, member.ClientId, CancellationToken.None));
        Slot At(DateTime start) => new(start, start.AddMinutes(90), SlotPlace.Online);
        Assert.True(await ActAsync(World.Lejla, acts => acts.PlanAsync(group, [At(day.AddHours(10)), At(day.AddDays(7).AddHours(10))], CancellationToken.None)));
        return (group, await World.InDbAsync(World.Lejla, db => db.Appointments.Where(a => a.GroupId == group).OrderBy(a => a.StartsAt).Select(a => a.Id).ToArrayAsync()));
    }

    private Task<BookingResult> JoinAsync(Person client, Guid meeting) =>
        ActAsync(client, acts => acts.JoinAsync(meeting, client.EngagementId, client.ClientId, Actor.Client(client.ClientId, client.UserId), CancellationToken.None));

    private async Task<string> SeatsAsync(Guid meeting) => await World.ScalarAsync<string>($"select coalesce(string_agg(seat::text, ' ' order by seat), '') from appointments where meeting_id = '{meeting}' and state = 'Booked'") ?? "";

    [Fact]
    public async Task Twenty_who_reach_for_three_places_get_three_and_17_kind_answers()
    {
        var (day, cast) = await town.DayAsync([.. Enumerable.Range(0, 20).Select(i => $"Crowd{i}")]);
        var (_, dates) = await GroupAsync(day);
        var results = await Task.WhenAll(cast.Select(person => Task.Run(() => JoinAsync(person, dates[0]))));
        Assert.Equal(3, results.Count(r => r.IsDone));
        Assert.All(results.Where(r => !r.IsDone), r => Assert.Equal(BookingOutcome.Taken, r.Outcome));
        Assert.Equal("1 2 3", await SeatsAsync(dates[0]));
        Assert.Equal(3, await town.CountAsync("occupancies where \"of\" = 'Participant' and starts_at = '{0:O}'", day.AddHours(10)));
        Assert.Equal(1, await town.CountAsync("occupancies where \"of\" = 'Psychologist' and starts_at = '{0:O}'", day.AddHours(10)));

        var late = await (await World.As(cast[Array.FindIndex(results, r => !r.IsDone)])).GetAsync($"/book/group/{dates[0]}");
        Assert.True(late.Says("There is no place left"), late.Text);
    }

    [Fact]
    public async Task A_seat_is_given_once_and_only_if_it_is_there_whatever_the_code_does()
    {
        var (day, cast) = await town.DayAsync("Seat1", "Seat2");
        var (_, dates) = await GroupAsync(day);
        var place = (await JoinAsync(cast[0], dates[0])).AppointmentId;
        string Twin(int seat) => $"insert into appointments select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'seat', {seat}))).* from appointments a where id = '{place}'";
        Assert.Equal("one_to_a_seat", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => World.ScalarAsync<object>(Twin(1)))).ConstraintName);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => World.ScalarAsync<object>(Twin(4)))).MessageText, StringComparison.Ordinal);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => World.ScalarAsync<object>(Twin(0)))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_have_a_place_in_every_date_their_own_reminders_and_one_gives_up_one_date_alone()
    {
        var (day, cast) = await town.DayAsync("Own1", "Own2", "Own3");
        var (group, dates) = await GroupAsync(day, 3, WhoMayBook.OwnClients, cast[0], cast[1]);
        await ActAsync(World.Lejla, acts => acts.AddAsync(group, cast[2].EngagementId, cast[2].ClientId, CancellationToken.None));
        Assert.Equal(["1 2 3", "1 2 3"], [await SeatsAsync(dates[0]), await SeatsAsync(dates[1])]);

        var own = await World.InDbAsync(World.Lejla, db => db.Appointments.AsNoTracking().SingleAsync(a => a.MeetingId == dates[0] && a.Participants.Any(p => p.ClientId == cast[1].ClientId)));
        Assert.Equal((cast[1].EngagementId, 40m), (own.EngagementId, own.Price));
        Assert.Equal(3, await town.CountAsync("(select distinct client_id from notices where kind = 'reminders.appointment' and state = 'Due' and appointment_at = '{0:O}') n", day.AddHours(10)));
        Assert.Equal(BookingOutcome.Joint, (await World.MoveAsync(cast[1], own.Id, day.AddHours(15))).Outcome);

        Assert.Equal(BookingOutcome.Done, await World.CancelAsync(cast[1], own.Id));
        Assert.Equal(["1 3", "1 2 3"], [await SeatsAsync(dates[0]), await SeatsAsync(dates[1])]);
        // For second thoughts the seat is hers a few minutes more.
        Assert.Equal(BookingOutcome.Taken, (await town.TryJoinAsync(World.Lejla, dates[0], World.Emina)).Outcome);
        Assert.Equal(BookingOutcome.Done, await World.TakeBackAsync(cast[1], own.Id));
        Assert.Equal("1 2 3", await SeatsAsync(dates[0]));
    }

    [Fact]
    public async Task Nobody_learns_who_else_comes_neither_by_pages_nor_by_mail()
    {
        var (day, cast) = await town.DayAsync("Quiet1", "Quiet2", "Quiet3");
        var (group, dates) = await GroupAsync(day, 4, WhoMayBook.OwnClients, cast[0], cast[1]);
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        var mails = (await World.DeliverAsync()).Where(m => m.To == cast[0].Email).ToList();
        // Two dates, one message.
        Assert.Equal("Your appointments", Assert.Single(mails).Subject);
        var (visitor, third) = (await World.As(cast[0]), await World.As(cast[2]));
        var pages = new[]
        {
            await visitor.GetAsync("/me"), await visitor.GetAsync("/me/sessions"), await visitor.GetAsync("/book?kind=" + town.Kind), await third.GetAsync("/book?kind=" + town.Kind), await third.GetAsync($"/book/group/{dates[0]}"),
        };
        Assert.All(pages, p => Assert.Equal(HttpStatusCode.OK, p.Status));
        foreach (var text in pages.Select(p => p.Html).Concat(mails.Select(m => m.Subject + m.Text)))
        {
            Assert.DoesNotContain("Quiet2", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Tuesdays", text, StringComparison.Ordinal);
        }
        World.Clock.Set(day.AddHours(10).AddHours(-27));
        var reminder = (await World.DeliverAsync()).First(m => m.To == cast[0].Email);
        Assert.DoesNotContain("Quiet2", (await World.Stranger().GetAsync(Mailbox.Link(reminder))).Html + reminder.Text, StringComparison.Ordinal);
        Assert.True(pages[1].Says("Circle") && !pages[1].Html.Contains("/move", StringComparison.Ordinal), pages[1].Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(cast[0])).GetAsync($"/groups/{group}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(World.Damir)).GetAsync($"/groups/{group}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(World.Damir)).GetAsync($"/groups/date/{dates[0]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(World.Tarik)).GetAsync($"/book/group/{dates[0]}")).Status);
    }

    [Fact]
    public async Task A_client_takes_an_open_place_and_staff_cancel_a_date_for_everybody()
    {
        var (day, cast) = await town.DayAsync("Take1", "Take2");
        var (_, dates) = await GroupAsync(day, 2, WhoMayBook.OwnClients, cast[0]);
        var visitor = await World.As(cast[1]);
        var page = await (await visitor.GetAsync("/book?kind=" + town.Kind)).FollowAsync($"/book/group/{dates[0]}");
        Assert.True(page.Says("Circle") && page.Says("40") && page.Says("Cancelling"), page.Text);
        var sessions = await page.Form("form:has([name='price'])").SubmitAsync();
        Assert.True(sessions.Path == "/me/sessions" && sessions.Says("10:00–11:30"), sessions.Text);
        Assert.True((await visitor.GetAsync("/book?kind=" + town.Kind)).Says("you come"));

        var lejla = await World.As(World.Lejla);
        var date = await lejla.GetAsync($"/groups/date/{dates[0]}");
        Assert.True(date.Says("Take1") && date.Says("Take2") && date.Says("2 of 2 places"), date.Text);
        var without = await date.Form("Cancel this date").SubmitAsync();
        Assert.Contains("Please say why in a few words.", without.Errors);
        var off = await without.Form("Cancel this date").Fill("Reason", "The heating is off").SubmitAsync();
        Assert.True(off.Says("The date is cancelled and everybody is told."), off.Text);
        Assert.Equal(["", "1"], [await SeatsAsync(dates[0]), await SeatsAsync(dates[1])]);
        var told = (await World.DeliverAsync()).Where(m => m.Subject.Contains("cancelled", StringComparison.Ordinal)).Select(m => m.To).Order().ToList();
        Assert.Equal([cast[0].Email, cast[1].Email], told);
        Assert.Equal(0, await town.CountAsync("occupancies where starts_at = '{0:O}'", day.AddHours(10)));
    }

    [Fact]
    public async Task Nothing_follows_from_leaving_and_a_date_is_not_cancelled_like_a_session()
    {
        var (day, cast) = await town.DayAsync("Leave1");
        var (group, dates) = await GroupAsync(day, 2, WhoMayBook.OwnClients, cast[0]);
        var lejla = await World.As(World.Lejla);
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.GetAsync($"/calendar/{dates[0]}/cancel")).Status);
        Assert.True((await lejla.GetAsync($"/groups/date/{dates[0]}")).Says("It costs nobody anything, and nobody is credited."));
        await World.DoAsync(World.Lejla, async services =>
        {
            await services.GetRequiredService<GroupActs>().RemoveAsync(group, cast[0].ClientId, "They left", CancellationToken.None);
            return true;
        });
        Assert.Equal([true, true], await World.InDbAsync(World.Lejla, db => db.Appointments.Where(a => a.MeetingId != null && dates.Contains(a.MeetingId.Value)).Select(a => a.NothingFollows).ToListAsync()));
        Assert.Empty(await World.InDbAsync(World.Lejla, db => db.HistoryAsync(cast[0].EngagementId, cast[0].ClientId, CancellationToken.None)));
    }

    [Fact]
    public async Task Staff_found_a_group_plan_its_dates_and_are_told_what_stands_in_the_way()
    {
        var (day, cast) = await town.DayAsync("Plan1");
        var kind = await KindAsync(WhoMayBook.StaffOnly);
        var lejla = await World.As(World.Lejla);
        var empty = await (await lejla.GetAsync("/groups")).Form("Make the group").SubmitAsync();
        Assert.NotEmpty(empty.Errors);
        var group = await empty.Form("Make the group").Fill("Name", "Wednesdays").Fill("KindId", kind.ToString()).Fill("Seats", "5").SubmitAsync();
        Assert.Equal("Wednesdays", group.Heading);
        var added = await group.Form("Add to all coming dates").Fill("Client", cast[0].ClientId.ToString()).SubmitAsync();
        Assert.True(added.Says("Plan1"), added.Text);

        await town.BookedAsync(cast[0], day.AddHours(12));
        var local = DateOnly.FromDateTime(day.AddHours(12)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var clash = await added.Form("form:has([name='Input.Date'])").Fill("Date", local).Fill("Time", "11:00").Fill("EveryWeeks", "1").Fill("Times", "2").SubmitAsync();
        Assert.True(clash.Says("Nothing was planned"), clash.Text);
        var planned = await clash.Form("form:has([name='Input.Date'])").Fill("Time", "14:00").SubmitAsync();
        Assert.True(planned.Says("1 of 5 places"), planned.Text);
        Assert.True((await lejla.GetAsync("/groups")).Says("1 of 5"));
        Assert.True((await lejla.GetAsync($"/calendar?day={local}")).Says("Wednesdays"));

        var removed = await planned.Form("Yes, they leave").SubmitAsync();
        Assert.True(removed.Says("Their coming places are cancelled."), removed.Text);
        Assert.True(removed.Says("0 of 5 places"), removed.Text);
        // For clients there is nothing: the kind is booked by staff alone.
        var date = planned.Link("/groups/date/").GetAttribute("href")!.Split('/')[^1];
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(cast[0])).GetAsync($"/book/group/{date}")).Status);
    }

    [Fact]
    public async Task A_date_moves_with_everybody_in_it_unless_one_of_them_is_elsewhere_then()
    {
        var (day, cast) = await town.DayAsync("Along1", "Along2");
        var (_, dates) = await GroupAsync(day, 3);
        foreach (var person in cast) Assert.True((await JoinAsync(person, dates[0])).IsDone);
        var lejla = await World.As(World.Lejla);
        async Task<Page> MoveAsync(string time) => await (await lejla.GetAsync($"/groups/date/{dates[0]}")).Form("Move this date").Fill("Input.Time", time).SubmitAsync();

        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await World.DeliverAsync();
        // Half an hour later: it overlaps where it stood, which is nobody else's.
        Assert.True((await MoveAsync("10:30")).Says("Moved, and everybody is told."));
        Assert.Equal(3, await town.CountAsync("appointments where state = 'Booked' and (id = '{0}' or meeting_id = '{0}') and starts_at = '{1:O}'", dates[0], day.AddHours(10.5)));
        Assert.Equal(cast.Select(c => c.Email).Order(), (await World.DeliverAsync()).Select(m => m.To).Order());

        await World.InDbAsync(World.Damir, db =>
        {
            var elsewhere = new Appointment(World.Lipa.Id, cast[1].EngagementId, World.Damir.UserId, town.Kind, MeetingPlace.Online, null, day.AddHours(14), day.AddHours(15), 40, "BAM", [cast[1].ClientId], null);
            elsewhere.Book(World.Clock.Now, World.Clock.Now);
            db.Add(elsewhere);
            return Task.CompletedTask;
        });
        var refused = await MoveAsync("14:00");
        Assert.Equal(["Nothing was moved: somebody who comes is elsewhere then."], refused.Errors);
        Assert.Equal("14:00", refused.Form("Move this date").Value("Input.Time")[..5]);
        Assert.Equal(3, await town.CountAsync("appointments where state = 'Booked' and (id = '{0}' or meeting_id = '{0}') and starts_at = '{1:O}'", dates[0], day.AddHours(10.5)));
    }

    [Fact]
    public async Task A_full_group_is_waited_for_and_the_place_that_becomes_free_goes_to_who_waits()
    {
        var (day, cast) = await town.DayAsync("Full1", "Full2", "Waits", "Later", "Busy");
        var (group, dates) = await GroupAsync(day, 2, WhoMayBook.OwnClients, cast[0], cast[1]);
        var kind = await World.ScalarAsync<Guid>($"select kind_id from groups where id = '{group}'");
        async Task WishAsync(Person client)
        {
            var full = await (await World.As(client)).GetAsync($"/book/group/{dates[0]}");
            var form = (await (await World.As(client)).GetAsync(full.Link("Wait for a place")!.GetAttribute("href")!)).Form("Put me on the list").Fill("Kinds", kind.ToString());
            for (var field = 0; field < WeekTimes.Count; field++) form.Fill("Times", field.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var saved = await form.SubmitAsync();
            Assert.True(saved.Says("Saved. When such a time becomes free"), saved.Text);
            World.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await WishAsync(cast[4]);
        await WishAsync(cast[2]);
        await WishAsync(cast[3]);
        // Who waited longest is elsewhere then.
        await World.InDbAsync(World.Damir, db =>
        {
            var elsewhere = new Appointment(World.Lipa.Id, cast[4].EngagementId, World.Damir.UserId, town.Kind, MeetingPlace.Online, null, day.AddHours(10), day.AddHours(11), 40, "BAM", [cast[4].ClientId], null);
            elsewhere.Book(World.Clock.Now, World.Clock.Now);
            db.Add(elsewhere);
            return Task.CompletedTask;
        });
        await town.RunAsync();
        Assert.Equal("", await town.StatesAsync(day.AddHours(10)));

        var own = await World.ScalarAsync<Guid>($"select a.id from appointments a join appointment_participants p on p.appointment_id = a.id where a.meeting_id = '{dates[0]}' and p.client_id = '{cast[0].ClientId}'");
        Assert.Equal(BookingOutcome.Done, await World.CancelAsync(cast[0], own));
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await Task.WhenAll(town.RunAsync(), town.RunAsync());
        var offer = await town.OpenOfferAsync(cast[2]);
        Assert.Equal("Open", await town.StatesAsync(day.AddHours(10)));
        // It is kept: nobody else gets it meanwhile.
        Assert.Equal(BookingOutcome.Taken, (await JoinAsync(cast[3], dates[0])).Outcome);

        var page = await World.Stranger().GetAsync(town.LinkOf(offer));
        Assert.False(page.Says("Full2"), page.Text);
        await page.SubmitAsync("Yes, book it");
        Assert.Equal("1 2", await SeatsAsync(dates[0]));
        Assert.Equal("Accepted", await town.StatesAsync(day.AddHours(10)));
        Assert.Equal(1, await town.CountAsync("appointments a where meeting_id = '{0}' and state = 'Booked' and seat = 1 and engagement_id = '{1}'", dates[0], cast[2].EngagementId));
    }

    [Fact]
    public async Task A_group_is_renamed_and_ends_with_one_message_to_each_member()
    {
        var (day, cast) = await town.DayAsync("Last1", "Last2");
        var (group, dates) = await GroupAsync(day, 3, WhoMayBook.OwnClients, cast[0]);
        Assert.True((await JoinAsync(cast[1], dates[1])).IsDone);
        var lejla = await World.As(World.Lejla);
        var form = (await lejla.GetAsync($"/groups/{group}")).Form("#change ~ form");
        Assert.NotEmpty((await form.Fill("Named.Name", " ").SubmitAsync()).Errors);
        Assert.Equal("Thursdays", (await form.Fill("Named.Name", "Thursdays").Fill("Named.Seats", "5").SubmitAsync()).Heading);

        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await World.DeliverAsync();
        var end = (await lejla.GetAsync($"/groups/{group}")).Form("End the group");
        Assert.Equal(["Please say why in a few words."], (await end.SubmitAsync()).Errors);
        Assert.True((await end.Fill("Reason", "The year is over").SubmitAsync()).Says("The group has ended."));
        Assert.Equal([cast[0].Email, cast[1].Email], (await World.DeliverAsync()).Select(m => m.To).Order());
        Assert.Equal(0, await town.CountAsync("appointments a where state = 'Booked' and (group_id = '{0}' or meeting_id in (select id from appointments where group_id = '{0}'))", group));
        Assert.Equal(0, await town.CountAsync("group_members where group_id = '{0}' and left_at is null", group));
        // Sent again it is over already.
        Assert.Equal(HttpStatusCode.OK, (await end.SubmitAsync()).Status);
        Assert.True((await lejla.GetAsync($"/groups/{group}")).Says("This group ended on"));
    }

    [Fact]
    public async Task Who_hears_that_a_date_falls_to_an_absence_is_offered_no_hours_alone_with_the_psychologist()
    {
        var (day, cast) = await town.DayAsync("Away1");
        await GroupAsync(day, 3, WhoMayBook.OwnClients, cast[0]);
        await World.DeliverAsync();
        var date = DateOnly.FromDateTime(day.AddHours(10));
        await World.DoAsync(World.Lejla, async s =>
        {
            var seen = await s.GetRequiredService<PracticeDb>().Appointments.Where(a => a.PsychologistId == World.Lejla.UserId && a.StartsAt == day.AddHours(10)).Select(a => a.Id).ToListAsync();
            Assert.Equal(AbsenceOutcome.Done, await s.GetRequiredService<TakeAbsence>().RunAsync(World.Lejla.UserId, new AbsenceTime(date, date), Slots.Sarajevo, seen, "Illness", Actor.Staff(World.Lejla.UserId), CancellationToken.None));
        });
        var mail = Assert.Single(await World.DeliverAsync(), m => m.To == cast[0].Email);
        Assert.DoesNotContain("/book/confirm", mail.Text, StringComparison.Ordinal);
    }
}
