using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>
/// The words of a template: its working copy, made from the newest published version at the first change. Agreements are
/// made from published versions alone, and those never change.
/// </summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class TemplateModel(PracticeDb db, DraftAgreement draft, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : EditorModel(t)
{
    private readonly IStringLocalizer<Texts> _t = t;
    private string _language = Languages.Fallback;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public string? In { get; set; }
    [BindProperty] public string? Note { get; set; }

    public TemplateSeries Series { get; private set; } = null!;
    /// <summary>What the page shows: the working copy, or the newest published version while there is none.</summary>
    public AgreementTemplate Template { get; private set; } = null!;
    public AgreementTemplate? Published { get; private set; }
    public override string Language => _language;
    public override string Query => $"&in={_language}";
    public override bool MayBeIncomplete => true;
    /// <summary>Publishing was refused: in these languages something is missing.</summary>
    public IReadOnlyList<(Language Language, MissingWords Missing)> Missing { get; private set; } = [];

    public override string? MarkOf(string key, bool clause)
    {
        var empty = clause ? Input.Clauses.Find(c => c.Key == key) is { } c && (string.IsNullOrWhiteSpace(c.Heading) || string.IsNullOrWhiteSpace(c.Text))
            : Input.Promises.Find(p => p.Key == key) is { } p && string.IsNullOrWhiteSpace(p.Text);
        return empty ? _t["Editor.NotTranslated"].Value : null;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = EditedText.Of(Stored);
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (Keep() is not { } copy) return await ShowAsync(ct);
        var changed = db.Entry(copy).State is EntityState.Added or EntityState.Modified;
        if (!await SaveAsync(ct)) return await ShowAsync(ct);
        if (changed) audit.Record("template.changed", "template", copy.Id);
        Done = _t["Template.Saved"];
        return RedirectToPage(new { Id, In = Language });
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        var note = AgreementText.OneLine(Note);
        if (Keep() is not { } copy) return await ShowAsync(ct);
        if (note.Length == 0 && copy.Number > 1) ModelState.AddModelError("Note", _t["Publish.Note.Required"]);
        if (note.Length > AgreementTemplate.LongestNote) ModelState.AddModelError("Note", _t["Publish.Note.TooLong", AgreementTemplate.LongestNote]);
        if (Published is { } before && IsSame(copy, before)) ModelState.AddModelError("Note", _t["Publish.Nothing"]);
        if (copy.Terms.Validate().Count > 0) ModelState.AddModelError("Note", _t["Publish.Terms"]);
        Missing = [.. copy.Offered.Select(l => (l, copy.MissingIn(l.Code))).Where(l => !l.Item2.IsNothing)];
        if (Missing.Count > 0 || !ModelState.IsValid) return await ShowAsync(ct);
        copy.Publish(note, Now);
        if (!await SaveAsync(ct)) return await ShowAsync(ct);
        audit.Record("template.published", "template", copy.Id, why: $"version {copy.Number}");
        Done = _t["Publish.Done", copy.Number];
        return RedirectToPage(new { Id, In = Language });
    }

    public async Task<IActionResult> OnPostArrangeAsync(string part, string? key, int by, CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Rearrange(part, key, by);
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Unsaved = true;
        await ShowAsync(ct);
        return Request.Headers.XRequestedWith == "fetch" ? Partial("_Preview", this) : Page();
    }

    public Task<IActionResult> OnPostOfferAsync(string language, CancellationToken ct) => TurnAsync(language, (copy, l) => copy.Offer(l), ct);

    public Task<IActionResult> OnPostWithdrawAsync(string language, CancellationToken ct) => TurnAsync(language, (copy, l) => copy.Withdraw(l), ct);

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || Template.IsPublished) return NotFound();
        db.AgreementTemplates.Remove(Template);
        if (Published is null) db.TemplateSeries.Remove(Series);
        audit.Record("template.discarded", "template", Template.Id);
        await db.SaveChangesAsync(ct);
        Done = _t["Template.Discarded"];
        return Published is null ? RedirectToPage("Templates") : RedirectToPage(new { Id, In = Language });
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<IActionResult> TurnAsync(string language, Action<AgreementTemplate, string> turn, CancellationToken ct)
    {
        if (!Languages.IsSupported(language) || !await FindAsync(ct)) return NotFound();
        turn(ToChange(), language);
        var changed = Template;
        if (!await SaveAsync(ct)) return StatusCode(StatusCodes.Status409Conflict);
        audit.Record("template.languages-changed", "template", changed.Id);
        Done = _t["Template.Saved"];
        return RedirectToPage(new { Id, In = Template.Texts.ContainsKey(language) ? language : null });
    }

    private AgreementTemplate ToChange()
    {
        if (!Template.IsPublished) return Template;
        Template = Template.WorkingCopy(Now);
        db.AgreementTemplates.Add(Template);
        return Template;
    }

    /// <summary>Takes the typed words over; null where that is not possible, which is then said beside the field.</summary>
    private AgreementTemplate? Keep()
    {
        var text = Input.ToText();
        Check(text);
        if (!ModelState.IsValid) return null;
        if (Read != ReadOf(Template))
        {
            Meanwhile = true;
            return null;
        }

        var before = Template;
        var copy = ToChange();
        var unknown = copy.Reword(Language, text, Input.ClauseOrigins(Stored), Input.PromiseOrigins(Stored));
        foreach (var (language, names) in unknown)
        {
            ModelState.AddModelError("Input.Clauses", _t["Editor.OtherLanguage", Languages.All.First(l => l.Code == language).Name, string.Join(", ", names.Select(Braced))]);
        }

        if (unknown.Count > 0) Template = before;
        else if (before.IsPublished && IsSame(copy, before)) db.Entry(copy).State = EntityState.Detached;
        return unknown.Count > 0 ? null : copy;
    }

    private static bool IsSame(AgreementTemplate one, AgreementTemplate other) =>
        one.Terms == other.Terms && one.Texts.Count == other.Texts.Count && one.Texts.All(x => other.Texts.TryGetValue(x.Key, out var same) && same == x.Value);

    private async Task<bool> SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException || (e is DbUpdateException && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
        {
            db.ChangeTracker.Clear();
            await FindAsync(ct);
            Meanwhile = true;
            return false;
        }
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.TemplateSeries.SingleOrDefaultAsync(s => s.Id == Id, ct) is not { } series) return false;
        Series = series;
        var newest = await db.AgreementTemplates.Where(x => x.SeriesId == Id).OrderByDescending(x => x.Number).Take(2).ToListAsync(ct);
        if (newest.Count == 0) return false;
        (Template, Published) = (newest[0], newest.Find(x => x.IsPublished));
        _language = Template.Texts.ContainsKey(In ?? "") ? In! : Template.Texts.ContainsKey(Languages.Current) ? Languages.Current : Template.Offered.First().Code;
        (Stored, Terms) = (Template.In(_language), Template.Terms);
        return true;
    }

    private string ReadOf(AgreementTemplate template) => $"{template.Id:N}-{db.Entry(template).Property<uint>("Version").CurrentValue}";

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        // What was added to the context for a page that is only shown is not stored.
        foreach (var added in db.ChangeTracker.Entries<AgreementTemplate>().Where(e => e.State != EntityState.Unchanged).ToList())
        {
            if (added.State == EntityState.Added) added.State = EntityState.Detached;
            else await added.ReloadAsync(ct);
        }

        if (db.Entry(Template).State == EntityState.Detached) await FindAsync(ct);
        if (Request.Method == HttpMethods.Get || Meanwhile || Read is null) Read = ReadOf(Template);
        var psychologist = db.Current.Is(Role.Psychologist) ? db.Current.Name : _t["Sample.Psychologist"].Value;
        var sample = Languages.In(Language, () => _t["Sample.Client"].Value);
        var setting = await draft.SampleAsync(sample, psychologist, Language, ct);
        var text = Input.ToText();
        var terms = TermsOf(text);
        Preview = DraftAgreement.Compose(Language, text, terms, setting, Now);
        Values = TermsInWords.Values(terms, setting, Language);
        Compare();
        return Page();
    }
}
