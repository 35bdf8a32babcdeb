using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>Begins an agreement with a client: in which language, for which kind of session.</summary>
[Access(Role.Psychologist)]
public sealed class PrepareModel(PracticeDb db, DraftAgreement draft, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "client")] public Guid ClientId { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        public string Language { get; set; } = "";
        public Guid? Kind { get; set; }
        /// <summary>A template's series, or the id of the agreement in force.</summary>
        public Guid? From { get; set; }
        public DateOnly? BornOn { get; set; }
    }

    public string ClientName { get; private set; } = "";
    public IReadOnlyList<KindPrice> Kinds { get; private set; } = [];
    public string Currency { get; private set; } = "EUR";
    public AgreementState? Current { get; private set; }
    public IReadOnlyList<AgreementTemplate> Templates { get; private set; } = [];
    /// <summary>The agreement that the next version may begin from.</summary>
    public Agreement? InForce { get; private set; }
    public IEnumerable<Language> Offered => Languages.All.Where(l => Templates.Any(t => t.Texts.ContainsKey(l.Code)));
    /// <summary>Nobody has said how old the client is, and it matters who signs.</summary>
    public bool AskBornOn { get; private set; }
    public int ConsentAge { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } engagement) return NotFound();
        Input.Language = await db.Clients.Where(c => c.Id == ClientId).Select(c => c.Language).SingleAsync(ct);
        Input.Kind = Kinds.Count > 0 ? Kinds[0].Id : null;
        Input.From = Templates[0].SeriesId;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } engagement) return NotFound();
        var goesOn = InForce is { } inForce && Input.From == inForce.Id;
        var template = Templates.FirstOrDefault(x => x.SeriesId == Input.From) ?? (Templates.Count == 1 && InForce is null ? Templates[0] : null);
        var kind = Kinds.FirstOrDefault(k => k.Id == Input.Kind);
        if (!goesOn)
        {
            if (template is null) ModelState.AddModelError("Input.From", t["Prepare.From.Choose"]);
            if (!Languages.IsSupported(Input.Language)) ModelState.AddModelError("Input.Language", t["Prepare.Language.Choose"]);
            else if (template?.Texts.ContainsKey(Input.Language) == false) ModelState.AddModelError("Input.Language", t["Prepare.Language.NotOffered", template.Series!.Name, string.Join(", ", template.Offered.Select(l => l.Name))]);
            if (kind is null && Kinds.Count > 0) ModelState.AddModelError("Input.Kind", t["Prepare.Kind.Choose"]);
        }

        if (Input.BornOn is { } born && (born.Year < 1900 || born > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))) ModelState.AddModelError("Input.BornOn", t["Prepare.Born.Unclear"]);
        if (!ModelState.IsValid) return Page();

        if (AskBornOn && Input.BornOn is { } bornOn) (await db.Clients.SingleAsync(c => c.Id == ClientId, ct)).Born(bornOn);
        var agreement = goesOn ? await draft.NextVersionAsync(engagement, InForce!, ct) : await draft.MakeAsync(engagement, template!, Input.Language, kind, ct);
        audit.Record("agreement.prepared", "agreement", agreement.Id, ClientId);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(agreement.Id));
    }

    private async Task<Engagement?> FindAsync(CancellationToken ct)
    {
        var engagement = await db.OwnEngagements().Where(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == ClientId && p.Role == PartyRole.Client))
            .OrderByDescending(e => e.StartedAt).FirstOrDefaultAsync(ct);
        if (engagement is null) return null;
        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == ClientId, ct);
        (ClientName, AskBornOn) = (client.Name, client.BornOn is null);
        ConsentAge = Agreements.ConsentAge.In(await db.Practices.Select(p => p.Country).SingleAsync(ct)).Age;
        Kinds = await draft.KindsAsync(Languages.Current, ct);
        Currency = await db.Practices.Select(p => p.Currency).SingleAsync(ct);
        Templates = await draft.TemplatesAsync(ct);
        InForce = await db.AgreementInForce(engagement.Id).SingleOrDefaultAsync(ct);
        Current = await db.Agreements.Where(a => a.EngagementId == engagement.Id && a.EndedAt == null).OrderByDescending(a => a.Number)
            .Select(a => (AgreementState?)a.State).FirstOrDefaultAsync(ct);
        return engagement;
    }
}
