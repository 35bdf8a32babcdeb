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
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(7);

    /// <summary>Slots beginning in [<paramref name="from"/>, <paramref name="until"/>), UTC, one for each time and way of meeting.</summary>
    public async Task<IReadOnlyList<Slot>> FindAsync(SlotWish wish, DateTime from, DateTime until, CancellationToken ct) =>
        await FindAsync([wish.PsychologistId], wish, from, until, ct) is [var (_, slots)] ? slots : [];

    /// <summary>The same with whichever of these psychologists, by start; as many queries for fifty of them as for one.</summary>
    public async Task<IReadOnlyList<(Guid PsychologistId, Slot Slot)>> FindAsync(
        IReadOnlyCollection<Guid> psychologistIds, SessionKind kind, IReadOnlyCollection<Guid> clientIds, DateTime from, DateTime until, CancellationToken ct)
    {
        var found = await FindAsync(psychologistIds, new SlotWish(Guid.Empty, kind, clientIds), from, until, ct);
        return [.. found.SelectMany(f => f.Slots.Select(slot => (f.PsychologistId, Slot: slot))).OrderBy(f => f.Slot.StartUtc).ThenBy(f => f.PsychologistId)];
    }

    /// <summary>The first free slots with whichever of these psychologists. Looks at the nearest days first, and farther only when they are full.</summary>
    public async Task<IReadOnlyList<(Guid PsychologistId, Slot Slot)>> FirstAsync(
        IReadOnlyCollection<Guid> psychologistIds, SessionKind kind, IReadOnlyCollection<Guid> clientIds, DateTime from, DateTime until, int atMost, CancellationToken ct)
    {
        for (var look = FirstLook; ; look *= 4)
        {
            var found = await FindAsync(psychologistIds, kind, clientIds, from, from + look < until ? from + look : until, ct);
            if (found.Count >= atMost || from + look >= until) return [.. found.Take(atMost)];
        }
    }

    private async Task<IReadOnlyList<(Guid PsychologistId, IReadOnlyList<Slot> Slots)>> FindAsync(
        IReadOnlyCollection<Guid> psychologists, SlotWish wish, DateTime from, DateTime until, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        (from, until) = (from < now ? now : from, until > now.AddYears(2) ? now.AddYears(2) : until);
        if (wish.EndsAt < until) until = wish.EndsAt.Value;
        if (from >= until || psychologists.Count == 0) return [];
        var search = new SlotSearch(wish.Kind.Id, wish.Kind.Length, wish.Kind.Buffer, now, from, until);
        return [.. (await AvailabilitiesAsync([.. psychologists.Distinct()], wish, from, until, now, ct)).Select(a => (a.PsychologistId, OnePerWay(SlotFinder.Find(a.Availability, search))))];
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

    private async Task<IReadOnlyList<(Guid PsychologistId, Availability Availability)>> AvailabilitiesAsync(
        Guid[] psychologists, SlotWish wish, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var zones = await db.Memberships.Where(m => psychologists.Contains(m.UserId)).Select(m => new { m.UserId, m.TimeZone }).ToListAsync(ct);
        var hours = (await db.WorkingHours.AsNoTracking().Where(h => psychologists.Contains(h.PsychologistId)).ToListAsync(ct)).ToLookup(h => h.PsychologistId);
        var (first, last) = (DateOnly.FromDateTime(from.AddDays(-3)), DateOnly.FromDateTime(until.AddDays(3)));
        var exceptions = (await db.HoursExceptions.AsNoTracking().Where(x => psychologists.Contains(x.PsychologistId) && x.First <= last && x.Last >= first).ToListAsync(ct)).ToLookup(x => x.PsychologistId);
        var rules = (await db.BookingRules.AsNoTracking().Where(r => psychologists.Contains(r.PsychologistId)).ToListAsync(ct)).ToDictionary(r => r.PsychologistId, r => r.ToRules());
        var byDefault = BookingRules.Default(db.Current.PracticeId, Guid.Empty).ToRules();
        var rooms = hours.SelectMany(h => h).Select(h => h.RoomId).Concat(exceptions.SelectMany(x => x).Select(x => x.RoomId)).OfType<Guid>().Distinct().ToArray();
        var openings = wish.Kind.InPerson ? await db.RoomOpeningsAsync(rooms, ct) : new Dictionary<Guid, RoomOpening>();
        var own = await OwnTimeAsync(wish, ct);
        var busy = await BusyAsync([.. psychologists, .. wish.ClientIds, .. rooms], own, from, until, now, ct);
        var counts = rules.Values.Any(r => r.HasLimits);
        var booked = counts ? await BookedAsync(psychologists, own, from, until, now, ct) : Array.Empty<Guid>().ToLookup(x => x, _ => default(TakenSession));
        var places = wish.Kind.Places.ToList();
        var clients = wish.ClientIds.SelectMany(c => busy[c]).ToList();

        Availability Of(Guid psychologist, string zone)
        {
            var open = hours[psychologist].Where(h => !h.IsBreak && places.Contains(h.Place)).Select(h => h.ToHours()).ToList();
            var changes = exceptions[psychologist].Where(x => x.Of != ExceptionOf.ExtraHours || places.Contains(x.Place)).Select(x => x.ToChange()).ToList();
            var inRooms = open.Select(h => h.Place.RoomId).Concat(changes.OfType<ExtraHours>().Select(x => x.Place.RoomId)).OfType<Guid>().Distinct();
            return new Availability
            {
                Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
                Rules = rules.GetValueOrDefault(psychologist, byDefault),
                Hours = open,
                Breaks = [.. hours[psychologist].Where(h => h.IsBreak).Select(h => h.ToBreak())],
                Changes = changes,
                Busy = [.. clients, .. busy[psychologist], .. inRooms.SelectMany(r => busy[r].Select(b => b with { RoomId = r }))],
                Booked = [.. booked[psychologist]],
                Rooms = openings,
            };
        }
        return [.. zones.DistinctBy(z => z.UserId).Select(z => (z.UserId, Of(z.UserId, z.TimeZone)))];
    }

    private async Task<ILookup<Guid, Busy>> BusyAsync(Guid[] resources, Guid[] own, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var (starts, ends) = (from.AddDays(-2), until.AddDays(2));
        var rows = await db.Occupancies.AsNoTracking()
            .Where(o => resources.Contains(o.ResourceId) && o.StartsAt < ends && o.EndsAt > starts && (o.ExpiresAt == null || o.ExpiresAt > now) && !own.Contains(o.AppointmentId))
            .Select(o => new { o.ResourceId, o.StartsAt, o.EndsAt }).ToListAsync(ct);
        // An hour that somebody from outside holds until their address is verified is taken from psychologist and room alike.
        var held = await db.TalkHolds.AsNoTracking().Where(h => h.EndedAt == null && h.HeldUntil > now && h.StartsAt < ends && h.EndsAt > starts)
            .Select(h => new { h.PsychologistId, h.RoomId, h.StartsAt, h.EndsAt }).ToListAsync(ct);
        return rows.Select(o => (Id: o.ResourceId, o.StartsAt, o.EndsAt))
            .Concat(held.SelectMany(h => new[] { (Guid?)h.PsychologistId, h.RoomId }.OfType<Guid>().Select(id => (Id: id, h.StartsAt, h.EndsAt))))
            .ToLookup(o => o.Id, o => new Busy(o.StartsAt, o.EndsAt));
    }

    private async Task<ILookup<Guid, TakenSession>> BookedAsync(Guid[] psychologists, Guid[] own, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var (starts, ends) = (from.AddDays(-8), until.AddDays(8));
        var rows = await db.Appointments
            .Where(a => psychologists.Contains(a.PsychologistId) && a.StartsAt >= starts && a.StartsAt < ends && a.MeetingId == null && !own.Contains(a.Id)
                && (a.State == AppointmentState.Booked || ((a.State == AppointmentState.Held || a.State == AppointmentState.Offered) && a.HoldUntil > now)))
            .Select(a => new { a.PsychologistId, a.StartsAt, a.EndsAt }).ToListAsync(ct);
        return rows.ToLookup(a => a.PsychologistId, a => new TakenSession(a.StartsAt, a.EndsAt));
    }

    /// <summary>What gives way to this wish: the appointment that moves, and whatever these clients only hold.</summary>
    private async Task<Guid[]> OwnTimeAsync(SlotWish wish, CancellationToken ct)
    {
        List<Guid> held = wish.ClientIds.Count == 0 ? [] : await db.Appointments
            .Where(a => a.State == AppointmentState.Held && a.Participants.Any(p => wish.ClientIds.Contains(p.ClientId))).Select(a => a.Id).ToListAsync(ct);
        return wish.Except is { } moves ? [.. held, moves] : [.. held];
    }

    /// <summary>Which room it is does not matter to whoever books; the first that is free will do.</summary>
    private static IReadOnlyList<Slot> OnePerWay(IReadOnlyList<Slot> slots) => [.. slots.DistinctBy(s => (s.StartUtc, s.Place.Kind))];
}
