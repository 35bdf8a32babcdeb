using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Extra work from the price list of the agreement in force, or contact beyond the included minutes of a week. The sum is shown first, then charged.</summary>
[Access(Role.Psychologist)]
public sealed class ChargeExtraModel(PracticeDb db, TimeProvider clock, Words words, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid ClientId { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public string Name { get; private set; } = "";
    /// <summary>The work whose agreement holds.</summary>
    private Guid Engagement { get; set; }
    private (Guid Id, int Number, DateOnly Since)? InForce { get; set; }
    public Terms? Terms { get; private set; }
    public bool InDanger { get; private set; }
    /// <summary>What it costs, before it is charged.</summary>
    public ExtraCost? Cost { get; private set; }

    public int Version => InForce?.Number ?? 0;
    public Guid AgreementId => InForce?.Id ?? Guid.Empty;
    public bool HasPrices => Terms is { } terms && (terms.Scope.ExtraWork.Length > 0 || terms.Contact.PricePer15Minutes is not null);
    public bool AsksPieces => Terms is { } terms && terms.Scope.ExtraWork.Any(w => w.Per == PricedPer.Piece);
    public bool AsksMinutes => Terms is { } terms && (terms.Contact.PricePer15Minutes is not null || terms.Scope.ExtraWork.Any(w => w.Per != PricedPer.Piece));

    public sealed class InputModel
    {
        [Required] public string? Work { get; set; }
        [Range(1, ExtraWorkCost.MostPieces)] public int? Pieces { get; set; }
        [Range(1, ExtraWorkCost.MostMinutes)] public int? Minutes { get; set; }
        [Required] public DateOnly? On { get; set; }
        /// <summary>What was reckoned and shown: only that is charged.</summary>
        public string? Shown { get; set; }
        public Guid FormToken { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = new InputModel { Pieces = 1, On = words.Today(), FormToken = Ids.New() };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (InDanger || !HasPrices) return Page();
        var token = Input.FormToken == Guid.Empty ? Ids.New() : Input.FormToken;
        if (await db.Charges.AnyAsync(c => c.FormToken == token, ct)) return RedirectToPage("Account", new { ClientId });
        var cost = Reckon();
        var day = Input.On is { } on && Input.Work == ExtraWorkCost.Contact ? MondayOf(on) : Input.On;
        if (cost is { IsContact: true } && await db.Charges.AnyAsync(c => c.EngagementId == Engagement && c.ClientId == ClientId && c.ExtraKey == ExtraWorkCost.Contact && c.DoneOn == day && c.State != ChargeState.Waived, ct))
            ModelState.AddModelError("Input.On", t["Extra.Week.Charged"]);
        if (!ModelState.IsValid || cost is null) return Page();

        var sum = cost.Total.ToString(CultureInfo.InvariantCulture);
        if (cost.Total == 0 || Input.Shown != $"{cost.Key} {cost.Amount} {sum}")
        {
            ModelState.Remove("Input.Shown");
            (Cost, Input.Shown) = (cost, $"{cost.Key} {cost.Amount} {sum}");
            return Page();
        }
        var charge = Charge.Extra(db.Current.PracticeId, Engagement, ClientId, AgreementId, cost, day!.Value, db.Current.UserId, token, clock.GetUtcNow().UtcDateTime);
        db.Charges.Add(charge);
        try
        {
            await db.SaveChangesAsync(ct);
            audit.Record("charge.extra", "charge", charge.Id, ClientId);
            Done = t["Extra.Done", Words.Money(cost.Total, cost.Currency)];
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same form, or the same week, twice: the first one counts.
            db.Entry(charge).State = EntityState.Detached;
        }
        return RedirectToPage("Account", new { ClientId });
    }

    /// <summary>What was entered, by the terms; null with a message beside the field where it cannot be.</summary>
    private ExtraCost? Reckon()
    {
        if (Input.On is { } on)
        {
            if (on > words.Today()) ModelState.AddModelError("Input.On", t["Extra.On.Future"]);
            else if (on < InForce!.Value.Since) ModelState.AddModelError("Input.On", t["Extra.On.Before", Words.Date(InForce.Value.Since)]);
        }
        if (Input.Work is not { } key) return null;
        var per = key == ExtraWorkCost.Contact ? Terms!.Contact.PricePer15Minutes is null ? null : PricedPer.Started15Minutes
            : Terms!.Scope.ExtraWork.FirstOrDefault(w => w.Key == key)?.Per;
        if (per is null)
        {
            ModelState.AddModelError("Input.Work", t["Extra.Work.Unclear"]);
            return null;
        }
        var (field, amount) = per == PricedPer.Piece ? ("Input.Pieces", Input.Pieces) : ("Input.Minutes", Input.Minutes);
        if (amount is null && ModelState.GetFieldValidationState(field) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
            ModelState.AddModelError(field, t[per == PricedPer.Piece ? "Extra.Pieces.Missing" : "Extra.Minutes.Missing"]);
        return amount is { } n && n >= 1 && n <= ExtraWorkCost.Most(per.Value) ? ExtraWorkCost.Of(Terms, key, n) : null;
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var engagements = await db.OwnEngagements().Where(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == ClientId && p.Role == PartyRole.Client))
            .OrderByDescending(e => e.StartedAt).Select(e => e.Id).ToListAsync(ct);
        if (engagements.Count == 0) return false;
        Name = await db.Clients.Where(c => c.Id == ClientId).Select(c => c.Name).SingleAsync(ct);
        var agreements = await db.OwnAgreements().AsNoTracking().Where(a => engagements.Contains(a.EngagementId) && a.State == AgreementState.InForce)
            .Select(a => new { a.Id, a.EngagementId, a.Number, Since = a.InForceAt ?? a.CreatedAt, a.TermsJson }).ToListAsync(ct);
        Engagement = engagements.FirstOrDefault(e => agreements.Exists(a => a.EngagementId == e), engagements[0]);
        InDanger = await db.HasOpenFlagAsync(Engagement, ClientId, ct);
        if (agreements.Find(a => a.EngagementId == Engagement) is { } agreement)
        {
            InForce = (agreement.Id, agreement.Number, DateOnly.FromDateTime(words.Local(agreement.Since)));
            Terms = Terms.Parse(agreement.TermsJson);
        }
        return true;
    }
}
