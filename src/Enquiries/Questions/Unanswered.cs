using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Enquiries;

/// <summary>Whether a client still has the practice's questions to answer before a first talk. Nobody who may be in danger is asked again.</summary>
public static class Unanswered
{
    public static async Task<bool> OfAsync(PracticeDb db, Appointment appointment, Guid clientId, CancellationToken ct) =>
        await db.TalkQuestions.AnyAsync(q => q.RetiredAt == null, ct)
        && await db.SessionKinds.AnyAsync(k => k.Id == appointment.KindId && k.Form == SessionForm.FirstTalk, ct)
        // Jobs have no reader, and answers open to nobody else: the database says yes or no.
        && await db.Database.SqlQuery<bool>($"select talk_unanswered({appointment.Id}, {appointment.EngagementId}, {clientId}) as \"Value\"").SingleAsync(ct);
}
