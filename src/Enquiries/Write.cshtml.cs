using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The public page of a practice: who we are, when we answer, and one form.</summary>
[Anyone]
public sealed class WriteModel(
    PracticeDb db, EnterPractice enter, ReceiveEnquiry receive, FormPasses passes, LinkTokens links, Attempts attempts, TimeProvider clock,
    IStringLocalizer<Texts> t) : PageModel
{
    private const int FormsAnHour = 60;

    [BindProperty] public InputModel Input { get; set; } = new();

    public Practice Practice { get; private set; } = null!;
    public AnswerPromise Promise { get; private set; } = null!;
    public IReadOnlyList<Psychologist> Psychologists { get; private set; } = [];
    public IReadOnlyList<SessionKind> Prices { get; private set; } = [];

    /// <summary>A first talk can be booked here.</summary>
    public bool OffersTalks => Practice.Policy.PublicFirstTalks && Prices.Any(k => k is { WhoMayBook: WhoMayBook.Public, NeedsAgreement: false });

    /// <summary>Something to say above the button: that nothing was sent yet, and why.</summary>
    public string? NotYet { get; private set; }

    /// <summary>The optional questions stay open where one of them was answered or has a message.</summary>
    public bool OpensMore => Input.SaysMore
        || new[] { "Input.HowOften", "Input.Strength", "Input.Cost", "Input.About", "Input.Frequency", "Input.Toll" }.Any(f => ModelState[f]?.Errors.Count > 0);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken ct)
    {
        if (!await LoadAsync(slug, ct)) return NotFound();
        Input.Pass = passes.Make(Practice.Id);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken ct)
    {
        // Counted before the transaction takes its connection: nobody may hold one while waiting for another.
        var allowed = await attempts.AllowAsync("enquiry/address", db.Current.Address, FormsAnHour, TimeSpan.FromHours(1), ct);
        if (!await LoadAsync(slug, ct)) return NotFound();
        Input.Check(ModelState, nameof(Input), t);
        if (!Input.Consent) ModelState.AddModelError("Input.Consent", t["Consent.Missing"]);
        if (!ModelState.IsValid) return Again(t["NotYet.Missing"]);

        var pass = passes.Read(Practice.Id, Input.Pass);
        if (pass is null) return Again(t["NotYet.Old"], fresh: true);
        if (await receive.SentBeforeAsync(pass.Token, ct) is { } before) return Sent(before);

        // Nobody in danger is kept waiting by what keeps machines away.
        if (!Input.ToFirstWords(pass.Token).Danger.ComesFirst())
        {
            if (!string.IsNullOrEmpty(Input.Website)) return Again(t["NotYet.Machine"]);
            if (!passes.IsSlowEnough(pass, Input.Pass!, Input.Proof)) return Again(t["NotYet.Fast"]);
            if (!allowed) return Again(t["NotYet.TooMany"]);
        }

        var enquiry = await receive.RunAsync(Practice, Input.ToFirstWords(pass.Token), ct);
        await db.SaveChangesAsync(ct);
        return Sent(enquiry.Id);
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken ct)
    {
        if (await enter.BySlugAsync(slug, ct) is not { } practice) return false;
        Practice = practice;
        Promise = AnswerPromise.From(await db.RotaAsync(practice.Zone, ct), practice.Policy.PromiseHours, clock.GetUtcNow().UtcDateTime);
        var themes = await db.Themes.AsNoTracking().Where(x => x.RetiredAt == null).OrderBy(x => x.Position).ToListAsync(ct);
        var people = await (from profile in db.PsychologistProfiles.AsNoTracking()
                            join member in db.Memberships on profile.UserId equals member.UserId
                            where member.Active
                            orderby member.Name
                            select new { member.Name, profile.About, profile.Languages, profile.ThemeIds, profile.TakesNewClients }).ToListAsync(ct);
        Psychologists = [.. people.Select(p => new Psychologist(p.Name, p.About, p.Languages, [.. themes.Where(x => p.ThemeIds.Contains(x.Id))], p.TakesNewClients))];
        Prices = await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.WhoMayBook != WhoMayBook.StaffOnly).OrderBy(k => k.Position).ToListAsync(ct);
        return true;
    }

    private RedirectToPageResult Sent(Guid enquiryId) => RedirectToPage("Sent", new
    {
        slug = Practice.Slug,
        token = links.Make(SentModel.Purpose, Practice.Id, enquiryId, null, clock.GetUtcNow().UtcDateTime + SentModel.Shown),
    });

    private PageResult Again(string why, bool fresh = false)
    {
        NotYet = why;
        Input.Website = null;
        ModelState.Remove("Input.Website");
        if (fresh)
        {
            ModelState.Remove("Input.Pass");
            ModelState.Remove("Input.Proof");
            (Input.Pass, Input.Proof) = (passes.Make(Practice.Id), null);
        }

        return Page();
    }

    public sealed record Psychologist(string Name, string About, IReadOnlyList<string> Languages, IReadOnlyList<Practices.Theme> Themes, bool TakesNewClients);

    public sealed class InputModel : ComplaintInput
    {
        public bool Consent { get; set; }

        /// <summary>Shown to nobody; who fills it in is a machine.</summary>
        public string? Website { get; set; }

        public string? Pass { get; set; }
        public string? Proof { get; set; }

        public FirstWords ToFirstWords(Guid token) => new(EnquiryDoor.Form, Complaint!, CalledName!, Email, Phone, Rules,
            Platform.Languages.Current, AboutWhat, HowOften, Strength, Cost, token, Frequency, Toll, ForWhom ?? default);
    }
}
