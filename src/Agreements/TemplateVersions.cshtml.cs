using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>The versions of a template, what differs between two of them, and how many agreements rest on each.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class TemplateVersionsModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    /// <param name="Agreements">How many were sent that rest on it.</param>
    /// <param name="InForce">How many of them are in force.</param>
    public sealed record Version(AgreementTemplate Template, int Agreements, int InForce);

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public int? From { get; set; }
    [BindProperty(SupportsGet = true)] public int? To { get; set; }
    [BindProperty(SupportsGet = true)] public string? In { get; set; }
    [BindProperty, Required, StringLength(TemplateSeries.LongestName)] public string? Name { get; set; }
    [TempData] public string? Done { get; set; }

    public TemplateSeries Series { get; private set; } = null!;
    /// <summary>The newest first.</summary>
    public IReadOnlyList<Version> Versions { get; private set; } = [];
    public bool IsDefault { get; private set; }
    public string Language { get; private set; } = Languages.Fallback;
    public AgreementTemplate? Before { get; private set; }
    public AgreementTemplate? After { get; private set; }
    public IReadOnlyList<ChangedPart> Parts { get; private set; } = [];
    public IReadOnlyList<ChangedTerm> ChangedTerms { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Name = Series.Name;
        // A number in the address that is none is no reason to complain.
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        Series.Rename(Name!.Trim());
        return await SaveAsync("template.renamed", ct);
    }

    public async Task<IActionResult> OnPostChooseAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Series.Choose(clock.GetUtcNow().UtcDateTime);
        return await SaveAsync("template.made-default", ct);
    }

    public async Task<IActionResult> OnPostRetireAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || IsDefault) return NotFound();
        Series.Retire(clock.GetUtcNow().UtcDateTime);
        return await SaveAsync("template.retired", ct);
    }

    public async Task<IActionResult> OnPostRestoreAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Series.Restore();
        return await SaveAsync("template.restored", ct);
    }

    private async Task<IActionResult> SaveAsync(string act, CancellationToken ct)
    {
        audit.Record(act, "template", Id);
        await db.SaveChangesAsync(ct);
        Done = t["Template.Saved"];
        return RedirectToPage(new { Id });
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.TemplateSeries.SingleOrDefaultAsync(s => s.Id == Id, ct) is not { } series) return false;
        Series = series;
        var templates = await db.AgreementTemplates.AsNoTracking().Where(x => x.SeriesId == Id).OrderByDescending(x => x.Number).ToListAsync(ct);
        if (templates.Count == 0) return false;
        var counts = await db.Agreements.Where(a => a.State != AgreementState.Draft && db.AgreementTemplates.Any(x => x.Id == a.TemplateId && x.SeriesId == Id))
            .GroupBy(a => a.TemplateId).Select(g => new { g.Key, All = g.Count(), InForce = g.Count(a => a.State == AgreementState.InForce) }).ToDictionaryAsync(c => c.Key, ct);
        Versions = templates.ConvertAll(x => counts.TryGetValue(x.Id, out var c) ? new Version(x, c.All, c.InForce) : new Version(x, 0, 0));
        IsDefault = await db.TemplateSeries.Where(s => s.RetiredAt == null && db.AgreementTemplates.Any(x => x.SeriesId == s.Id && x.PublishedAt != null))
            .OrderByDescending(s => s.ChosenAt != null).ThenByDescending(s => s.ChosenAt).ThenBy(s => s.CreatedAt).Select(s => s.Id).FirstOrDefaultAsync(ct) == Id;
        After = templates.Find(x => x.Number == To) ?? templates[0];
        Before = templates.Find(x => x.Number == From) ?? templates.Find(x => x.Number < After.Number);
        if (Before is null || Before.Number == After.Number) Before = null;
        Language = After.Texts.ContainsKey(In ?? "") ? In! : After.Texts.ContainsKey(Languages.Current) ? Languages.Current : After.Offered.First().Code;
        if (Before is { } before)
        {
            Parts = before.Texts.ContainsKey(Language) ? TemplateDifferences.Words(before.In(Language), After.In(Language)) : [];
            ChangedTerms = TemplateDifferences.Terms(before.Terms, After.Terms, Language);
        }

        return true;
    }
}
