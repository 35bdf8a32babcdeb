using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Requests;

/// <summary>The only way to letters of referral and to what a psychologist works with.</summary>
public static class ReferralAccess
{
    /// <summary>Letters of requests the signed-in psychologist or supervisor may read.</summary>
    public static IQueryable<Referral> ReadableReferrals(this PracticeDb db, DateTime now)
    {
        var readable = db.ReadableRequests(now);
        return db.Referrals.Where(l => readable.Any(r => r.Id == l.RequestId));
    }

    /// <summary>Letters of the client's own requests of which they were given a copy.</summary>
    public static IQueryable<Referral> ReferralsAsClient(this PracticeDb db)
    {
        var own = db.RequestsAsClient();
        return db.Referrals.Where(l => l.Shared && own.Any(r => r.Id == l.RequestId));
    }

    /// <summary>Whom the practice may be referred to now.</summary>
    public static IQueryable<ReferralContact> Directory(this PracticeDb db) =>
        db.ReferralContacts.Where(c => c.RetiredAt == null).OrderBy(c => c.Name);

    public static async Task<Competence> CompetenceAsync(this PracticeDb db, Guid psychologist, Guid? theme, CancellationToken ct) =>
        await db.PsychologistProfiles.AsNoTracking().Where(p => p.UserId == psychologist).Select(p => new { p.ThemeIds, p.Limits }).SingleOrDefaultAsync(ct) is { } profile
            ? Competence.Of(theme, profile.ThemeIds, profile.Limits) : Competence.Of(theme, [], null);

    public static async Task<ReferralLetter> LetterAsync(this Vault vault, PracticeDb db, Referral referral, CancellationToken ct) =>
        referral.Read(await vault.KeyAsync(await db.ClientRequests.Where(r => r.Id == referral.RequestId).Select(r => r.KeyId).SingleAsync(ct), ct));
}
