using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>After the form: the hour is held, the link is in the mail. The same for every address, and nothing of what was written.</summary>
[Anyone]
public sealed class TalkSentModel(PracticeDb db, EnterPractice enter, LinkTokens links, Vault vault, TimeProvider clock) : PageModel
{
    public const string Purpose = "first-talk.sent";

    public Practice Practice { get; private set; } = null!;
    public DateTime StartsAt { get; private set; }
    public DateTime HeldUntil { get; private set; }
    public TimeZoneInfo Clock { get; private set; } = TimeZoneInfo.Utc;
    public Danger Danger { get; private set; }
    public DangerShown Shows { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, string token, CancellationToken ct)
    {
        if (links.Read(Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is not { } practice || practice.Slug != slug) return NotFound();
        var found = await db.TalkWishes.AsNoTracking().Where(w => w.Id == link.SubjectId).Join(db.TalkHolds, w => w.HoldId, h => h.Id, (w, h) => new { Wish = w, h.StartsAt, h.HeldUntil }).SingleOrDefaultAsync(ct);
        if (found is null) return NotFound();
        (Practice, StartsAt, HeldUntil, Clock) = (practice, found.StartsAt, found.HeldUntil, TalkModel.ZoneOf(found.Wish.TimeZone, practice));
        Danger = found.Wish.EnquiryId is { } enquiry ? await db.SafetyFlags.Where(f => f.EnquiryId == enquiry).Select(f => f.Danger).FirstOrDefaultAsync(ct)
            : SafetyScreen.Read(found.Wish.Typed(found.Wish.Read(await vault.KeyAsync(found.Wish.KeyId, ct))), found.Wish.Language);
        if (Danger != Danger.None) Shows = await DangerShown.ReadAsync(db, Danger, clock.GetUtcNow().UtcDateTime, ct);
        return Page();
    }
}
