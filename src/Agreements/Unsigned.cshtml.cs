using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>The words as a PDF without signatures, to read in peace or to sign on paper.</summary>
[Access]
public sealed class UnsignedModel(PracticeDb db, ReadAgreement read, DraftAgreement draft, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.ReadableAgreements().SingleOrDefaultAsync(a => a.Id == id && a.InForceAt == null, ct) is not { } agreement) return NotFound();
        var document = agreement.State == AgreementState.Draft ? await draft.ComposeAsync(agreement, agreement.CreatedAt, ct) : await read.WordsAsync(agreement, ct);
        audit.Record("agreement.copied", "agreement", id);
        return new UnsignedPdf(document);
    }
}

/// <summary>Drawn once the unit of work has ended.</summary>
internal sealed class UnsignedPdf(AgreementDocument document) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) =>
        new FileContentResult(AgreementPdf.DrawUnsigned(document), "application/pdf") { FileDownloadName = $"{document.SentAt:yyyy-MM-dd}-{document.Version}.pdf" }.ExecuteResultAsync(context);
}
