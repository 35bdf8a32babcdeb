using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>The same letter as a file.</summary>
[Access(Role.Client)]
public sealed class MyReferralPdfModel(PracticeDb db, Vault vault, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.ReferralsAsClient().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } referral) return NotFound();
        audit.Record("referral.copied", "referral", id);
        return new LetterPdf(await vault.LetterAsync(db, referral, ct));
    }
}
