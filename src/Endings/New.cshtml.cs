using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Endings;

/// <summary>The first step of the psychologist: why, and when. Nothing is final, nobody is told.</summary>
[Access(Role.Psychologist)]
public sealed class NewModel(PracticeDb db, Vault vault, EndingTerms terms, Audit audit, Words words, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Client { get; set; }
    /// <summary>The work, where there are several with this client.</summary>
    [FromQuery(Name = "for")] public Guid? For { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Reason.Missing"), StringLength(2000)] public string? Reason { get; set; }
        [Required(ErrorMessage = "LastDay.Missing")] public DateOnly? LastDay { get; set; }
        public bool Waive { get; set; }
    }

    public string Name { get; private set; } = "";
    public AgreedEnding Agreed { get; private set; } = AgreedEnding.None;
    public DateOnly Today { get; private set; }
    public DateOnly Earliest => Ending.Earliest(Today, Agreed.NoticeDays);
    public bool InDanger { get; private set; }
    public IReadOnlyList<(Guid Id, EngagementKind Kind)> Courses { get; private set; } = [];
    public Guid EngagementId => _engagement.Id;
    private Engagement _engagement = null!;
    private Ending? _draft;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } other) return other;
        Input = new InputModel { LastDay = _draft?.LastDay ?? Earliest, Waive = _draft?.NoticeWaived ?? false, Reason = _draft?.ReadReason(await vault.KeyAsync(_draft.KeyId, ct)) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } other) return other;
        if (Input.LastDay is { } day)
        {
            if (day < Today || day > Today.AddYears(2)) ModelState.AddModelError("Input.LastDay", t["LastDay.Range"]);
            else if (day < Earliest && !Input.Waive) ModelState.AddModelError("Input.LastDay", t["LastDay.Notice", Words.Date(Earliest)]);
        }

        if (!ModelState.IsValid) return Page();
        var key = await vault.KeyAsync(_engagement.KeyId, ct);
        var ending = _draft;
        if (ending is null)
        {
            // Two taps at once wait for each other here.
            await db.LockEngagementAsync(_engagement.Id, ct);
            ending = await db.OwnEndings().SingleOrDefaultAsync(e => e.EngagementId == _engagement.Id && e.State == EndingState.Draft, ct);
        }

        if (ending is null)
        {
            ending = new Ending(db.Current.PracticeId, _engagement.Id, _engagement.PsychologistId, key, null, Input.LastDay!.Value, clock.GetUtcNow().UtcDateTime);
            db.Endings.Add(ending);
            audit.Record("ending.begun", "ending", ending.Id, Client);
        }

        ending.Begin(key, Input.Reason, Input.LastDay!.Value, Input.Waive && Input.LastDay < Earliest, _draft?.ClosingOffered ?? Agreed.ClosingOffered);
        await db.SaveChangesAsync(ct);
        return LocalRedirect($"/endings/{ending.Id}");
    }

    private async Task<IActionResult?> FindAsync(CancellationToken ct)
    {
        if (Client is not { } client) return NotFound();
        var courses = await db.OwnEngagements().Include(e => e.Parties).Where(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == client && p.Role == PartyRole.Client))
            .OrderByDescending(e => e.StartedAt).ToListAsync(ct);
        if ((For is { } wanted ? courses.Find(e => e.Id == wanted) : courses.FirstOrDefault()) is not { } engagement) return NotFound();
        if (await db.OwnEndings().Where(e => e.EngagementId == engagement.Id && e.State == EndingState.UnderNotice).Select(e => (Guid?)e.Id).SingleOrDefaultAsync(ct) is { } decided)
            return LocalRedirect($"/endings/{decided}");
        (_engagement, Courses) = (engagement, courses.ConvertAll(e => (e.Id, e.Kind)));
        _draft = await db.OwnEndings().SingleOrDefaultAsync(e => e.EngagementId == engagement.Id && e.State == EndingState.Draft, ct);
        Agreed = await terms.OfAsync(engagement.Id, ct);
        Today = words.Today((await db.Practices.AsNoTracking().SingleAsync(ct)).Zone);
        Name = string.Join(", ", await db.Clients.Where(c => db.EngagementParties.Any(p => p.EngagementId == engagement.Id && p.ClientId == c.Id && p.Role == PartyRole.Client)).Select(c => c.Name).ToListAsync(ct));
        InDanger = await db.HasOpenFlagAsync(engagement, ct);
        return null;
    }
}
