using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Free slots with several psychologists at once.</summary>
public sealed class OfferedSlotsTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private static readonly SemaphoreSlim s_once = new(1);
    private static bool s_ready;

    public async ValueTask InitializeAsync()
    {
        await s_once.WaitAsync();
        if (!s_ready)
        {
            await world.OpenHoursAsync(world.Lejla, MeetingPlace.Room, world.Lipa.Rooms[0]);
            await world.OpenHoursAsync(world.Damir, MeetingPlace.Room, world.Lipa.Rooms[0], "8:00", "12:00");
            await world.SignedAsync(world.Emina);
            Assert.True((await world.ConfirmAsync(world.Emina, BookingWorld.Tuesday("10:00"), MeetingPlace.Room)).IsDone);
        }
        s_ready = true;
        s_once.Release();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> AskAsync<T>(Func<OfferedSlots, SessionKind, Task<T>> ask) => world.DoAsync(world.Sanela, async services =>
        await ask(services.GetRequiredService<OfferedSlots>(), await services.GetRequiredService<PracticeDb>().SessionKinds.AsNoTracking().SingleAsync(k => k.Id == world.Lipa.Individual)));

    [Fact]
    public async Task Several_psychologists_are_what_each_is_alone_in_one_order()
    {
        Guid[] both = [world.Damir.UserId, world.Lejla.UserId], clients = [world.Tarik.ClientId];
        var (from, until) = (World.Start, World.Start.AddDays(9));
        var (together, alone) = await AskAsync(async (offered, kind) =>
        {
            var alone = new List<(Guid, Slot)>();
            foreach (var id in both) alone.AddRange((await offered.FindAsync(new SlotWish(id, kind, clients), from, until, default)).Select(s => (id, s)));
            return (await offered.FindAsync(both, kind, clients, from, until, default), alone);
        });
        Assert.True(together.Count > 50, $"{together.Count} slots");
        Assert.Equal(alone.OrderBy(s => s.Item2.StartUtc).ThenBy(s => s.Item1), together);
        Assert.Equal(together.OrderBy(s => s.Slot.StartUtc).Select(s => s.Slot.StartUtc), together.Select(s => s.Slot.StartUtc));
    }

    [Fact]
    public async Task A_room_that_a_colleague_has_taken_is_nobody_s()
    {
        var tuesday = BookingWorld.Tuesday("10:00");
        var slots = await AskAsync((offered, kind) => offered.FindAsync([world.Lejla.UserId, world.Damir.UserId], kind, [], tuesday.AddHours(-2), tuesday.AddHours(3), default));
        Assert.Equal(["8 Damir", "9 Damir", "9 Lejla", "11 Damir", "11 Lejla", "12 Lejla"],
            slots.Select(s => $"{TimeZoneInfo.ConvertTimeFromUtc(s.Slot.StartUtc, Slots.Sarajevo).Hour} {(s.PsychologistId == world.Lejla.UserId ? "Lejla" : "Damir")}").Order(StringComparer.Ordinal).OrderBy(s => s.Length));
    }

    [Fact]
    public async Task The_first_are_the_first_and_full_weeks_are_passed_over()
    {
        var (first, all) = await AskAsync(async (offered, kind) => (
            await offered.FirstAsync([world.Lejla.UserId, world.Damir.UserId], kind, [], World.Start, World.Start.AddDays(60), 70, default),
            await offered.FindAsync([world.Lejla.UserId, world.Damir.UserId], kind, [], World.Start, World.Start.AddDays(60), default)));
        Assert.Equal(all.Take(70), first);
        Assert.Empty(await AskAsync((offered, kind) => offered.FirstAsync([world.Nora.UserId], kind, [], World.Start, World.Start.AddDays(60), 3, default)));
        Assert.Empty(await AskAsync((offered, kind) => offered.FindAsync([], kind, [], World.Start, World.Start.AddDays(60), default)));
    }
}
