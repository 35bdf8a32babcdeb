using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Enquiries;

/// <summary>What somebody tells the practice first, through whichever door.</summary>
/// <param name="FormToken">The same token twice is one enquiry.</param>
public sealed record FirstWords(
    EnquiryDoor Door, string Text, string CalledName, string? Email, string? Phone, ContactRules Contact, string Language,
    About About, string? HowOften, int? Strength, string? Cost, Guid FormToken, Frequency? Frequency = null, Toll? Toll = null,
    ForWhom ForWhom = ForWhom.Unsaid)
{
    public Danger Danger => SafetyScreen.Read(SafetyScreen.Telling(Text, HowOften, Cost, Contact.When, CalledName), Language);
}

/// <summary>
/// Takes in an enquiry in the caller's transaction: seals the words, screens them, promises what the rota allows, tells
/// whoever is on duty and, where mail is safe, the person.
/// </summary>
public sealed class ReceiveEnquiry(PracticeDb db, Vault vault, Audit audit, PublicAddress address, TimeProvider clock)
{
    public async Task<Enquiry> RunAsync(Practice practice, FirstWords words, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rota = await db.RotaAsync(practice.Zone, ct);
        var promise = AnswerPromise.From(rota, practice.Policy.PromiseHours, now);
        var key = await vault.NewKeyAsync(ct);
        Guid? by = db.Current.IsSignedIn ? db.Current.UserId : null;
        var enquiry = new Enquiry(practice.Id, words.Door, words.CalledName.Trim(), Kept(words.Email), Kept(words.Phone), words.Contact,
            words.Language, practice.TimeZone, practice.Country, key.OwnerId, now, promise.DueAt, words.FormToken);
        enquiry.For(words.ForWhom);
        enquiry.Note(words.Door == EnquiryDoor.Form ? EnquiryActKind.Received : EnquiryActKind.WrittenDown, now, by);
        db.Enquiries.Add(enquiry);

        var complaint = new Complaint(practice.Id, key, words.Text, words.Language, WrittenByWhom(words.Door), now,
            words.About, words.HowOften, words.Strength, words.Cost, enquiry.Id, null, null, words.Frequency, words.Toll);
        db.Complaints.Add(complaint);

        var danger = words.Danger;
        if (danger != Danger.None)
        {
            db.SafetyFlags.Add(new SafetyFlag(practice.Id, "complaints", complaint.Id, danger, now, enquiry.Id, null, null));
            if (words.Door == EnquiryDoor.Form) enquiry.Note(EnquiryActKind.CrisisContactsShown, now);
        }

        await TellRotaAsync(enquiry, rota, danger.ComesFirst(), now, ct);
        ThankByMail(practice, enquiry, promise, now);
        audit.Record("enquiry.received", "enquiry", enquiry.Id);
        return enquiry;
    }

    /// <summary>The enquiry that this form already became. Whoever sends the same form meanwhile waits here for the first to be stored.</summary>
    public async Task<Guid?> SentBeforeAsync(Guid formToken, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({formToken.ToString()}, 0))", ct);
        return await db.Enquiries.Where(e => e.FormToken == formToken).Select(e => (Guid?)e.Id).SingleOrDefaultAsync(ct);
    }

    private async Task TellRotaAsync(Enquiry enquiry, Rota rota, bool flagged, DateTime now, CancellationToken ct)
    {
        var on = rota.On(now);
        if (on.Count == 0) enquiry.Note(EnquiryActKind.NobodyOnRota, now);
        // With nobody on duty a flag goes to everybody who may answer: nobody has promised to read it, but somebody may.
        var told = await db.Memberships.AsNoTracking().Where(m => m.Active && (on.Contains(m.UserId)
            || (flagged && on.Count == 0 && db.RotaShifts.Any(s => s.UserId == m.UserId)))).ToListAsync(ct);
        // Where no rota was ever written, danger goes to every psychologist, as it does for clients.
        if (flagged && told.Count == 0) told = (await db.Memberships.AsNoTracking().Where(m => m.Active).ToListAsync(ct)).FindAll(m => m.Is(Role.Psychologist));
        foreach (var member in told.Where(m => m.UserId != db.Current.UserId))
        {
            db.Notices.Add(RotaNotice(enquiry, member, flagged, address, now));
            enquiry.Note(EnquiryActKind.RotaTold, now, whom: member.UserId);
        }
    }

    internal static Notice RotaNotice(Enquiry enquiry, Membership member, bool flagged, PublicAddress address, DateTime now) =>
        new Notice(enquiry.PracticeId, flagged ? "enquiries.flagged" : "enquiries.arrived", Channel.Mail, member.Email, member.Language, now, now)
            .To(userId: member.UserId).With("enquiry", enquiry.Id.ToString()).With("board", $"{address.Value}/board/{enquiry.Id}");

    private void ThankByMail(Practice practice, Enquiry enquiry, AnswerPromise promise, DateTime now)
    {
        if (enquiry.Email is null || !enquiry.Contact.Mail) return;
        var notice = new Notice(practice.Id, promise.DueAt is null ? "enquiries.thanks-undated" : "enquiries.thanks", Channel.Mail, enquiry.Email,
            enquiry.Language, now, now).With("enquiry", enquiry.Id.ToString());
        if (promise.DueAt is { } due) notice.With("by", Words.Moment(due, practice.Zone, enquiry.Language));
        if (enquiry.Contact.SenderName is { } sender) notice.With("sender", sender);
        db.Notices.Add(notice);
    }

    private WrittenBy WrittenByWhom(EnquiryDoor door) =>
        door == EnquiryDoor.Form ? WrittenBy.Client : db.Current.Is(Role.Psychologist) ? WrittenBy.Psychologist : WrittenBy.Operator;

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
