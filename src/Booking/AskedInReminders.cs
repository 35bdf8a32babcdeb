using Microsoft.EntityFrameworkCore;
using PracticeApp.Reminders;
using PracticeApp.Requests;

namespace PracticeApp.Booking;

/// <summary>Looks again, at the moment a reminder goes out, whether the money or the answers it asks for have come in meanwhile.</summary>
public static class AskedInReminders
{
    public static StillAsked By(ReadUnanswered unanswered, Func<PracticeDb, ReadAccount> account) => async (db, notice, ct) =>
    {
        var appointment = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == notice.AppointmentId, ct);
        if (appointment is null || notice.ClientId is not { } client) return false;
        if (notice.Kind == PlanReminders.Questions) return await unanswered(db, appointment, client, ct);
        // Nobody who may be in danger is asked for money.
        if (await db.HasOpenFlagAsync(appointment.EngagementId, client, ct)) return false;
        return (await new PaidBeforehand(db, account(db)).OfAsync(client, ct)).TryGetValue(appointment.Id, out var paid) && !paid;
    };
}
