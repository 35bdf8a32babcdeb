using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>Names who signs for a minor: they are invited and see the agreement, times and money, not the words of the work.</summary>
[Access(Role.Psychologist)]
public sealed class GuardianModel(PracticeDb db, Vault vault, Invite invite, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        public DateOnly? BornOn { get; set; }
        [Required, StringLength(120)] public string? Name { get; set; }
        [Required, StringLength(60)] public string? Relation { get; set; }
        [Required, EmailAddress, StringLength(254)] public string? Email { get; set; }
        [Required] public string? Language { get; set; }
    }

    public sealed record Named(string Name, string? Relation, bool HasAccount);

    public Client Client { get; private set; } = null!;
    public IReadOnlyList<Named> Guardians { get; private set; } = [];
    public ConsentAge Rule { get; private set; } = null!;
    private Engagement Engagement { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = new() { BornOn = Client.BornOn, Language = Client.Language };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (Input.BornOn is { } born && (born.Year < 1900 || born > DateOnly.FromDateTime(Now))) ModelState.AddModelError("Input.BornOn", t["Prepare.Born.Unclear"]);
        if (!Languages.IsSupported(Input.Language)) ModelState.AddModelError("Input.Language", t["Prepare.Language.Choose"]);
        if (string.Equals(Input.Email?.Trim(), Client.Email, StringComparison.OrdinalIgnoreCase)) ModelState.AddModelError("Input.Email", t["Guardian.Email.TheirOwn"]);
        if (!ModelState.IsValid) return Page();

        if (Input.BornOn is { } bornOn) Client.Born(bornOn);
        var email = Input.Email!.Trim();
        var literal = email.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
        // Whoever is in the practice's records already stays one person.
        var known = await db.Clients.FirstOrDefaultAsync(c => c.Email != null && EF.Functions.ILike(c.Email, literal), ct);
        var guardian = known ?? await AddAsync(email, ct);
        Engagement.Join(guardian.Id, PartyRole.Guardian, Input.Relation!.Trim());
        if (guardian.UserId is null && !await db.Invitations.AnyAsync(i => i.ClientId == guardian.Id && i.AcceptedAt == null && i.ExpiresAt > Now, ct)) invite.Client(guardian);
        audit.Record("guardian.named", "client", Id, Id);
        await db.SaveChangesAsync(ct);
        Done = guardian.Name;
        return RedirectToPage(new { Id });
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<Client> AddAsync(string email, CancellationToken ct)
    {
        var key = await vault.NewKeyAsync(ct);
        var name = Input.Name!.Trim();
        var guardian = new Client(db.Current.PracticeId, name, name.Split(' ')[0], email, null, new ContactRules { Mail = true }, Input.Language!, Client.TimeZone, Client.Country, key.OwnerId, Now);
        db.Clients.Add(guardian);
        return guardian;
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var engagement = await db.OwnEngagements().Include(e => e.Parties).Where(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == Id && p.Role == PartyRole.Client))
            .OrderByDescending(e => e.StartedAt).FirstOrDefaultAsync(ct);
        if (engagement is null) return false;
        Engagement = engagement;
        Client = await db.Clients.SingleAsync(c => c.Id == Id, ct);
        Rule = ConsentAge.In(await db.Practices.Select(p => p.Country).SingleAsync(ct));
        Guardians = await db.EngagementParties.Where(p => p.EngagementId == engagement.Id && p.Role == PartyRole.Guardian)
            .Join(db.Clients, p => p.ClientId, c => c.Id, (p, c) => new Named(c.Name, p.Relation, c.UserId != null)).ToListAsync(ct);
        return true;
    }
}
