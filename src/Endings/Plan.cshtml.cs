using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Endings;

/// <summary>The psychologist's side of an ending: what goes with it, the last step, the notice, the letter.</summary>
[Access(Role.Psychologist)]
public sealed class PlanModel(
    PracticeDb db, Vault vault, ShowEnding show, DecideEnding decide, Audit audit, Words words, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public DateOnly? Sooner { get; set; }
    [FromQuery] public string? Step { get; set; }
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        public bool Closing { get; set; }
        public Guid[] Contacts { get; set; } = [];
        [StringLength(4000)] public string? WorkedOn { get; set; }
    }

    public EndingView View { get; private set; } = null!;
    public Ending Ending { get; private set; } = null!;
    public Guid ClientId { get; private set; }
    public bool InDanger { get; private set; }
    public bool IsLast => Step == "last" && Ending.State == EndingState.Draft;
    public IReadOnlyList<ReferralContact> Directory { get; private set; } = [];
    private Engagement _engagement = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        await ShowAsync(ct);
        Input = new InputModel { Closing = Ending.ClosingOffered, Contacts = Ending.ContactIds, WorkedOn = View.WorkedOn };
        audit.Record("ending.read", "ending", id, ClientId);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || Ending.State != EndingState.Draft) return NotFound();
        ModelState.Remove("Sooner");
        if (!ModelState.IsValid)
        {
            await ShowAsync(ct);
            return Page();
        }

        var chosen = (await db.Directory().AsNoTracking().ToListAsync(ct)).FindAll(c => Input.Contacts.Contains(c.Id));
        Ending.Plan(await vault.KeyAsync(Ending.KeyId, ct), Input.Closing, Input.WorkedOn, chosen.ConvertAll(c => new Recommended(c.Name, c.Contact)), chosen.Select(c => c.Id));
        await db.SaveChangesAsync(ct);
        return LocalRedirect($"/endings/{id}?step=last");
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        var outcome = await decide.RunAsync(Ending, ct);
        if (outcome == DecideOutcome.TooEarly)
        {
            Done = "Decide.TooEarly";
            return LocalRedirect($"/endings/new?client={ClientId}&for={_engagement.Id}");
        }

        // The other side was quicker: theirs is the ending.
        var decided = await db.OwnEndings().Where(e => e.EngagementId == _engagement.Id && (e.State == EndingState.UnderNotice || e.State == EndingState.Ended)).Select(e => e.Id).SingleAsync(ct);
        Done = outcome == DecideOutcome.Done ? "Decide.Done" : decided == id ? null : "Decide.Already";
        return LocalRedirect($"/endings/{decided}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || Ending.State != EndingState.Draft) return NotFound();
        db.Endings.Remove(Ending);
        await db.SaveChangesAsync(ct);
        return LocalRedirect($"/clients/{ClientId}");
    }

    public async Task<IActionResult> OnPostCallOffAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || Ending.ByClient) return NotFound();
        if (await decide.CallOffAsync(Ending, ct)) Done = "CallOff.Done";
        return LocalRedirect($"/endings/{id}");
    }

    public async Task<IActionResult> OnPostSoonerAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        ModelState.Clear();
        if (Sooner is not { } day || await decide.BringForwardAsync(Ending, day, ct) == DecideOutcome.TooEarly)
        {
            ModelState.AddModelError("Sooner", t["Sooner.Range", Words.Date(Ending.LastDay)]);
            await ShowAsync(ct);
            return Page();
        }

        Done = "Sooner.Done";
        return LocalRedirect($"/endings/{id}");
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.OwnEndings().Include(e => e.Parties).SingleOrDefaultAsync(e => e.Id == id, ct) is not { } ending) return false;
        Ending = ending;
        _engagement = await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == ending.EngagementId, ct);
        ClientId = _engagement.Parties.Where(p => p.Role == PartyRole.Client).OrderBy(p => p.Id).Select(p => p.ClientId).First();
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        View = await show.RunAsync(_engagement, Ending, forClient: null, ct);
        InDanger = _engagement.IsOpen && await db.HasOpenFlagAsync(_engagement, ct);
        if (Ending.State == EndingState.Draft) Directory = await db.Directory().AsNoTracking().ToListAsync(ct);
        Sooner ??= words.Today();
    }
}
