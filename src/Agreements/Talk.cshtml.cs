using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Agreements;

/// <summary>Not wanting to sign it like this: says why, and leads to a talk.</summary>
[Access(Role.Client)]
public sealed class TalkModel(PracticeDb db, ReadAgreement read, SignAgreement sign, ScreenText screen) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    /// <summary>What the words may tell of; the page that follows puts the fitting numbers first.</summary>
    [TempData(Key = "Danger")] public int Danger { get; set; }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Talk.Reason.Missing"), StringLength(2000)] public string Reason { get; set; } = "";
    }

    public Agreement Agreement { get; private set; } = null!;
    public string Psychologist { get; private set; } = "";
    public bool MayComeOnce { get; private set; }
    private Guid ClientId { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        return Agreement.WaitsForClient ? Page() : LocalRedirect(AgreementAccess.Address(id));
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        if (await sign.DeclineAsync(Agreement, ClientId, Input.Reason, ct) == ActOutcome.Done)
            Danger = (int)await screen.RunAsync("agreements", id, Input.Reason, Languages.Current, null, Agreement.EngagementId, ClientId, ct);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(id));
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.AgreementsAsParty().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (agreement is null) return false;
        var me = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        if (agreement.Parties.FirstOrDefault(p => me.Contains(p.ClientId) && p.Signs) is not { } party) return false;
        MayComeOnce = await db.MayComeOnceAsync(agreement.EngagementId, ct);
        (Agreement, ClientId, Psychologist) = (agreement, party.ClientId, (await read.WordsAsync(agreement, ct)).Psychologist);
        return true;
    }
}
