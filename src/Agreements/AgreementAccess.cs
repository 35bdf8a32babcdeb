using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>The only way to an agreement: what the signed-in user may reach. Row-level security repeats it for acts and sealed documents.</summary>
public static class AgreementAccess
{
    /// <summary>Agreements of engagements the user works on as their psychologist, drafts included.</summary>
    public static IQueryable<Agreement> OwnAgreements(this PracticeDb db)
    {
        var engagements = db.OwnEngagements();
        return db.Agreements.Where(a => engagements.Any(e => e.Id == a.EngagementId));
    }

    /// <summary>Agreements laid before the signed-in client or guardian; never a draft.</summary>
    public static IQueryable<Agreement> AgreementsAsParty(this PracticeDb db)
    {
        var engagements = db.EngagementsAsParty();
        return db.Agreements.Where(a => a.State != AgreementState.Draft && engagements.Any(e => e.Id == a.EngagementId));
    }

    /// <summary>Whose words the user may read: as the psychologist, or as one of the parties.</summary>
    public static IQueryable<Agreement> ReadableAgreements(this PracticeDb db)
    {
        var (own, asParty) = (db.OwnEngagements(), db.EngagementsAsParty());
        return db.Agreements.Where(a => own.Any(e => e.Id == a.EngagementId)
            || (a.State != AgreementState.Draft && asParty.Any(e => e.Id == a.EngagementId)));
    }

    /// <summary>States without words: of all clients for admins, of one's own for psychologists.</summary>
    public static IQueryable<Agreement> AgreementStates(this PracticeDb db) =>
        db.Current.Is(Role.Admin) ? db.Agreements.Where(a => a.State != AgreementState.Draft || a.PsychologistId == db.Current.UserId) : db.OwnAgreements();

    /// <summary>The one agreement whose terms an engagement runs by now.</summary>
    public static IQueryable<Agreement> AgreementInForce(this PracticeDb db, Guid engagementId) =>
        db.Agreements.Where(a => a.EngagementId == engagementId && a.State == AgreementState.InForce);

    /// <summary>
    /// Whether the parties may book one session on minimal terms: the practice allows it, nothing is in force or only waits for
    /// the psychologist, and an agreement was laid before them that they did not want to sign, or not yet.
    /// </summary>
    public static async Task<bool> MayComeOnceAsync(this PracticeDb db, Guid engagementId, CancellationToken ct)
    {
        if (!await db.Practices.Select(p => p.Policy.MinimalTerms).SingleAsync(ct)) return false;
        var newest = await db.Agreements.AsNoTracking().Where(a => a.EngagementId == engagementId && a.State != AgreementState.Draft)
            .OrderByDescending(a => a.State == AgreementState.InForce).ThenByDescending(a => a.Number).Select(a => (AgreementState?)a.State).FirstOrDefaultAsync(ct);
        if (newest is not (AgreementState.Sent or AgreementState.Viewed or AgreementState.Declined or AgreementState.Expired)) return false;
        return !await db.Database.SqlQuery<bool>(
            $"""
            select exists (select 1 from appointments where practice_id = {db.Current.PracticeId} and engagement_id = {engagementId}
              and on_minimal_terms and state = 'Booked') as "Value"
            """).SingleAsync(ct);
    }

    /// <summary>From which session on the agreement that was laid before the parties asks to be signed; null where one is in force, none was sent, or it does not ask.</summary>
    public static async Task<int?> SignedFromSessionAsync(this PracticeDb db, Guid engagementId, CancellationToken ct)
    {
        var newest = await db.Agreements.AsNoTracking().Where(a => a.EngagementId == engagementId && a.State != AgreementState.Draft)
            .OrderByDescending(a => a.State == AgreementState.InForce).ThenByDescending(a => a.Number).Select(a => new { a.State, a.TermsJson }).FirstOrDefaultAsync(ct);
        return newest is { State: AgreementState.Sent or AgreementState.Viewed or AgreementState.SignedByClient or AgreementState.Declined or AgreementState.Expired }
            ? Terms.Parse(newest.TermsJson).Booking.SignedFromSession : null;
    }

    /// <summary>Where a clause of an agreement is read: every consequence links there.</summary>
    public static string Address(Guid agreementId, string? clause = null) =>
        $"/agreements/{agreementId}{(clause is null ? "" : $"#t{clause.Split('.')[0]}")}";

    /// <summary>Takes the agreement for this transaction alone, so that acts on it come one after another.</summary>
    public static async Task LockAsync(this PracticeDb db, Agreement agreement, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"select 1 from agreements where practice_id = {agreement.PracticeId} and id = {agreement.Id} for update", ct);
        await db.Entry(agreement).ReloadAsync(ct);
        foreach (var party in agreement.Parties) await db.Entry(party).ReloadAsync(ct);
    }
}
