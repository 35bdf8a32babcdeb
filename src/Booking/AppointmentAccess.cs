using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>The only way to an appointment: what the signed-in user may see of them.</summary>
public static class AppointmentAccess
{
    /// <summary>Psychologists see their own; operators and admins all of the practice (names, times, no words).</summary>
    public static IQueryable<Appointment> ReachableAppointments(this PracticeDb db) =>
        db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin)
            ? db.Appointments
            : db.Appointments.Where(a => a.PsychologistId == db.Current.UserId);

    /// <summary>Appointments the signed-in client takes part in.</summary>
    public static IQueryable<Appointment> AppointmentsAsParty(this PracticeDb db) =>
        db.Appointments.Where(a => a.Participants.Any(p => db.Clients.Any(c => c.Id == p.ClientId && c.UserId == db.Current.UserId)));

    /// <summary>The rows of the signed-in client in this practice.</summary>
    public static async Task<IReadOnlyList<Guid>> OwnClientIdsAsync(this PracticeDb db, CancellationToken ct) => await db.OwnClient().Select(c => c.Id).ToListAsync(ct);

    /// <summary>With everything an act may change.</summary>
    internal static IQueryable<Appointment> WholeAppointments(this PracticeDb db) =>
        db.Appointments.Include(a => a.Participants).Include(a => a.Occupancies).AsSingleQuery();
}
