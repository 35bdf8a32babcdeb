using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Invoices, credit notes and receipts by month; what was not invoiced of the months before is invoiced for all in one act.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class DocumentsModel(PracticeDb db, ReadMoney read, IssueDocuments issue, Audit audit, TimeProvider clock, Words words, IStringLocalizer<Texts> t) : PageModel
{
    /// <summary>2026-03; the present month when it is missing or senseless.</summary>
    [BindProperty(SupportsGet = true)] public string? Month { get; set; }
    [TempData] public string? Done { get; set; }
    public DateOnly First { get; private set; }
    public IReadOnlyList<DocumentView> Documents { get; private set; } = [];
    /// <summary>People with something of earlier months that is on no invoice.</summary>
    public int Waiting { get; private set; }
    public IReadOnlyList<CardEvent> Refused { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        First = MonthOf(Month, words.Today());
        var until = First.AddMonths(1);
        Documents = await read.DocumentsAsync(db.ReadableDocuments().Where(d => d.IssuedOn >= First && d.IssuedOn < until), ct);
        Waiting = await CountAsync(ct);
        if (db.Current.Is(Role.Admin)) Refused = await db.CardEvents.AsNoTracking().Where(e => e.Refused != null && e.SeenAt == null).OrderByDescending(e => e.ReceivedAt).ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostAllAsync(CancellationToken ct)
    {
        var count = await issue.InvoiceLastMonthAsync(db.ClientsWithAccounts(), db.EngagementsWithNamedCharges().Select(e => e.Id), ct);
        Done = count == 0 ? t["Invoice.Nothing"] : t.Plural("Invoices.Done", count);
        return RedirectToPage(new { Month = (string?)null });
    }

    /// <summary>A person has seen to what the card provider said and we could not take.</summary>
    public async Task<IActionResult> OnPostSeenAsync(Guid eventId, CancellationToken ct)
    {
        if (!db.Current.Is(Role.Admin) || await db.CardEvents.SingleOrDefaultAsync(e => e.Id == eventId && e.Refused != null, ct) is not { } refused) return NotFound();
        refused.See(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        audit.Record("card-event.seen", "card_event", refused.Id);
        return RedirectToPage(new { Month });
    }

    internal static DateOnly MonthOf(string? month, DateOnly today) =>
        DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && Math.Abs(first.Year - today.Year) <= 20
            ? first : new DateOnly(today.Year, today.Month, 1);

    private async Task<int> CountAsync(CancellationToken ct)
    {
        var start = TimeZoneInfo.ConvertTimeToUtc(new DateOnly(words.Today().Year, words.Today().Month, 1).ToDateTime(TimeOnly.MinValue), words.Zone);
        var (accounts, named) = (db.ClientsWithAccounts().Select(c => c.Id), db.EngagementsWithNamedCharges().Select(e => e.Id));
        return await db.Charges.Where(c => accounts.Contains(c.ClientId) && c.State == ChargeState.Confirmed && c.PackageId == null && c.Amount > 0 && c.DecidedAt < start
            && named.Contains(c.EngagementId) && !db.InvoicedCharges.Any(i => i.ChargeId == c.Id)).Select(c => c.ClientId).Distinct().CountAsync(ct);
    }
}
