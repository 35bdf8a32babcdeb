using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

public sealed class BookingActsTests(Database database) : IAsyncLifetime
{
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await ReadyAsync(database);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task<Guid> BookedAsync(string time = "10:00")
    {
        var result = await world.ConfirmAsync(world.Emina, Tuesday(time));
        Assert.Equal(BookingOutcome.Done, result.Outcome);
        return result.AppointmentId;
    }

    [Fact]
    public async Task A_hold_takes_the_time_with_its_buffer_until_it_runs_out()
    {
        var held = await world.HoldAsync(world.Emina, Tuesday("10:00"));
        Assert.Equal(BookingOutcome.Done, held.Outcome);
        Assert.Equal("10:00–11:00*", await world.TakenAsync());
        Assert.Equal(world.Clock.Now.AddMinutes(10), (await world.AppointmentAsync(held.AppointmentId)).HoldUntil);
    }

    [Fact]
    public async Task A_confirmed_hold_is_booked_with_price_and_agreement()
    {
        var held = await world.HoldAsync(world.Emina, Tuesday("10:00"));
        var id = await BookedAsync();
        Assert.Equal(held.AppointmentId, id);
        var appointment = await world.AppointmentAsync(id);
        Assert.Equal((AppointmentState.Booked, 80m, "BAM", world.Clock.Now.AddMinutes(3)), (appointment.State, appointment.Price, appointment.Currency, appointment.FinalAt));
        Assert.NotNull(appointment.AgreementId);
        Assert.Equal("10:00–11:00", await world.TakenAsync());
    }

    [Fact]
    public async Task A_hold_that_ran_out_is_booked_all_the_same_while_the_time_is_free()
    {
        await world.HoldAsync(world.Emina, Tuesday("10:00"));
        world.Clock.Advance(TimeSpan.FromMinutes(11));
        await BookedAsync();
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from appointments"));
    }

    [Fact]
    public async Task A_client_holds_one_slot_at_a_time()
    {
        await world.HoldAsync(world.Emina, Tuesday("10:00"));
        await world.HoldAsync(world.Emina, Tuesday("11:00"));
        Assert.Equal("11:00–12:00*", await world.TakenAsync());
    }

    [Fact]
    public async Task Confirming_twice_is_one_appointment()
    {
        Assert.Equal(await BookedAsync(), await BookedAsync());
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from appointments"));
    }

    [Fact]
    public async Task A_time_that_is_not_offered_is_taken_and_the_nearest_are_named()
    {
        var result = await world.HoldAsync(world.Emina, Tuesday("8:00"));
        Assert.Equal(BookingOutcome.Taken, result.Outcome);
        Assert.Equal("9:00 10:00 11:00 12:00", Slots.Times(result.Nearest));
    }

    [Fact]
    public async Task Another_price_than_was_shown_is_shown_again()
    {
        Assert.Equal(BookingOutcome.PriceChanged, (await world.ConfirmAsync(world.Emina, Tuesday("10:00"), price: 70)).Outcome);
        Assert.Equal("10:00–11:00*", await world.TakenAsync());
    }

    [Fact]
    public async Task Without_a_signed_agreement_nothing_that_needs_one_is_booked()
    {
        await world.OpenHoursAsync(world.Damir);
        Assert.Equal(BookingOutcome.NeedsAgreement, (await world.HoldAsync(world.Tarik, Tuesday("10:00"))).Outcome);
    }

    [Fact]
    public async Task No_more_than_the_psychologist_allows_are_booked_ahead()
    {
        await world.InDbAsync(world.Lejla, async db => (await db.BookingRules.SingleAsync(r => r.PsychologistId == world.Lejla.UserId)).Change(0, 60, SlotGrid.Hour, null, null, 1));
        await BookedAsync();
        Assert.Equal(BookingOutcome.TooMany, (await world.HoldAsync(world.Emina, Tuesday("12:00"))).Outcome);
        Assert.True((await world.ConfirmAsync(world.Emina, Tuesday("10:00"))).IsDone, "the same form sent twice is one session");
    }

    [Fact]
    public async Task Of_two_who_confirm_at_once_only_as_many_are_booked_as_may_be()
    {
        await world.InDbAsync(world.Lejla, async db => (await db.BookingRules.SingleAsync(r => r.PsychologistId == world.Lejla.UserId)).Change(0, 60, SlotGrid.Hour, null, null, 1));
        var results = await Task.WhenAll(Enumerable.Range(9, 8).Select(hour => Task.Run(() => world.ConfirmAsync(world.Emina, Tuesday($"{hour}:00")))));
        Assert.Single(results, r => r.IsDone);
        Assert.All(results.Where(r => !r.IsDone), r => Assert.Equal(BookingOutcome.TooMany, r.Outcome));
    }

