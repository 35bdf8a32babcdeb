using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Requests;

/// <summary>Recommends a request to somebody outside, with a letter of which the client knows. Nothing from the record goes into it by itself.</summary>
[Access(Role.Psychologist)]
public sealed class ReferModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock, Words words,
    IStringLocalizer<Texts> t, IStringLocalizer<PracticeApp.Practices.Texts> themes) : PageModel
{
    /// <summary>Chosen for somebody who is not in the directory.</summary>
    public static readonly Guid NotListed = Guid.Empty;

    [BindProperty] public InputModel Input { get; set; } = new();
    public ClientRequest Of { get; private set; } = null!;
    public string Client { get; private set; } = "";
    public string? Theme { get; private set; }
    public IReadOnlyList<ReferralContact> WithTheme { get; private set; } = [];
    /// <summary>Who may examine and prescribe, whatever the theme.</summary>
    public IReadOnlyList<ReferralContact> Medical { get; private set; } = [];
    public IReadOnlyList<ReferralContact> Others { get; private set; } = [];
    public static IEnumerable<SelectListItem> LanguageItems => Languages.All.Select(l => new SelectListItem(l.Name, l.Code));
    public static IEnumerable<string> Neutral => Languages.All.Select(l => l.Code);

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Refer.To.Missing")] public Guid? To { get; set; }
        [StringLength(120)] public string? Name { get; set; }
        [StringLength(300)] public string? Reach { get; set; }
        [Required] public string? Language { get; set; }
        public bool NameClient { get; set; }
        [Required(ErrorMessage = "Refer.Salutation.Missing"), StringLength(200)] public string? Salutation { get; set; }
        [Required(ErrorMessage = "Refer.Body.Missing"), StringLength(6000)] public string? Body { get; set; }
        public bool Agreed { get; set; }
        public bool Share { get; set; }
        [Required(ErrorMessage = "Refer.Why.Missing"), StringLength(1000)] public string? Why { get; set; }
        public Guid FormToken { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (!Of.IsOpen) return ToWorkspace(id);
        var language = await db.Practices.Select(p => p.Language).SingleAsync(ct);
        Input = new() { Language = language, Salutation = In(language, "Letter.Salutation"), Body = In(language, "Letter.Body"), FormToken = Ids.New() };
        return Page();
    }

    /// <summary>Shows the neutral text in the language chosen; own words stay.</summary>
    public async Task<IActionResult> OnPostLanguageAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        ModelState.Clear();
        Speak();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        // One at a time: whoever comes second finds the request over.
        await db.Database.ExecuteSqlAsync($"select 1 from client_requests where practice_id = {db.Current.PracticeId} and id = {id} for update", ct);
        if (!await FindAsync(id, ct)) return NotFound();
        // A token that nobody can read is none that was sent before.
        if (ModelState.Remove("Input.FormToken") && Input.FormToken == default) Input.FormToken = Ids.New();
        if (await db.Referrals.AnyAsync(r => r.RequestId == id && r.FormToken == Input.FormToken, ct)) return ToWorkspace(id);
        if (!Of.IsOpen)
        {
            ModelState.Clear();
            ModelState.AddModelError("", t["Refer.Over"]);
            return Page();
        }
        Check();
        if (!ModelState.IsValid) return Page();

        var now = clock.GetUtcNow().UtcDateTime;
        var key = await vault.KeyAsync(Of.KeyId, ct);
        var contact = Listed.FirstOrDefault(c => c.Id == Input.To);
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var letter = new ReferralLetter(practice.Name, practice.Address, practice.Phone, words.Today(practice.Zone), Input.Language!,
            contact?.Name ?? Input.Name!.Trim(), contact?.Contact ?? Input.Reach?.Trim() ?? "", Input.NameClient ? Client : null,
            Input.Salutation!.Trim(), Input.Body!.Trim(), db.Current.Name);
        if (Of.End(key, RequestState.Referred, null, null, Input.Why, db.Current.UserId, now) != RequestOutcome.Done) return ToWorkspace(id);
        var referral = new Referral(Of, key, letter, contact?.Id, SaysSomething, Input.Share, db.Current.UserId, now, Input.FormToken);
        db.Referrals.Add(referral);
        audit.Record("request.referred", "referral", referral.Id, Of.ClientId);
        await db.SaveChangesAsync(ct);
        return ToWorkspace(id);
    }

    private IEnumerable<ReferralContact> Listed => [.. WithTheme, .. Medical, .. Others];
    private bool SaysSomething => ReferralLetter.SaysSomething(Input.NameClient, Input.Body ?? "", Neutral.Select(language => In(language, "Letter.Body")))
        || !Neutral.Any(language => ReferralLetter.Same(Input.Salutation ?? "", In(language, "Letter.Salutation")));

    private void Check()
    {
        if (Input.To == NotListed && string.IsNullOrWhiteSpace(Input.Name)) ModelState.AddModelError("Input.Name", t["Refer.Name.Missing"]);
        if (Input.To is { } to && to != NotListed && Listed.All(c => c.Id != to)) ModelState.AddModelError("Input.To", t["Refer.To.Unknown"]);
        if (!Languages.IsSupported(Input.Language)) ModelState.AddModelError("Input.Language", t["Refer.Language.Unknown"]);
        // Nothing goes out in words that nobody has looked at.
        else if (Speak()) ModelState.AddModelError("Input.Language", t["Refer.Language.Changed"]);
        if (SaysSomething && !Input.Agreed) ModelState.AddModelError("Input.Agreed", t["Refer.Agreed.Missing"]);
    }

    /// <summary>Puts neutral parts that stand in another language into the one chosen.</summary>
    private bool Speak()
    {
        if (!Languages.IsSupported(Input.Language)) return false;
        var (salutation, body) = (Input.Salutation, Input.Body);
        Input.Salutation = Spoken("Letter.Salutation", salutation, "Input.Salutation");
        Input.Body = Spoken("Letter.Body", body, "Input.Body");
        return (salutation, body) != (Input.Salutation, Input.Body);
    }

    private string? Spoken(string key, string? written, string field)
    {
        if (!Neutral.Any(language => language != Input.Language && ReferralLetter.Same(In(language, key), written ?? ""))) return written;
        ModelState.Remove(field);
        return In(Input.Language!, key);
    }

    private string In(string language, string key) => Languages.In(language, () => t[key].Value);

    private RedirectToPageResult ToWorkspace(Guid id) => RedirectToPage("Workspace", new { id });

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.OwnRequests().Include(r => r.Changes).SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request) return false;
        Of = request;
        Client = string.Join(", ", await db.Clients.Where(c => request.ClientId == null
            ? db.EngagementParties.Any(p => p.EngagementId == request.EngagementId && p.ClientId == c.Id && p.Role == PartyRole.Client)
            : c.Id == request.ClientId).Select(c => c.Name).ToListAsync(ct));
        var listed = await db.Directory().AsNoTracking().ToListAsync(ct);
        WithTheme = listed.FindAll(c => request.ThemeId is { } theme && c.ThemeIds.Contains(theme));
        Medical = listed.FindAll(c => c.IsMedical && !WithTheme.Contains(c));
        Others = [.. listed.Except(WithTheme).Except(Medical)];
        Theme = await db.Themes.AsNoTracking().SingleOrDefaultAsync(x => x.Id == request.ThemeId, ct) is { } chosen ? themes.NameOf(chosen) : null;
        return true;
    }
}
