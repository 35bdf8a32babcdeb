using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>The psychologist's workspace: said and heard, worded, working.</summary>
[Access(Role.Psychologist, Role.Supervisor)]
public sealed partial class WorkspaceModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock, WriteComplaint write,
    IStringLocalizer<Texts> t, IStringLocalizer<PracticeApp.Practices.Texts> themes) : PageModel
{
    [BindProperty] public HearModel Hear { get; set; } = new();
    [BindProperty] public OfferModel Offer { get; set; } = new();
    [BindProperty] public DescribeModel Describe { get; set; } = new();
    [BindProperty] public StepModel[] Plan { get; set; } = [];
    [BindProperty] public string?[] Levels { get; set; } = [];
    [BindProperty] public EndModel End { get; set; } = new();
    [BindProperty] public BackModel Back { get; set; } = new();
    [BindProperty] public AgainModel Again { get; set; } = new();
    /// <summary>What the coach makes of a wording that is being tried.</summary>
    public Assessed? Look { get; private set; }
    [BindProperty] public ComplaintInput Complain { get; set; } = new();
    [BindProperty] public AsideInput Aside { get; set; } = new();
    /// <summary>Null where the request cannot be set aside now.</summary>
    public LeftAside? LeftAside { get; private set; }
    /// <summary>The clients who take part, by name.</summary>
    public IReadOnlyList<(Guid ClientId, string Name)> Parties { get; private set; } = [];
    /// <summary>Where several clients take part: their joint request, if there is one, and who said yes to it.</summary>
    public JointView? Joint { get; private set; }
    public Guid EngagementId => _engagement.Id;
    public WorkspaceView Shown { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> ThemeItems { get; private set; } = [];
    public string? Theme { get; private set; }
    private ClientRequest _request = null!;
    private Engagement _engagement = null!;
    private DataKey _key = null!;
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="Other">The joint request that is open beside this one.</param>
    public sealed record JointView(bool IsThis, Guid? Other, IReadOnlyList<(string Name, bool Yes)> Said);

    /// <summary>Whose words, where several take part.</summary>
    public string NameOf(Guid? clientId) => Parties.Count > 1 && Parties.FirstOrDefault(p => p.ClientId == clientId).Name is { } name ? name + " · " : "";

    public sealed class HearModel
    {
        [StringLength(10_000)] public string? Text { get; set; }
        public string[] Tags { get; set; } = [];
    }

    public sealed class OfferModel : WordsInput
    {
        [StringLength(500)] public string? Why { get; set; }
        public bool Consultative { get; set; }
    }

    public sealed class DescribeModel
    {
        [StringLength(120)] public string? Title { get; set; }
        [StringLength(2000)] public string? Professional { get; set; }
        public Guid? ThemeId { get; set; }
        [StringLength(2000)] public string? HowNoticed { get; set; }
        public DateOnly? ByWhen { get; set; }
        [StringLength(2000)] public string? FirstStep { get; set; }
    }

    public sealed class StepModel
    {
        [StringLength(500)] public string? What { get; set; }
        public StepBy By { get; set; }
        [StringLength(1000)] public string? Happened { get; set; }
        public bool Done { get; set; }
    }

    public sealed class EndModel
    {
        [Required] public RequestState? How { get; set; }
        [StringLength(2000)] public string? Words { get; set; }
        [Range(-2, 2)] public int? Level { get; set; }
    }

    public sealed class BackModel
    {
        [Required] public WorkChoice? Choice { get; set; }
        [StringLength(2000)] public string? Why { get; set; }
    }

    public sealed class AgainModel
    {
        [Required(ErrorMessage = "Reopen.Why.Required"), StringLength(2000)] public string? Why { get; set; }
    }

    /// <summary>Something in this form was not taken; it stands open with what was typed.</summary>
    public bool Refused(string prefix) => ModelState.Any(m => m.Key.StartsWith(prefix, StringComparison.Ordinal) && m.Value!.Errors.Count > 0);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, own: false, ct)) return NotFound();
        await ShowAsync(ct);
        audit.Record("request.read", "request", _request.Id, _request.ClientId);
        return Page();
    }

    public Task<IActionResult> OnPostHearAsync(Guid id, CancellationToken ct) => ActAsync(id, "Hear.", "hearing.written", async () =>
    {
        var hearing = await db.Hearings.SingleOrDefaultAsync(h => h.EngagementId == _engagement.Id && h.AuthorId == db.Current.UserId, ct);
        if (hearing is null) db.Add(hearing = new Hearing(_engagement.PracticeId, _engagement.Id, db.Current.UserId, _key, Now));
        hearing.Write(_key, Hear.Text ?? "", Hear.Tags, Now);
        return null;
    }, ct);

    public Task<IActionResult> OnPostOfferAsync(Guid id, CancellationToken ct) => ActAsync(id, "Offer.", "request.wording-offered", () =>
    {
        if (Offer.Words.Length == 0) return Refuse("Offer.Text", "Offer.Required");
        // Once is free; after that the page asks why, because the work is the client's.
        if (_request.Offers > 0 && string.IsNullOrWhiteSpace(Offer.Why)) return Refuse("Offer.Why", "Offer.Why.Required");
        if (_request.Current?.Read(_key) == Offer.Words) return Nothing;
        var review = FormulationCoach.Review(Offer.Words, Languages.Current, new CoachAnswers(WrittenIn: Offer.Language));
        var formulation = _request.Word(_key, Offer.Words, Offer.Language ?? review.Language ?? Languages.Current,
            Offer.Consultative ? WordedBy.ConsultativeTask : WordedBy.OfferedByPsychologist, db.Current.UserId, Now, Offer.Why);
        db.Add(new FormulationReview(formulation, review));
        return Nothing;
    }, ct);

    /// <summary>Looks at a wording while it is typed, or when the button asks; keeps nothing.</summary>
    public async Task<IActionResult> OnPostLookAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, own: true, ct)) return NotFound();
        ModelState.Clear();
        if (Offer.Words.Length > 0 && !await db.HasOpenFlagAsync(_engagement, ct)) Look = Assessed.Of(Offer.Words, Languages.Current, new CoachAnswers(WrittenIn: Offer.Language));
        if (Request.Headers.XRequestedWith == "fetch") return Look is null ? Content("") : Partial("_Assessed", Look);
        await ShowAsync(ct, keep: "Offer.");
        return Page();
    }

    public Task<IActionResult> OnPostDescribeAsync(Guid id, CancellationToken ct) => ActAsync(id, "Describe.", "request.described", async () =>
    {
        if (Describe.ThemeId is { } theme && !await db.Themes.AnyAsync(x => x.Id == theme, ct)) return ("Describe.ThemeId", t["Theme.Unknown"].Value);
        _request.Describe(_key, Describe.Title, Describe.Professional, Describe.ThemeId);
        _request.Aim(_key, Describe.HowNoticed, Describe.ByWhen, Describe.FirstStep);
        return null;
    }, ct);

    public Task<IActionResult> OnPostPlanAsync(Guid id, CancellationToken ct) => ActAsync(id, "Plan", "request.planned", () =>
    {
        for (var i = 0; i < Math.Min(Plan.Length, ClientRequest.StepCount); i++)
        {
            var step = _request.Step(i + 1);
            step.Plan(_key, Plan[i].What, Plan[i].By);
            step.Tell(_key, Plan[i].Happened, Plan[i].Done, Now);
        }
        return Nothing;
    }, ct);

    public Task<IActionResult> OnPostLevelsAsync(Guid id, CancellationToken ct) => ActAsync(id, "Levels", "request.levels", () =>
    {
        if (Array.FindIndex(Levels, l => l?.Length > 500) is >= 0 and var tooLong) return Refuse($"Levels[{tooLong}]", "Levels.Long");
        _request.DescribeLevels(_key, [.. Levels.Concat(Enumerable.Repeat<string?>("", ClientRequest.LevelCount)).Take(ClientRequest.LevelCount).Select(l => l ?? "")]);
        return Nothing;
    }, ct);

    public Task<IActionResult> OnPostAcceptAsync(Guid id, CancellationToken ct) => ActAsync(id, "Accept.", "request.accepted", async () =>
        await (_request.Accept(_key, byClient: false, db.Current.UserId, Now, await db.CompetenceAsync(db.Current.UserId, _request.ThemeId, ct)) switch
        {
            RequestOutcome.Done or RequestOutcome.NotInThisState => Nothing,
            RequestOutcome.NeedsHowNoticed => Refuse("Describe.HowNoticed", "Accept.NeedsHowNoticed"),
            RequestOutcome.NeedsTheme => Refuse("Describe.ThemeId", "Accept.NeedsTheme"),
            RequestOutcome.NeedsCompetence => AskHowTaken(thenAccept: true),
            _ => Refuse("Offer.Text", "Accept.NeedsFormulation"),
        }), ct);

    public Task<IActionResult> OnPostStartAsync(Guid id, CancellationToken ct) => ActAsync(id, "Start.", "request.started", async () =>
        _request.StartWorking(_key, db.Current.UserId, Now, await db.CompetenceAsync(db.Current.UserId, _request.ThemeId, ct)) == RequestOutcome.NeedsCompetence
            ? await AskHowTaken(thenAccept: false) : null, ct);

    public Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct) => ActAsync(id, "End.", "request.ended", () =>
    {
        if (End.How is not { } how || how is not (RequestState.Reached or RequestState.Reshaped or RequestState.Closed)) return Refuse("End.How", "End.Choose");
        if (how == RequestState.Reshaped && !string.IsNullOrWhiteSpace(End.Words)) return Reshape(End.Words);
        var outcome = _request.End(_key, how, how == RequestState.Reached ? End.Words : null, End.Level, how == RequestState.Reached ? null : End.Words, db.Current.UserId, Now);
        if (outcome == RequestOutcome.NeedsReason) return Refuse("End.Words", how == RequestState.Reached ? "End.Result.Required" : "End.Why.Required");
        if (outcome == RequestOutcome.NotInThisState) return Refuse("End.How", "End.NotNow");
        return Nothing;
    }, ct);

    /// <summary>Begins a further request beside this one, to be weighed against it.</summary>
    public async Task<IActionResult> OnPostAnotherAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, own: true, ct)) return NotFound();
        // Two taps at once wait for each other here, so that there are never more than may be weighed.
        await db.Database.ExecuteSqlAsync($"select 1 from engagements where id = {_engagement.Id} for update", ct);
        var open = await db.ClientRequests.Where(r => r.EngagementId == _engagement.Id && r.ClientId == _request.ClientId && r.ClosedAt == null)
            .Select(r => new { r.Id, Empty = r.Formulations.Count == 0 }).ToListAsync(ct);
        var empty = open.Find(r => r.Empty && r.Id != id);
        if (empty is not null) return RedirectToPage(new { id = empty.Id });
        if (!_request.IsOpen || open.Count >= Candidates.AtMost) return RedirectToPage("/Requests/Choose", new { engagement = _engagement.Id });
        var another = new ClientRequest(_request.PracticeId, _engagement.Id, _request.ClientId, _request.KeyId, Now);
        db.ClientRequests.Add(another);
        audit.Record("request.opened", "request", another.Id, another.ClientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id = another.Id });
    }

    public async Task<IActionResult> OnPostReopenAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, own: true, ct)) return NotFound();
        foreach (var other in ModelState.Keys.Where(k => !k.StartsWith("Again.", StringComparison.Ordinal)).ToList()) ModelState.Remove(other);
        await db.Database.ExecuteSqlAsync($"select 1 from engagements where id = {_engagement.Id} for update", ct);
        if (_request.IsOpen) return RedirectToPage(new { id });
        var next = await db.ClientRequests.Where(r => r.FollowsId == id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        if (next is null && !ModelState.IsValid)
        {
            await ShowAsync(ct);
            return Page();
        }
        if (next is null)
        {
            var again = _request.Reopen(_key, Again.Why!, db.Current.UserId, Now);
            db.ClientRequests.Add(again);
            audit.Record("request.reopened", "request", again.Id, again.ClientId);
            await db.SaveChangesAsync(ct);
            next = again.Id;
        }
        return RedirectToPage(new { id = next });
    }

    public Task<IActionResult> OnPostLookBackAsync(Guid id, CancellationToken ct) => ActAsync(id, "Back.", "request.looked-back", () =>
    {
        if (Back.Choice is not { } choice || !Enum.IsDefined(choice)) return Refuse("Back.Choice", "LookBack.Choose");
        if (choice == WorkChoice.Reshape && string.IsNullOrWhiteSpace(Back.Why)) return Refuse("Back.Why", "LookBack.Why.Required");
        return _request.LookBack(_key, choice, Back.Why, byClient: false, db.Current.UserId, Now) switch
        {
            RequestOutcome.NeedsReason => Refuse("Back.Why", "LookBack.Why.Required"),
            _ when choice == WorkChoice.Reshape => Reshape(Back.Why),
            _ => Nothing,
        };
    }, ct);

    private Task<(string, string)?> Reshape(string? why)
    {
        if (_request.End(_key, RequestState.Reshaped, null, null, why, db.Current.UserId, Now) == RequestOutcome.Done)
            db.ClientRequests.Add(new ClientRequest(_request.PracticeId, _request.EngagementId, _request.ClientId, _request.KeyId, Now, _request.Id));
        return Nothing;
    }

    public Task<IActionResult> OnPostComplainAsync(Guid id, CancellationToken ct) => ActAsync(id, "Complain.", "request.complaint-told", async () =>
    {
        var clients = _engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var whose = clients.Count == 1 ? clients[0] : Complain.ClientId ?? Guid.Empty;
        if (!clients.Contains(whose)) return ("Complain.ClientId", t["End.Choose"].Value);
        await write.RunAsync(_engagement, whose, Complain, WrittenBy.Psychologist, ct);
        return null;
    }, ct);

    public Task<IActionResult> OnPostAsideAsync(Guid id, CancellationToken ct) => ActAsync(id, "Aside.", "request.left-aside", async () =>
        await db.HasOpenFlagAsync(_engagement, ct) ? ("Aside.Why", t["Aside.Quiet"].Value)
        : _request.LeaveAside(_key, byClient: false, Aside.Why, db.Current.UserId, Now) == RequestOutcome.NeedsReason ? ("Aside.Why", t["Aside.Why.Required"].Value) : null, ct);

    public Task<IActionResult> OnPostNotAsideAsync(Guid id, CancellationToken ct) => ActAsync(id, "Aside.", "request.not-aside", () =>
    {
        _request.NotAside(byClient: false);
        return Nothing;
    }, ct);

    /// <summary>Begins the request of all parties, beside each one's own; open once.</summary>
    public async Task<IActionResult> OnPostJointAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, own: true, ct) || _engagement.Parties.Count(p => p.Role == PartyRole.Client) < 2) return NotFound();
        await db.Database.ExecuteSqlAsync($"select id from engagements where practice_id = {_engagement.PracticeId} and id = {_engagement.Id} for update", ct);
        var joint = await db.ClientRequests.Where(r => r.EngagementId == _engagement.Id && r.ClientId == null && r.ClosedAt == null).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        if (joint is null)
        {
            var begun = new ClientRequest(_engagement.PracticeId, _engagement.Id, null, _engagement.KeyId, Now);
            db.ClientRequests.Add(begun);
            audit.Record("request.joint-begun", "request", begun.Id);
            await db.SaveChangesAsync(ct);
            joint = begun.Id;
        }
        return RedirectToPage(new { id = joint });
    }

    private static readonly Task<(string, string)?> Nothing = Task.FromResult<(string, string)?>(null);
    private Task<(string, string)?> Refuse(string field, string key) => Task.FromResult<(string, string)?>((field, t[key].Value));

    // Every act: find what is one's own, judge the one form that was sent, act, save once, show again.
    private async Task<IActionResult> ActAsync(Guid id, string prefix, string record, Func<Task<(string Field, string Message)?>> act, CancellationToken ct)
    {
        if (!await FindAsync(id, own: true, ct)) return NotFound();
        foreach (var key in ModelState.Keys.Where(k => !k.StartsWith(prefix, StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
        if (ModelState.IsValid && await act() is { } refused) ModelState.AddModelError(refused.Field, refused.Message);
        if (!ModelState.IsValid)
        {
            await ShowAsync(ct, keep: prefix);
            return Page();
        }
        audit.Record(record, "request", _request.Id, _request.ClientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id });
    }

    private async Task<bool> FindAsync(Guid id, bool own, CancellationToken ct)
    {
        var from = own ? db.OwnRequests() : db.ReadableRequests(Now);
        if (await from.Include(r => r.Formulations).Include(r => r.Steps).Include(r => r.Changes).Include(r => r.WorkReviews).Include(r => r.CompetenceAnswers).Include(r => r.Acceptances).AsSplitQuery().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request) return false;
        _request = request;
        _engagement = await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == request.EngagementId, ct);
        _key = await vault.KeyAsync(request.KeyId, ct);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct, string keep = "")
    {
        Shown = await WorkspaceView.ReadAsync(db, vault, _request, _engagement, _key, ct);
        ThemeItems = [new("", ""), .. (await db.Themes.Where(x => x.RetiredAt == null || x.Id == _request.ThemeId).OrderBy(x => x.Position).ToListAsync(ct))
            .Select(x => new SelectListItem(themes.NameOf(x), x.Id.ToString()))];
        Theme = _request.ThemeId is { } chosen ? ThemeItems.FirstOrDefault(i => i.Value == chosen.ToString())?.Text : null;
        if (_request is { IsOpen: true, IsJoint: false } && !Shown.Flagged)
            LeftAside = Requests.LeftAside.Of(_request, _key, Shown.Complaints.LastOrDefault(c => c.ClientId is null || c.ClientId == _request.ClientId)?.RarelyAndCheap ?? false);
        var clients = _engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        Parties = [.. (await db.Clients.Where(c => clients.Contains(c.Id)).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(ct)).Select(c => (c.Id, c.Name))];
        if (Parties.Count > 1)
        {
            var other = await db.ClientRequests.Where(r => r.EngagementId == _engagement.Id && r.ClientId == null && r.ClosedAt == null && r.Id != _request.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
            Joint = new JointView(_request.IsJoint, other, [.. Parties.Select(p => (p.Name, _request.IsAcceptedBy(p.ClientId)))]);
        }
        if (keep != "Hear.") Hear = new HearModel { Text = Shown.Heard, Tags = [.. Shown.Tags] };
        if (keep != "Describe.") Describe = new DescribeModel { Title = Shown.Title, Professional = Shown.Professional, ThemeId = _request.ThemeId, HowNoticed = Shown.HowNoticed, ByWhen = _request.ByWhen, FirstStep = Shown.FirstStep };
        if (keep != "Plan") Plan = [.. Enumerable.Range(1, ClientRequest.StepCount).Select(n => Shown.Steps.FirstOrDefault(s => s.Number == n) is { } s ? new StepModel { What = s.What, By = s.By, Happened = s.Happened, Done = s.Done } : new StepModel())];
        if (keep != "Levels") Levels = [.. Shown.Levels];
        await ShowCompetenceAsync(ct);
    }
}
