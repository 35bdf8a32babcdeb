using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Sessions;

/// <summary>Something the app tells its reader until it is put away.</summary>
/// <param name="Address">Where to look at it; null where the words say all.</param>
public sealed record InAppNote(Guid Id, DateTime At, string Text, string? Address);

public static class InAppNotes
{
    private const int Shown = 5;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>What the signed-in user, or the client they are, was told and has not put away.</summary>
    public static IQueryable<Notice> UnseenNotes(this PracticeDb db) => db.Notices.Where(n => n.Channel == Channel.InApp && n.State == NoticeState.Sent && n.SeenAt == null
        && (n.UserId == db.Current.UserId || db.OwnClient().Any(c => c.Id == n.ClientId)));

    public static async Task<IReadOnlyList<InAppNote>> InAppNotesAsync(this PracticeDb db, OwnWords own, DateTime now, CancellationToken ct)
    {
        var since = now - Kept;
        var notices = await db.UnseenNotes().AsNoTracking().Where(n => n.CreatedAt > since).OrderByDescending(n => n.CreatedAt).Take(Shown).ToListAsync(ct);
        if (notices.Count == 0) return [];
        var practice = await db.Practices.AsNoTracking().Select(p => new { p.SenderName, p.WordingsChangedAt }).SingleAsync(ct);
        var (put, notes) = (await own.OfAsync(db, practice.WordingsChangedAt, ct), new List<InAppNote>());
        foreach (var n in notices)
        {
            var values = new Dictionary<string, string>(n.Data) { ["practice"] = n.Data.GetValueOrDefault("sender", practice.SenderName) };
            notes.Add(new(n.Id, n.CreatedAt, (await own.PutAsync(db, put, n, CultureInfo.CurrentUICulture, values, ct)).Body, n.Data.GetValueOrDefault("path")));
        }
        return notes;
    }

    /// <returns>False when there is no such note; put away twice is put away.</returns>
    public static async Task<bool> PutAwayAsync(this PracticeDb db, Guid id, DateTime now, CancellationToken ct)
    {
        if (await db.Notices.SingleOrDefaultAsync(n => n.Id == id && n.Channel == Channel.InApp && (n.UserId == db.Current.UserId || db.OwnClient().Any(c => c.Id == n.ClientId)), ct) is not { } notice) return false;
        notice.See(now);
        await db.SaveChangesAsync(ct);
        return true;
    }
}
