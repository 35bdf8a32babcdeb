using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>Hands the scan of what was signed on paper to its parties.</summary>
[Access]
public sealed class ScanModel(PracticeDb db, Vault vault, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.ReadableAgreements().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (agreement is null || await db.PaperScans.AsNoTracking().SingleOrDefaultAsync(s => s.AgreementId == id, ct) is not { } scan) return NotFound();
        audit.Record("agreement.copied", "agreement", id);
        var ending = scan.MediaType switch { "application/pdf" => "pdf", "image/png" => "png", _ => "jpg" };
        // A file from outside is never opened beside our pages: it is downloaded.
        return File(scan.Open(await vault.KeyAsync(scan.KeyId, ct)), scan.MediaType, $"{scan.SignedOn:yyyy-MM-dd}-{agreement.Number}.{ending}");
    }
}
