using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Accounts;

[Anyone]
public sealed class SignInModel(CheckPassword check, SignUserIn signUserIn, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty(SupportsGet = true, Name = "to")] public string? To { get; set; }
    [TempData] public string? Notice { get; set; }

    public sealed class InputModel
    {
        [Required, StringLength(254)] public string Email { get; set; } = "";
        [Required, StringLength(200)] public string Password { get; set; } = "";
    }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        var user = await check.RunAsync(Input.Email, Input.Password, ct);
        var membership = user is null ? null : await signUserIn.RunAsync(HttpContext, user.Id, null, ct);
        if (membership is null)
        {
            ModelState.AddModelError("Input.Password", t["SignIn.Refused"]);
            return Page();
        }
        return LocalRedirect(Url.IsLocalUrl(To) ? To! : OpenSignIn.HomeOf(membership.Roles));
    }
}
