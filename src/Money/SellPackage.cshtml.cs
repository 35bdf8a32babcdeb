using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Several sessions of one kind, sold together.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class SellPackageModel(PracticeDb db, SellPackages packages, IStringLocalizer<Texts> t) : PageModel
{
    private const int UsualSessions = 10;

    [BindProperty(SupportsGet = true)] public Guid ClientId { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    public string Name { get; private set; } = "";
    public string Currency { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];
    private Guid? Engagement { get; set; }
    /// <summary>There is work that goes on, and a kind to sell.</summary>
    public bool MaySell => Engagement is not null && Kinds.Count > 0;

    public sealed class InputModel
    {
        [Required] public Guid? Kind { get; set; }
        [Required, Range(2, Package.MostSessions)] public int? Sessions { get; set; }
        [Required] public string? Price { get; set; }
        public Guid FormToken { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = new InputModel { Kind = Kinds.Count > 0 ? Guid.Parse(Kinds[0].Value) : null, Sessions = UsualSessions, FormToken = Ids.New() };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (Input.Kind is { } kind && !Kinds.Any(k => k.Value == kind.ToString())) ModelState.AddModelError("Input.Kind", t["Package.Kind.Unclear"]);
        decimal price = 0;
        if (Input.Price is not null && !Amounts.TryRead(Input.Price, Currency, out price)) ModelState.AddModelError("Input.Price", t["Amount.Unclear"]);
        if (!MaySell) ModelState.AddModelError("Input.Kind", t["Package.NoWork"]);
        if (!ModelState.IsValid) return Page();
        var token = Input.FormToken == Guid.Empty ? Ids.New() : Input.FormToken;
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"package:{ClientId}"}, 0))", ct);
        if (!await db.Packages.AnyAsync(p => p.FormToken == token, ct))
            await packages.SellAsync(ClientId, Engagement!.Value, Input.Kind!.Value, Input.Sessions!.Value, price, Currency, token, ct);
        return RedirectToPage("Account", new { ClientId });
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.ClientsWithAccounts().AsNoTracking().Where(c => c.Id == ClientId).Select(c => c.Name).SingleOrDefaultAsync(ct) is not { } name) return false;
        Name = name;
        Currency = await db.Practices.Select(p => p.Currency).SingleAsync(ct);
        Engagement = await db.EngagementsWithNamedCharges().Where(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == ClientId && p.Role == PartyRole.Client))
            .OrderByDescending(e => e.StartedAt).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(ct);
        Kinds = [.. (await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.Price > 0 && k.Currency == Currency).OrderBy(k => k.Position).ToListAsync(ct))
            .Select(k => new SelectListItem($"{k.Name.In(Languages.Current)}, {Words.Money(k.Price, k.Currency)}", k.Id.ToString()))];
        return true;
    }
}
