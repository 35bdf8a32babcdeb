using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Enquiries;

/// <summary>The letter behind the link in a neutral mail: who else can help, to read and to print.</summary>
[Anyone]
public sealed class LetterModel(PracticeDb db, EnterPractice enter, LinkTokens links, Vault vault, Audit audit) : PageModel
{
    public Practice Practice { get; private set; } = null!;
    public EnquiryLetter Letter { get; private set; } = null!;
    public string Text { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (links.Read(EnquiryLetter.Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is not { } practice) return NotFound();
        var letter = await db.EnquiryLetters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == link.SubjectId, ct);
        if (letter is null) return NotFound();
        (Practice, Letter) = (practice, letter);
        var key = await db.Enquiries.Where(e => e.Id == letter.EnquiryId).Select(e => e.KeyId).SingleAsync(ct);
        Text = letter.Read(await vault.KeyAsync(key, ct));
        audit.Record("letter.read", "enquiry", letter.EnquiryId, why: "link");
        return Page();
    }
}
