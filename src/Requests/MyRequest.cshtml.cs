using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>The client's side of a request: own words first, what is already there in them, and one question at a time.</summary>
[Access(Role.Client)]
public sealed class MyRequestModel(PracticeDb db, Vault vault, ScreenText screen, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public WordingModel Wording { get; set; } = new();
    [BindProperty] public AimModel Aim { get; set; } = new();
    public View? Shown { get; private set; }
    /// <summary>A letter of referral of which the client was given a copy.</summary>
    public Guid? LetterId { get; private set; }
    private Engagement _engagement = null!;
    private Guid _clientId;
    private ClientRequest? _request;
    private DataKey _key = null!;
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public sealed class WordingModel
    {
        [Required(ErrorMessage = "Wording.Required"), StringLength(FormulationCoach.LongestText)] public string Text { get; set; } = "";
        /// <summary>The question that stood beside the words when they were written.</summary>
        public string? QuestionId { get; set; }
    }

    public sealed class AimModel
    {
        [StringLength(2000)] public string? HowNoticed { get; set; }
        public DateOnly? ByWhen { get; set; }
        [StringLength(2000)] public string? FirstStep { get; set; }
    }

    public sealed record View(
        RequestState? State, string? Psychologist, IReadOnlyList<Said> Complaints, string? Current, IReadOnlyList<Said> Earlier,
        string? HowNoticed, DateOnly? ByWhen, string? FirstStep, bool AcceptedByMe, bool AcceptedByPsychologist, bool Doubted, bool Flagged, Danger Danger,
        ReviewView? Review, IReadOnlyList<StepView> Steps, IReadOnlyList<int?> Ratings, IReadOnlyList<string> Levels, int? LastLevel, string? Result);

    public sealed record Said(DateTime At, string Text, string Language, string How);
    public sealed record StepView(int Number, string What, StepBy By, string? Happened, bool Done, bool Here);
    /// <summary>What a client sees of the coach: what is there, in their words, and one question; never what is missing, never a kind.</summary>
    public sealed record ReviewView(IReadOnlyList<(string Name, string Words)> There, CoachQuestion? Question, string QuestionLanguage);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return Page();
        await ShowAsync(ct);
        audit.Record("request.read", "request", _request?.Id, _clientId);
        return Page();
    }

    /// <summary>Looks at words while they are being typed; keeps nothing.</summary>
    public async Task<IActionResult> OnPostReviewAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        var text = Wording.Text ?? "";
        if (text.Length > FormulationCoach.LongestText) text = text[..FormulationCoach.LongestText];
        // Danger and fresh grief are not met with questions, not even before the words are kept.
        // A flag that a person has closed silences no longer.
        var silent = await db.HasOpenFlagAsync(_engagement, ct) || (SafetyScreen.Screen(text).SilencesCoach && _request?.Current?.Read(_key) != text.Trim());
        return Partial("_Review", silent ? new ReviewView([], null, Languages.Current) : ViewOf(Review(text), text));
    }

    public async Task<IActionResult> OnPostSayAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (!Judge("Wording.")) return await AgainAsync(ct);
        _request ??= Begin();
        var text = Wording.Text.Trim();
        // The same words sent twice are one wording.
        if (_request.Current?.Read(_key) != text)
        {
            var review = Review(text);
            var formulation = _request.Word(_key, text, review.Language ?? Languages.Current,
                Wording.QuestionId is { Length: > 0 } ? WordedBy.ClientWithQuestions : WordedBy.ClientAlone, db.Current.UserId, Now);
            if (Wording.QuestionId is { Length: > 0 and < 60 } asked) _request.Remember(asked);
            db.Add(new FormulationReview(formulation, review));
            await screen.RunAsync("formulations", formulation.Id, text, formulation.Language, null, _engagement.Id, _clientId, ct);
            audit.Record("request.worded", "request", _request.Id, _clientId);
        }
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAimAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is not { IsOpen: true }) return NotFound();
        if (!Judge("Aim.")) return await AgainAsync(ct);
        var (noticed, first) = (_request.Open(_key, _request.HowNoticed, "how_noticed"), _request.Open(_key, _request.FirstStep, "first_step"));
        _request.Aim(_key, Aim.HowNoticed, Aim.ByWhen, Aim.FirstStep);
        foreach (var (column, text, before) in new[] { ("how_noticed", Aim.HowNoticed, noticed), ("first_step", Aim.FirstStep, first) })
            if (text != before && !string.IsNullOrWhiteSpace(text)) await screen.RunAsync("client_requests." + column, _request.Id, text, Languages.Current, null, _engagement.Id, _clientId, ct);
        audit.Record("request.aimed", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAcceptAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is null) return NotFound();
        _request.Accept(_key, byClient: true, db.Current.UserId, Now);
        audit.Record("request.accepted", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRateAsync(int level, CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is not { State: RequestState.Accepted or RequestState.Working } || level is < -2 or > 2) return NotFound();
        var session = await LastSessionAsync(ct);
        var rating = await db.ProgressRatings.SingleOrDefaultAsync(r => r.RequestId == _request.Id && r.AppointmentId == session, ct);
        if (rating is null) db.Add(new ProgressRating(_request, session, level, db.Current.UserId, Now));
        else rating.Change(level, db.Current.UserId, Now);
        audit.Record("request.rated", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDoubtAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is not { IsOpen: true }) return NotFound();
        _request.Doubt(Now);
        audit.Record("request.doubted", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    private ClientRequest Begin()
    {
        var request = new ClientRequest(db.Current.PracticeId, _engagement.Id, _clientId, _engagement.KeyId, Now);
        db.ClientRequests.Add(request);
        return request;
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var mine = await db.EngagementsAsParty().Where(e => e.EndedAt == null && e.Parties.Any(p => p.Role == PartyRole.Client && db.Clients.Any(c => c.Id == p.ClientId && c.UserId == db.Current.UserId)))
            .Include(e => e.Parties).OrderByDescending(e => e.StartedAt).FirstOrDefaultAsync(ct);
        if (mine is null) return false;
        _engagement = mine;
        _clientId = await db.OwnClient().Where(c => mine.Parties.Select(p => p.ClientId).Contains(c.Id)).Select(c => c.Id).FirstAsync(ct);
        _key = await vault.KeyAsync(mine.KeyId, ct);
        _request = await db.RequestsAsClient().Where(r => r.EngagementId == mine.Id).Include(r => r.Formulations).Include(r => r.Steps).Include(r => r.Changes)
            .AsSplitQuery().OrderBy(r => r.ClosedAt != null).ThenByDescending(r => r.CreatedAt).FirstOrDefaultAsync(ct);
        return true;
    }

    private Review Review(string text) => FormulationCoach.Review(text, Languages.Current, new CoachAnswers(
        _request?.Open(_key, _request.HowNoticed, "how_noticed"), _request?.ByWhen?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), _request?.Open(_key, _request.FirstStep, "first_step"), Asked: _request?.Asked));

    private static ReviewView ViewOf(Review review, string text)
    {
        var names = (LanguageData.All.GetValueOrDefault(Languages.Current) ?? LanguageData.All[Languages.Fallback]).There;
        var there = review.Criteria.Where(c => c.IsMet && (c.Length > 0 || c.Name >= CriterionName.Visible) && names.ContainsKey(c.Name)).Select(c => (names[c.Name], c.DecidingWords(text))).ToList();
        return new ReviewView(there, review.Question, Languages.Current);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        var danger = await db.OpenDangerAsync(_engagement, ct);
        var flagged = danger != Danger.None;
        var psychologist = await db.Memberships.Where(m => m.UserId == _engagement.PsychologistId).Select(m => m.Name).SingleOrDefaultAsync(ct);
        var complaints = await db.ComplaintsOf(_engagement).AsNoTracking().OrderBy(c => c.WrittenAt).ToListAsync(ct);
        var said = new List<Said>();
        foreach (var complaint in complaints)
            said.Add(new Said(complaint.WrittenAt, complaint.Read(await vault.KeyAsync(complaint.KeyId, ct)), complaint.Language, t["Said." + complaint.WrittenBy]));
        var current = _request?.Current?.Read(_key);
        var earlier = _request?.Formulations.OrderByDescending(f => f.Number).Skip(1).Select(f => new Said(f.WrittenAt, f.Read(_key), f.Language, t["My.WordedBy." + f.WordedBy])).ToList() ?? [];
        var ratings = _request is null ? [] : await db.ProgressRatings.Where(r => r.RequestId == _request.Id).OrderBy(r => r.RatedAt).Select(r => (int?)r.Level).ToListAsync(ct);
        var open = _request is null or { State: RequestState.Draft or RequestState.Clarifying or RequestState.Proposed };
        var text = current ?? said.LastOrDefault()?.Text ?? "";
        var review = flagged || !open ? null : ViewOf(Review(text), text);
        var steps = _request?.Steps.Where(s => s.What is not null).OrderBy(s => s.Number).ToList() ?? [];
        var here = steps.Find(s => s.DoneAt is null);
        Shown = new View(_request?.State, psychologist, said, current, earlier,
            _request?.Open(_key, _request.HowNoticed, "how_noticed"), _request?.ByWhen, _request?.Open(_key, _request.FirstStep, "first_step"),
            _request?.AcceptedByClientAt is not null, _request?.AcceptedByPsychologistAt is not null, _request?.DoubtedAt is not null, flagged, danger, review,
            steps.ConvertAll(s => new StepView(s.Number, s.ReadWhat(_key)!, s.By, s.ReadHappened(_key), s.DoneAt is not null, s == here)),
            ratings, _request?.ReadLevels(_key) ?? [], ratings.LastOrDefault(), _request is null ? null : _request.Open(_key, _request.Result, "result"));
        if (_request is { State: RequestState.Referred }) LetterId = await db.ReferralsAsClient().Where(l => l.RequestId == _request.Id).Select(l => (Guid?)l.Id).SingleOrDefaultAsync(ct);
        if (!ModelState.ContainsKey("Wording.Text")) Wording.Text = current ?? "";
        Wording.QuestionId = review?.Question?.Id;
        if (!ModelState.Keys.Any(k => k.StartsWith("Aim.", StringComparison.Ordinal)))
            Aim = new AimModel { HowNoticed = Shown.HowNoticed, ByWhen = Shown.ByWhen, FirstStep = Shown.FirstStep };
    }

    private Task<Guid?> LastSessionAsync(CancellationToken ct) =>
        db.Appointments.Where(a => a.EngagementId == _engagement.Id && a.State == Booking.AppointmentState.Booked && a.StartsAt <= Now)
            .OrderByDescending(a => a.StartsAt).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);

    // Several forms share the page: only the one that was sent is judged.
    private bool Judge(string prefix)
    {
        foreach (var key in ModelState.Keys.Where(k => !k.StartsWith(prefix, StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
        return ModelState.IsValid;
    }

    private async Task<IActionResult> AgainAsync(CancellationToken ct)
    {
        await ShowAsync(ct);
        return Page();
    }
}
