using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>One person's account: what was charged by which clause, what was paid; payments are entered and invoices issued here.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class AccountModel(PracticeDb db, ReadMoney read, IssueDocuments issue, SellPackages packages, TimeProvider clock, Words words, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid ClientId { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public string Name { get; private set; } = "";
    public string Currency { get; private set; } = "";
    public IReadOnlyList<Entry> Entries { get; private set; } = [];
    public IReadOnlyList<Balance> Balances { get; private set; } = [];
    public IReadOnlyList<OpenItem> Open { get; private set; } = [];
    public IReadOnlyList<PaymentPlan> Plans { get; private set; } = [];
    public IReadOnlyList<PackageView> Packages { get; private set; } = [];
    public IReadOnlyList<DocumentView> Documents { get; private set; } = [];
    /// <summary>What stands and is on no invoice.</summary>
    public IReadOnlyList<(decimal Sum, string Currency)> NotInvoiced { get; private set; } = [];

    /// <summary>The reader works with this person.</summary>
    public bool IsOwn { get; private set; }

    public sealed class InputModel
    {
        [Required] public string Amount { get; set; } = "";
        [Required] public PaymentMethod? Method { get; set; }
        [Required] public DateOnly? PaidOn { get; set; }
        public Guid FormToken { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        var due = Balances.FirstOrDefault(b => b.Currency == Currency)?.Due ?? 0;
        Input = new InputModel
        {
            Amount = due > 0 ? due.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture) : "", Method = PaymentMethod.Cash,
            PaidOn = words.Today(), FormToken = Ids.New(),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostPayAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (!Amounts.TryRead(Input.Amount, Currency, out var amount) && ModelState.IsValid) ModelState.AddModelError("Input.Amount", t["Amount.Unclear"]);
        if (Input.Method is { } method && !Enum.IsDefined(method)) ModelState.AddModelError("Input.Method", t["Method.Unclear"]);
        if (Input.PaidOn is { } on && (on > words.Today() || on < words.Today().AddYears(-5))) ModelState.AddModelError("Input.PaidOn", t["PaidOn.Range"]);
        if (!ModelState.IsValid) return Page();

        // Noon of the day it was paid, where the reader is: a date, not an instant, was asked for.
        var paidAt = TimeZoneInfo.ConvertTimeToUtc(Input.PaidOn!.Value.ToDateTime(new TimeOnly(12, 0)), words.Zone);
        var now = clock.GetUtcNow().UtcDateTime;
        var payment = new Payment(db.Current.PracticeId, ClientId, amount, Currency, Input.Method!.Value, paidAt < now ? paidAt : now, db.Current.UserId,
            Input.FormToken == Guid.Empty ? Ids.New() : Input.FormToken, now);
        await AddAsync(payment, "payment.recorded", ct);
        return RedirectToPage(new { ClientId });
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid paymentId, CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        var payment = await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.Id == paymentId && p.ClientId == ClientId && p.TakesBack == null, ct);
        if (payment is null) return NotFound();
        await AddAsync(payment.TakeBack(db.Current.UserId, clock.GetUtcNow().UtcDateTime), "payment.taken-back", ct);
        return RedirectToPage(new { ClientId });
    }

    /// <summary>Puts everything that stands and is on no invoice on one; pressed twice it finds nothing more.</summary>
    public async Task<IActionResult> OnPostInvoiceAsync(CancellationToken ct)
    {
        if (!await db.ClientsWithAccounts().AnyAsync(c => c.Id == ClientId, ct)) return NotFound();
        var issued = await issue.InvoiceAsync(ClientId, db.EngagementsWithNamedCharges().Select(e => e.Id), null, ct);
        Done = issued.Count == 0 ? t["Invoice.Nothing"] : t["Invoice.Done", string.Join(", ", issued.Select(i => i.Number))];
        return RedirectToPage(new { ClientId });
    }

    /// <summary>The work ends, or the package does: what is left of it is given back.</summary>
    public async Task<IActionResult> OnPostEndPackageAsync(Guid packageId, PaymentMethod? back, CancellationToken ct)
    {
        var named = db.EngagementsWithNamedCharges();
        if (!await db.Packages.AnyAsync(p => p.Id == packageId && p.ClientId == ClientId && named.Any(e => e.Id == p.EngagementId), ct)) return NotFound();
        await packages.EndAsync(packageId, back is { } method && Enum.IsDefined(method) ? method : null, ct);
        return RedirectToPage(new { ClientId });
    }

    /// <summary>Extra work that was entered by mistake, or is not to be paid after all: it stays visible, crossed out.</summary>
    public async Task<IActionResult> OnPostTakeAwayAsync(Guid chargeId, CancellationToken ct)
    {
        var own = db.OwnEngagements();
        var charges = db.Charges.Where(c => c.Id == chargeId && c.ClientId == ClientId && c.ExtraKey != null && own.Any(e => e.Id == c.EngagementId));
        if (!await db.ClientsWithAccounts().AnyAsync(c => c.Id == ClientId, ct) || !await charges.AnyAsync(ct)) return NotFound();
        // Issuing an invoice locks it too.
        await db.Database.ExecuteSqlAsync($"select 1 from charges where practice_id = {db.Current.PracticeId} and id = {chargeId} for update", ct);
        if (await db.InvoicedCharges.AnyAsync(i => i.ChargeId == chargeId, ct))
        {
            Done = t["Extra.TakeAway.Invoiced"];
            return RedirectToPage(new { ClientId });
        }
        var charge = await charges.SingleAsync(ct);
        if (charge.State == ChargeState.Waived) return RedirectToPage(new { ClientId });
        charge.Waive(db.Current.UserId, clock.GetUtcNow().UtcDateTime, "other");
        await db.SaveChangesAsync(ct);
        audit.Record("charge.waived", "charge", charge.Id, ClientId);
        return RedirectToPage(new { ClientId });
    }

    private async Task AddAsync(Payment payment, string act, CancellationToken ct)
    {
        if (await db.Payments.AnyAsync(p => p.FormToken == payment.FormToken, ct)) return;
        db.Payments.Add(payment);
        try
        {
            await db.SaveChangesAsync(ct);
            audit.Record(act, "payment", payment.Id, ClientId);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same form twice: the first one counts.
            db.Entry(payment).State = EntityState.Detached;
            return;
        }
        if (payment.TakesBack is not { } first || await db.IssuedDocuments.AnyAsync(d => d.PaymentId == first, ct)) await issue.ReceiptAsync(payment, ct);
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var client = await db.ClientsWithAccounts().AsNoTracking().SingleOrDefaultAsync(c => c.Id == ClientId, ct);
        if (client is null) return false;
        Name = client.Name;
        Currency = await db.Practices.Select(p => p.Currency).SingleAsync(ct);
        IsOwn = await db.OwnEngagements().AnyAsync(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == ClientId && p.Role == PartyRole.Client), ct);
        var named = db.EngagementsWithNamedCharges().Select(e => e.Id);
        Entries = await Money.Entries.OfAsync(db, ClientId, named, forClient: false, ct);
        Balances = await read.BalancesAsync(ClientId, ct);
        Open = await read.OpenAsync(ClientId, ct);
        Plans = [.. (await read.PlansAsync(ClientId, ct)).Where(p => Balances.Any(b => b.Currency == p.Currency && b.Due > 0))];
        Packages = await read.PackagesAsync(ClientId, named, Languages.Current, ct);
        Documents = await read.DocumentsAsync(db.ReadableDocuments().Where(d => d.ClientId == ClientId), ct);
        NotInvoiced = [.. (await db.Charges.Where(c => c.ClientId == ClientId && c.State == ChargeState.Confirmed && c.PackageId == null && named.Contains(c.EngagementId)
                && !db.InvoicedCharges.Any(i => i.ChargeId == c.Id)).GroupBy(c => c.Currency).Select(g => new { g.Key, Sum = g.Sum(c => c.Amount) }).ToListAsync(ct))
            .Where(g => g.Sum > 0).Select(g => (g.Sum, g.Key))];
        return true;
    }
}
