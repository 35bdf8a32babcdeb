using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Practices;

/// <summary>What a psychologist works with, where their limits are, and what the public page says of them.</summary>
[Access(Role.Psychologist)]
public sealed class ProfileModel(PracticeDb db, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public IReadOnlyList<Theme> Themes { get; private set; } = [];

    public sealed class InputModel
    {
        public List<Guid> Themes { get; set; } = [];
        [StringLength(500)] public string? Limits { get; set; }
        [StringLength(1000)] public string? About { get; set; }
        public List<string> Languages { get; set; } = [];
        public bool TakesNewClients { get; set; }
        [StringLength(300), RegularExpression("https://.+", ErrorMessage = "Profile.JoinUrl.Unclear"), Url(ErrorMessage = "Profile.JoinUrl.Unclear")] public string? JoinUrl { get; set; }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var profile = await LoadAsync(ct);
        Input = new() { Themes = [.. profile.ThemeIds], Limits = profile.Limits, About = profile.About, Languages = [.. profile.Languages], TakesNewClients = profile.TakesNewClients, JoinUrl = profile.JoinUrl };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var profile = await LoadAsync(ct);
        if (Input.JoinUrl is { Length: > 0 } room && !JoinAddress.IsAddress(room.Trim()) && ModelState.GetFieldValidationState("Input.JoinUrl") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
            ModelState.AddModelError("Input.JoinUrl", t["Profile.JoinUrl.Unclear"]);
        if (!ModelState.IsValid) return Page();
        if (db.Entry(profile).State == EntityState.Detached) db.PsychologistProfiles.Add(profile);
        // A theme that was retired meanwhile stays theirs; requests of that theme still stand.
        var kept = profile.ThemeIds.Where(id => Themes.All(theme => theme.Id != id));
        profile.Describe(Input.About?.Trim() ?? "", Input.Limits?.Trim() ?? "", Languages.All.Select(l => l.Code).Where(Input.Languages.Contains),
            Themes.Select(theme => theme.Id).Where(Input.Themes.Contains).Concat(kept).ToList(), Input.TakesNewClients, string.IsNullOrWhiteSpace(Input.JoinUrl) ? null : Input.JoinUrl.Trim());
        audit.Record("profile.changed", "psychologist-profile", profile.Id);
        await db.SaveChangesAsync(ct);
        Done = t["Profile.Saved"];
        return RedirectToPage();
    }

    private async Task<PsychologistProfile> LoadAsync(CancellationToken ct)
    {
        Themes = await db.Themes.AsNoTracking().Where(x => x.RetiredAt == null).OrderBy(x => x.Position).ToListAsync(ct);
        return await db.PsychologistProfiles.SingleOrDefaultAsync(p => p.UserId == db.Current.UserId, ct)
            ?? new PsychologistProfile(db.Current.PracticeId, db.Current.UserId, "", [], []);
    }
}
