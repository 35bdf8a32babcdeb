using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Requests;

/// <summary>The only way to requests and complaints; row-level security repeats it.</summary>
public static class RequestAccess
{
    /// <summary>Requests the signed-in psychologist works on.</summary>
    public static IQueryable<ClientRequest> OwnRequests(this PracticeDb db) =>
        db.ClientRequests.Where(r => db.Engagements.Any(e => e.Id == r.EngagementId && e.PsychologistId == db.Current.UserId));

    /// <summary>Requests the signed-in user may read now: their psychologist, their party, and whoever holds a grant.</summary>
    public static IQueryable<ClientRequest> ReadableRequests(this PracticeDb db, DateTime now)
    {
        var readable = db.ReadableEngagements(now);
        return db.ClientRequests.Where(r => readable.Any(e => e.Id == r.EngagementId)
            || db.AccessGrants.Any(g => g.SubjectId == r.Id && g.UserId == db.Current.UserId && g.RevokedAt == null && g.StartsAt <= now && g.EndsAt > now));
    }

    /// <summary>The client's own requests, and joint ones of engagements they are a party of.</summary>
    public static IQueryable<ClientRequest> RequestsAsClient(this PracticeDb db) =>
        db.ClientRequests.Where(r => db.Engagements.Any(e => e.Id == r.EngagementId && e.Parties.Any(p =>
            p.Role == PartyRole.Client && db.Clients.Any(c => c.Id == p.ClientId && c.UserId == db.Current.UserId && (r.ClientId == null || r.ClientId == c.Id)))));

    /// <summary>Everything complained of in one engagement: what was written with its enquiry, and later.</summary>
    public static IQueryable<Complaint> ComplaintsOf(this PracticeDb db, Engagement engagement) =>
        db.Complaints.Where(c => c.EngagementId == engagement.Id || (engagement.EnquiryId != null && c.EnquiryId == engagement.EnquiryId));

    /// <summary>
    /// Open flags on texts of the engagement, or of the enquiry it came from. A client's pages ask for those on the client's own
    /// texts only: among several parties, a page that falls silent would tell one what another wrote.
    /// </summary>
    public static IQueryable<SafetyFlag> OpenFlags(this PracticeDb db, Engagement engagement, Guid? clientId = null)
    {
        var alone = engagement.Parties.Count(p => p.Role == PartyRole.Client) < 2;
        return db.SafetyFlags.Where(f => f.ClosedAt == null && (f.EngagementId == engagement.Id || (engagement.EnquiryId != null && f.EnquiryId == engagement.EnquiryId))
            && (clientId == null || f.ClientId == clientId || (f.ClientId == null && alone)));
    }

    /// <summary>Somebody in danger is not charged, refused or released by a machine: nothing punitive happens while a flag is open.</summary>
    public static Task<bool> HasOpenFlagAsync(this PracticeDb db, Guid engagementId, Guid clientId, CancellationToken ct) =>
        db.SafetyFlags.AnyAsync(f => f.ClosedAt == null && (f.EngagementId == engagementId || f.ClientId == clientId), ct);

    public static Task<bool> HasOpenFlagAsync(this PracticeDb db, Engagement engagement, CancellationToken ct) => db.OpenFlags(engagement).AnyAsync(ct);

    /// <summary>What the open flags on a client's texts may tell of; none where there is no open flag.</summary>
    public static async Task<Danger> OpenDangerAsync(this PracticeDb db, Engagement engagement, Guid clientId, CancellationToken ct) =>
        (await db.OpenFlags(engagement, clientId).Select(f => f.Danger).ToListAsync(ct)).Aggregate(Danger.None, (all, one) => all | one);

    /// <summary>When the sessions of an engagement were held, those this client came to (any of its clients when null), oldest first.</summary>
    public static Task<List<DateTime>> SessionsHeldAsync(this PracticeDb db, Guid engagementId, Guid? clientId, CancellationToken ct) =>
        db.Appointments.Where(a => a.EngagementId == engagementId && a.Participants.Any(p => p.Attendance == Booking.AttendanceKind.Attended && (clientId == null || p.ClientId == clientId)))
            .OrderBy(a => a.StartsAt).Select(a => a.StartsAt).ToListAsync(ct);
}
