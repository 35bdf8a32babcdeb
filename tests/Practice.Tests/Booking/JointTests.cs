using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>A session for two: one party's word changes only that party's place.</summary>
public sealed class JointTests(Database database) : IAsyncLifetime
{
    private World world = null!;
    private Guid id;

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync(database);
        id = await world.DoAsync(world.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var couple = new Engagement(world.Lipa.Id, EngagementKind.Couple, world.Lejla.UserId, world.Emina.KeyId, world.Clock.Now);
            couple.Join(world.Emina.ClientId);
            couple.Join(world.Tarik.ClientId);
            db.Add(couple);
            await db.SaveChangesAsync();
            var kind = await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.Couple);
            var slot = new Slot(Tuesday("10:00"), Tuesday("11:20"), SlotPlace.Online);
            return (await services.GetRequiredService<BookSession>().BookAsync(couple, kind, slot, Actor.Staff(world.Lejla.UserId), CancellationToken.None)).AppointmentId;
        });
        world.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task One_who_cancels_stays_away_and_the_session_stands_for_the_other()
    {
        var emina = await world.As(world.Emina);
        var done = await (await emina.GetAsync($"/me/sessions/{id}/cancel")).SubmitAsync("Cancel the session");
        Assert.True(done.Says("You will not come: Tuesday 17 March, 10:00."), done.Text);
        var appointment = await world.AppointmentAsync(id);
        Assert.Equal(AppointmentState.Booked, appointment.State);
        Assert.NotNull(appointment.Participants.Single(p => p.ClientId == world.Emina.ClientId).WithdrawnAt);
        Assert.True((await (await world.As(world.Tarik)).GetAsync("/me/sessions")).Says("10:00–11:20"));
        Assert.False((await (await world.As(world.Tarik)).GetAsync("/me/sessions")).Says("Take it back"), "only who did it takes it back");
        Assert.True((await done.SubmitAsync("Take it back")).Says("10:00–11:20"));
    }

    [Fact]
    public async Task Staff_note_by_name_which_of_them_will_not_come()
    {
        var page = await (await world.As(world.Sanela)).GetAsync($"/calendar/{id}/cancel");
        Assert.Equal(3, page.FindAll("[name=By]").Count);
        var foreign = await page.Form("Cancel the session").Smuggle("By", Guid.NewGuid().ToString()).SubmitAsync();
        Assert.True(foreign.Errors.Count > 0, foreign.Text);
        await page.SubmitAsync("Cancel the session", ("By", world.Tarik.ClientId.ToString()));
        var appointment = await world.AppointmentAsync(id);
        Assert.Equal(AppointmentState.Booked, appointment.State);
        Assert.Equal(world.Tarik.ClientId, Assert.Single(appointment.Participants, p => p.WithdrawnAt is not null).ClientId);
    }

    [Fact]
    public async Task None_of_them_moves_it_alone()
    {
        var page = await (await world.As(world.Tarik)).GetAsync($"/me/sessions/{id}/move");
        Assert.True(page.Says("This session is moved together") && page.FindAll("button.slot").Count == 0, page.Text);
        Assert.Equal(BookingOutcome.Joint, (await world.MoveAsync(world.Tarik, id, Tuesday("13:00"))).Outcome);
    }

    [Fact]
    public async Task Each_is_told_and_nobody_hears_of_the_other()
    {
        var mails = await world.DeliverAsync();
        foreach (var (person, other) in new[] { (world.Emina, world.Tarik), (world.Tarik, world.Emina) })
        {
            var mail = Assert.Single(mails, m => m.To == person.Email);
            Assert.DoesNotContain(other.CalledName, mail.Subject + mail.Text, StringComparison.Ordinal);
        }
    }
}
