using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Booking;

/// <summary>What is not paid by its day goes back, as agreed: free for others, owed by nobody, and never at anybody's worst hour.</summary>
public sealed class ReleaseUnpaidTests(WaitlistWorld town) : IClassFixture<WaitlistWorld>
{
    private World World => town.World;

    /// <summary>Booked for the hour; 40 is to come a day before.</summary>
    private async Task<Guid> AskedAsync(Person client, DateTime start, bool releases = true)
    {
        var id = await town.BookedAsync(client, start);
        await World.RearrangeAsync(client, id, (_, a) => a.Ask(new Prepayment(40, start.AddHours(-24), "9", releases)));
        return id;
    }

    private async Task AtAsync(DateTime at)
    {
        World.Clock.Set(at);
        await Task.WhenAll(RunAsync(), RunAsync());
    }

    private Task RunAsync() => World.Services.GetRequiredService<ReleaseUnpaid>().RunAsync(CancellationToken.None);

    private Task<string?> StateAsync(Guid id) => World.ScalarAsync<string>($"select state from appointments where id = '{id}'");

    [Fact]
    public async Task Unpaid_it_is_free_for_others_costs_nothing_and_goes_to_who_waits()
    {
        var (day, cast) = await town.DayAsync("Late", "Keen");
        var start = day.AddHours(10);
        var id = await AskedAsync(cast[0], start);
        await World.DeliverAsync();
        await AtAsync(start.AddHours(-24).AddMinutes(-1));
        Assert.Equal("Booked", await StateAsync(id));
        await town.WishAsync(cast[1]);
        World.Clock.Set(start.AddHours(-48));
        await AtAsync(start.AddHours(-24));

        Assert.Equal("Cancelled", await StateAsync(id));
        Assert.Equal(0, await town.CountAsync("occupancies where appointment_id = '{0}'", id));
        var mails = await World.DeliverAsync();
        var told = Assert.Single(mails, m => m.To == cast[0].Email);
        Assert.Contains("You owe nothing for it.", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Open session", told.Text + told.Subject, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", told.Calendar, StringComparison.Ordinal);
        Assert.Contains(mails, m => m.To == World.Lejla.Email && m.Text.Contains("A prepayment had not come in time", StringComparison.Ordinal));

        // Neither a cancelling of the client's nor of the psychologist's: no charge, no credit, nothing that counts.
        await World.Services.GetRequiredService<WatchAttendance>().RunAsync(CancellationToken.None);
        await World.DoAsync(World.Lejla, s => s.GetRequiredService<AssessEvents>().RunAsync(cast[0].EngagementId, cast[0].ClientId, CancellationToken.None));
        Assert.Equal(0, await town.CountAsync("charges where appointment_id = '{0}'", id));
        Assert.Equal(0, await town.CountAsync("assessed_events where appointment_id = '{0}'", id));
        Assert.Equal(0, await World.ScalarAsync<long>($"select count(*) from attendance_due('{World.Clock.Now:O}', 1000) where id = '{id}'"));
        Assert.True((await (await World.As(cast[0])).GetAsync("/me/sessions")).Says("The prepayment had not come: the time became free again"));
    }

    [Fact]
    public async Task What_became_free_is_offered_to_who_waits()
    {
        var (day, cast) = await town.DayAsync("Gone", "Waits2");
        var start = day.AddHours(11);
        await AskedAsync(cast[0], start);
        await World.InDbAsync(World.Lejla, db =>
        {
            var wish = new WaitlistWish(World.Lipa.Id, cast[1].ClientId, World.Clock.Now);
            wish.Want(World.Lejla.UserId, [town.Kind], null, WeekTimes.All, DateOnly.FromDateTime(World.Clock.Now).AddDays(60), 6);
            db.Add(wish);
            return Task.CompletedTask;
        });
        await AtAsync(start.AddHours(-24));
        await town.RunAsync();
        Assert.Equal(start, (await town.OpenOfferAsync(cast[1])).StartsAt);
    }

