using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>After sending: when we answer, truly, and whom to call now if it cannot wait. Shows nothing of what was written.</summary>
[Anyone]
public sealed class SentModel(PracticeDb db, EnterPractice enter, LinkTokens links, TimeProvider clock) : PageModel
{
    public const string Purpose = "enquiry.sent";
    public static readonly TimeSpan Shown = TimeSpan.FromHours(2);

    public Practice Practice { get; private set; } = null!;
    public AnswerPromise Promise { get; private set; } = null!;
    public bool ByMail { get; private set; }
    public Danger Danger { get; private set; }

    public DangerShown Shows => new(Danger, Promise.SomebodyReads, Promise.ReadFrom);

    public async Task<IActionResult> OnGetAsync(string slug, string token, CancellationToken ct)
    {
        if (links.Read(Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is not { } practice || practice.Slug != slug) return NotFound();
        var enquiry = await db.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == link.SubjectId, ct);
        if (enquiry is null) return NotFound();

        Practice = practice;
        var now = clock.GetUtcNow().UtcDateTime;
        var rota = await db.RotaAsync(practice.Zone, ct);
        // What was promised when it came in; who reads now is said as it is now.
        Promise = new(enquiry.AnswerDueAt, rota.IsOn(now), rota.NextFrom(now));
        ByMail = enquiry.Contact.Mail;
        Danger = await db.SafetyFlags.Where(f => f.EnquiryId == enquiry.Id).Select(f => f.Danger).FirstOrDefaultAsync(ct);
        return Page();
    }
}
