using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Endings;

/// <summary>The letter as a file for the psychologist, as the client has it.</summary>
[Access(Role.Psychologist)]
public sealed class LetterModel(PracticeDb db, Vault vault, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid client, CancellationToken ct)
    {
        var party = await db.EndingParties.AsNoTracking().SingleOrDefaultAsync(p => p.EndingId == id && p.ClientId == client && db.OwnEndings().Any(e => e.Id == p.EndingId), ct);
        if (party is null || party.ReadLetter(await vault.KeyAsync(party.KeyId, ct)) is not { } letter) return NotFound();
        audit.Record("ending.letter-copied", "ending", id, client);
        return new EndingLetterPdf(letter);
    }
}
