using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Accounts;

[Anyone]
public sealed class ForgotModel(PracticeDb db, UserManager<AppUser> users, SignUserIn signUserIn, Attempts attempts, TimeProvider clock) : PageModel
{
    [BindProperty, Required, EmailAddress, StringLength(254)] public string Email { get; set; } = "";
    [TempData] public bool Sent { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        var hour = TimeSpan.FromHours(1);
        var allowed = await attempts.AllowAsync("reset/address", db.Current.Address, 20, hour, ct)
            & await attempts.AllowAsync("reset/account", users.NormalizeEmail(Email), 4, hour, ct);
        if (allowed && await users.FindByEmailAsync(Email.Trim()) is { } user) await WriteAsync(user, ct);
        // The same answer for everybody: whether there is an account is nobody's business.
        Sent = true;
        return RedirectToPage();
    }

    private async Task WriteAsync(AppUser user, CancellationToken ct)
    {
        var practices = await signUserIn.PracticesOfAsync(user.Id, ct);
        if (practices.Count == 0) return;
        await db.OpenAsync(practices[0], ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var member = await db.Memberships.SingleAsync(m => m.UserId == user.Id, ct);
        var reset = new PasswordReset(practices[0], user.Id, now);
        db.PasswordResets.Add(reset);
        var notice = new Notice(practices[0], "accounts.reset", Channel.Mail, user.Email!, member.Language, now, now).To(userId: user.Id);
        NoticeLinks.Put(notice, "/reset", PasswordReset.Purpose, reset.Id, reset.ExpiresAt);
        db.Notices.Add(notice);
        await db.SaveChangesAsync(ct);
    }
}
