using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Somebody pays what is open later, or in parts: agreed with one tap, and reminders follow the new dates.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class PlanModel(PracticeDb db, ReadMoney read, TellOfMoney tell, TimeProvider clock, Words words, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    private const int UsualDays = 30, FurthestDays = 730;

    [BindProperty(SupportsGet = true)] public Guid ClientId { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    public string Name { get; private set; } = "";
    public IReadOnlyList<Balance> Owed { get; private set; } = [];
    public IReadOnlyList<PaymentPlan> Plans { get; private set; } = [];

    public sealed class InputModel
    {
        [Required] public DateOnly? First { get; set; }
        [Required, Range(1, PaymentPlan.MostParts)] public int? Parts { get; set; }
        public string? Currency { get; set; }
        public Guid FormToken { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = new InputModel { First = words.Today().AddDays(UsualDays), Parts = 1, Currency = Owed.Count > 0 ? Owed[0].Currency : null, FormToken = Ids.New() };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (Input.First is { } first && (first <= words.Today() || first > words.Today().AddDays(FurthestDays))) ModelState.AddModelError("Input.First", t["Plan.First.Range"]);
        var owed = Owed.FirstOrDefault(b => b.Currency == Input.Currency) ?? (Owed.Count > 0 ? Owed[0] : null);
        if (ModelState.IsValid && owed is null) ModelState.AddModelError("Input.Parts", t["Plan.NothingOpen"]);
        // A part is at least one of the currency.
        if (ModelState.IsValid && owed!.Due < Input.Parts!.Value) ModelState.AddModelError("Input.Parts", t["Plan.TooMany"]);
        if (!ModelState.IsValid) return Page();
        var (now, token) = (clock.GetUtcNow().UtcDateTime, Input.FormToken == Guid.Empty ? Ids.New() : Input.FormToken);
        await LockAsync(ct);
        if (await db.PaymentPlans.AnyAsync(p => p.FormToken == token, ct)) return RedirectToPage("Account", new { ClientId });
        foreach (var old in await db.PaymentPlans.Where(p => p.ClientId == ClientId && p.Currency == owed!.Currency && p.EndedAt == null).ToListAsync(ct)) old.End(now);
        // First the old one ends: only one stands at a time.
        await db.SaveChangesAsync(ct);
        var plan = new PaymentPlan(db.Current.PracticeId, ClientId, owed!.Due, owed.Currency, PaymentPlan.Monthly(Input.First!.Value, Input.Parts!.Value), db.Current.UserId, now, token);
        db.PaymentPlans.Add(plan);
        await db.SaveChangesAsync(ct);
        await tell.AgreedAsync(await db.Clients.AsNoTracking().SingleAsync(c => c.Id == ClientId, ct), ct);
        audit.Record("payment-plan.agreed", "payment_plan", plan.Id, ClientId);
        return RedirectToPage("Account", new { ClientId });
    }

    /// <summary>It does not hold any more: the first dates do.</summary>
    public async Task<IActionResult> OnPostEndAsync(Guid planId, CancellationToken ct)
    {
        if (!await FindAsync(ct) || await db.PaymentPlans.SingleOrDefaultAsync(p => p.Id == planId && p.ClientId == ClientId, ct) is not { } plan) return NotFound();
        if (plan.EndedAt is null) audit.Record("payment-plan.ended", "payment_plan", plan.Id, ClientId);
        plan.End(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        return RedirectToPage("Account", new { ClientId });
    }

    private Task<int> LockAsync(CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"plan:{ClientId}"}, 0))", ct);

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.ClientsWithAccounts().AsNoTracking().Where(c => c.Id == ClientId).Select(c => c.Name).SingleOrDefaultAsync(ct) is not { } name) return false;
        Name = name;
        Owed = [.. (await read.BalancesAsync(ClientId, ct)).Where(b => b.Due > 0)];
        Plans = await read.PlansAsync(ClientId, ct);
        return true;
    }
}
