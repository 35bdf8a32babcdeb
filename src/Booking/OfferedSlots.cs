using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>What somebody looks for: a kind with a psychologist, for these clients.</summary>
/// <param name="EndsAt">When the course of work ends; nothing is found from then on.</param>
/// <param name="Except">An appointment whose own time counts as free, because it is the one that moves.</param>
public sealed record SlotWish(Guid PsychologistId, SessionKind Kind, IReadOnlyCollection<Guid> ClientIds, Guid? Except = null, DateTime? EndsAt = null);

/// <summary>Gathers what <see cref="SlotFinder"/> needs to know from the database.</summary>
public sealed class OfferedSlots(PracticeDb db, TimeProvider clock)
{
    /// <summary>Slots beginning in [<paramref name="from"/>, <paramref name="until"/>), UTC, one for each time and way of meeting.</summary>
    public async Task<IReadOnlyList<Slot>> FindAsync(SlotWish wish, DateTime from, DateTime until, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        (from, until) = (from < now ? now : from, until > now.AddYears(2) ? now.AddYears(2) : until);
        if (wish.EndsAt < until) until = wish.EndsAt.Value;
        if (from >= until) return [];
        var availability = await AvailabilityAsync(wish, from, until, now, ct);
        return OnePerWay(SlotFinder.Find(availability, Search(wish, from, until, now)));
    }

    /// <summary>The slot as it is offered at this start, in a room that is free; null when it is not offered.</summary>
    public async Task<Slot?> AtAsync(SlotWish wish, DateTime start, MeetingPlace place, CancellationToken ct)
    {
        var slots = await FindAsync(wish, start, start.AddTicks(1), ct);
        return slots.Where(s => s.Place.Kind == place).Select(s => (Slot?)s).FirstOrDefault();
    }

    /// <summary>The free slots nearest to a time that is gone.</summary>
    public async Task<IReadOnlyList<Slot>> NearestAsync(SlotWish wish, DateTime start, int atMost, CancellationToken ct)
    {
        if ((start - clock.GetUtcNow().UtcDateTime).Duration() > TimeSpan.FromDays(730)) return [];
        var slots = await FindAsync(wish, start.AddDays(-7), start.AddDays(14), ct);
        return [.. slots.OrderBy(s => (s.StartUtc - start).Duration()).Take(atMost).OrderBy(s => s.StartUtc)];
    }

    private static SlotSearch Search(SlotWish wish, DateTime from, DateTime until, DateTime now) =>
        new(wish.Kind.Id, wish.Kind.Length, wish.Kind.Buffer, now, from, until);

    private async Task<Availability> AvailabilityAsync(SlotWish wish, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var psychologist = wish.PsychologistId;
        var zone = await db.Memberships.Where(m => m.UserId == psychologist).Select(m => m.TimeZone).SingleAsync(ct);
        var hours = await db.WorkingHours.AsNoTracking().Where(h => h.PsychologistId == psychologist).ToListAsync(ct);
        var (first, last) = (DateOnly.FromDateTime(from.AddDays(-3)), DateOnly.FromDateTime(until.AddDays(3)));
        var exceptions = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == psychologist && x.First <= last && x.Last >= first).ToListAsync(ct);
        var rules = await db.BookingRules.AsNoTracking().SingleOrDefaultAsync(r => r.PsychologistId == psychologist, ct)
            ?? BookingRules.Default(db.Current.PracticeId, psychologist);
        var busy = await BusyAsync(wish, from, until, now, ct);
        return new Availability
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Rules = rules.ToRules(),
            Hours = [.. hours.Where(h => !h.IsBreak && wish.Kind.Places.Contains(h.Place)).Select(h => h.ToHours())],
            Breaks = [.. hours.Where(h => h.IsBreak).Select(h => h.ToBreak())],
            Changes = [.. exceptions.Where(x => x.Of != ExceptionOf.ExtraHours || wish.Kind.Places.Contains(x.Place)).Select(x => x.ToChange())],
            Busy = busy,
            Booked = await BookedAsync(wish, from, until, now, ct),
        };
    }

    private async Task<List<Busy>> BusyAsync(SlotWish wish, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var (starts, ends) = (from.AddDays(-2), until.AddDays(2));
        Guid[] people = [wish.PsychologistId, .. wish.ClientIds];
        var own = OwnTime(wish);
        var rows = await db.Occupancies.AsNoTracking()
            .Where(o => (o.Of == OccupancyOf.Room || people.Contains(o.ResourceId)) && o.StartsAt < ends && o.EndsAt > starts
                && (o.ExpiresAt == null || o.ExpiresAt > now) && !own.Contains(o.AppointmentId))
            .Select(o => new { o.Of, o.ResourceId, o.StartsAt, o.EndsAt }).ToListAsync(ct);
        return [.. rows.Select(o => new Busy(o.StartsAt, o.EndsAt, o.Of == OccupancyOf.Room ? o.ResourceId : null))];
    }

    private Task<List<DateTime>> BookedAsync(SlotWish wish, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var (starts, ends) = (from.AddDays(-8), until.AddDays(8));
        var own = OwnTime(wish);
        return db.Appointments
            .Where(a => a.PsychologistId == wish.PsychologistId && a.StartsAt >= starts && a.StartsAt < ends && !own.Contains(a.Id)
                && (a.State == AppointmentState.Booked || ((a.State == AppointmentState.Held || a.State == AppointmentState.Offered) && a.HoldUntil > now)))
            .Select(a => a.StartsAt).ToListAsync(ct);
    }

    /// <summary>What gives way to this wish: the appointment that moves, and whatever these clients only hold.</summary>
    private IQueryable<Guid> OwnTime(SlotWish wish) => db.Appointments
        .Where(a => a.Id == wish.Except || (a.State == AppointmentState.Held && a.Participants.Any(p => wish.ClientIds.Contains(p.ClientId))))
        .Select(a => a.Id);

    /// <summary>Which room it is does not matter to whoever books; the first that is free will do.</summary>
    private static IReadOnlyList<Slot> OnePerWay(IReadOnlyList<Slot> slots) => [.. slots.DistinctBy(s => (s.StartUtc, s.Place.Kind))];
}
