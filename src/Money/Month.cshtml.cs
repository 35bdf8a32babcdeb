using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>One month of a client's account, for staff; also as a file.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class MonthModel(PracticeDb db, Audit audit, Words words, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid ClientId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Month { get; set; }
    public Statement Statement { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetFileAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        audit.Record("statement.copied", "client", ClientId, ClientId);
        return new StatementPdf(Statement, clock.GetUtcNow().UtcDateTime);
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.ClientsWithAccounts().AsNoTracking().SingleOrDefaultAsync(c => c.Id == ClientId, ct) is not { } client) return false;
        Statement = await Statement.OfAsync(db, client, Statement.MonthOf(Month, words.Today()), db.EngagementsWithNamedCharges().Select(e => e.Id), ct);
        return true;
    }
}

/// <summary>One month of the client's own account or a ward's; also as a file.</summary>
[Access(Role.Client)]
public sealed class MyMonthModel(PracticeDb db, Audit audit, Words words, TimeProvider clock) : PageModel
{
    /// <summary>A ward; oneself when it is missing.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Of { get; set; }
    [BindProperty(SupportsGet = true)] public string? Month { get; set; }
    public Statement Statement { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync(ct) is null ? NotFound() : Page();

    public async Task<IActionResult> OnGetFileAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } client) return NotFound();
        audit.Record("statement.copied", "client", client, client);
        return new StatementPdf(Statement, clock.GetUtcNow().UtcDateTime);
    }

    private async Task<Guid?> FindAsync(CancellationToken ct)
    {
        var accounts = Of is { } of ? db.AccountsAsClient().Where(c => c.Id == of) : Engagements.EngagementAccess.OwnClient(db);
        if (await accounts.AsNoTracking().SingleOrDefaultAsync(ct) is not { } client) return null;
        Statement = await Statement.OfAsync(db, client, Statement.MonthOf(Month, words.Today()), named: null, ct);
        return client.Id;
    }
}
