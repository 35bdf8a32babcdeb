using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>The words of one client's agreement before it is sent: where they differ from the template's, and back to those.</summary>
[Access(Role.Psychologist)]
public sealed class DraftModel(PracticeDb db, Vault vault, DraftAgreement draft, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : EditorModel(t)
{
    private readonly IStringLocalizer<Texts> _t = t;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public Agreement Agreement { get; private set; } = null!;
    public AgreementTemplate Template { get; private set; } = null!;
    public string Clients { get; private set; } = "";
    private AgreementText _template = null!;
    private AgreementSetting _setting = null!;

    public override string Language => Agreement.Language;
    public override string Query => "";

    public override string? MarkOf(string key, bool clause) =>
        clause && Input.Clauses.Find(c => c.Key == key) is { } typed && Before(typed) is { } words
            ? words.All(w => w.Change != PracticeApp.Agreements.Change.Same) && TemplateNumber(typed) is null ? _t["Draft.Added"].Value : _t["Draft.Differs"].Value : null;

    public override IReadOnlyList<ChangedWords>? Before(EditedClause clause)
    {
        var was = TemplateNumber(clause) is { } number ? $"{_template.Clauses[number - 1].Heading}\n\n{_template.Clauses[number - 1].Text}" : "";
        var now = $"{AgreementText.OneLine(clause.Heading)}\n\n{AgreementText.Lines(clause.Text)}";
        return was == now ? null : WordDifference.Between(was, now);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = EditedText.Of(Stored);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        var text = Input.ToText();
        Check(text);
        if (ModelState.IsValid && Read != ReadNow) Meanwhile = true;
        if (!ModelState.IsValid || Meanwhile) return Show();
        var same = text.ToMarkdown() == _template.ToMarkdown();
        var terms = TermsOf(text);
        Agreement.Reword(same ? null : text.ToMarkdown(), await vault.KeyAsync(Agreement.KeyId, ct));
        Agreement.Change(terms);
        return await SaveAsync("agreement.reworded", ct);
    }

    public async Task<IActionResult> OnPostBackAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Agreement.Reword(null, await vault.KeyAsync(Agreement.KeyId, ct));
        Agreement.Change(Terms.WithClausesOf(_template));
        return await SaveAsync("agreement.words-restored", ct);
    }

    public async Task<IActionResult> OnPostArrangeAsync(string part, string? key, int by, CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Rearrange(part, key, by);
        return Show();
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Unsaved = true;
        Show();
        return Request.Headers.XRequestedWith == "fetch" ? Partial("_Preview", this) : Page();
    }

    private string ReadNow => $"{db.Entry(Agreement).Property<uint>("Version").CurrentValue}";

    private int? TemplateNumber(EditedClause clause)
    {
        // The n-th clause of a kind is held against the n-th of that kind.
        var nth = Input.Clauses.TakeWhile(c => c != clause).Count(c => c.Kind == clause.Kind);
        return _template.Clauses.Where(c => c.Kind == clause.Kind).Skip(nth).Select(c => (int?)c.Number).FirstOrDefault();
    }

    private async Task<IActionResult> SaveAsync(string act, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            if (!await FindAsync(ct)) return NotFound();
            Meanwhile = true;
            return Show();
        }

        audit.Record(act, "agreement", Id, await db.EngagementParties.Where(p => p.EngagementId == Agreement.EngagementId).OrderBy(p => p.Id).Select(p => (Guid?)p.ClientId).FirstAsync(ct));
        Done = _t["Draft.Saved"];
        return RedirectToPage(new { Id });
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var agreement = await db.OwnAgreements().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == Id && a.State == AgreementState.Draft, ct);
        if (agreement is null) return false;
        Agreement = agreement;
        Template = await db.AgreementTemplates.Include(x => x.Series).SingleAsync(x => x.Id == agreement.TemplateId, ct);
        _template = Template.In(agreement.Language);
        _setting = await draft.SettingAsync(agreement, ct);
        (Stored, Terms, Clients) = (await draft.TextAsync(agreement, ct), agreement.Terms, _setting.ClientName);
        return true;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show()
    {
        if (Request.Method == HttpMethods.Get || Meanwhile || Read is null) Read = ReadNow;
        var text = Input.ToText();
        var terms = TermsOf(text);
        Preview = DraftAgreement.Compose(Agreement, clock.GetUtcNow().UtcDateTime, text, terms, _setting);
        Values = TermsInWords.Values(terms, _setting, Language);
        Compare();
        return Page();
    }
}
