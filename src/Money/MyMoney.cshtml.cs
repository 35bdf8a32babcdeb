using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>The client's own account: what is open and until when, invoices to keep, paying by card.</summary>
[Access(Role.Client)]
public sealed class MyMoneyModel(PracticeDb db, ReadMoney read, CardProvider card, TimeProvider clock, Words words, Audit audit) : PageModel
{
    /// <summary>The own account, then those of minors for whom the reader signs.</summary>
    public IReadOnlyList<MyAccount> Accounts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.OwnClient().Select(c => new { c.Id, c.CalledName }).SingleOrDefaultAsync(ct) is not { } own) return NotFound();
        var accounts = new List<MyAccount> { await AccountAsync(own.Id, null, ct) };
        foreach (var ward in await db.Wards().OrderBy(c => c.CreatedAt).Select(c => new { c.Id, c.CalledName }).ToListAsync(ct))
            accounts.Add(await AccountAsync(ward.Id, ward.CalledName, ct));
        Accounts = accounts;
        return Page();
    }

    /// <summary>Begins a payment by card; the amount is what the account says, not what a form says.</summary>
    /// <param name="of">Whose account.</param>
    /// <param name="next">Only what is due first.</param>
    public async Task<IActionResult> OnPostCardAsync(Guid of, string? currency, bool next, Guid formToken, CancellationToken ct)
    {
        if (!card.IsOn || !await db.AccountsAsClient().AnyAsync(c => c.Id == of, ct)) return NotFound();
        if (await db.CardAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.FormToken == formToken && a.ClientId == of, ct) is { } known) return RedirectToPage("Card", new { id = known.Id });
        var open = (await read.OpenAsync(of, ct)).Where(i => i.Currency == currency).ToList();
        if (open.Count == 0) return RedirectToPage();
        var amount = next ? open.Where(i => i.DueOn == open[0].DueOn).Sum(i => i.Amount) : open.Sum(i => i.Amount);
        var attempt = new CardAttempt(db.Current.PracticeId, of, db.Current.UserId, amount, open[0].Currency, clock.GetUtcNow().UtcDateTime, formToken == Guid.Empty ? Ids.New() : formToken);
        db.CardAttempts.Add(attempt);
        await db.SaveChangesAsync(ct);
        audit.Record("card-payment.begun", "card_attempt", attempt.Id, of);
        return RedirectToPage("Card", new { id = attempt.Id });
    }

    private async Task<MyAccount> AccountAsync(Guid clientId, string? ward, CancellationToken ct)
    {
        var (balances, open) = (await read.BalancesAsync(clientId, ct), await read.OpenAsync(clientId, ct));
        return new MyAccount(clientId, ward, balances, open, words.Today(),
            [.. (await read.PlansAsync(clientId, ct)).Where(p => open.Any(i => i.Currency == p.Currency))],
            [.. (await read.PackagesAsync(clientId, null, Languages.Current, ct)).Where(p => p.Holds)],
            await read.DocumentsAsync(db.ReadableDocuments().Where(d => d.ClientId == clientId), ct),
            await Money.Entries.OfAsync(db, clientId, named: null, forClient: true, ct), card.IsOn);
    }
}

/// <summary>An account as its owner, or a guardian, sees it.</summary>
/// <param name="Ward">How the minor is called; null for one's own.</param>
public sealed record MyAccount(
    Guid ClientId, string? Ward, IReadOnlyList<Balance> Balances, IReadOnlyList<OpenItem> Open, DateOnly Today, IReadOnlyList<PaymentPlan> Plans, IReadOnlyList<PackageView> Packages,
    IReadOnlyList<DocumentView> Documents, IReadOnlyList<Entry> Entries, bool TakesCards)
{
    /// <summary>What of a balance is due first.</summary>
    public OpenItem? First(Balance balance) => Open.Where(i => i.Currency == balance.Currency).GroupBy(i => i.DueOn).OrderBy(g => g.Key)
        .Select(g => new OpenItem(g.Key, g.Sum(i => i.Amount), balance.Currency)).FirstOrDefault();

    public bool IsEmpty => Balances.Count == 0 && Entries.Count == 0;
}
