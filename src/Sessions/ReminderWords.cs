using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Sessions;

/// <summary>How somebody is reminded, in one sentence.</summary>
public static class ReminderWords
{
    /// <summary>What holds where the client wishes nothing else: by the agreement in force where it says so, else as the practice does it.</summary>
    public static async Task<string> UsualAsync(PracticeDb db, Guid clientId, IStringLocalizer<Texts> t, CancellationToken ct)
    {
        var agreements = await db.Agreements.AsNoTracking()
            .Where(a => a.State == AgreementState.InForce && db.EngagementParties.Any(p => p.EngagementId == a.EngagementId && p.ClientId == clientId && p.Role != PartyRole.Guardian))
            .OrderBy(a => a.InForceAt).Select(a => a.TermsJson).ToListAsync(ct);
        var agreed = agreements.ConvertAll(json => Terms.Parse(json).Reminders).OfType<ReminderTerms>().ToList();
        if (agreed.Count > 0)
            return string.Join(" ", agreed.Select(r => t["Contact.ByAgreement", r.MailHours.IsEmpty && r.TextHours.IsEmpty ? t["Contact.Way.None"].Value : Of([.. r.MailHours], [.. r.TextHours], t), r.Clause ?? "–"].Value));
        var policy = await db.Practices.Select(p => p.Policy).SingleAsync(ct);
        return Of(policy.MailReminderHours, policy.TextReminderHours, t);
    }

    public static string Of(Client client, IStringLocalizer<Texts> t) => client.NoReminders ? t["Contact.Way.None"] : Of(client.Reminders.MailHours, client.Reminders.TextHours, t);

    private static string Of(int[] mail, int[] text, IStringLocalizer<Texts> t) => string.Join("; ",
        new[] { mail.Length == 0 ? null : t["Contact.ByMail", Before(mail, t)].Value, text.Length == 0 ? null : t["Contact.ByText", Before(text, t)].Value }.OfType<string>());

    private static string Before(int[] hours, IStringLocalizer<Texts> t) => string.Join(", ", hours.Select(h =>
        t[$"Contact.Hours.{h}"] is { ResourceNotFound: false } known ? known.Value : t.Plural("Contact.HoursBefore", h)));
}
