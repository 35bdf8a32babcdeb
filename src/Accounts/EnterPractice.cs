using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Accounts;

/// <summary>Opens the unit of work of a page that starts without a signed-in user: by the practice's public address or by a signed link.</summary>
public sealed class EnterPractice(PracticeDb db, IHttpContextAccessor http)
{
    /// <returns>Null when there is no such practice.</returns>
    public async Task<Practice?> BySlugAsync(string slug, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>($"""select practice_id as "Value" from practice_by_slug({slug})""").ToListAsync(ct);
        return found.Count == 0 ? null : await ByIdAsync(found[0], ct);
    }

    /// <summary>For links whose signature was checked (<see cref="LinkTokens"/>).</summary>
    public async Task<Practice?> ByIdAsync(Guid practiceId, CancellationToken ct)
    {
        await db.OpenAsync(practiceId, ct);
        var practice = await db.Practices.SingleOrDefaultAsync(ct);
        if (practice is not null && http.HttpContext is { } context) PracticeFace.Show(context, practice, db.Current);
        return practice;
    }
}
