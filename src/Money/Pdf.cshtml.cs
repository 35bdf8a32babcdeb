using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Money;

/// <summary>An invoice, a credit note or a receipt as a file, the same for staff and for the client.</summary>
[Access(Role.Psychologist, Role.Admin, Role.Client)]
public sealed class PdfModel(PracticeDb db, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.ReadableDocuments().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } document) return NotFound();
        audit.Record($"{(document.Kind == DocumentKind.Receipt ? "receipt" : "invoice")}.copied", "issued_document", id, document.ClientId);
        return new DocumentPdf(document);
    }
}
