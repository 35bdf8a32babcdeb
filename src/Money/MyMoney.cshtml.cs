using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>The client's own account.</summary>
[Access(Role.Client)]
public sealed class MyMoneyModel(PracticeDb db) : PageModel
{
    public IReadOnlyList<Entry> Entries { get; private set; } = [];
    public IReadOnlyList<Balance> Balances { get; private set; } = [];
    /// <summary>The accounts of minors for whom the reader signs.</summary>
    public IReadOnlyList<Ward> Wards { get; private set; } = [];

    public sealed record Ward(string Name, IReadOnlyList<Entry> Entries, IReadOnlyList<Balance> Balances);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.OwnClient().Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct) is not { } clientId) return NotFound();
        (Entries, Balances) = await AccountAsync(clientId, ct);
        var wards = new List<Ward>();
        foreach (var ward in await db.Wards().OrderBy(c => c.CreatedAt).Select(c => new { c.Id, c.CalledName }).ToListAsync(ct))
        {
            var (entries, balances) = await AccountAsync(ward.Id, ct);
            wards.Add(new Ward(ward.CalledName, entries, balances));
        }

        Wards = wards;
        return Page();
    }

    private async Task<(IReadOnlyList<Entry>, IReadOnlyList<Balance>)> AccountAsync(Guid clientId, CancellationToken ct) => (
        await Money.Entries.OfAsync(db, clientId, named: null, forClient: true, ct),
        Balance.Of(
            await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId).ToListAsync(ct),
            await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId).ToListAsync(ct)));
}
