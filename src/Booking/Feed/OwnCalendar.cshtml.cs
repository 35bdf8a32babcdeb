using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>The secret address for one's own calendar program: made, shown, made anew, revoked.</summary>
[Access(Role.Psychologist, Role.Client)]
public sealed class OwnCalendarModel(PracticeDb db, FeedEvents events, Audit audit, TimeProvider clock) : PageModel
{
    [BindProperty] public bool Names { get; set; }
    [TempData] public string? Done { get; set; }
    public string? Address { get; private set; }
    /// <summary>The same for programs that take a calendar by one tap.</summary>
    public string? Subscribe => Address is { } address ? "webcal" + address[address.IndexOf(':', StringComparison.Ordinal)..] : null;
    public bool IsPsychologist => db.Current.Is(Role.Psychologist);

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (await OwnAsync(ct) is not { } feed) return;
        (Address, Names) = (events.Address(feed), feed.Names);
    }

    public async Task<IActionResult> OnPostAnewAsync(CancellationToken ct)
    {
        var old = await OwnAsync(ct);
        old?.Revoke(clock.GetUtcNow().UtcDateTime);
        // Saved first: the database knows one live address a person, also within a transaction.
        if (old is not null) await db.SaveChangesAsync(ct);
        var feed = new CalendarFeed(db.Current.PracticeId, db.Current.UserId, IsPsychologist && (old?.Names ?? Names), clock.GetUtcNow().UtcDateTime);
        db.CalendarFeeds.Add(feed);
        audit.Record("calendar-feed.made", "calendar-feed", feed.Id);
        return await DoneAsync(old is null ? "Own.Made" : "Own.MadeAnew", ct);
    }

    public async Task<IActionResult> OnPostNamesAsync(CancellationToken ct)
    {
        if (await OwnAsync(ct) is not { } feed || !IsPsychologist) return NotFound();
        feed.Show(Names);
        audit.Record(Names ? "calendar-feed.names-shown" : "calendar-feed.names-hidden", "calendar-feed", feed.Id);
        return await DoneAsync(Names ? "Own.Names.Shown" : "Own.Names.Hidden", ct);
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        if (await OwnAsync(ct) is not { } feed) return RedirectToPage();
        feed.Revoke(clock.GetUtcNow().UtcDateTime);
        audit.Record("calendar-feed.revoked", "calendar-feed", feed.Id);
        return await DoneAsync("Own.Revoked", ct);
    }

    private async Task<IActionResult> DoneAsync(string done, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Done = done;
        return RedirectToPage();
    }

    private Task<CalendarFeed?> OwnAsync(CancellationToken ct) =>
        db.CalendarFeeds.SingleOrDefaultAsync(f => f.UserId == db.Current.UserId && f.RevokedAt == null, ct);
}
