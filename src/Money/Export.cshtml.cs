using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Every invoice, credit note and payment of a period, for the accountant's spreadsheet.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class ExportModel(PracticeDb db, Audit audit, Words words, IStringLocalizer<Texts> t) : PageModel
{
    private const int LongestDays = 3 * 366;

    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }

    public void OnGet()
    {
        var first = new DateOnly(words.Today().Year, words.Today().Month, 1);
        (From, Until) = (From ?? first.AddMonths(-1), Until ?? first.AddDays(-1));
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken ct)
    {
        if (From is null) ModelState.AddModelError("From", t["Export.Day"]);
        if (Until is not { } until) ModelState.AddModelError("Until", t["Export.Day"]);
        else if (From is { } start && (until < start || until.DayNumber - start.DayNumber > LongestDays)) ModelState.AddModelError("Until", t["Export.Range"]);
        if (!ModelState.IsValid) return Page();
        var (from, to) = (From!.Value, Until!.Value);
        var documents = await db.ReadableDocuments().AsNoTracking().Where(d => d.Kind != DocumentKind.Receipt && d.IssuedOn >= from && d.IssuedOn <= to)
            .OrderBy(d => d.IssuedOn).ThenBy(d => d.Kind).ThenBy(d => d.Serial).ToListAsync(ct);
        var (starts, ends) = (Utc(from), Utc(to.AddDays(1)));
        var clients = db.ClientsWithAccounts();
        var payments = await (from p in db.Payments.AsNoTracking() join c in clients on p.ClientId equals c.Id where p.PaidAt >= starts && p.PaidAt < ends orderby p.PaidAt select new { Payment = p, c.Name }).ToListAsync(ct);
        var ids = payments.ConvertAll(p => p.Payment.Id);
        var receipts = await db.IssuedDocuments.AsNoTracking().Where(d => d.PaymentId != null && ids.Contains(d.PaymentId.Value)).ToDictionaryAsync(d => d.PaymentId!.Value, d => d.Number, ct);
        var rows = documents.Select(d => (d.IssuedOn, Row: Of(d)))
            .Concat(payments.Select(p => (On: DateOnly.FromDateTime(words.Local(p.Payment.PaidAt)), Row: Of(p.Payment, p.Name, receipts.GetValueOrDefault(p.Payment.Id, "")))))
            .OrderBy(r => r.Item1).Select(r => r.Row);
        audit.Record("money.exported", "practice", db.Current.PracticeId, why: $"{from:yyyy-MM-dd}–{to:yyyy-MM-dd}");
        return File(Csv.Write([t["Csv.Kind"], t["Csv.Number"], t["Csv.Day"], t["Csv.DueOn"], t["Csv.Client"], t["Csv.Amount"], t["Csv.Currency"], t["Csv.Method"], t["Csv.Corrects"]], rows),
            "text/csv; charset=utf-8", $"{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv");
    }

    private IReadOnlyList<string> Of(IssuedDocument d)
    {
        var content = d.Content;
        return [t[$"Document.{d.Kind}"], d.Number, Day(d.IssuedOn), d.DueOn is { } due ? Day(due) : "", content.Client, Number(d.Total), d.Currency, "", content.CorrectsNumber ?? ""];
    }

    private IReadOnlyList<string> Of(Payment p, string client, string receipt) =>
        [t[p.TakesBack is null ? p.Amount < 0 ? "Paid.Back" : "Csv.Payment" : "Paid.TakenBack"], receipt, Day(DateOnly.FromDateTime(words.Local(p.PaidAt))), "", client, Number(p.Amount), p.Currency, t[$"Method.{p.Method}"], ""];

    // Some clocks skip midnight.
    private DateTime Utc(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(words.Zone.IsInvalidTime(local) ? local.AddHours(1) : local, words.Zone);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static string Number(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
