using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Practices;
using PracticeApp.Requests;
using static PracticeApp.Tests.Attendance.AttendanceWorld;

namespace PracticeApp.Tests.Attendance;

/// <summary>A practice may let agreed charges stand by themselves; never what somebody has to look at first.</summary>
public sealed class LetChargesStandTests(World world) : IClassFixture<World>
{
    private Task ChooseAsync(int? hours) => world.InDbAsync(world.Azra, async db => (await db.Practices.SingleAsync()).Decide(new PracticePolicy { ChargesStandAfterHours = hours, Unsettled = UnsettledChoice.NoShow }));

    private async Task RunAsync(double hoursLater)
    {
        world.Clock.Advance(TimeSpan.FromHours(hoursLater));
        Task Once() => world.Services.GetRequiredService<LetChargesStand>().RunAsync(CancellationToken.None);
        await Task.WhenAll(Once(), Once());
    }

    private async Task<Charge> MissedAsync()
    {
        var (session, _) = await world.NextAsync();
        await world.SettleAsync(session, Settlement.Absent);
        await world.DeliverAsync();
        return Assert.Single(await world.ChargesAsync(session));
    }

    private async Task<ChargeState> StateAsync(Charge charge) => Assert.Single(await world.ChargesAsync(charge.AppointmentId!.Value)).State;

    [Fact]
    public async Task By_default_nothing_stands_before_the_psychologist_says_so()
    {
        await ChooseAsync(null);
        var charge = await MissedAsync();
        await RunAsync(1000);
        Assert.Equal(ChargeState.Proposed, await StateAsync(charge));
    }

    [Fact]
    public async Task Where_the_practice_chose_so_it_stands_after_its_hours_both_are_told_once_and_it_can_be_waived()
    {
        await ChooseAsync(48);
        var charge = await MissedAsync();
        await RunAsync(47.9);
        await world.DeliverAsync();
        Assert.Equal(ChargeState.Proposed, await StateAsync(charge));
        await RunAsync(0.2);
        Assert.Equal(ChargeState.Confirmed, await StateAsync(charge));
        var mail = Assert.Single(await world.DeliverAsync(), m => m.Text.Contains("now stands in your account", StringComparison.Ordinal));
        Assert.Equal(world.Emina.Email, mail.To);
        Assert.DoesNotContain("80", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.ScalarAsync<long>($"select count(*) from notices where kind = 'attendance.stands' and appointment_id = '{charge.AppointmentId}'"));
        Assert.True(await world.DoAsync(world.Lejla, s => s.GetRequiredService<DecideCharge>().WaiveAsync(charge.Id, "illness", CancellationToken.None)));
        Assert.Equal(ChargeState.Waived, await StateAsync(charge));
    }

    [Fact]
    public async Task What_was_proposed_before_the_practice_chose_so_waits_for_the_psychologist()
    {
        await ChooseAsync(null);
        var charge = await MissedAsync();
        await ChooseAsync(1);
        await RunAsync(1000);
        Assert.Equal(ChargeState.Proposed, await StateAsync(charge));
    }

    [Fact]
    public async Task What_was_decided_and_taken_back_waits_for_the_psychologist_and_none_stands_once_the_practice_chose_otherwise()
    {
        await ChooseAsync(48);
        var (taken, left) = (await MissedAsync(), await MissedAsync());
        Assert.True(await world.DoAsync(world.Lejla, s => s.GetRequiredService<DecideCharge>().ConfirmAsync(taken.Id, CancellationToken.None)));
        Assert.True(await world.DoAsync(world.Lejla, s => s.GetRequiredService<DecideCharge>().ReopenAsync(taken.Id, CancellationToken.None)));
        await ChooseAsync(null);
        await RunAsync(100);
        Assert.Equal(ChargeState.Proposed, await StateAsync(left));
        await ChooseAsync(48);
        await RunAsync(100);
        Assert.Equal((ChargeState.Proposed, ChargeState.Confirmed), (await StateAsync(taken), await StateAsync(left)));
        await world.DeliverAsync();
    }

    [Fact]
    public async Task What_the_psychologist_is_asked_about_waits_for_the_psychologist()
    {
        await ChooseAsync(1);
        var (session, start) = await world.NextAsync(minutes: -60);
        await world.DoAsync(world.Emina, s => s.GetRequiredService<CancelAppointment>().RunAsync(session, Actor.Client(world.Emina.ClientId), "illness", CancellationToken.None));
        world.Clock.Set(start);
        await world.WatchAsync();
        var charge = Assert.Single(await world.ChargesAsync(session));
        Assert.True(charge.Assessment!.AsksPsychologist);
        await RunAsync(100);
        Assert.Equal(ChargeState.Proposed, await StateAsync(charge));
    }

    [Fact]
    public async Task An_absence_that_only_the_clock_noted_is_never_charged_by_the_clock()
    {
        await ChooseAsync(1);
        var (session, _) = await world.NextAsync();
        await world.WatchAsync();
        world.Clock.Advance(TimeSpan.FromHours(25));
        await world.WatchAsync();
        var charge = Assert.Single(await world.ChargesAsync(session));
        await RunAsync(100);
        Assert.Equal(ChargeState.Proposed, await StateAsync(charge));
    }

    [Fact]
    public async Task Nothing_stands_by_itself_while_somebody_may_be_in_danger()
    {
        await ChooseAsync(1);
        var charge = await MissedAsync();
        var flag = new SafetyFlag(world.Lipa.Id, "complaints", Guid.CreateVersion7(), Danger.FromOthers, world.Clock.Now, null, world.Emina.EngagementId, world.Emina.ClientId);
        await world.InDbAsync(world.Lejla, db => { db.Add(flag); return Task.CompletedTask; });
        await RunAsync(100);
        Assert.Equal(ChargeState.Proposed, await StateAsync(charge));
        await world.InDbAsync(world.Lejla, async db => (await db.SafetyFlags.SingleAsync(f => f.Id == flag.Id)).Close(world.Lejla.UserId, world.Clock.Now, "safe"));
        await RunAsync(0);
        Assert.Equal(ChargeState.Confirmed, await StateAsync(charge));
        await world.DeliverAsync();
    }
}
