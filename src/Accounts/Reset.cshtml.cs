using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Accounts;

[Anyone]
public sealed class ResetModel(PracticeDb db, EnterPractice enter, LinkTokens tokens, UserManager<AppUser> users, NewPassword newPassword,
    Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty, Required, StringLength(200)] public string Password { get; set; } = "";
    public bool Over { get; private set; }

    public async Task OnGetAsync(string token, CancellationToken ct) => Over = await FindAsync(token, ct) is null;

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } reset)
        {
            Over = true;
            return Page();
        }
        if (!ModelState.IsValid) return Page();
        var user = await users.FindByIdAsync(reset.UserId.ToString());
        if (await newPassword.SetAsync(user!, Password, null, ct) is { } problem)
        {
            ModelState.AddModelError(nameof(Password), t[problem]);
            return Page();
        }
        reset.Use(clock.GetUtcNow().UtcDateTime);
        audit.Record("account.password-reset", "user", user!.Id);
        await db.SaveChangesAsync(ct);
        TempData["Notice"] = "Reset.Done";
        return RedirectToPage("/Accounts/SignIn");
    }

    private async Task<PasswordReset?> FindAsync(string token, CancellationToken ct)
    {
        if (tokens.Read(PasswordReset.Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is null) return null;
        var reset = await db.PasswordResets.SingleOrDefaultAsync(r => r.Id == link.SubjectId, ct);
        return reset?.IsOpen(clock.GetUtcNow().UtcDateTime) == true ? reset : null;
    }
}
