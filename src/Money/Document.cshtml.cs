using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Money;

/// <summary>One invoice, credit note or receipt as it was issued. An invoice is corrected here: wholly or line by line, by a credit note.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class DocumentModel(PracticeDb db, IssueDocuments issue, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    public IssuedDocument Document { get; private set; } = null!;
    /// <summary>Charges that still stand on it.</summary>
    public IReadOnlySet<Guid> Standing { get; private set; } = new HashSet<Guid>();
    /// <summary>What it corrects, and what corrected it.</summary>
    public IReadOnlyList<IssuedDocument> Related { get; private set; } = [];
    public string? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        audit.Record($"{(Document.Kind == DocumentKind.Receipt ? "receipt" : "invoice")}.read", "issued_document", Id, Document.ClientId);
        return Page();
    }

    public async Task<IActionResult> OnPostCreditAsync([FromForm] List<Guid> charges, CancellationToken ct)
    {
        if (!await FindAsync(ct) || Document.Kind != DocumentKind.Invoice) return NotFound();
        if (charges.Count == 0)
        {
            Wrong = t["Credit.ChooseLines"];
            return Page();
        }
        // Pressed twice, the second finds nothing left to correct.
        var note = await issue.CreditAsync(Document, charges, ct);
        return RedirectToPage(new { Id = note?.Id ?? Id });
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.ReadableDocuments().AsNoTracking().SingleOrDefaultAsync(d => d.Id == Id, ct) is not { } document) return false;
        Document = document;
        Standing = (await db.InvoicedCharges.Where(i => i.DocumentId == Id).Select(i => i.ChargeId).ToListAsync(ct)).ToHashSet();
        Related = await db.ReadableDocuments().AsNoTracking().Where(d => d.CorrectsId == Id || d.Id == document.CorrectsId).OrderBy(d => d.IssuedAt).ToListAsync(ct);
        return true;
    }
}
