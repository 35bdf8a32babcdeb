using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Endings;

/// <summary>The only way to endings: the two sides, a draft its writer's alone. Row-level security repeats it.</summary>
public static class EndingAccess
{
    /// <summary>Of the psychologist's own engagements; a client's draft is not among them.</summary>
    public static IQueryable<Ending> OwnEndings(this PracticeDb db) =>
        db.Endings.Where(e => e.PsychologistId == db.Current.UserId && (e.ByClientId == null || e.State != EndingState.Draft));

    /// <summary>Of engagements the signed-in client takes part in: own drafts, and what was decided.</summary>
    public static IQueryable<Ending> EndingsAsClient(this PracticeDb db)
    {
        var (engagements, own) = (db.EngagementsAsClient(), db.OwnClient());
        return db.Endings.Where(e => engagements.Any(x => x.Id == e.EngagementId) && (e.State != EndingState.Draft || own.Any(c => c.Id == e.ByClientId)));
    }

    /// <summary>Takes the engagement for this transaction alone: of two who end at once, the second sees what the first did.</summary>
    internal static async Task<Engagement> LockEngagementAsync(this PracticeDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from engagements where practice_id = {db.Current.PracticeId} and id = {id} for update", ct);
        var engagement = await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == id, ct);
        await db.Entry(engagement).ReloadAsync(ct);
        return engagement;
    }
}