    [Fact]
    public async Task A_move_keeps_the_old_time_for_second_thoughts()
    {
        var id = await BookedAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await world.MoveAsync(world.Emina, id, Tuesday("12:00"))).IsDone);
        Assert.Equal("10:00–11:00* 12:00–13:00", await world.TakenAsync());
        var moved = await world.AppointmentAsync(id);
        Assert.Equal((Tuesday("12:00"), Tuesday("10:00"), 1), (moved.StartsAt, moved.OriginalStartsAt, moved.Moves));
    }

    [Fact]
    public async Task A_move_that_is_taken_back_never_was()
    {
        var id = await BookedAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.MoveAsync(world.Emina, id, Tuesday("12:00"));
        Assert.Equal(BookingOutcome.Done, await world.TakeBackAsync(world.Emina, id));
        Assert.Equal("10:00–11:00", await world.TakenAsync());
        var appointment = await world.AppointmentAsync(id);
        Assert.Equal((Tuesday("10:00"), 0), (appointment.StartsAt, appointment.Moves));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from appointment_moves"));
    }

    [Fact]
    public async Task A_session_may_move_into_part_of_its_own_time()
    {
        await world.InDbAsync(world.Lejla, async db => (await db.BookingRules.SingleAsync(r => r.PsychologistId == world.Lejla.UserId)).Change(0, 60, SlotGrid.Half, null, null, null));
        var id = await BookedAsync();
        Assert.True((await world.MoveAsync(world.Emina, id, Tuesday("10:30"))).IsDone);
        Assert.Equal("10:00–10:30* 10:30–11:30", await world.TakenAsync());
        Assert.True((await world.MoveAsync(world.Emina, id, Tuesday("10:00"))).IsDone);
        Assert.Equal("10:00–11:00 11:00–11:30*", await world.TakenAsync());
        Assert.Equal(BookingOutcome.Done, await world.TakeBackAsync(world.Emina, id));
        Assert.Equal("10:30–11:30", await world.TakenAsync());
    }

    [Fact]
    public async Task A_cancelled_time_is_released_when_it_is_final()
    {
        var id = await BookedAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(BookingOutcome.Done, await world.CancelAsync(world.Emina, id, "illness"));
        Assert.Equal("10:00–11:00*", await world.TakenAsync());
        Assert.Equal(BookingOutcome.Taken, (await world.HoldAsync(world.Emina, Tuesday("10:00"))).Outcome);
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        await BookedAsync();
    }

    [Fact]
    public async Task Cancelling_and_booking_are_taken_back_within_three_minutes_only()
    {
        var id = await BookedAsync();
        await world.CancelAsync(world.Emina, id);
        world.Clock.Advance(TimeSpan.FromSeconds(179));
        Assert.Equal(BookingOutcome.Done, await world.TakeBackAsync(world.Emina, id));
        Assert.Equal((AppointmentState.Booked, "10:00–11:00"), ((await world.AppointmentAsync(id)).State, await world.TakenAsync()));
        Assert.Equal(BookingOutcome.Gone, await world.TakeBackAsync(world.Emina, id));

        var other = await BookedAsync("12:00");
        Assert.Equal(BookingOutcome.Done, await world.TakeBackAsync(world.Emina, other));
        Assert.Equal((AppointmentState.TakenBack, "10:00–11:00"), ((await world.AppointmentAsync(other)).State, await world.TakenAsync()));
    }

    [Fact]
    public async Task Nothing_waits_when_the_start_is_less_than_an_hour_away()
    {
        world.Clock.Set(Tuesday("9:10"));
        var id = await BookedAsync();
        Assert.Equal(BookingOutcome.Gone, await world.TakeBackAsync(world.Emina, id));
        await world.CancelAsync(world.Emina, id);
        Assert.Equal("", await world.TakenAsync());
    }

    [Fact]
    public async Task What_is_past_or_cancelled_is_neither_moved_nor_cancelled()
    {
        var id = await BookedAsync();
        world.Clock.Set(Tuesday("10:00"));
        Assert.Equal(BookingOutcome.Gone, (await world.MoveAsync(world.Emina, id, Tuesday("12:00"))).Outcome);
        Assert.Equal(BookingOutcome.Gone, await world.CancelAsync(world.Emina, id));
    }
}
