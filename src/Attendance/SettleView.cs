using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;

namespace PracticeApp.Attendance;

/// <summary>One client's place in one session, as the buttons under it need it.</summary>
/// <param name="MayBeMissed">The minutes of grace are over.</param>
/// <param name="Back">Where the buttons lead back to; an address of this app.</param>
public sealed record SettleView(
    Guid AppointmentId, Guid ClientId, string Client, DateTime StartsAt, bool HasBegun, bool MayBeMissed, AttendanceKind? Attendance, int? LateMinutes,
    int? PsychologistLateMinutes, DateTime? AwaitingSince, ReasonTerms Reasons, string Back, bool IsNamed = true)
{
    /// <summary>The places of an appointment that its psychologist may settle; empty for whoever may not.</summary>
    public static async Task<IReadOnlyList<SettleView>> OfAsync(PracticeDb db, Guid appointmentId, DateTime now, string back, CancellationToken ct)
    {
        var appointment = await db.AppointmentsToSettle().AsNoTracking().Include(a => a.Participants)
            .SingleOrDefaultAsync(a => a.Id == appointmentId && a.State == AppointmentState.Booked, ct);
        if (appointment is null) return [];
        var graceEnds = await db.GraceEndsAsync(appointment, ct);
        var reasons = (await db.TermsOfAsync(appointment, ct))[^1].Terms.Reasons;
        var places = appointment.Participants.Where(p => p.WithdrawnAt is null).ToList();
        var ids = places.ConvertAll(p => p.ClientId);
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return
        [
            .. places.Select(p => new SettleView(appointment.Id, p.ClientId, names[p.ClientId], appointment.StartsAt, appointment.StartsAt <= now, graceEnds <= now,
                p.Attendance, p.LateMinutes, p.PsychologistLateMinutes, p.AwaitingSince, reasons, back, places.Count > 1)).OrderBy(v => v.Client, StringComparer.CurrentCulture),
        ];
    }
}