    [Fact]
    public async Task What_is_paid_stays_and_is_not_asked_about_again()
    {
        var (day, cast) = await town.DayAsync("Pays");
        var start = day.AddHours(12);
        var id = await AskedAsync(cast[0], start);
        await World.InDbAsync(World.Lejla, db => { db.Add(new Payment(World.Lipa.Id, cast[0].ClientId, 40, "BAM", PaymentMethod.Cash, World.Clock.Now, World.Lejla.UserId, Guid.NewGuid())); return Task.CompletedTask; });
        await AtAsync(start.AddHours(-23));
        Assert.Equal("Booked", await StateAsync(id));
        Assert.Equal(0, await World.ScalarAsync<long>($"select count(*) from unpaid_due('{World.Clock.Now:O}', 1000)"));
    }

    [Fact]
    public async Task Nothing_is_taken_from_somebody_who_may_be_in_danger()
    {
        var (day, cast) = await town.DayAsync("Danger");
        var start = day.AddHours(13);
        var id = await AskedAsync(cast[0], start);
        var flag = new SafetyFlag(World.Lipa.Id, "complaints", Guid.NewGuid(), Danger.Self, World.Clock.Now, null, cast[0].EngagementId, cast[0].ClientId);
        await World.InDbAsync(World.Lejla, db => { db.Add(flag); return Task.CompletedTask; });
        await AtAsync(start.AddHours(-20));
        Assert.Equal("Booked", await StateAsync(id));
    }

    [Fact]
    public async Task The_psychologist_keeps_it_with_one_tap_and_terms_that_only_remind_release_nothing()
    {
        var (day, cast) = await town.DayAsync("Kept", "Reminded");
        var kept = await AskedAsync(cast[0], day.AddHours(14));
        var reminded = await AskedAsync(cast[1], day.AddHours(16), releases: false);
        var page = await (await World.As(World.Lejla)).GetAsync($"/calendar/{kept}");
        Assert.True(page.Says("the time goes to others by itself"), page.Text);
        Assert.True((await page.SubmitAsync("Keep the time all the same")).Says("Kept. The time stays"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await World.As(World.Mikko)).GetAsync($"/calendar/{kept}")).Status);
        await AtAsync(day.AddHours(9));
        Assert.Equal(("Booked", "Booked"), (await StateAsync(kept), await StateAsync(reminded)));
    }

    [Fact]
    public async Task One_partys_money_does_not_take_the_hour_from_the_other()
    {
        var (day, cast) = await town.DayAsync("Ana", "Ivo");
        var start = day.AddHours(15);
        var id = await World.InDbAsync(World.Lejla, db =>
        {
            var both = new Appointment(World.Lipa.Id, cast[0].EngagementId, World.Lejla.UserId, town.Kind, MeetingPlace.Online, null, start, start.AddMinutes(50), 80, "BAM", [cast[0].ClientId, cast[1].ClientId], null);
            both.Ask(new Prepayment(80, start.AddHours(-24), "9", true));
            both.Book(World.Clock.Now, World.Clock.Now);
            db.Add(both);
            return Task.FromResult(both.Id);
        });
        await AtAsync(start.AddHours(-20));
        Assert.Equal("Booked", await StateAsync(id));
    }

    [Fact]
    public async Task Moved_nearer_it_is_paid_by_its_start_and_not_in_the_past()
    {
        var (day, cast) = await town.DayAsync("Nearer");
        var start = day.AddHours(10);
        var id = await AskedAsync(cast[0], start);
        World.Clock.Advance(TimeSpan.FromMinutes(5));
        var soon = World.Clock.Now.Date.AddHours(11);
        Assert.Equal(BookingOutcome.Done, (await World.DoAsync(cast[0], s => s.GetRequiredService<MoveAppointment>().RunAsync(id, soon, MeetingPlace.Online, null, Actor.Client(cast[0].ClientId), CancellationToken.None))).Outcome);
        Assert.Equal(soon, (await World.AppointmentAsync(id)).PrepaymentDueAt);
        Assert.Equal(BookingOutcome.Done, await World.TakeBackAsync(cast[0], id));
        Assert.Equal(start.AddHours(-24), (await World.AppointmentAsync(id)).PrepaymentDueAt);

        await World.MoveAsync(cast[0], id, soon);
        await AtAsync(World.Clock.Now.AddMinutes(4));
        Assert.Equal("Booked", await StateAsync(id));
        await World.MoveAsync(cast[0], id, start.AddHours(1));
        Assert.Equal(start.AddHours(1), (await World.AppointmentAsync(id)).StartsAt);
    }
}
