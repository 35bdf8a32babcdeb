using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Caseload;

/// <summary>A new practice with what every practice begins with, and the invitation of its first admin.</summary>
public sealed class FoundPractice(PracticeDb db, Invite invite, LinkTokens links, PublicAddress address, Audit audit, TimeProvider clock)
{
    /// <returns>The link of the invitation, as its mail has it too.</returns>
    public async Task<string> RunAsync(string slug, string name, string email, string country, string zone, string language, string currency, CancellationToken ct)
    {
        var practice = new Practice(slug, name, country, zone, language, currency, clock.GetUtcNow().UtcDateTime);
        practice.Describe(name, "", "", "", NeutralSender.From(name, Languages.Culture(language)));
        await db.OpenAsync(practice.Id, ct);
        db.Practices.Add(practice);
        await db.SaveChangesAsync(ct);
        db.Themes.AddRange(Theme.Defaults(practice.Id));
        var kinds = SessionKind.Defaults(practice.Id, currency, 0, 0);
        // What costs something is offered when the admin has said how much.
        foreach (var priced in kinds.Skip(1)) priced.Retire();
        db.SessionKinds.AddRange(kinds);
        db.AgreementTemplates.Add(AgreementTemplate.Default(practice.Id, currency, 0, clock.GetUtcNow().UtcDateTime, language));
        var invitation = invite.Staff(email, email.Split('@')[0], [Role.Admin], language);
        audit.Record("practice.founded", "practice", practice.Id);
        await db.SaveChangesAsync(ct);
        await db.CommitAsync(ct);
        return $"{address.Value}/invitation/{links.Make(Invitation.Purpose, practice.Id, invitation.Id, null, invitation.ExpiresAt)}";
    }
}
