using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Booking;

public enum Clash
{
    None,
    /// <summary>The psychologist has another session then.</summary>
    Psychologist,
    /// <summary>One of the clients has another session then.</summary>
    Client,
    /// <summary>The room is taken.</summary>
    Room,
    /// <summary>The psychologist is away that day.</summary>
    Away,
    /// <summary>The room is closed then.</summary>
    RoomClosed,
    /// <summary>The psychologist does not see more people that day, that week or in a row.</summary>
    Limit,
    Past,
    /// <summary>The course of work has ended by then.</summary>
    Ended,
}

/// <summary>One session of a series before it is saved, and what stands in its way.</summary>
/// <param name="Nearest">Free slots near it, where it cannot stand.</param>
public sealed record PlannedSession(Guid? AppointmentId, Slot Slot, Clash Clash, IReadOnlyList<Slot> Nearest)
{
    public bool IsFree => Clash == Clash.None;
}

/// <summary>Says of every session that is about to be booked or moved together whether its time is free, and if not, why.</summary>
public sealed class FindClashes(PracticeDb db, OfferedSlots offered, FindObjections objections, TimeProvider clock)
{
    private const int Alternatives = 3;

    /// <param name="wish">Whose time it takes.</param>
    /// <param name="sessions">Each with the appointment that moves there, or null for a new one.</param>
    public async Task<IReadOnlyList<PlannedSession>> RunAsync(SlotWish wish, IReadOnlyList<(Guid? AppointmentId, Slot Slot)> sessions, CancellationToken ct)
    {
        if (sessions.Count == 0) return [];
        var now = clock.GetUtcNow().UtcDateTime;
        var moving = sessions.Select(s => s.AppointmentId).OfType<Guid>().ToList();
        var (from, until) = (sessions.Min(s => s.Slot.StartUtc).AddDays(-1), sessions.Max(s => s.Slot.EndUtc).AddDays(2));
        var rooms = sessions.Select(s => s.Slot.Place.RoomId).OfType<Guid>().ToList();
        Guid[] resources = [wish.PsychologistId, .. wish.ClientIds, .. rooms];
        var taken = await db.Occupancies.AsNoTracking()
            .Where(o => resources.Contains(o.ResourceId) && o.StartsAt < until && o.EndsAt > from && (o.ExpiresAt == null || o.ExpiresAt > now)
                && !moving.Contains(o.AppointmentId)
                && !db.Appointments.Any(a => a.Id == o.AppointmentId && a.State == AppointmentState.Held && a.Participants.Any(p => wish.ClientIds.Contains(p.ClientId))))
            .Select(o => new { o.Of, o.ResourceId, o.StartsAt, o.EndsAt }).ToListAsync(ct);
        var away = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == wish.PsychologistId && x.Of == ExceptionOf.DaysOff).ToListAsync(ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Memberships.Where(m => m.UserId == wish.PsychologistId).Select(m => m.TimeZone).SingleAsync(ct));

        var against = await objections.RunAsync(wish.PsychologistId, sessions, ct);
        var planned = new List<PlannedSession>();
        foreach (var ((appointment, slot), hard) in sessions.Zip(against, (s, all) => (s, all.Where(o => o.IsHard).ToList())))
        {
            var end = slot.EndUtc + wish.Kind.Buffer;
            bool Taken(OccupancyOf what, Func<Guid, bool> whose) => taken.Exists(o => o.Of == what && whose(o.ResourceId) && o.StartsAt < end && slot.StartUtc < o.EndsAt);
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(slot.StartUtc, zone));
            var clash = slot.StartUtc <= now ? Clash.Past
                : wish.EndsAt <= slot.StartUtc ? Clash.Ended
                : Taken(OccupancyOf.Psychologist, id => id == wish.PsychologistId) ? Clash.Psychologist
                : Taken(OccupancyOf.Participant, wish.ClientIds.Contains) ? Clash.Client
                : Taken(OccupancyOf.Room, id => id == slot.Place.RoomId) ? Clash.Room
                : away.Exists(x => x.First <= day && day <= x.Last) ? Clash.Away
                : hard.Exists(o => o.Limit is null) ? Clash.RoomClosed
                : hard.Count > 0 ? Clash.Limit
                : Clash.None;
            var nearest = clash is Clash.None or Clash.Past or Clash.Ended ? [] : await offered.NearestAsync(wish with { Except = appointment }, slot.StartUtc, Alternatives, ct);
            planned.Add(new PlannedSession(appointment, slot, clash, nearest));
        }
        return planned;
    }
}
