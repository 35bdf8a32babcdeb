using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements.Editing;

/// <summary>The terms of one client's draft, sentence by sentence, and beside them what they mean in practice.</summary>
[Access(Role.Psychologist), RequestFormLimits(ValueCountLimit = 8192)]
public sealed class ChangeTermsModel(PracticeDb db, DraftAgreement draft, Audit audit) : PageModel
{
    private Agreement _agreement = null!;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public TermsForm Form { get; set; } = new();
    public string Clients { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } elsewhere) return elsewhere;
        Form = TermsForm.Of(_agreement.Terms, _agreement.Language);
        await NameKindsAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } elsewhere) return elsewhere;
        if (Form.Read() is not { } terms) return Page();
        _agreement.Change(terms.WithClausesOf(await draft.TextAsync(_agreement, ct)));
        audit.Record("agreement.terms-changed", "agreement", Id, await ClientIdAsync(ct));
        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(Id));
    }

    /// <summary>A row comes or goes; nothing is saved.</summary>
    public async Task<IActionResult> OnPostRowAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } elsewhere) return elsewhere;
        Form.Act();
        return IsScript ? Partial("_TermsForm", Form) : Page();
    }

    /// <summary>What the terms would mean; nothing is saved.</summary>
    public async Task<IActionResult> OnPostLookAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } elsewhere) return elsewhere;
        Form.Read();
        return IsScript ? Partial("_TermsCard", Form) : Page();
    }

    private bool IsScript => Request.Headers.XRequestedWith == "fetch";

    private async Task<IActionResult?> FindAsync(CancellationToken ct)
    {
        if (await db.OwnAgreements().SingleOrDefaultAsync(a => a.Id == Id, ct) is not { } agreement) return NotFound();
        if (agreement.State != AgreementState.Draft) return LocalRedirect(AgreementAccess.Address(Id));
        _agreement = agreement;
        Clients = string.Join(", ", await db.Clients.Where(c => db.EngagementParties.Any(p => p.EngagementId == agreement.EngagementId && p.ClientId == c.Id))
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => c.Name).ToListAsync(ct));
        if (HttpMethods.IsPost(Request.Method)) await NameKindsAsync(ct);
        return null;
    }

    private async Task NameKindsAsync(CancellationToken ct) =>
        (Form.Currency, Form.Kinds) = (_agreement.Terms.Currency, await draft.KindsAsync(Languages.Current, ct));

    private Task<Guid> ClientIdAsync(CancellationToken ct) =>
        db.EngagementParties.Where(p => p.EngagementId == _agreement.EngagementId).OrderBy(p => p.Id).Select(p => p.ClientId).FirstAsync(ct);
}
