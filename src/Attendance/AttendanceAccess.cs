using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Attendance;

/// <summary>Whose attendance the signed-in user may settle, and what forbids that anything follows by itself.</summary>
public static class AttendanceAccess
{
    /// <summary>Only the psychologist of a session says what became of it.</summary>
    public static IQueryable<Appointment> AppointmentsToSettle(this PracticeDb db) =>
        db.Appointments.Where(a => a.PsychologistId == db.Current.UserId);

    /// <summary>What was assessed in the psychologist's own sessions.</summary>
    public static IQueryable<AssessedEvent> OwnAssessedEvents(this PracticeDb db) =>
        db.AssessedEvents.Where(e => db.Appointments.Any(a => a.Id == e.AppointmentId && a.PsychologistId == db.Current.UserId));
}
