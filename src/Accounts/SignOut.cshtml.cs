using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Accounts;

[Access]
public sealed class SignOutModel(PracticeDb db, TimeProvider clock) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.SignIns.Where(s => s.Id == db.Current.SignInId).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        // Nothing of a session stays on a shared device.
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Redirect("/sign-in");
    }
}
