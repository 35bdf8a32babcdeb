using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Caseload;

/// <summary>Who works here, with which roles, and whom we have invited.</summary>
[Access(Role.Admin)]
public sealed class PeopleModel(PracticeDb db, Invite invite, CheckPassword check, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public IReadOnlyList<Membership> Members { get; private set; } = [];
    public IReadOnlyList<Invitation> Invitations { get; private set; } = [];
    public IReadOnlyDictionary<Guid, int> InWork { get; private set; } = new Dictionary<Guid, int>();
    public DateTime Now => clock.GetUtcNow().UtcDateTime;
    public static IEnumerable<SelectListItem> LanguageItems => Languages.All.Select(l => new SelectListItem(l.Name, l.Code));

    public sealed class InputModel
    {
        [Required, StringLength(120)] public string? Name { get; set; }
        [Required, EmailAddress, StringLength(254)] public string? Email { get; set; }
        public List<Role> Roles { get; set; } = [];
        [Required] public string? Language { get; set; }
        [Required, StringLength(200)] public string? Password { get; set; }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input.Language = (await db.Practices.SingleAsync(ct)).Language;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!Input.Roles.All(Staff.Roles.Contains) || Input.Roles.Count == 0) ModelState.AddModelError("Input.Roles", t["People.Roles.None"]);
        if (!Languages.IsSupported(Input.Language)) ModelState.AddModelError("Input.Language", t["Choose"]);
        if (Members.Any(m => Same(m.Email))) ModelState.AddModelError("Input.Email", t["People.Already"]);
        else if (Invitations.Any(i => Same(i.Email) && i.IsOpen(Now))) ModelState.AddModelError("Input.Email", t["People.Invited"]);
        if (ModelState.IsValid && !await check.KnowsPasswordAsync(db, Input.Password!, ct)) ModelState.AddModelError("Input.Password", t["Password.Wrong"]);
        if (!ModelState.IsValid) return Page();

        var invitation = invite.Staff(Input.Email!, Input.Name!.Trim(), Input.Roles.Distinct(), Input.Language!);
        audit.Record("invitation.sent", "invitation", invitation.Id, why: string.Join(' ', Input.Roles.Distinct()));
        await db.SaveChangesAsync(ct);
        Done = t["People.Sent", invitation.Name, invitation.Email];
        return RedirectToPage();
    }

    /// <summary>Sends an invitation anew; the earlier link opens nothing any more.</summary>
    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } earlier) return NotFound();
        earlier.Withdraw(Now);
        var invitation = invite.Staff(earlier.Email, earlier.Name, earlier.Roles, earlier.Language);
        audit.Record("invitation.sent", "invitation", invitation.Id, why: string.Join(' ', invitation.Roles));
        await db.SaveChangesAsync(ct);
        Done = t["People.Sent", invitation.Name, invitation.Email];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } invitation) return NotFound();
        db.Remove(invitation);
        audit.Record("invitation.withdrawn", "invitation", invitation.Id);
        await db.SaveChangesAsync(ct);
        Done = t["People.Withdrawn", invitation.Name];
        return RedirectToPage();
    }

    private Task<Invitation?> FindAsync(Guid id, CancellationToken ct) =>
        db.Invitations.SingleOrDefaultAsync(i => i.Id == id && i.ClientId == null && i.AcceptedAt == null, ct);

    private bool Same(string email) => string.Equals(email, Input.Email?.Trim(), StringComparison.OrdinalIgnoreCase);

    private async Task LoadAsync(CancellationToken ct)
    {
        Members = [.. (await db.StaffMembers().AsNoTracking().ToListAsync(ct)).OrderByDescending(m => m.Active).ThenBy(m => m.Name, StringComparer.CurrentCulture)];
        Invitations = await db.StaffInvitationsAsync(ct);
        InWork = await db.Engagements.Where(e => e.EndedAt == null).GroupBy(e => e.PsychologistId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}
