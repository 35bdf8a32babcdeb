using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>What stands in a calendar feed: the appointments of its owner, two months back and a year ahead, as psychologist or as client.</summary>
public sealed class FeedEvents(PracticeDb db, EnterPractice enter, LinkTokens tokens, PublicAddress address, TimeProvider clock, IStringLocalizer<Texts> t)
{
    private const string Purpose = "calendar-feed";
    private static readonly TimeSpan Back = TimeSpan.FromDays(60), Ahead = TimeSpan.FromDays(366), CancelledStay = TimeSpan.FromDays(30);

    public string Address(CalendarFeed feed) =>
        $"{address.Value}/feed/{tokens.Make(Purpose, feed.PracticeId, feed.Id, null, DateTime.MaxValue)}.ics";

    /// <returns>The calendar file; null for an address that is forged or revoked, or whose owner has left.</returns>
    public async Task<string?> ReadAsync(string? token, CancellationToken ct)
    {
        if (tokens.Read(Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is null) return null;
        var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.Id == link.SubjectId && f.RevokedAt == null, ct);
        return feed is null ? null : await OfPsychologistAsync(feed, ct) ?? await OfClientAsync(feed, ct);
    }

    private async Task<string?> OfPsychologistAsync(CalendarFeed feed, CancellationToken ct)
    {
        var member = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == feed.UserId && m.Active, ct);
        if (member is null || !member.Is(Role.Psychologist)) return null;
        var found = await InTimeAsync(db.Appointments.Where(a => a.PsychologistId == feed.UserId && a.MeetingId == null), ct);
        var ids = found.SelectMany(a => a.Participants).Select(p => p.ClientId).Distinct().ToList();
        var names = feed.Names ? await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct) : [];
        return Languages.In(member.Language, () =>
        {
            string Title(Appointment a) =>
                feed.Names && a.Participants.Any(p => p.WithdrawnAt is null)
                    ? string.Join(", ", a.Participants.Where(p => p.WithdrawnAt is null).Select(p => names[p.ClientId])) : t["Feed.Session"];
            return CalendarFile.Write(found.Select(a => Of(a, Title(a), IsOff(a))), member.Zone, t["Feed.Name"]);
        });
    }

    private async Task<string?> OfClientAsync(CalendarFeed feed, CancellationToken ct)
    {
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.UserId == feed.UserId, ct);
        if (client is null) return null;
        var found = await InTimeAsync(db.Appointments.Where(a => a.Participants.Any(p => p.ClientId == client.Id)), ct);
        var left = found.Where(a => a.HasLeft(client.Id)).Select(a => a.Id).ToList();
        var moves = left.Count == 0 ? [] : await db.AppointmentMoves.AsNoTracking().Where(m => left.Contains(m.AppointmentId)).ToListAsync(ct);
        // Whoever looks over a shoulder at a calendar learns the hour, not where or with whom.
        return Languages.In(client.Language, () => CalendarFile.Write(
            found.Select(a => Of(a, t["Feed.Appointment"], IsOff(a) || a.HasLeft(client.Id), a.FirstMoveWithout(client.Id, moves)?.FromStartsAt)),
            client.Zone, t["Feed.Name"]));
    }

    private Task<List<Appointment>> InTimeAsync(IQueryable<Appointment> appointments, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, to, lately) = (now - Back, now + Ahead, now - CancelledStay);
        return appointments.AsNoTracking().Include(a => a.Participants)
            .Where(a => a.StartsAt > from && a.StartsAt < to && a.State != AppointmentState.Held && a.State != AppointmentState.Offered && (a.State == AppointmentState.Booked || a.ChangedAt > lately))
            .OrderBy(a => a.StartsAt).ThenBy(a => a.Id).ToListAsync(ct);
    }

    private static bool IsOff(Appointment a) => a.State != AppointmentState.Booked;

    /// <param name="stood">When it began for one who gave up their place before it moved.</param>
    private CalendarEvent Of(Appointment a, string title, bool cancelled, DateTime? stood = null)
    {
        var starts = stood ?? a.StartsAt;
        return new(Uid(a.Id, address), a.Changes, a.ChangedAt, starts, starts + (a.EndsAt - a.StartsAt), title, cancelled);
    }

    /// <summary>The same in feeds and mails, so that one appointment is one event.</summary>
    public static string Uid(Guid appointmentId, PublicAddress address) => string.Create(CultureInfo.InvariantCulture, $"{appointmentId:N}@{new Uri(address.Value).Host}");
}
