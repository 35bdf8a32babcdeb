using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>Answers an invitation: one, two or three goals in the client's own words, each a request of its own.</summary>
[Access(Role.Client)]
public sealed class GoalsModel(PracticeDb db, Vault vault, ScreenText screen, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public List<WordsInput> Goals { get; set; } = [];
    public string Psychologist { get; private set; } = "";
    public string? Note { get; private set; }
    public bool Asked { get; private set; }
    public bool Flagged { get; private set; }
    public IReadOnlyList<ReviewView> Reviews { get; private set; } = [];
    private GoalInvitation _invitation = null!;
    private Engagement _engagement = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await FindAsync(ct)) audit.Record("goals.read", "goals", _invitation.Id, _invitation.ClientId);
        return Page();
    }

    /// <summary>Looks at one of them while it is being typed; keeps nothing.</summary>
    public async Task<IActionResult> OnPostReviewAsync(int n, CancellationToken ct) => n >= 0 && await FindAsync(ct, n) ? Partial("_Review", Reviews[n]) : NotFound();

    /// <summary>The page came back with a look at the words; they are not kept.</summary>
    public bool Looked { get; private set; }

    public async Task<IActionResult> OnPostLookAsync(int n, CancellationToken ct) => n >= 0 && await FindAsync(ct, n) ? Again() : NotFound();

    public async Task<IActionResult> OnPostAppendAsync(int n, CancellationToken ct) => n >= 0 && await FindAsync(ct, n, goal => { if (ModelState.IsValid) goal.Append(); }) ? Again() : NotFound();

    public async Task<IActionResult> OnPostAnotherAsync(int n, CancellationToken ct)
    {
        if (n < 0 || !await FindAsync(ct, n, goal => goal.PutAside())) return NotFound();
        return Request.Headers.XRequestedWith == "fetch" ? Partial("_Review", Reviews[n]) : Again();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return LocalRedirect("/me/request");
        if (Goals[0].Words.Length == 0) ModelState.AddModelError("Goals[0].Text", t["Wording.Required"]);
        if (!ModelState.IsValid) return Page();
        // Whoever sends it twice waits here for the first, and finds it answered.
        await db.Database.ExecuteSqlAsync($"select id from goal_invitations where practice_id = {_invitation.PracticeId} and id = {_invitation.Id} for update", ct);
        await db.Entry(_invitation).ReloadAsync(ct);
        if (_invitation.Answer(Now))
        {
            foreach (var goal in Goals.Where(g => g.Words.Length > 0).DistinctBy(g => g.Words)) await KeepAsync(goal, ct);
            audit.Record("goals.answered", "goals", _invitation.Id, _invitation.ClientId);
            await db.SaveChangesAsync(ct);
        }
        return LocalRedirect("/me/request");
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task KeepAsync(WordsInput goal, CancellationToken ct)
    {
        var key = await vault.KeyAsync(_engagement.KeyId, ct);
        // A request that was opened and not worded yet is the first place for words.
        var request = db.ClientRequests.Local.Any(r => r.EngagementId == _engagement.Id) ? null
            : await db.RequestsAsClient().Include(r => r.Formulations).FirstOrDefaultAsync(r => r.EngagementId == _engagement.Id && r.ClientId != null && r.ClosedAt == null && !r.Formulations.Any(), ct);
        if (request is null) db.Add(request = new ClientRequest(_invitation.PracticeId, _engagement.Id, _invitation.ClientId, _engagement.KeyId, Now));
        var review = ReviewOf(goal);
        var formulation = request.Word(key, goal.Words, goal.Language ?? review.Language ?? Languages.Current, goal.WasAsked ? WordedBy.ClientWithQuestions : WordedBy.ClientAlone, db.Current.UserId, Now);
        goal.PutAside();
        foreach (var asked in goal.AskedIds) request.Remember(asked);
        db.Add(new FormulationReview(formulation, review));
        await screen.RunAsync("formulations", formulation.Id, goal.Words, formulation.Language, null, _engagement.Id, _invitation.ClientId, ct);
        audit.Record("request.worded", "request", request.Id, _invitation.ClientId);
    }

    private static Review ReviewOf(WordsInput goal) => FormulationCoach.Review(goal.Words, Languages.Current, new CoachAnswers(Asked: goal.AskedIds, WrittenIn: goal.Language));

    /// <param name="looked">The goal that is looked at; one question at a time.</param>
    private async Task<bool> FindAsync(CancellationToken ct, int looked = -1, Action<WordsInput>? change = null)
    {
        var invitation = await db.GoalInvitations.Where(i => i.AnsweredAt == null && i.WithdrawnAt == null && db.OwnClient().Any(c => c.Id == i.ClientId)
            && db.Engagements.Any(e => e.Id == i.EngagementId && e.EndedAt == null)).OrderBy(i => i.AskedAt).FirstOrDefaultAsync(ct);
        if (invitation is null || looked >= invitation.Count) return false;
        (_invitation, Asked) = (invitation, true);
        _engagement = await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == invitation.EngagementId, ct);
        Note = invitation.ReadNote(await vault.KeyAsync(invitation.KeyId, ct));
        Psychologist = await db.Memberships.Where(m => m.UserId == _engagement.PsychologistId).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "";
        Goals = [.. Goals.Concat(Enumerable.Range(0, GoalInvitation.Most).Select(_ => new WordsInput())).Take(invitation.Count)];
        if (looked >= 0) change?.Invoke(Goals[looked]);
        Flagged = await db.OpenFlags(_engagement, invitation.ClientId).AnyAsync(ct);
        Reviews = Goals.ConvertAll(g => Look(g, Goals.IndexOf(g), Goals.IndexOf(g) == looked && !Flagged));
        return true;
    }

    private static ReviewView Look(WordsInput goal, int n, bool looked)
    {
        var (prefix, route) = ($"Goals[{n}]", $"&n={n}");
        // Danger and fresh grief are not met with questions.
        var danger = looked ? SafetyScreen.Screen(goal.Words).Danger : Danger.None;
        return looked && danger == Danger.None ? ReviewView.Of(ReviewOf(goal), goal.Words, prefix, goal, route) : ReviewView.Silent(prefix, goal, route, danger);
    }

    // What does not fit is said beside its field; otherwise what was added stands in the input, which what came with the form would hide.
    private PageResult Again()
    {
        Looked = ModelState.IsValid;
        if (Looked) ModelState.Clear();
        return Page();
    }
}
