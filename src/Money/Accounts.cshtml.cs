using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Everybody's balance, who owes longest first.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class AccountsModel(PracticeDb db, ReadMoney read, Words words) : PageModel
{
    /// <param name="OldestDue">The first day by which something of it was or is to be paid.</param>
    public sealed record Line(Guid ClientId, string Name, Balance Balance, DateTime? LastPaid, int Proposed, DateOnly? OldestDue);

    public IReadOnlyList<Line> Owing { get; private set; } = [];
    public IReadOnlyList<Line> Kept { get; private set; } = [];
    public IReadOnlyList<Ageing> Ages { get; private set; } = [];
    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var clients = db.ClientsWithAccounts();
        var names = await clients.Where(c => db.Charges.Any(x => x.ClientId == c.Id) || db.Payments.Any(x => x.ClientId == c.Id))
            .ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var charges = (await db.Charges.AsNoTracking().Where(c => clients.Any(x => x.Id == c.ClientId)).ToListAsync(ct)).ToLookup(c => c.ClientId);
        var payments = (await db.Payments.AsNoTracking().Where(p => clients.Any(x => x.Id == p.ClientId)).ToListAsync(ct)).ToLookup(p => p.ClientId);
        var open = await read.OpenAsync(clients.Select(c => c.Id), ct);
        Today = words.Today();
        Ages = Ageing.Of(open.SelectMany(g => g), Today);
        var lines = names.SelectMany(client => Balance.Of(charges[client.Key], payments[client.Key]).Select(balance => new Line(
            client.Key, client.Value, balance, payments[client.Key].Where(p => p.Amount > 0).Max(p => (DateTime?)p.PaidAt),
            charges[client.Key].Count(c => c.State == ChargeState.Proposed), open[client.Key].Where(i => i.Currency == balance.Currency).Min(i => (DateOnly?)i.DueOn)))).ToList();
        Owing = [.. lines.Where(l => l.Balance.Due > 0).OrderBy(l => l.OldestDue).ThenBy(l => l.Name, StringComparer.CurrentCulture)];
        Kept = [.. lines.Where(l => l.Balance.Due < 0).OrderBy(l => l.Name, StringComparer.CurrentCulture)];
    }
}
