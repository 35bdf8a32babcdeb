using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>From a file to its agreement, where its parties see whether it is in force; nobody else learns that it exists.</summary>
[Access]
public sealed class VerifiedModel(PracticeDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string hash, CancellationToken ct)
    {
        if (!hash.All(char.IsAsciiHexDigit)) return NotFound();
        var sha256 = Convert.FromHexString(hash);
        var agreement = await db.ReadableAgreements().Where(a => db.SealedDocuments.Any(d => d.AgreementId == a.Id && d.Sha256 == sha256))
            .Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);
        return agreement is { } id ? LocalRedirect(AgreementAccess.Address(id)) : NotFound();
    }
}
