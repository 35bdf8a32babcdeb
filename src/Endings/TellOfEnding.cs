using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Endings;

/// <summary>Tells both sides that there is something to read, and where a mail is safe. What it is stands behind the sign-in.</summary>
public sealed class TellOfEnding(PracticeDb db, PublicAddress address, TimeProvider clock)
{
    /// <param name="kind">"decided", "called-off", "ended".</param>
    /// <param name="except">Whoever did it, client or psychologist, needs no message; null tells all.</param>
    public async Task WriteAsync(Engagement engagement, Ending ending, string kind, Guid? except, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (engagement.PsychologistId != except && await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UserId == engagement.PsychologistId && m.Active, ct) is { } psychologist)
        {
            db.Notices.Add(new Notice(engagement.PracticeId, $"endings.{kind}-psychologist", Channel.Mail, psychologist.Email, psychologist.Language, now, now)
                .To(userId: psychologist.UserId).With("name", psychologist.Name).With("address", $"{address.Value}/endings/{ending.Id}"));
        }

        var ids = engagement.Parties.Where(p => p.Role == PartyRole.Client && p.ClientId != except).Select(p => p.ClientId).ToList();
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct))
        {
            if (client.Email is null || !client.Contact.Mail) continue;
            var notice = new Notice(engagement.PracticeId, $"endings.{kind}-client", Channel.Mail, client.Email, client.Language, now, now)
                .To(client.Id).With("name", client.CalledName).With("address", $"{address.Value}/me");
            if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
            db.Notices.Add(notice);
        }
    }
}
