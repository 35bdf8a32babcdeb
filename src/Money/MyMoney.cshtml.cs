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

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.OwnClient().Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct) is not { } clientId) return NotFound();
        Entries = await Money.Entries.OfAsync(db, clientId, named: null, forClient: true, ct);
        Balances = Balance.Of(
            await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId).ToListAsync(ct),
            await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId).ToListAsync(ct));
        return Page();
    }
}
