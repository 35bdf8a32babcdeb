using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Booking;

/// <summary>Working hours, agreements and acts of the world's people, past the pages. It is Monday 16 March 2026, 10:00 in Sarajevo.</summary>
internal static class BookingWorld
{
    /// <summary>Tuesday 17 March 2026, at this hour in Sarajevo.</summary>
    public static DateTime Tuesday(string time) => Slots.Local("2026-03-17 " + time);

    /// <summary>Monday to Friday 9:00 to 17:00 online, every hour, no notice needed.</summary>
    public static Task OpenHoursAsync(this World world, Person psychologist, MeetingPlace place = MeetingPlace.Online, Guid? room = null, string from = "9:00", string to = "17:00", bool weekend = false) =>
        world.InDbAsync(psychologist, db =>
        {
            for (var day = weekend ? DayOfWeek.Sunday : DayOfWeek.Monday; day <= (weekend ? DayOfWeek.Saturday : DayOfWeek.Friday); day++)
                db.Add(new WorkingHours(psychologist.PracticeId, psychologist.UserId, day, Slots.T(from), Slots.T(to), place, room));
            if (db.BookingRules.Any(r => r.PsychologistId == psychologist.UserId)) return Task.CompletedTask;
            var rules = new BookingRules(psychologist.PracticeId, psychologist.UserId);
            rules.Change(0, 60, SlotGrid.Hour, null, null, null);
            db.Add(rules);
            return Task.CompletedTask;
        });

    public static Task<Guid> SignedAsync(this World world, Person client, Terms? terms = null) => world.AgreeAsync(client, terms ?? Terms.Default(80, "BAM"));

    /// <summary>Lejla works, Emina has signed.</summary>
    public static async Task<World> ReadyAsync(Database database, params string[] settings)
    {
        var world = await World.StartAsync(database, settings);
        await world.OpenHoursAsync(world.Lejla);
        await world.SignedAsync(world.Emina);
        return world;
    }

    public static Task<BookingResult> HoldAsync(this World world, Person client, DateTime start, MeetingPlace place = MeetingPlace.Online) =>
        world.WithAsync(client, (services, engagement, kind) => services.GetRequiredService<BookSession>().HoldAsync(engagement, kind, client.ClientId, start, place, CancellationToken.None));

    public static Task<BookingResult> ConfirmAsync(this World world, Person client, DateTime start, MeetingPlace place = MeetingPlace.Online, decimal price = 80) =>
        world.WithAsync(client, (services, engagement, kind) => services.GetRequiredService<BookSession>().ConfirmAsync(engagement, kind, client.ClientId, start, place, price, CancellationToken.None));

    public static Task<BookingResult> MoveAsync(this World world, Person client, Guid appointment, DateTime start) =>
        world.DoAsync(client, services => services.GetRequiredService<MoveAppointment>().RunAsync(appointment, start, MeetingPlace.Online, null, Actor.Client(client.ClientId, client.UserId), CancellationToken.None));

    public static Task<BookingOutcome> CancelAsync(this World world, Person client, Guid appointment, string? reason = null) =>
        world.DoAsync(client, services => services.GetRequiredService<CancelAppointment>().RunAsync(appointment, Actor.Client(client.ClientId, client.UserId), reason, CancellationToken.None));

    public static Task<BookingOutcome> TakeBackAsync(this World world, Person client, Guid appointment) =>
        world.DoAsync(client, services => services.GetRequiredService<TakeBack>().RunAsync(appointment, Actor.Client(client.ClientId, client.UserId), CancellationToken.None));

    public static Task<Appointment> AppointmentAsync(this World world, Guid id) => world.InDbAsync(world.Lejla, db =>
        db.Appointments.AsNoTracking().Include(a => a.Participants).Include(a => a.Occupancies).AsSingleQuery().SingleAsync(a => a.Id == id));

    /// <summary>Lejla's taken times, as Sarajevo's clocks read: "10:00–11:00", with a star for what expires.</summary>
    public static async Task<string> TakenAsync(this World world) => string.Join(' ', (await world.InDbAsync(world.Lejla, db =>
        db.Occupancies.AsNoTracking().Where(o => o.ResourceId == world.Lejla.UserId).OrderBy(o => o.StartsAt).ToListAsync()))
        .Select(o => $"{Clock(o.StartsAt)}–{Clock(o.EndsAt)}{(o.ExpiresAt is null ? "" : "*")}"));

    public static string Clock(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Slots.Sarajevo).ToString("H:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<BookingResult> WithAsync(this World world, Person client, Func<IServiceProvider, Engagement, SessionKind, Task<BookingResult>> act) =>
        world.DoAsync(client, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var engagement = await db.EngagementsAsParty().Include(e => e.Parties).SingleAsync(e => e.Id == client.EngagementId);
            return await act(services, engagement, await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.Individual));
        });
}
