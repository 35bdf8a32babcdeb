using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Caseload;

/// <summary>What a practice is called, where it works, and what it has decided for itself.</summary>
[Access(Role.Admin)]
public sealed class SettingsModel(PracticeDb db, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    private static readonly string[] CurrencyCodes = ["BAM", "EUR", "RSD", "RUB", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK"];

    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public string PublicAddress => $"{Request.Scheme}://{Request.Host}{Request.PathBase}/p/";
    public static IEnumerable<SelectListItem> LanguageItems => Languages.All.Select(l => new SelectListItem(l.Name, l.Code));
    public static IEnumerable<SelectListItem> CurrencyItems => CurrencyCodes.Select(c => new SelectListItem(c, c));
    public static IEnumerable<SelectListItem> ZoneItems => TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.Contains('/', StringComparison.Ordinal) && !z.Id.StartsWith("Etc/", StringComparison.Ordinal))
        .Select(z => z.Id).Order(StringComparer.Ordinal).Select(id => new SelectListItem(id.Replace('_', ' '), id));
    /// <summary>The countries we have names for, and whichever the practice is in.</summary>
    public IEnumerable<SelectListItem> CountryItems => Countries.Append(Input.Country ?? "").Where(c => c.Length == 2).Distinct()
        .Select(code => new SelectListItem(t[$"Country.{code}"] is { ResourceNotFound: false } name ? name : code, code)).OrderBy(i => i.Text, StringComparer.CurrentCulture);

    private static readonly string[] Countries =
        ["BA", "RS", "HR", "ME", "SI", "MK", "FI", "SE", "NO", "DK", "EE", "LV", "LT", "RU", "BY", "UA", "KZ", "DE", "AT", "CH", "NL", "BE", "FR", "IT", "ES", "PL", "CZ", "HU", "GB", "IE", "US", "CA", "AU"];

    public sealed class InputModel
    {
        [Required, StringLength(120)] public string? Name { get; set; }
        [Required, StringLength(60, MinimumLength = 2), RegularExpression("[a-z0-9]([a-z0-9-]*[a-z0-9])?", ErrorMessage = "Settings.Slug.Unclear")] public string? Slug { get; set; }
        [StringLength(200)] public string? Tagline { get; set; }
        [StringLength(200)] public string? Address { get; set; }
        [Phone, StringLength(40)] public string? Phone { get; set; }
        [Required, StringLength(120)] public string? SenderName { get; set; }
        [Required] public string? Country { get; set; }
        [Required] public string? TimeZone { get; set; }
        [Required] public string? Language { get; set; }
        [Required] public string? Currency { get; set; }
        [Required, Range(1, 336)] public int? PromiseHours { get; set; }
        public bool OperatorReadsEnquiries { get; set; }
        public bool PublicFirstTalks { get; set; }
        [Required, StringLength(300), RegularExpression("https://.+", ErrorMessage = "Field.Url"), Url] public string? QuickExitUrl { get; set; }
        [StringLength(300)] public string? JoinPattern { get; set; }
        [Required, Range(1, 60)] public int? HoldMinutes { get; set; }
        [Required, Range(0, 60)] public int? SecondThoughtsMinutes { get; set; }
        [Required, Range(15, 1440)] public int? OfferMinutes { get; set; }
        [Required] public UnsettledChoice? Unsettled { get; set; }
        [Required, Range(1, 336)] public int? SettleAfterHours { get; set; }
        [Range(1, 720)] public int? ChargesStandAfterHours { get; set; }
        [Required, Range(0, 60)] public int? LookBackAfterSessions { get; set; }
        [Required, Range(1, 100)] public int? RecordsKeptYears { get; set; }
        public bool MinimalTerms { get; set; }
        [Required, Range(7, 365)] public int? AgreementWaitsDays { get; set; }
        /// <summary>The row as it was when the form was shown.</summary>
        public uint Version { get; set; }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var p = await db.Practices.AsNoTracking().SingleAsync(ct);
        Input = new()
        {
            Name = p.Name, Slug = p.Slug, Tagline = p.Tagline, Address = p.Address, Phone = p.Phone, SenderName = p.SenderName,
            Country = p.Country, TimeZone = p.TimeZone, Language = p.Language, Currency = p.Currency,
            PromiseHours = p.Policy.PromiseHours, OperatorReadsEnquiries = p.Policy.OperatorReadsEnquiries, PublicFirstTalks = p.Policy.PublicFirstTalks,
            QuickExitUrl = p.Policy.QuickExitUrl, JoinPattern = p.Policy.JoinPattern,
            HoldMinutes = p.Policy.HoldMinutes, SecondThoughtsMinutes = p.Policy.SecondThoughtsMinutes, OfferMinutes = p.Policy.OfferMinutes,
            Unsettled = p.Policy.Unsettled, SettleAfterHours = p.Policy.SettleAfterHours, ChargesStandAfterHours = p.Policy.ChargesStandAfterHours, LookBackAfterSessions = p.Policy.LookBackAfterSessions, RecordsKeptYears = p.Policy.RecordsKeptYears,
            MinimalTerms = p.Policy.MinimalTerms, AgreementWaitsDays = p.Policy.AgreementWaitsDays, Version = p.Version,
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var practice = await db.Practices.SingleAsync(ct);
        // A version that nobody can read is none that is still current.
        ModelState.Remove("Input.Version");
        Check("Country", Countries.Contains(Input.Country) || Input.Country == practice.Country, "Choose");
        Check("TimeZone", TimeZoneInfo.TryFindSystemTimeZoneById(Input.TimeZone ?? "", out _), "Choose");
        Check("Language", Languages.IsSupported(Input.Language), "Choose");
        Check("Currency", CurrencyCodes.Contains(Input.Currency), "Choose");
        Check("Currency", Input.Currency == practice.Currency || !await IsUsedAsync(ct), "Settings.Currency.Used");
        Check("JoinPattern", string.IsNullOrWhiteSpace(Input.JoinPattern) || JoinAddress.IsPattern(Input.JoinPattern.Trim()), "Settings.Join.Unclear");
        Check("Unsettled", Input.Unsettled is { } u && Enum.IsDefined(u), "Choose");
        if (NeutralSender.TellingIn(Input.SenderName) is { } telling) ModelState.AddModelError("Input.SenderName", t["Wording.Fault.TellingWord", telling]);
        if (!ModelState.IsValid) return Page();

        db.Entry(practice).Property(p => p.Version).OriginalValue = Input.Version;
        practice.MoveTo(Input.Slug!);
        practice.Describe(Input.Name!.Trim(), Input.Tagline?.Trim() ?? "", Input.Address?.Trim() ?? "", Input.Phone?.Trim() ?? "", Input.SenderName!.Trim());
        practice.Place(Input.Country!, Input.TimeZone!, Input.Language!, Input.Currency!);
        practice.Decide(practice.Policy.With(p =>
        {
            (p.PromiseHours, p.OperatorReadsEnquiries, p.PublicFirstTalks) = (Input.PromiseHours!.Value, Input.OperatorReadsEnquiries, Input.PublicFirstTalks);
            (p.QuickExitUrl, p.JoinPattern) = (Input.QuickExitUrl!, string.IsNullOrWhiteSpace(Input.JoinPattern) ? null : Input.JoinPattern.Trim());
            (p.HoldMinutes, p.SecondThoughtsMinutes, p.OfferMinutes) = (Input.HoldMinutes!.Value, Input.SecondThoughtsMinutes!.Value, Input.OfferMinutes!.Value);
            (p.Unsettled, p.SettleAfterHours, p.ChargesStandAfterHours) = (Input.Unsettled!.Value, Input.SettleAfterHours!.Value, Input.ChargesStandAfterHours);
            (p.LookBackAfterSessions, p.RecordsKeptYears) = (Input.LookBackAfterSessions!.Value, Input.RecordsKeptYears!.Value);
            (p.MinimalTerms, p.AgreementWaitsDays) = (Input.MinimalTerms, Input.AgreementWaitsDays!.Value);
        }));
        if (!await SaveAsync(ct)) return Page();
        audit.Record("practice.settings-changed", "practice", practice.Id);
        Done = t["Saved"];
        return RedirectToPage();
    }

    /// <summary>Accounts and what was signed stay in their currency: another would split them.</summary>
    private async Task<bool> IsUsedAsync(CancellationToken ct) =>
        await db.Charges.AnyAsync(ct) || await db.Payments.AnyAsync(ct) || await db.Agreements.AnyAsync(a => a.State != AgreementState.Draft, ct);

    private async Task<bool> SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("Input.Name", t["Settings.ChangedMeanwhile"]);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            ModelState.AddModelError("Input.Slug", t["Settings.Slug.Taken"]);
        }
        return false;
    }

    private void Check(string field, bool holds, string otherwise)
    {
        if (!holds && ModelState.GetFieldValidationState($"Input.{field}") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
            ModelState.AddModelError($"Input.{field}", t[otherwise]);
    }
}
