using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Agreements.Editing;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>The terms that all languages of a template share, in its working copy.</summary>
[Access(Role.Psychologist, Role.Admin), RequestFormLimits(ValueCountLimit = 8192)]
public sealed class TemplateTermsModel(PracticeDb db, DraftAgreement draft, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private AgreementTemplate _template = null!;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public TermsForm Form { get; set; } = new();
    /// <summary>The state of the row the terms on the page were read from.</summary>
    [BindProperty] public string? Read { get; set; }
    [TempData] public string? Done { get; set; }

    public TemplateSeries Series { get; private set; } = null!;
    public bool IsPublished => _template.IsPublished;
    public int Number => _template.Number;
    /// <summary>Somebody else has saved since the page was opened.</summary>
    public bool Meanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Form = TermsForm.Of(_template.Terms, _template.Texts.ContainsKey(Languages.Current) ? Languages.Current : _template.Offered.First().Code);
        await NameKindsAsync(ct);
        Read = ReadNow;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (Form.Read() is not { } terms) return Page();
        if (Read != ReadNow) return AfterOthers();
        var copy = _template;
        if (copy.IsPublished) db.AgreementTemplates.Add(copy = copy.WorkingCopy(clock.GetUtcNow().UtcDateTime));
        copy.Change(terms);
        if (_template.IsPublished && copy.Terms == _template.Terms) db.Entry(copy).State = EntityState.Detached;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException || (e is DbUpdateException && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
        {
            db.ChangeTracker.Clear();
            return await FindAsync(ct) ? AfterOthers() : NotFound();
        }

        audit.Record("template.terms-changed", "template", copy.Id);
        Done = t["Template.Saved"];
        return RedirectToPage(new { Id });
    }

    /// <summary>A row comes or goes; nothing is saved.</summary>
    public async Task<IActionResult> OnPostRowAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Form.Act();
        return IsScript ? Partial("/src/Agreements/Editing/_TermsForm.cshtml", Form) : Page();
    }

    /// <summary>What the terms would mean; nothing is saved.</summary>
    public async Task<IActionResult> OnPostLookAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Form.Read();
        return IsScript ? Partial("/src/Agreements/Editing/_TermsCard.cshtml", Form) : Page();
    }

    private bool IsScript => Request.Headers.XRequestedWith == "fetch";

    private string ReadNow => $"{_template.Id:N}-{db.Entry(_template).Property<uint>("Version").CurrentValue}";

    private PageResult AfterOthers()
    {
        (Meanwhile, Read) = (true, ReadNow);
        ModelState.Remove(nameof(Read));
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.TemplateSeries.SingleOrDefaultAsync(s => s.Id == Id, ct) is not { } series) return false;
        Series = series;
        if (await db.AgreementTemplates.Where(x => x.SeriesId == Id).OrderByDescending(x => x.Number).FirstOrDefaultAsync(ct) is not { } template) return false;
        _template = template;
        if (HttpMethods.IsPost(Request.Method)) await NameKindsAsync(ct);
        return true;
    }

    private async Task NameKindsAsync(CancellationToken ct) => (Form.Currency, Form.Kinds) = (_template.Terms.Currency, await draft.KindsAsync(Languages.Current, ct));
}
