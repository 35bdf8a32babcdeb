using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Endings;

/// <summary>The client's own letter as a file.</summary>
[Access(Role.Client)]
public sealed class MyLetterModel(PracticeDb db, Vault vault, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var own = db.OwnClient();
        var party = await db.EndingParties.AsNoTracking().SingleOrDefaultAsync(p => p.EndingId == id && own.Any(c => c.Id == p.ClientId), ct);
        if (party is null || party.ReadLetter(await vault.KeyAsync(party.KeyId, ct)) is not { } letter) return NotFound();
        audit.Record("ending.letter-copied", "ending", id, party.ClientId);
        return new EndingLetterPdf(letter);
    }
}
