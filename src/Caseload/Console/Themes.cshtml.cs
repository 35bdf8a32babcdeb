using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Caseload;

/// <summary>The practice's short list of themes. A retired one can no longer be chosen; what was counted under it stays.</summary>
[Access(Role.Admin)]
public sealed class ThemesModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t, IStringLocalizer<Practices.Texts> names) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    /// <summary>The theme being renamed; null while a new one is written.</summary>
    [FromRoute] public Guid? Id { get; set; }
    public IReadOnlyList<Theme> Themes { get; private set; } = [];
    public Theme? Chosen => Themes.FirstOrDefault(theme => theme.Id == Id);
    public string NameOf(Theme theme) => names.NameOf(theme);

    public sealed class InputModel
    {
        [StringLength(80)] public string? Name { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Input.Name = Chosen is { } theme ? NameOf(theme) : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var name = Input.Name?.Trim() ?? "";
        // A default theme may go back to its default name by an empty field; one of the practice's own has no other name.
        if (name.Length == 0 && Chosen?.Key is null) ModelState.AddModelError("Input.Name", t["Themes.Required"]);
        if (Themes.Any(th => th.Id != Id && string.Equals(NameOf(th), name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError("Input.Name", t["Themes.Taken"]);
        if (!ModelState.IsValid) return Page();

        if (Chosen is { } theme)
        {
            if (name != NameOf(theme)) theme.Rename(name);
        }
        else
        {
            theme = new Theme(db.Current.PracticeId, null, name, Themes.Count == 0 ? 0 : Themes.Max(th => th.Position) + 1);
            db.Themes.Add(theme);
        }
        audit.Record(Id is null ? "theme.added" : "theme.renamed", "theme", theme.Id);
        return await SaveAsync(ct);
    }

    public Task<IActionResult> OnPostRetireAsync(CancellationToken ct) => TurnAsync("theme.retired", theme => theme.Retire(clock.GetUtcNow().UtcDateTime), ct);

    public Task<IActionResult> OnPostRestoreAsync(CancellationToken ct) => TurnAsync("theme.restored", theme => theme.Restore(), ct);

    private async Task<IActionResult> TurnAsync(string act, Action<Theme> turn, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { } theme) return NotFound();
        turn(theme);
        audit.Record(act, "theme", theme.Id);
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
        Themes = await db.Themes.OrderBy(theme => theme.RetiredAt != null).ThenBy(theme => theme.Position).ToListAsync(ct);
        return Id is null || Chosen is not null;
    }
}
