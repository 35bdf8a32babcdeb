using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>Hands the sealed PDF to its parties, byte for byte as it was sealed.</summary>
[Access]
public sealed class CopyModel(PracticeDb db, ReadAgreement read, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.ReadableAgreements().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (agreement is null || await read.PdfAsync(agreement, ct) is not { } pdf) return NotFound();
        audit.Record("agreement.copied", "agreement", id);
        // The name on a shared phone says nothing of what it is.
        return File(pdf, "application/pdf", $"{agreement.InForceAt:yyyy-MM-dd}-{agreement.Number}.pdf");
    }
}
