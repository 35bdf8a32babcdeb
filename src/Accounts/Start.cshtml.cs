using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Accounts;

/// <summary>The bare address of the installation: leads everybody to where their work begins, strangers to the sign-in page.</summary>
[Access]
public sealed class StartModel : PageModel
{
    public IActionResult OnGet() => Redirect(Face.Of(HttpContext).Home);
}
