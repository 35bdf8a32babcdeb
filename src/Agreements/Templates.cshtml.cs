using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>The templates that agreements are made from, and a new one.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class TemplatesModel(PracticeDb db, DraftAgreement draft, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    /// <param name="Newest">The version that new agreements are made from; null where none has been published.</param>
    public sealed record Row(TemplateSeries Series, AgreementTemplate? Newest, AgreementTemplate? WorkingCopy, bool IsDefault)
    {
        public IEnumerable<Language> Offered => (Newest ?? WorkingCopy)!.Offered;
    }

    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [System.ComponentModel.DataAnnotations.Required, System.ComponentModel.DataAnnotations.StringLength(TemplateSeries.LongestName)] public string? Name { get; set; }
        /// <summary>The series it is copied from; empty for the default text.</summary>
        public Guid From { get; set; }
    }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public string Currency { get; private set; } = "EUR";

    public async Task OnGetAsync(CancellationToken ct) => await ListAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ListAsync(ct);
        var name = Input.Name?.Trim() ?? "";
        if (Rows.Any(r => r.Series.RetiredAt is null && string.Equals(r.Series.Name, name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError("Input.Name", t["Templates.Taken"]);
        var copied = Rows.FirstOrDefault(r => r.Series.Id == Input.From);
        if (copied is null && Input.From != Guid.Empty) ModelState.AddModelError("Input.From", t["Prepare.From.Choose"]);
        if (!ModelState.IsValid) return Page();
        var now = clock.GetUtcNow().UtcDateTime;
        var series = new TemplateSeries(db.Current.PracticeId, name, now);
        var source = copied?.Newest ?? copied?.WorkingCopy;
        var price = (await draft.KindsAsync(Languages.Current, ct)).FirstOrDefault()?.Price ?? 0m;
        db.AgreementTemplates.Add(AgreementTemplate.First(series, source?.Texts ?? AgreementTemplate.DefaultTexts(), source?.Terms ?? Terms.Default(price, Currency), now));
        audit.Record("template.added", "template", series.Id);
        await db.SaveChangesAsync(ct);
        return RedirectToPage("Template", new { series.Id });
    }

    /// <summary>For a practice that has none yet.</summary>
    public async Task<IActionResult> OnPostBeginAsync(CancellationToken ct)
    {
        await draft.TemplatesAsync(ct);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    private async Task ListAsync(CancellationToken ct)
    {
        Currency = await db.Practices.Select(p => p.Currency).SingleAsync(ct);
        var found = await db.AgreementTemplates.AsNoTracking().Include(x => x.Series)
            .Where(x => x.PublishedAt == null || !db.AgreementTemplates.Any(n => n.SeriesId == x.SeriesId && n.PublishedAt != null && n.Number > x.Number)).ToListAsync(ct);
        var first = found.Where(x => x.IsPublished && x.Series!.RetiredAt is null).OrderByDescending(x => x.Series!.ChosenAt).ThenBy(x => x.Series!.CreatedAt).FirstOrDefault()?.SeriesId;
        Rows = [.. found.GroupBy(x => x.SeriesId)
            .Select(g => new Row(g.First().Series!, g.FirstOrDefault(x => x.IsPublished), g.FirstOrDefault(x => !x.IsPublished), g.Key == first))
            .OrderBy(r => r.Series.RetiredAt is not null).ThenByDescending(r => r.IsDefault).ThenBy(r => r.Series.Name, StringComparer.CurrentCulture)];
    }
}
