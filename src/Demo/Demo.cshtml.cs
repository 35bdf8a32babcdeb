using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Accounts;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>Everybody of the demo whom one may sign in as, by one click. Without the demo there is no such page.</summary>
[Anyone]
public sealed class DemoModel(DemoMode demo, UserManager<AppUser> users, SignUserIn signUserIn) : PageModel
{
    public IReadOnlyList<DemoSignIn> SignIns => DemoSignIn.All;

    public IActionResult OnGet() => demo.On ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? email, CancellationToken ct)
    {
        if (!demo.On || DemoSignIn.All.All(s => s.Email != email)) return NotFound();
        var user = await users.FindByEmailAsync(email!);
        var membership = user is null ? null : await signUserIn.RunAsync(HttpContext, user.Id, null, ct);
        return membership is null ? NotFound() : LocalRedirect(OpenSignIn.HomeOf(membership.Roles));
    }
}
