using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Booking;

/// <summary>What speaks against a time that is free.</summary>
/// <param name="Limit">The psychologist's limit that would be passed; null: the room is closed then.</param>
/// <param name="Most">How many the limit allows.</param>
/// <param name="IsHard">Refused to staff too; otherwise they are told and may book all the same.</param>
public sealed record Objection(BookingLimit? Limit, int Most, bool IsHard)
{
    public string Key => Limit is { } limit ? $"Objection.{limit}" : "Objection.RoomClosed";
}

/// <summary>Says to staff, who may book outside the hours, which limits of the psychologist and of the room a time would break.</summary>
public sealed class FindObjections(PracticeDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<Objection>> RunAsync(Guid psychologistId, Slot slot, Guid? except, CancellationToken ct) =>
        (await RunAsync(psychologistId, [(except, slot)], ct))[0];

    public async Task<bool> HasHardAsync(Guid psychologistId, IReadOnlyList<(Guid? Except, Slot Slot)> sessions, CancellationToken ct) =>
        (await RunAsync(psychologistId, sessions, ct)).Any(all => all.Any(o => o.IsHard));

    /// <param name="sessions">Each with the appointment that moves there; those that move do not count where they stood, and all count where they go.</param>
    /// <returns>For each session what speaks against it.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<Objection>>> RunAsync(Guid psychologistId, IReadOnlyList<(Guid? Except, Slot Slot)> sessions, CancellationToken ct)
    {
        if (sessions.Count == 0) return [];
        var rules = await db.BookingRules.AsNoTracking().SingleOrDefaultAsync(r => r.PsychologistId == psychologistId, ct) ?? BookingRules.Default(db.Current.PracticeId, psychologistId);
        var (from, until) = (sessions.Min(s => s.Slot.StartUtc).AddDays(-9), sessions.Max(s => s.Slot.EndUtc).AddDays(9));
        var booked = rules.ToRules().HasLimits ? await BookedAsync(psychologistId, [.. sessions.Select(s => s.Except).OfType<Guid>()], from, until, ct) : [];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Memberships.Where(m => m.UserId == psychologistId).Select(m => m.TimeZone).SingleAsync(ct));
        var rooms = await db.RoomOpeningsAsync([.. sessions.Select(s => s.Slot.Place.RoomId).OfType<Guid>().Distinct()], ct);
        return [.. sessions.Select((s, i) =>
        {
            var others = sessions.Where((_, other) => other != i).Select(o => new TakenSession(o.Slot.StartUtc, o.Slot.EndUtc));
            var objections = new Limits(rules.ToRules(), zone, [.. booked, .. others]).BrokenBy(s.Slot.StartUtc, s.Slot.EndUtc).Select(l => new Objection(l, rules.MostOf(l), rules.IsHard(l))).ToList();
            if (s.Slot.Place.RoomId is { } room && rooms.TryGetValue(room, out var opening) && !SlotFinder.IsOpen(opening, s.Slot.StartUtc, s.Slot.EndUtc)) objections.Insert(0, new Objection(null, 0, true));
            return (IReadOnlyList<Objection>)objections;
        })];
    }

    private async Task<List<TakenSession>> BookedAsync(Guid psychologist, Guid[] except, DateTime from, DateTime until, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Appointments.Where(a => a.PsychologistId == psychologist && a.StartsAt >= from && a.StartsAt < until && a.MeetingId == null && !except.Contains(a.Id)
                && (a.State == AppointmentState.Booked || (a.State == AppointmentState.Held && a.HoldUntil > now)))
            .Select(a => new TakenSession(a.StartsAt, a.EndsAt)).ToListAsync(ct);
    }
}

public static class RoomOpenings
{
    /// <summary>The rooms among these that are not always open, with their hours.</summary>
    public static async Task<IReadOnlyDictionary<Guid, RoomOpening>> RoomOpeningsAsync(this PracticeDb db, IReadOnlyCollection<Guid> rooms, CancellationToken ct)
    {
        if (rooms.Count == 0) return new Dictionary<Guid, RoomOpening>();
        var hours = (await db.RoomHours.AsNoTracking().Where(h => rooms.Contains(h.RoomId)).ToListAsync(ct)).ToLookup(h => h.RoomId);
        var closed = await db.Rooms.Where(r => rooms.Contains(r.Id) && r.ClosedDays.Length > 0).Select(r => new { r.Id, r.ClosedDays }).ToDictionaryAsync(r => r.Id, r => r.ClosedDays, ct);
        if (hours.Count == 0 && closed.Count == 0) return new Dictionary<Guid, RoomOpening>();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Practices.Select(p => p.TimeZone).SingleAsync(ct));
        return hours.Select(h => h.Key).Union(closed.Keys).ToDictionary(id => id, id =>
            new RoomOpening(zone, [.. hours[id].Select(h => new OpenHours(h.Day, h.From, h.To))], closed.GetValueOrDefault(id, [])));
    }
}
