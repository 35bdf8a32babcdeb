using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Requests;

/// <summary>After how many sessions a request is looked back on together: as signed, else as the practice does it; 0 is never by rule.</summary>
internal static class LookBackAfter
{
    public static async Task<int> LookBackAfterAsync(this PracticeDb db, Guid engagement, CancellationToken ct) => (await db.LookBackAfterAsync([engagement], ct))(engagement);

    // Asked of the rows, past the feature that owns them: agreements know requests and not the other way round.
    public static async Task<Func<Guid, int>> LookBackAfterAsync(this PracticeDb db, Guid[] engagements, CancellationToken ct)
    {
        var usual = await db.Practices.Select(p => p.Policy.LookBackAfterSessions).SingleAsync(ct);
        var agreed = (await db.Database.SqlQuery<Agreed>(
            $"""
            select engagement_id as "EngagementId", (terms_json::jsonb -> 'session' ->> 'reviewEverySessions')::int as "Every" from agreements
            where practice_id = {db.Current.PracticeId} and state = 'InForce' and engagement_id = any({engagements})
            """).ToListAsync(ct)).Where(a => a.Every is not null).ToDictionary(a => a.EngagementId, a => a.Every!.Value);
        return engagement => agreed.GetValueOrDefault(engagement, usual);
    }

    private sealed record Agreed(Guid EngagementId, int? Every);
}
