using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Incidents;

/// <summary>Tells the other side that there is something to read: never what, never of whom, and only where a mail is safe.</summary>
public sealed class TellOfIncident(PracticeDb db, PublicAddress address, TimeProvider clock)
{
    public const string ToClient = "incidents.client", ToPsychologist = "incidents.psychologist";

    /// <param name="by">Who wrote; the other one is told.</param>
    public async Task WriteAsync(Incident incident, Side by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (by == Side.Client)
        {
            if (await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == incident.PsychologistId && m.Active, ct) is not { } psychologist) return;
            db.Notices.Add(new Notice(incident.PracticeId, ToPsychologist, Channel.Mail, psychologist.Email, psychologist.Language, now, now)
                .To(userId: psychologist.UserId).With("name", psychologist.Name).With("address", $"{address.Value}/incidents"));
            return;
        }

        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == incident.ClientId, ct);
        if (client.Email is null || !client.Contact.Mail) return;
        var notice = new Notice(incident.PracticeId, ToClient, Channel.Mail, client.Email, client.Language, now, now)
            .To(client.Id).With("name", client.CalledName).With("address", $"{address.Value}/me");
        if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        db.Notices.Add(notice);
    }
}
