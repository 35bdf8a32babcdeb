using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Attendance;

/// <summary>Sessions of Lejla with Emina under the default terms, and what became of them.</summary>
internal static class AttendanceWorld
{
    /// <summary>Thursday 19 March 2026, 15:00 in Sarajevo.</summary>
    public static readonly DateTime Thursday = new(2026, 3, 19, 14, 0, 0, DateTimeKind.Utc);

    /// <summary>Half under 24 hours, everything for absence, no free pass.</summary>
    public static readonly Terms Strict = Terms.Default(80m, "BAM") with { FreePasses = null };

    public static async Task<(World World, Guid Session)> BookedAsync(Database database, Terms? terms = null, DateTime? at = null)
    {
        var world = await World.StartAsync(database);
        await world.AgreeAsync(world.Emina, terms ?? Strict);
        return (world, await world.BookAsync(world.Emina, at ?? Thursday));
    }

    /// <summary>
    /// The next session of Emina in a world that tests share: three days on, under the strict terms. The clock stands
    /// <paramref name="minutes"/> after its start (before, when negative).
    /// </summary>
    public static async Task<(Guid Session, DateTime Start)> NextAsync(this World world, int minutes = 16)
    {
        if (!await world.InDbAsync(world.Lejla, db => db.Agreements.AnyAsync(a => a.EngagementId == world.Emina.EngagementId))) await world.AgreeAsync(world.Emina, Strict);
        var start = world.Clock.Now.AddDays(3);
        var session = await world.BookAsync(world.Emina, start);
        world.Clock.Set(start.AddMinutes(minutes));
        return (session, start);
    }

    public static Task<SettleOutcome> SettleAsync(this World world, Guid session, Settlement settlement, int minutes = 0, string? because = null) =>
        world.DoAsync(world.Lejla, s => s.GetRequiredService<SettleAttendance>().RunAsync(session, world.Emina.ClientId, settlement, minutes, because, CancellationToken.None));

    public static Task<AppointmentParticipant> PlaceAsync(this World world, Guid session) =>
        world.InDbAsync(world.Lejla, db => db.AppointmentParticipants.AsNoTracking().SingleAsync(p => p.AppointmentId == session));

    public static Task<List<Charge>> ChargesAsync(this World world, Guid session) =>
        world.InDbAsync(world.Lejla, db => db.Charges.AsNoTracking().Where(c => c.AppointmentId == session).OrderBy(c => c.ProposedAt).ToListAsync());

    public static Task WatchAsync(this World world) => world.Services.GetRequiredService<WatchAttendance>().RunAsync(CancellationToken.None);

    public static Task ChooseAsync(this World world, UnsettledChoice choice) => world.InDbAsync(world.Azra, async db =>
    {
        var practice = await db.Practices.SingleAsync();
        practice.Decide(new PracticePolicy { Unsettled = choice });
    });

    public static Task FlagAsync(this World world) => world.InDbAsync(world.Lejla, db =>
    {
        db.SafetyFlags.Add(new PracticeApp.Requests.SafetyFlag(world.Lipa.Id, "complaints", Guid.CreateVersion7(), PracticeApp.Requests.Danger.FromOthers, world.Clock.Now, null, world.Emina.EngagementId, world.Emina.ClientId));
        return Task.CompletedTask;
    });
}
