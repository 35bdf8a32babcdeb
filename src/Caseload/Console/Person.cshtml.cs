using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Caseload;

/// <summary>One member of the staff: roles, and whether the account opens this practice. Rights change with their next request.</summary>
[Access(Role.Admin)]
public sealed class PersonModel(PracticeDb db, CheckPassword check, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public ActModel Act { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public Membership Member { get; private set; } = null!;
    public int InWork { get; private set; }
    public bool IsSelf => Member.UserId == db.Current.UserId;

    public sealed class InputModel
    {
        [Required, StringLength(120)] public string? Name { get; set; }
        public List<Role> Roles { get; set; } = [];
        [Required, StringLength(200)] public string? Password { get; set; }
    }

    /// <summary>What disabling and enabling ask for.</summary>
    public sealed class ActModel
    {
        [StringLength(200)] public string? Password { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        Input = new() { Name = Member.Name, Roles = [.. Member.Roles.Where(Staff.Roles.Contains)] };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (Input.Roles.Count == 0 || !Input.Roles.All(Staff.Roles.Contains)) ModelState.AddModelError("Input.Roles", t["People.Roles.None"]);
        else if (IsSelf && !Input.Roles.Contains(Role.Admin)) ModelState.AddModelError("Input.Roles", t["Person.OwnAdmin"]);
        if (ModelState.IsValid && !await check.KnowsPasswordAsync(db, Input.Password!, ct)) ModelState.AddModelError("Input.Password", t["Password.Wrong"]);
        if (!ModelState.IsValid) return Page();

        Member.Rename(Input.Name!.Trim());
        var roles = Input.Roles.Concat(Member.Roles.Where(r => r == Role.Client)).Distinct().Order().ToArray();
        if (!roles.SequenceEqual(Member.Roles)) audit.Record("membership.roles-changed", "membership", Member.Id, why: string.Join(' ', roles));
        Member.ChangeRoles(roles);
        await db.SaveChangesAsync(ct);
        Done = t["Saved"];
        return RedirectToPage(new { id });
    }

    public Task<IActionResult> OnPostDisableAsync(Guid id, CancellationToken ct) => TurnAsync(id, "membership.disabled", m => m.Disable(), ct);

    public Task<IActionResult> OnPostEnableAsync(Guid id, CancellationToken ct) => TurnAsync(id, "membership.enabled", m => m.Enable(), ct);

    private async Task<IActionResult> TurnAsync(Guid id, string act, Action<Membership> turn, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        ModelState.Clear();
        if (IsSelf) ModelState.AddModelError("Act.Password", t["Person.OwnAccount"]);
        else if (string.IsNullOrEmpty(Act.Password)) ModelState.AddModelError("Act.Password", t["Password.Needed"]);
        else if (!await check.KnowsPasswordAsync(db, Act.Password, ct)) ModelState.AddModelError("Act.Password", t["Password.Wrong"]);
        if (!ModelState.IsValid)
        {
            Input = new() { Name = Member.Name, Roles = [.. Member.Roles.Where(Staff.Roles.Contains)] };
            return Page();
        }
        turn(Member);
        audit.Record(act, "membership", Member.Id);
        await db.SaveChangesAsync(ct);
        Done = t["Saved"];
        return RedirectToPage(new { id });
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Memberships.SingleOrDefaultAsync(m => m.Id == id, ct) is not { } member || !member.Roles.Any(Staff.Roles.Contains)) return false;
        Member = member;
        InWork = await db.Engagements.CountAsync(e => e.PsychologistId == member.UserId && e.EndedAt == null, ct);
        return true;
    }
}
