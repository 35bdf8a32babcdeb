using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Agreements;

/// <summary>
/// Messages about agreements, written in the transaction of what they tell of. They say that something waits, never what
/// or with whom: whoever else reads a mail learns nothing.
/// </summary>
public static class AgreementNotices
{
    /// <summary>To a client, if mail is a safe way to reach them.</summary>
    /// <param name="quiet">What nobody waits for comes when their quiet hours are over.</param>
    /// <returns>Whether they may be written to.</returns>
    public static bool ToClient(PracticeDb db, Client client, string kind, PublicAddress address, DateTime now, QuietHours? quiet = null)
    {
        if (client.Email is null || !client.Contact.Mail) return false;
        var notice = new Notice(client.PracticeId, kind, Channel.Mail, client.Email, client.Language, quiet?.After(now) ?? now, now)
            .To(client.Id).With("name", client.CalledName).With("address", $"{address.Value}/me");
        if (client.Contact.SenderName is { } sender) notice.With("sender", sender);
        db.Notices.Add(notice);
        return true;
    }

    /// <summary>To the psychologist of an agreement.</summary>
    public static async Task ToPsychologistAsync(PracticeDb db, Agreement agreement, string kind, PublicAddress address, DateTime now, CancellationToken ct)
    {
        var psychologist = await db.Memberships.Where(m => m.UserId == agreement.PsychologistId && m.Active).SingleOrDefaultAsync(ct);
        if (psychologist is null) return;
        db.Notices.Add(new Notice(agreement.PracticeId, kind, Channel.Mail, psychologist.Email, psychologist.Language, now, now)
            .To(userId: psychologist.UserId).With("name", psychologist.Name).With("address", $"{address.Value}/agreements"));
    }
}
