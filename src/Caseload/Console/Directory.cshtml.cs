using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Caseload;

/// <summary>To whom the practice refers. A retired entry is no longer offered; letters already written keep the name.</summary>
[Access(Role.Admin)]
public sealed class DirectoryModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t, IStringLocalizer<Practices.Texts> names) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    /// <summary>The entry being changed; null while a new one is written.</summary>
    [FromRoute] public Guid? Id { get; set; }
    public IReadOnlyList<ReferralContact> Entries { get; private set; } = [];
    public IReadOnlyList<Theme> Themes { get; private set; } = [];
    public ReferralContact? Chosen => Entries.FirstOrDefault(entry => entry.Id == Id);
    public IEnumerable<SelectListItem> KindItems => Enum.GetValues<ContactKind>().Select(kind => new SelectListItem(names["Kind." + kind], kind.ToString()));

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Directory.Name.Missing"), StringLength(120)] public string? Name { get; set; }
        [Required] public ContactKind? Kind { get; set; } = ContactKind.Psychologist;
        [Required(ErrorMessage = "Directory.Field.Missing"), StringLength(120)] public string? Field { get; set; }
        [Phone, StringLength(60)] public string? Phone { get; set; }
        [EmailAddress, StringLength(254)] public string? Email { get; set; }
        [StringLength(200)] public string? Address { get; set; }
        [StringLength(300), RegularExpression("https?://.+", ErrorMessage = "Directory.Website.Unclear"), Url(ErrorMessage = "Directory.Website.Unclear")] public string? Website { get; set; }
        [StringLength(1000)] public string? Notes { get; set; }
        public List<Guid> Themes { get; set; } = [];
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Chosen is { } c)
            Input = new() { Name = c.Name, Kind = c.Kind, Field = c.Field, Phone = c.Phone, Email = c.Email, Address = c.Address, Website = c.Website, Notes = c.Notes, Themes = [.. c.ThemeIds] };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Input.Kind is { } given && !Enum.IsDefined(given)) ModelState.AddModelError("Input.Kind", t["Choose"]);
        if (new[] { Input.Phone, Input.Email, Input.Address, Input.Website }.All(string.IsNullOrWhiteSpace)) ModelState.AddModelError("Input.Phone", t["Directory.Reach.Missing"]);
        if (!ModelState.IsValid) return Page();

        var (name, kind, field, notes) = (Input.Name!.Trim(), Input.Kind!.Value, Input.Field!.Trim(), Input.Notes?.Trim() ?? "");
        var themes = Input.Themes.Where(id => Themes.Any(theme => theme.Id == id));
        var entry = Chosen;
        if (entry is null) db.ReferralContacts.Add(entry = new ReferralContact(db.Current.PracticeId, name, kind, field, notes, themes));
        else entry.Describe(name, kind, field, notes, themes);
        entry.At(Input.Phone?.Trim() ?? "", Input.Email?.Trim() ?? "", Input.Address?.Trim() ?? "", Input.Website?.Trim() ?? "");
        audit.Record(Id is null ? "directory.added" : "directory.changed", "referral-contact", entry.Id);
        return await SaveAsync(ct);
    }

    public Task<IActionResult> OnPostRetireAsync(CancellationToken ct) => TurnAsync("directory.retired", entry => entry.Retire(clock.GetUtcNow().UtcDateTime), ct);

    public Task<IActionResult> OnPostRestoreAsync(CancellationToken ct) => TurnAsync("directory.restored", entry => entry.Restore(), ct);

    private async Task<IActionResult> TurnAsync(string act, Action<ReferralContact> turn, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { } entry) return NotFound();
        turn(entry);
        audit.Record(act, "referral-contact", entry.Id);
        return await SaveAsync(ct);
    }

    private async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Done = t["Saved"];
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Entries = await db.ReferralContacts.OrderBy(entry => entry.RetiredAt != null).ThenBy(entry => entry.Name).ToListAsync(ct);
        Themes = await db.Themes.AsNoTracking().Where(x => x.RetiredAt == null).OrderBy(x => x.Position).ToListAsync(ct);
        return Id is null || Chosen is not null;
    }
}
