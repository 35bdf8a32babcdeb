using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Booking;

/// <summary>A room that became free is free: also for who cannot name it before they have it. Lejla and Damir share one.</summary>
public sealed class FreedRoomTests(WaitlistWorld town) : IClassFixture<WaitlistWorld>, IAsyncLifetime
{
    private static readonly SemaphoreSlim s_once = new(1);
    private static bool s_ready;

    private World World => town.World;

    public async ValueTask InitializeAsync()
    {
        await s_once.WaitAsync();
        if (!s_ready)
            foreach (var one in new[] { World.Lejla, World.Damir }) await World.OpenHoursAsync(one, MeetingPlace.Room, World.Lipa.Rooms[0], to: "18:00", weekend: true);
        s_ready = true;
        s_once.Release();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<BookingResult> InRoomAsync(Person client, DateTime start, bool onlyHold = false) => World.DoAsync(client, async services =>
    {
        var (db, book) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<BookSession>());
        var engagement = await db.EngagementsAsParty().Include(e => e.Parties).SingleAsync(e => e.Id == client.EngagementId);
        var kind = await db.SessionKinds.SingleAsync(k => k.Id == town.Kind);
        return onlyHold ? await book.HoldAsync(engagement, kind, client.ClientId, start, MeetingPlace.Room, CancellationToken.None)
            : await book.ConfirmAsync(engagement, kind, client.ClientId, start, MeetingPlace.Room, 80, CancellationToken.None);
    });

    private async Task CancelledAsync(Person client, DateTime start)
    {
        var booked = await InRoomAsync(client, start);
        Assert.True(booked.IsDone, booked.Outcome.ToString());
        Assert.Equal(BookingOutcome.Done, await World.CancelAsync(client, booked.AppointmentId));
        World.Clock.Advance(TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task What_one_client_cancelled_another_books()
    {
        var (day, cast) = await town.DayAsync("Room1", "Room2");
        await CancelledAsync(cast[0], day.AddHours(10));
        var booked = await InRoomAsync(cast[1], day.AddHours(10));
        Assert.Equal(BookingOutcome.Done, booked.Outcome);
        Assert.Equal(World.Lipa.Rooms[0], (await World.AppointmentAsync(booked.AppointmentId)).RoomId);
    }

    [Fact]
    public async Task It_is_offered_to_who_waits_for_an_hour_in_a_room()
    {
        var (day, cast) = await town.DayAsync("Room3", "Room4");
        await World.InDbAsync(World.Lejla, db =>
        {
            var wish = new WaitlistWish(World.Lipa.Id, cast[1].ClientId, World.Clock.Now);
            wish.Want(World.Lejla.UserId, [town.Kind], MeetingPlace.Room, WeekTimes.All, DateOnly.FromDateTime(World.Clock.Now).AddDays(60), 24);
            db.Add(wish);
            return Task.CompletedTask;
        });
        await CancelledAsync(cast[0], day.AddHours(10));
        await town.RunAsync();
        Assert.Equal(day.AddHours(10), (await town.OpenOfferAsync(cast[1])).StartsAt);
    }

    [Fact]
    public async Task A_hold_that_a_client_of_a_colleague_gave_up_takes_the_room_from_nobody()
    {
        var (day, cast) = await town.DayAsync("Room5");
        Assert.True((await InRoomAsync(World.Tarik, day.AddHours(10), onlyHold: true)).IsDone);
        Assert.Equal(BookingOutcome.Taken, (await InRoomAsync(cast[0], day.AddHours(10))).Outcome);
        World.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(BookingOutcome.Done, (await InRoomAsync(cast[0], day.AddHours(10))).Outcome);
        Assert.Equal(0, await town.CountAsync("appointments where state = 'Held'"));
    }

    [Fact]
    public async Task Many_who_clear_it_at_once_do_not_stand_in_each_other_s_way()
    {
        var (day, cast) = await town.DayAsync("Room6", "Room7", "Room8", "Room9");
        for (var hour = 9; hour < 14; hour++) await CancelledAsync(cast[0], day.AddHours(hour));
        Assert.True((await InRoomAsync(cast[1], day.AddHours(14), onlyHold: true)).IsDone);
        World.Clock.Advance(TimeSpan.FromMinutes(11));
        var booked = await Task.WhenAll(InRoomAsync(World.Tarik, day.AddHours(9)), InRoomAsync(cast[1], day.AddHours(10)), InRoomAsync(cast[2], day.AddHours(14)), InRoomAsync(cast[3], day.AddHours(12)));
        Assert.All(booked, b => Assert.Equal(BookingOutcome.Done, b.Outcome));
    }
}
