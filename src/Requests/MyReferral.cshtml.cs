using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>A letter of referral on the client's own page, where they were given a copy.</summary>
[Access(Role.Client)]
public sealed class MyReferralModel(PracticeDb db, Vault vault, Audit audit) : PageModel
{
    public Guid Id { get; private set; }
    public ReferralLetter Letter { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.ReferralsAsClient().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } referral) return NotFound();
        (Id, Letter) = (id, await vault.LetterAsync(db, referral, ct));
        audit.Record("referral.read", "referral", id);
        return Page();
    }
}
