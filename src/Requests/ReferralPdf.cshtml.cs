using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>The letter as a file for the psychologist, and for whoever may read the request with them.</summary>
[Access(Role.Psychologist, Role.Supervisor)]
public sealed class ReferralPdfModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid letter, CancellationToken ct)
    {
        if (await db.ReadableReferrals(clock.GetUtcNow().UtcDateTime).AsNoTracking().SingleOrDefaultAsync(l => l.Id == letter && l.RequestId == id, ct) is not { } referral) return NotFound();
        audit.Record("referral.copied", "referral", letter);
        return new LetterPdf(await vault.LetterAsync(db, referral, ct));
    }
}
