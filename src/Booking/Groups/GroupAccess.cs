using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>A date of a group and how many come.</summary>
public sealed record MeetingLine(Appointment Meeting, int Taken)
{
    public int Free => Math.Max(0, Meeting.Seats!.Value - Taken);
}

/// <summary>A place that nobody has in a date of a group.</summary>
public sealed record FreePlace(Appointment Meeting, int Seat)
{
    public Slot Slot => new(Meeting.StartsAt, Meeting.EndsAt, new SlotPlace(Meeting.Place, Meeting.RoomId));
}

/// <summary>The only way to groups and their dates: staff see who is in them, clients only that there is a place.</summary>
public static class GroupAccess
{
    /// <summary>Psychologists see their own; operators and admins all of the practice.</summary>
    public static IQueryable<Group> ReachableGroups(this PracticeDb db) =>
        db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin) ? db.Groups : db.Groups.Where(g => g.PsychologistId == db.Current.UserId);

    /// <summary>Places that are taken: those that were given up a moment ago still are, for second thoughts.</summary>
    internal static IQueryable<Appointment> PlacesTaken(this PracticeDb db, DateTime now) => db.Appointments.Where(a => a.MeetingId != null
        && (a.State == AppointmentState.Booked || (a.State == AppointmentState.Cancelled && a.FinalAt > now) || (a.State == AppointmentState.Offered && a.HoldUntil > now)));

    /// <summary>Dates of this psychologist's groups that begin in [from, until) and have a place, each with its lowest free seat.</summary>
    internal static async Task<IReadOnlyList<FreePlace>> FreePlacesAsync(this PracticeDb db, Guid psychologistId, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var meetings = await db.Appointments.AsNoTracking()
            .Where(a => a.PsychologistId == psychologistId && a.Seats != null && a.State == AppointmentState.Booked && a.StartsAt >= from && a.StartsAt < until && a.StartsAt > now).OrderBy(a => a.StartsAt).ToListAsync(ct);
        if (meetings.Count == 0) return [];
        var ids = meetings.ConvertAll(m => m.Id);
        var taken = (await db.PlacesTaken(now).Where(a => ids.Contains(a.MeetingId!.Value)).Select(a => new { Meeting = a.MeetingId!.Value, Seat = a.Seat!.Value }).ToListAsync(ct)).ToLookup(p => p.Meeting, p => p.Seat);
        return [.. from meeting in meetings
                   from seat in Enumerable.Range(1, meeting.Seats!.Value).Except(taken[meeting.Id]).Take(1)
                   select new FreePlace(meeting, seat)];
    }

    /// <summary>Kinds of the groups that these psychologists lead and clients may join.</summary>
    public static async Task<IReadOnlyList<SessionKind>> GroupKindsAsync(this PracticeDb db, IReadOnlyCollection<Guid> psychologists, CancellationToken ct) =>
        await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.WhoMayBook != WhoMayBook.StaffOnly && db.Groups.Any(g => g.KindId == k.Id && g.EndedAt == null && psychologists.Contains(g.PsychologistId))).ToListAsync(ct);

    public static async Task<IReadOnlyList<MeetingLine>> MeetingsAsync(this PracticeDb db, IReadOnlyCollection<Guid> groupIds, DateTime from, DateTime now, CancellationToken ct)
    {
        var meetings = await db.Appointments.AsNoTracking()
            .Where(a => a.GroupId != null && groupIds.Contains(a.GroupId.Value) && a.State == AppointmentState.Booked && a.EndsAt > from).OrderBy(a => a.StartsAt).ToListAsync(ct);
        var ids = meetings.ConvertAll(m => m.Id);
        var taken = await db.PlacesTaken(now).Where(a => ids.Contains(a.MeetingId!.Value)).GroupBy(a => a.MeetingId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return meetings.ConvertAll(m => new MeetingLine(m, taken.GetValueOrDefault(m.Id)));
    }

    /// <summary>
    /// Clients who may come to a group of this psychologist: their work with them is their own and goes on. Each with that work.
    /// </summary>
    public static async Task<IReadOnlyList<(Guid ClientId, string Name, Guid EngagementId)>> WhoMayComeAsync(this PracticeDb db, Guid psychologistId, CancellationToken ct)
    {
        var found = await db.Engagements.AsNoTracking().Include(e => e.Parties).Where(e => e.PsychologistId == psychologistId && e.EndedAt == null).OrderBy(e => e.StartedAt).ToListAsync(ct);
        var own = found.Where(e => e.Parties.Count(p => p.Role == PartyRole.Client) == 1).Select(e => (Client: e.Parties.First(p => p.Role == PartyRole.Client).ClientId, e.Id)).DistinctBy(e => e.Client).ToList();
        var ids = own.ConvertAll(e => e.Client);
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return [.. own.Select(e => (e.Client, names[e.Client], e.Id)).OrderBy(e => e.Item2, StringComparer.CurrentCulture)];
    }
}
