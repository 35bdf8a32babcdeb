using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Sessions;

/// <summary>The only way to sessions and their protocols; row-level security repeats it for the protocols.</summary>
public static class ProtocolAccess
{
    /// <summary>Appointments the user holds as their psychologist: what they may write a protocol on.</summary>
    public static IQueryable<Appointment> OwnSessions(this PracticeDb db) =>
        db.Appointments.Where(a => a.PsychologistId == db.Current.UserId && a.State == AppointmentState.Booked && a.Seats == null);

    /// <summary>Protocols the user wrote, those of engagements they work on, and those shared with them now.</summary>
    public static IQueryable<Protocol> ReadableProtocols(this PracticeDb db, DateTime now)
    {
        var user = db.Current.UserId;
        return db.Protocols.Where(p => p.AuthorId == user
            || db.Engagements.Any(e => e.Id == p.EngagementId && e.PsychologistId == user)
            || db.AccessGrants.Any(g => g.EngagementId == p.EngagementId && g.UserId == user && (g.SubjectId == null || g.SubjectId == p.Id)
                && g.RevokedAt == null && g.StartsAt <= now && g.EndsAt > now));
    }

    /// <summary>The user's private notes; nobody else's, whatever was granted.</summary>
    public static IQueryable<ProcessNote> OwnNotes(this PracticeDb db) => db.ProcessNotes.Where(n => n.AuthorId == db.Current.UserId);

    /// <summary>The user's sessions that are over, took place or wait to be settled, and have no signed protocol.</summary>
    public static IQueryable<Appointment> OpenProtocols(this PracticeDb db, DateTime now) =>
        db.OwnSessions().Where(a => a.EndsAt <= now
            && a.Participants.Any(p => p.Attendance == null || p.Attendance == AttendanceKind.Attended)
            && !db.Protocols.Any(p => p.AppointmentId == a.Id && p.SignedAt != null));

    /// <summary>Lets one writer at a time to a session's record, until the transaction ends.</summary>
    public static Task WaitForTurnAsync(this PracticeDb db, Guid appointmentId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from appointments where practice_id = {db.Current.PracticeId} and id = {appointmentId} for update", ct);
}
