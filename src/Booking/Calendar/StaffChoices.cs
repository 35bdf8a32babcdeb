using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>Whose calendar a member of staff may see, and what they may choose when they book in it.</summary>
public static class StaffChoices
{
    /// <summary>Psychologists their own; operators and admins everybody's. Their own comes first.</summary>
    public static async Task<IReadOnlyList<Membership>> CalendarsAsync(this PracticeDb db, CancellationToken ct)
    {
        var all = db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin);
        var members = await db.Memberships.AsNoTracking().Where(m => m.Active && (all || m.UserId == db.Current.UserId)).ToListAsync(ct);
        return [.. members.Where(m => m.Is(Role.Psychologist)).OrderByDescending(m => m.UserId == db.Current.UserId).ThenBy(m => m.Name)];
    }

    /// <summary>Whose hours somebody may change: psychologists their own, admins everybody's; null for anybody else's.</summary>
    public static async Task<Membership?> OwnHoursAsync(this PracticeDb db, Guid? who, CancellationToken ct)
    {
        var all = (await db.CalendarsAsync(ct)).Where(m => m.UserId == db.Current.UserId || db.Current.Is(Role.Admin)).ToList();
        return who is null ? all.FirstOrDefault() : all.Find(m => m.UserId == who);
    }

    /// <summary>"Online", "Room", or "Room:id".</summary>
    public static SlotPlace? PlaceOf(string? value, IReadOnlyList<Room> rooms) => value?.Split(':') switch
    {
        [nameof(MeetingPlace.Online)] => SlotPlace.Online,
        [nameof(MeetingPlace.Room)] => default(SlotPlace),
        [nameof(MeetingPlace.Room), var id] when Guid.TryParse(id, out var room) && rooms.Any(r => r.Id == room) => SlotPlace.InRoom(room),
        _ => null,
    };

    public static string ValueOf(MeetingPlace place, Guid? room) => room is { } id ? $"{place}:{id}" : place.ToString();

    public static IReadOnlyList<SelectListItem> PlaceItems(IReadOnlyList<Room> rooms, IStringLocalizer<Texts> t) =>
        [new(t["Place.Online"], nameof(MeetingPlace.Online)), .. rooms.Select(r => new SelectListItem(t["Place.InRoom", r.Name], $"{nameof(MeetingPlace.Room)}:{r.Id}")), new(t["Place.NoRoom"], nameof(MeetingPlace.Room))];

    public static async Task<IReadOnlyList<Room>> RoomsAsync(this PracticeDb db, CancellationToken ct) =>
        await db.Rooms.AsNoTracking().Where(r => r.Active).OrderBy(r => r.Name).ToListAsync(ct);

    /// <summary>Open courses of work of one psychologist, by the names of those who take part.</summary>
    public static async Task<IReadOnlyList<(Guid Id, string Names)>> OpenEngagementsAsync(this PracticeDb db, Guid psychologistId, CancellationToken ct)
    {
        var engagements = await db.Engagements.AsNoTracking().Include(e => e.Parties).Where(e => e.PsychologistId == psychologistId && e.EndedAt == null && e.Parties.Count > 0).ToListAsync(ct);
        var ids = engagements.SelectMany(e => e.Parties).Select(p => p.ClientId).Distinct().ToList();
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return [.. engagements.Select(e => (e.Id, string.Join(", ", e.Parties.Where(p => p.Role == PartyRole.Client).Select(p => names[p.ClientId])))).OrderBy(e => e.Item2, StringComparer.CurrentCulture)];
    }
}
