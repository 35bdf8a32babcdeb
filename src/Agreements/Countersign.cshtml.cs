using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>The psychologist sets the last signature; from then on the agreement is in force.</summary>
[Access(Role.Psychologist)]
public sealed class CountersignModel(PracticeDb db, ReadAgreement read, SignAgreement sign, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public SignForm Input { get; set; } = new();

    public Agreement Agreement { get; private set; } = null!;
    public AgreementDocument Document { get; private set; } = null!;
    public bool IsOtherText { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (Agreement.State != AgreementState.SignedByClient) return LocalRedirect(AgreementAccess.Address(id));
        var initials = string.Concat(Document.Psychologist.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3).Select(n => n[0]));
        foreach (var term in Document.Text.InitialledByPsychologist) Input.Initials[term.Number] = initials;
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (Agreement.State != AgreementState.SignedByClient) return LocalRedirect(AgreementAccess.Address(id));
        var signature = Input.Read(Document.Text.InitialledByPsychologist, "Sign.Consent", ModelState, t);
        var outcome = signature is null ? ActOutcome.OtherText : await sign.ByPsychologistAsync(Agreement, signature, ct);
        if (outcome == ActOutcome.OtherText)
        {
            IsOtherText = ModelState.IsValid;
            Show();
            return Page();
        }

        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(id));
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.OwnAgreements().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == id && a.State != AgreementState.Draft, ct);
        if (agreement is null || agreement.PsychologistId != db.Current.UserId) return false;
        (Agreement, Document) = (agreement, await read.WordsAsync(agreement, ct));
        return true;
    }

    private void Show()
    {
        Input.Document = CanonicalText.Hex(Agreement.DocumentHash!);
        Input.ConsentIn = Languages.Current;
        ModelState.Remove("Input.Document");
        ModelState.Remove("Input.ConsentIn");
    }
}
