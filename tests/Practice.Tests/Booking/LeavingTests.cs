using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Tests.Attendance;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Booking;

/// <summary>Emina and Tarik come as a couple; one of them gives up their place, and what happens to the session afterwards is not theirs.</summary>
public sealed class LeavingTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private static readonly Terms TwoDays = Terms.Default(80m, "BAM") with { FreePasses = null, Cancellation = new CancellationTerms("5", [new NoticeTier(48, Cost.OfPercent(50))]) };

    private Guid couple;

    public async ValueTask InitializeAsync()
    {
        // Each in a week of its own.
        world.Clock.Advance(TimeSpan.FromDays(7));
        couple = await world.InDbAsync(world.Lejla, db => db.Engagements.Where(e => e.Kind == EngagementKind.Couple && e.KeyId == world.Emina.KeyId).Select(e => e.Id).SingleOrDefaultAsync());
        if (couple != default) return;
        couple = await world.InDbAsync(world.Lejla, db =>
        {
            var together = new Engagement(world.Lipa.Id, EngagementKind.Couple, world.Lejla.UserId, world.Emina.KeyId, world.Clock.Now);
            together.Join(world.Emina.ClientId);
            together.Join(world.Tarik.ClientId);
            db.Add(together);
            return Task.FromResult(together.Id);
        });
        await world.OpenHoursAsync(world.Lejla, weekend: true);
        await world.AgreeAsync(world.Emina with { EngagementId = couple }, TwoDays);
        await world.AgreeAsync(world.Emina, TwoDays);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A session of both in ten days, at 10:00 UTC; its second thoughts are over unless <paramref name="fresh"/>.</summary>
    private async Task<(Guid Id, DateTime Start)> TogetherAsync(int days = 10, bool fresh = false)
    {
        var start = world.Clock.Now.Date.AddDays(days).AddHours(10);
        var id = await world.DoAsync(world.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var engagement = await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == couple);
            var kind = await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.Couple);
            return (await services.GetRequiredService<BookSession>().BookAsync(engagement, kind, new Slot(start, start.AddMinutes(80), SlotPlace.Online), Actor.Staff(world.Lejla.UserId), CancellationToken.None)).AppointmentId;
        });
        Assert.NotEqual(Guid.Empty, id);
        if (!fresh) Pass(5);
        return (id, start);
    }

    private void Pass(int minutes) => world.Clock.Advance(TimeSpan.FromMinutes(minutes));

    private Task<BookingResult> StaffMoveAsync(Guid id, DateTime start, MeetingPlace place = MeetingPlace.Online) => world.DoAsync(world.Lejla, services =>
        services.GetRequiredService<MoveAppointment>().RunAsync(id, start, place, null, Actor.Staff(world.Lejla.UserId), CancellationToken.None));

    private async Task<AppointmentParticipant> PlaceAsync(Guid id, Person person) => (await world.AppointmentAsync(id)).Participants.Single(p => p.ClientId == person.ClientId);

    private Task<List<Charge>> ChargesAsync(Guid id, Person person) =>
        world.InDbAsync(world.Lejla, db => db.Charges.AsNoTracking().Where(c => c.AppointmentId == id && c.ClientId == person.ClientId).ToListAsync());

    private Task<List<AssessedEvent>> EventsAsync(Guid id, Person person) =>
        world.InDbAsync(world.Lejla, db => db.AssessedEvents.AsNoTracking().Where(e => e.AppointmentId == id && e.ClientId == person.ClientId).ToListAsync());

    private Task<int> WaitingAsync(Guid id, Person person, string kind) => world.InDbAsync(world.Lejla, db =>
        db.Notices.CountAsync(n => n.AppointmentId == id && n.ClientId == person.ClientId && n.Kind == kind && n.State == PracticeApp.Reminders.NoticeState.Due));

    private Task<Page> LinkAsync(Guid id, Person person, DateTime start) => world.Stranger().GetAsync(
        "/a/" + world.Services.GetRequiredService<LinkTokens>().Make(PlanReminders.LinkPurpose, world.Lipa.Id, id, person.ClientId, start.AddDays(30)));

    [Fact]
    public async Task Who_left_late_left_late_though_the_other_cancels_a_minute_later_for_a_reason_of_their_own()
    {
        var (id, start) = await TogetherAsync();
        world.Clock.Set(start.AddHours(-5));
        await world.CancelAsync(world.Emina, id, "work");
        var left = world.Clock.Now;
        Pass(1);
        await world.CancelAsync(world.Tarik, id, "bereavement");
        Assert.False((await LinkAsync(id, world.Emina, start)).Says("bereavement"));
        Pass(5);
        await world.WatchAsync();

        Assert.Equal((EventKind.Cancelled, left), (await EventsAsync(id, world.Emina)).Select(e => (e.What, e.At)).Single());
        Assert.Equal(ChargeKind.LateCancellation, Assert.Single(await ChargesAsync(id, world.Emina)).Kind);
        Assert.Equal(AttendanceKind.CancelledLate, (await PlaceAsync(id, world.Emina)).Attendance);
        Assert.Empty(await ChargesAsync(id, world.Tarik));
        var page = await LinkAsync(id, world.Emina, start);
        Assert.True(page.Says("KM (clause 5") && !page.Says("bereavement"), page.Text);
    }

    [Fact]
    public async Task A_late_cancelling_that_was_the_practices_costs_nothing()
    {
        var (id, start) = await TogetherAsync();
        world.Clock.Set(start.AddHours(-5));
        await world.CancelAsync(world.Emina, id);
        await world.CancelAsync(world.Tarik, id);
        Pass(5);
        await world.WatchAsync();
        Assert.Single(await ChargesAsync(id, world.Tarik), c => c.Kind == ChargeKind.LateCancellation);

        await world.InDbAsync(world.Lejla, db => db.Appointments.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.CancelledByClientId, (Guid?)null)));
        await world.DoAsync(world.Lejla, services => services.GetRequiredService<AssessEvents>().RunAsync(couple, world.Tarik.ClientId, CancellationToken.None));
        Assert.DoesNotContain(await ChargesAsync(id, world.Tarik), c => c.Kind == ChargeKind.LateCancellation);
        Assert.Equal(AttendanceKind.CancelledByPsychologist, (await PlaceAsync(id, world.Tarik)).Attendance);
    }

    [Fact]
    public async Task Of_a_session_that_one_cancelled_for_both_the_other_is_settled_too()
    {
        var (id, start) = await TogetherAsync();
        world.Clock.Set(start.AddHours(-5));
        await world.InDbAsync(world.Lejla, async db =>
        {
            var appointment = await db.Appointments.Include(a => a.Participants).Include(a => a.Occupancies).AsSingleQuery().SingleAsync(a => a.Id == id);
            appointment.Cancel(world.Clock.Now, world.Clock.Now, null, world.Emina.ClientId, null);
        });
        await world.WatchAsync();
        Assert.Equal(AttendanceKind.CancelledLate, (await PlaceAsync(id, world.Emina)).Attendance);
        Assert.Equal(AttendanceKind.CancelledInTime, (await PlaceAsync(id, world.Tarik)).Attendance);
        Assert.Empty(await ChargesAsync(id, world.Tarik));
        Assert.Equal(0L, await world.ScalarAsync<long>($"select count(*) from attendance_due('{world.Clock.Now.AddDays(1):O}', 500) where id = '{id}'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_becomes_of_the_session_costs_nobody_who_had_left_it(bool byStaff)
    {
        var (id, start) = await TogetherAsync();
        world.Clock.Set(start.AddDays(-4));
        await world.CancelAsync(world.Emina, id);
        Pass(5);
        if (byStaff) Assert.True((await StaffMoveAsync(id, start.AddDays(-3))).IsDone);
        else
        {
            world.Clock.Set(start.AddHours(-3));
            Assert.True((await world.MoveAsync(world.Tarik, id, start.AddDays(1))).IsDone);
        }
        Pass(5);
        await world.WatchAsync();

        Assert.Empty(await ChargesAsync(id, world.Emina));
        Assert.Equal((EventKind.Cancelled, start), (await EventsAsync(id, world.Emina)).Select(e => (e.What, e.AppointmentAt)).Single());
        Assert.Equal(AttendanceKind.CancelledInTime, (await PlaceAsync(id, world.Emina)).Attendance);
    }

    [Fact]
    public async Task Who_left_does_not_move_the_session_and_does_not_learn_where_it_went()
    {
        var (id, start) = await TogetherAsync();
        var emina = await world.As(world.Emina);
        var made = await emina.GetAsync("/account/calendar");
        var feed = new Uri((made.FindAll("#feed").Count > 0 ? made : await made.SubmitAsync("Make an address")).FindAll("#feed").Single().GetAttribute("value")!).PathAndQuery;
        await world.CancelAsync(world.Emina, id);
        Pass(5);

        Assert.Equal(HttpStatusCode.NotFound, (await emina.GetAsync($"/me/sessions/{id}/move")).Status);
        Assert.Equal(BookingOutcome.Gone, (await world.MoveAsync(world.Emina, id, start.AddHours(2))).Outcome);
        Assert.True((await emina.GetAsync($"/me/sessions/{id}/cancel")).Says("This session can no longer be changed"));

        Assert.True((await world.MoveAsync(world.Tarik, id, start.AddDays(1).AddHours(2))).IsDone);
        Pass(5);
        var (was, became) = (Slots.Sarajevo.Day(start), Slots.Sarajevo.Day(start.AddDays(1)));
        var list = (await emina.GetAsync("/me/sessions")).FindAll("article").Select(e => e.GetAttribute("aria-label")!).ToList();
        Assert.Contains(list, l => l.Contains(was, StringComparison.Ordinal));
        Assert.DoesNotContain(list, l => l.Contains(became, StringComparison.Ordinal));
        var own = Assert.Single(CalendarReader.Read((await world.Stranger().GetAsync(feed)).Html), e => e.Uid.StartsWith(id.ToString("N"), StringComparison.Ordinal));
        Assert.Equal((start, start.AddMinutes(80), "CANCELLED"), (own.Starts.ToUniversalTime(), own.Ends.ToUniversalTime(), own.Status));
        var link = await LinkAsync(id, world.Emina, start);
        Assert.True(link.Says(was) && !link.Says(became), link.Text);
        Assert.False((await emina.GetAsync("/me")).Says(became));
    }

    [Fact]
    public async Task In_the_portal_cancelling_costs_no_more_than_the_button_said()
    {
        var (id, start) = await TogetherAsync();
        world.Clock.Set(start.AddHours(-48));
        var page = await (await world.As(world.Emina)).GetAsync($"/me/sessions/{id}/cancel");
        Pass(5);

        var answer = await page.SubmitAsync("Cancel the session", ("Because", "work"));
        Assert.True(answer.Says("By now it costs") && answer.Says("Nothing has been done yet"), answer.Text);
        Assert.Null((await PlaceAsync(id, world.Emina)).WithdrawnAt);
        Assert.True(answer.Find("input[value=work]")!.HasAttribute("checked"));
        await answer.Form("button.btn-stop").SubmitAsync();
        Assert.NotNull((await PlaceAsync(id, world.Emina)).WithdrawnAt);
    }

    [Fact]
    public async Task In_the_portal_moving_costs_no_more_than_the_button_said()
    {
        var start = world.Clock.Now.Date.AddDays(5).AddHours(10);
        var id = await world.BookAsync(world.Emina, start);
        world.Clock.Set(start.AddHours(-24));
        var to = new SlotValue(start.AddDays(1), MeetingPlace.Online);
        var page = await (await world.As(world.Emina)).GetAsync($"/me/sessions/{id}/move?to={Uri.EscapeDataString(to.ToString())}");
        Pass(5);

        var answer = await page.SubmitAsync("Move it here");
        Assert.True(answer.Says("By now it costs 40 KM. Nothing has been done yet"), answer.Text);
        Assert.Equal(start, (await world.AppointmentAsync(id)).StartsAt);
        await answer.SubmitAsync("Move, 40 KM");
        Assert.Equal(start.AddDays(1), (await world.AppointmentAsync(id)).StartsAt);
    }

    [Fact]
    public async Task A_move_is_judged_by_the_place_it_left()
    {
        var start = world.Clock.Now.Date.AddDays(5).AddHours(10);
        var id = await world.BookAsync(world.Emina, start);
        var before = (await world.AppointmentAsync(id)).Place;
        Assert.True((await StaffMoveAsync(id, start.AddHours(3), before == MeetingPlace.Online ? MeetingPlace.Room : MeetingPlace.Online)).IsDone);
        var past = (await world.InDbAsync(world.Lejla, db => db.HistoryAsync(world.Emina.EngagementId, world.Emina.ClientId, CancellationToken.None))).Single(p => p.Appointment.Id == id);
        Assert.Equal(before == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson, past.Appointment.Place);
    }

    [Fact]
    public async Task Each_party_of_a_series_hears_of_the_dates_that_are_theirs()
    {
        var (first, start) = await TogetherAsync();
        var (second, _) = await TogetherAsync(days: 12);
        await world.CancelAsync(world.Emina, first);
        Pass(5);
        await world.DoAsync(world.Lejla, services => services.GetRequiredService<SeriesActs>()
            .CancelAsync([first, second], [world.Lejla.UserId, world.Emina.ClientId, world.Tarik.ClientId], "away", Actor.Staff(world.Lejla.UserId), CancellationToken.None));

        var told = await world.InDbAsync(world.Lejla, db => db.Notices.AsNoTracking().Where(n => (n.AppointmentId == first || n.AppointmentId == second) && n.Kind == TellOfBooking.SeriesCancelled).ToListAsync());
        Assert.Equal([second, first], new[] { world.Emina, world.Tarik }.Select(p => told.Single(n => n.ClientId == p.ClientId).AppointmentId));
        Assert.Equal([1, 2], new[] { world.Emina, world.Tarik }.Select(p => told.Single(n => n.ClientId == p.ClientId).Data["dates"].Split('\n').Length));
    }

    [Fact]
    public async Task A_quick_word_of_one_party_swallows_nothing_that_the_other_is_told()
    {
        var (id, start) = await TogetherAsync(fresh: true);
        Pass(1);
        await world.CancelAsync(world.Emina, id);
        Assert.Equal((0, 1, 1), (await WaitingAsync(id, world.Emina, TellOfBooking.Booked), await WaitingAsync(id, world.Emina, TellOfBooking.Cancelled), await WaitingAsync(id, world.Tarik, TellOfBooking.Booked)));

        await world.TakeBackAsync(world.Emina, id);
        Assert.Equal((1, 0, 1), (await WaitingAsync(id, world.Emina, TellOfBooking.Booked), await WaitingAsync(id, world.Emina, TellOfBooking.Cancelled), await WaitingAsync(id, world.Tarik, TellOfBooking.Booked)));

        await world.CancelAsync(world.Emina, id);
        Pass(1);
        Assert.True((await StaffMoveAsync(id, start.AddHours(2))).IsDone);
        Assert.Equal((1, 1), (await WaitingAsync(id, world.Emina, TellOfBooking.Cancelled), await WaitingAsync(id, world.Tarik, TellOfBooking.Booked)));
    }

    [Fact]
    public async Task Who_takes_their_leave_back_is_told_though_the_other_was_told_before()
    {
        var (id, _) = await TogetherAsync(fresh: true);
        Pass(2);
        await world.CancelAsync(world.Emina, id);
        Pass(2);
        await world.DeliverAsync();
        await world.TakeBackAsync(world.Emina, id);
        Assert.Equal((1, 0), (await WaitingAsync(id, world.Emina, TellOfBooking.Booked), await WaitingAsync(id, world.Tarik, TellOfBooking.Booked)));
    }
}

internal static class LocalDays
{
    /// <summary>"27 March", as it reads there.</summary>
    public static string Day(this TimeZoneInfo zone, DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone).ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture);
}
