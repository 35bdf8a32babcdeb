using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Accounts;

[Anyone]
public sealed class AcceptInvitationModel(PracticeDb db, EnterPractice enter, LinkTokens tokens, UserManager<AppUser> users, NewPassword newPassword,
    CheckPassword check, SignUserIn signUserIn, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    public Invitation? Invitation { get; private set; }
    public bool HasAccount { get; private set; }
    private Practice _practice = null!;

    public sealed class InputModel
    {
        [EmailAddress, StringLength(254)] public string? Email { get; set; }
        [Required, StringLength(200)] public string Password { get; set; } = "";
    }

    public Task OnGetAsync(string token, CancellationToken ct) => FindAsync(token, ct);

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        if (!await FindAsync(token, ct)) return Page();
        if (Address.Length == 0) ModelState.AddModelError("Input.Email", t["Email.Required"]);
        if (!ModelState.IsValid) return Page();

        var user = HasAccount ? await check.RunAsync(Address, Input.Password, ct) : await OpenAccountAsync();
        if (user is null)
        {
            if (HasAccount) ModelState.AddModelError("Input.Password", t["SignIn.Refused"]);
            return Page();
        }
        await JoinAsync(user, ct);
        var membership = await signUserIn.RunAsync(HttpContext, user.Id, _practice.Id, ct);
        return LocalRedirect(OpenSignIn.HomeOf(membership!.Roles));
    }

    private string Address => (Invitation!.Email.Length > 0 ? Invitation.Email : Input.Email ?? "").Trim();

    private async Task<bool> FindAsync(string token, CancellationToken ct)
    {
        if (tokens.Read(Invitation.Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is not { } practice) return false;
        _practice = practice;
        var found = await db.Invitations.SingleOrDefaultAsync(i => i.Id == link.SubjectId, ct);
        if (found?.IsOpen(clock.GetUtcNow().UtcDateTime) != true) return false;
        Invitation = found;
        HasAccount = Address.Length > 0 && await users.FindByEmailAsync(Address) is not null;
        return true;
    }

    private async Task<AppUser?> OpenAccountAsync()
    {
        // The link reached them at this address, so the address is theirs.
        var user = new AppUser { UserName = Address, Email = Address, EmailConfirmed = Invitation!.Email.Length > 0 };
        if (await newPassword.ProblemAsync(user, Input.Password) is { } problem)
        {
            ModelState.AddModelError("Input.Password", t[problem]);
            return null;
        }
        var created = await users.CreateAsync(user, Input.Password);
        if (created.Succeeded) return user;
        ModelState.AddModelError("Input.Email", t["Email.Unclear"]);
        return null;
    }

    private async Task JoinAsync(AppUser user, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.UserId == user.Id, ct);
        if (membership is null)
        {
            membership = new Membership(_practice.Id, user.Id, Invitation!.Name, user.Email!, Invitation.Roles, Invitation.Language, _practice.TimeZone, now);
            db.Memberships.Add(membership);
        }
        else foreach (var role in Invitation!.Roles) membership.Grant(role);
        if (Invitation.ClientId is { } clientId) (await db.Clients.SingleAsync(c => c.Id == clientId, ct)).OpenPortal(user.Id);
        Invitation.Accept(user.Id, now);
        audit.Record("invitation.accepted", "invitation", Invitation.Id, Invitation.ClientId);
        await db.SaveChangesAsync(ct);
    }
}
