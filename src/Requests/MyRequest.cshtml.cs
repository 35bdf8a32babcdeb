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
    [BindProperty] public WordsInput Wording { get; set; } = new();
    [BindProperty] public AimModel Aim { get; set; } = new();
    [BindProperty] public AsideInput Aside { get; set; } = new();
    [TempData] public bool Kept { get; set; }
    [FromRoute] public Guid? Id { get; set; }
    public View? Shown { get; private set; }
    /// <summary>A letter of referral of which the client was given a copy.</summary>
    public Guid? LetterId { get; private set; }
    public bool LooksBack { get; private set; }
    /// <summary>The page came back with a look at the words; they are not kept.</summary>
    public bool Looked { get; private set; }
    public Guid? RequestId => _request?.Id;
    private Engagement _engagement = null!;
    private Guid _clientId;
    private ClientRequest? _request;
    private DataKey _key = null!;
    private List<Complaint> _complaints = [];
    private List<ComplaintShare> _shares = [];
    private bool _rarelyAndCheap;
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public sealed class AimModel
    {
        [StringLength(2000)] public string? HowNoticed { get; set; }
        public DateOnly? ByWhen { get; set; }
        [StringLength(2000)] public string? FirstStep { get; set; }
    }

    public sealed record View(
        RequestState? State, string? Psychologist, IReadOnlyList<Told> Complaints, string? Current, IReadOnlyList<Said> Earlier,
        string? HowNoticed, DateOnly? ByWhen, string? FirstStep, bool AcceptedByMe, bool AcceptedByPsychologist, bool Doubted, bool Flagged, DangerShown? Danger,
        ReviewView? Review, IReadOnlyList<StepView> Steps, IReadOnlyList<int?> Ratings, IReadOnlyList<string> Levels, int? LastLevel, string? Result,
        bool MayWrite, IReadOnlyList<Other> Others, Guid EngagementId, LeftAside? Aside, int Wording, IReadOnlyList<PartyView> Parties, bool Joint, string? Author);

    public sealed record Said(DateTime At, string Text, string Language, string How);
    /// <summary>A complaint as it was written, by the client or by another party who shares it.</summary>
    public sealed record Told(Guid Id, DateTime At, string Text, string Language, string How, bool Own, bool Shared);
    public sealed record StepView(int Number, string What, StepBy By, string? Happened, bool Done, bool Here);
    /// <summary>Another request of the client's, by its words.</summary>
    public sealed record Other(Guid Id, string? Words, string Language, RequestState State, bool Joint);

    /// <summary>Somebody else who takes part.</summary>
    /// <param name="SaidYes">To the joint wording as it stands.</param>
    public sealed record PartyView(Guid ClientId, string Name, bool SaidYes);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return Id is null ? Page() : NotFound();
        await ShowAsync(ct);
        audit.Record("request.read", "request", _request?.Id, _clientId);
        return Page();
    }

    /// <summary>Looks at words while they are being typed; keeps nothing.</summary>
    public async Task<IActionResult> OnPostReviewAsync(CancellationToken ct) =>
        await FindAsync(ct) && _engagement.IsOpen ? Partial("_Review", await LookAsync(ct)) : NotFound();

    /// <summary>The same without script: the page again, with what is there in the words as they stand.</summary>
    public Task<IActionResult> OnPostLookAsync(CancellationToken ct) => StayAsync(() => { }, ct);

    /// <summary>The answer to the question joins the words; they are kept when the client says so.</summary>
    public Task<IActionResult> OnPostAppendAsync(CancellationToken ct) => StayAsync(Wording.Append, ct);

    public async Task<IActionResult> OnPostAnotherAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || !_engagement.IsOpen) return NotFound();
        if (!Judge("Wording.")) return Request.Headers.XRequestedWith == "fetch" ? NotFound() : await AgainAsync(ct);
        Wording.PutAside();
        if (_request is { IsOpen: true } && Wording.AskedIds is [.., var asked])
        {
            _request.Remember(asked);
            await db.SaveChangesAsync(ct);
        }
        return Request.Headers.XRequestedWith == "fetch" ? Partial("_Review", await LookAsync(ct)) : await LookAgainAsync(ct);
    }

    public async Task<IActionResult> OnPostSayAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || !_engagement.IsOpen) return NotFound();
        var text = Wording.Words;
        if (text.Length == 0) ModelState.AddModelError("Wording.Text", t["Wording.Required"]);
        if (!Judge("Wording.")) return await AgainAsync(ct);
        // Words after a request that is over are the beginning of the next one.
        if (_request is not { IsOpen: true }) await BeginAsync(ct);
        // The same words sent twice are one wording.
        if (_request!.Current?.Read(_key) != text)
        {
            var review = Review(text);
            var formulation = _request.Word(_key, text, Wording.Language ?? review.Language ?? Languages.Current,
                Wording.WasAsked ? WordedBy.ClientWithQuestions : WordedBy.ClientAlone, db.Current.UserId, Now);
            Wording.PutAside();
            foreach (var asked in Wording.AskedIds) _request.Remember(asked);
            db.Add(new FormulationReview(formulation, review));
            await screen.RunAsync("formulations", formulation.Id, text, formulation.Language, null, _engagement.Id, _clientId, ct);
            audit.Record("request.worded", "request", _request.Id, _clientId);
        }
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostAimAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is not { IsOpen: true } || !_engagement.IsOpen) return NotFound();
        if (!Judge("Aim.")) return await AgainAsync(ct);
        var (noticed, first) = (_request.Open(_key, _request.HowNoticed, "how_noticed"), _request.Open(_key, _request.FirstStep, "first_step"));
        _request.Aim(_key, Aim.HowNoticed, Aim.ByWhen, Aim.FirstStep);
        foreach (var (column, text, before) in new[] { ("how_noticed", Aim.HowNoticed, noticed), ("first_step", Aim.FirstStep, first) })
            if (text != before && !string.IsNullOrWhiteSpace(text)) await screen.RunAsync("client_requests." + column, _request.Id, text, Languages.Current, null, _engagement.Id, _clientId, ct);
        audit.Record("request.aimed", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { Id });
    }

    /// <param name="number">The wording that was on the page; nobody says yes to words that came after it.</param>
    public async Task<IActionResult> OnPostAcceptAsync(int? number, CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is null) return NotFound();
        if (_request.IsJoint)
        {
            // Parties who say yes at the same moment wait for one another, so that the last of them knows to be the last.
            await db.Database.ExecuteSqlAsync($"select id from client_requests where practice_id = {_request.PracticeId} and id = {_request.Id} for update", ct);
            db.ChangeTracker.Clear();
            if (!await FindAsync(ct)) return NotFound();
        }
        if (number is not null && number != _request.Current?.Number) return RedirectToPage(new { Id });
        _request.AcceptAsParty(_key, _clientId, _engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId), db.Current.UserId, Now);
        audit.Record("request.accepted", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { Id });
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
        return RedirectToPage(new { Id });
    }

    /// <summary>The other parties may read this complaint, until it is taken back.</summary>
    public async Task<IActionResult> OnPostShareAsync(Guid complaintId, CancellationToken ct)
    {
        if (!await FindAsync(ct) || _complaints.Find(c => c.Id == complaintId && IsOwn(c)) is not { } complaint || !IsAmongSeveral) return NotFound();
        // Nobody is offered to hand words of danger to whom they may be about.
        if (await db.OpenFlags(_engagement, _clientId).AnyAsync(ct)) return RedirectToPage(new { Id });
        if (!_shares.Exists(s => s.ComplaintId == complaintId))
        {
            db.Add(new ComplaintShare(complaint, _engagement.Id, _clientId, Now));
            audit.Record("complaint.shared", "complaint", complaintId, _clientId);
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { ConstraintName: "shared_once" })
        {
            // Pressed twice: it is shared.
            db.ChangeTracker.Clear();
        }
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostUnshareAsync(Guid complaintId, CancellationToken ct)
    {
        if (!await FindAsync(ct) || _complaints.Find(c => c.Id == complaintId && IsOwn(c)) is null) return NotFound();
        _shares.Find(s => s.ComplaintId == complaintId)?.TakeBack(Now);
        audit.Record("complaint.unshared", "complaint", complaintId, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostAsideAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is not { IsOpen: true, IsJoint: false } || !_engagement.IsOpen) return NotFound();
        if (!Judge("Aside.")) return await AgainAsync(ct);
        // Nothing is decided while somebody may be in danger.
        if (await db.OpenFlags(_engagement, _clientId).AnyAsync(ct)) return RedirectToPage(new { Id });
        if (!string.IsNullOrWhiteSpace(Aside.Why)) await screen.RunAsync("client_requests.left_aside_by_client_why", _request.Id, Aside.Why, Languages.Current, null, _engagement.Id, _clientId, ct);
        _request.LeaveAside(_key, byClient: true, Aside.Why, db.Current.UserId, Now);
        audit.Record("request.left-aside", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { _request.Id });
    }

    public async Task<IActionResult> OnPostNotAsideAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is null) return NotFound();
        _request.NotAside(byClient: true);
        audit.Record("request.not-aside", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostDoubtAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || _request is not { IsOpen: true }) return NotFound();
        _request.Doubt(Now);
        audit.Record("request.doubted", "request", _request.Id, _clientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { Id });
    }

    // With a lock on the engagement, so that pressing twice begins one request.
    private async Task BeginAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select id from engagements where practice_id = {_engagement.PracticeId} and id = {_engagement.Id} for update", ct);
        var before = _request?.Id;
        var joint = _request is { ClientId: null };
        var begun = await db.RequestsAsClient().Include(r => r.Formulations).SingleOrDefaultAsync(r => r.EngagementId == _engagement.Id && r.FollowsId == before && r.ClosedAt == null && (before != null || r.ClientId != null), ct);
        _request = begun ?? new ClientRequest(db.Current.PracticeId, _engagement.Id, joint ? null : _clientId, _engagement.KeyId, Now, before);
        if (begun is null) db.ClientRequests.Add(_request);
        Id = null;
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (!await ChooseAsync(ct)) return false;
        _clientId = await db.OwnClient().Where(c => _engagement.Parties.Select(p => p.ClientId).Contains(c.Id)).Select(c => c.Id).FirstAsync(ct);
        _key = await vault.KeyAsync(_engagement.KeyId, ct);
        // The database shows own complaints and what other parties share, nothing else.
        _complaints = await db.ComplaintsOf(_engagement).AsNoTracking().OrderBy(c => c.WrittenAt).ToListAsync(ct);
        _shares = await db.ComplaintShares.Where(s => s.EngagementId == _engagement.Id && s.TakenBackAt == null).ToListAsync(ct);
        _rarelyAndCheap = _request is not { IsJoint: true } && (_complaints.FindLast(IsOwn)?.RarelyAndCheap ?? false);
        return true;
    }

    private bool IsAmongSeveral => _engagement.Parties.Count(p => p.Role == PartyRole.Client) > 1;

    private bool IsOwn(Complaint complaint) => complaint.ClientId == _clientId || (complaint.ClientId is null && !_shares.Exists(s => s.ComplaintId == complaint.Id && s.ClientId != _clientId));

    /// <summary>The request of the address, else the one that is worked on, else the one to begin with, else the newest; of the work that goes on, else of what was.</summary>
    private async Task<bool> ChooseAsync(CancellationToken ct)
    {
        var engagements = await db.EngagementsAsClient().Include(e => e.Parties).OrderBy(e => e.EndedAt != null).ThenByDescending(e => e.StartedAt).ToListAsync(ct);
        if (engagements.Count == 0) return false;
        var open = engagements.Where(e => e.IsOpen).Select(e => e.Id).ToList();
        var requests = db.RequestsAsClient().Include(r => r.Formulations).Include(r => r.Steps).Include(r => r.Changes).Include(r => r.Acceptances).Include(r => r.WorkReviews).AsSplitQuery();
        _request = Id is { } id
            ? await requests.SingleOrDefaultAsync(r => r.Id == id, ct)
            : await requests.Where(r => open.Count == 0 || open.Contains(r.EngagementId)).Where(r => r.ClientId != null || r.State == RequestState.Working || r.State == RequestState.Accepted).OrderBy(r => r.ClosedAt != null)
                .ThenByDescending(r => r.State == RequestState.Working || r.State == RequestState.Accepted).ThenByDescending(r => r.ChosenAt != null).ThenByDescending(r => r.CreatedAt).FirstOrDefaultAsync(ct);
        if (Id is not null && _request is null) return false;
        _engagement = _request is null ? engagements[0] : engagements.Single(e => e.Id == _request.EngagementId);
        return true;
    }

    // Each of several is gently asked about the own part, whatever another wrote: were it asked only of both, the question would tell.
    private Review Review(string text)
    {
        var review = Coach(text);
        return IsAmongSeveral && review.Kind == UtteranceKind.OtherDirected && !(_request?.Asked.Contains(WordsInput.OwnPart) ?? false) && !Wording.AskedIds.Contains(WordsInput.OwnPart)
            ? review with { Question = new CoachQuestion(WordsInput.OwnPart, t["Question.OwnPart"], "", "") } : review;
    }

    private Review Coach(string text) => FormulationCoach.Review(text, Languages.Current, new CoachAnswers(
        Open(r => r.HowNoticed, "how_noticed"), _request?.ByWhen?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), Open(r => r.FirstStep, "first_step"),
        RarelyAndCheap: _rarelyAndCheap, Asked: [.. _request?.Asked ?? [], .. Wording.AskedIds], WrittenIn: Wording.Language));

    private string? Open(Func<ClientRequest, Platform.Encryption.Sealed?> column, string name) => _request is { IsOpen: true } open ? open.Open(_key, column(open), name) : null;

    // Danger and fresh grief are not met with questions, not even before the words are kept.
    // A flag that a person has closed silences no longer.
    private async Task<ReviewView> LookAsync(CancellationToken ct)
    {
        var text = Wording.Words.Length > FormulationCoach.LongestText ? Wording.Words[..FormulationCoach.LongestText] : Wording.Words;
        if (await db.OpenFlags(_engagement, _clientId).AnyAsync(ct)) return ReviewView.Silent(nameof(Wording), Wording);
        // Who writes of danger sees at once where help is, not only when the words are kept.
        if (SafetyScreen.Screen(text).Danger is not Danger.None and var danger && _request?.Current?.Read(_key) != text) return ReviewView.Silent(nameof(Wording), Wording, danger: danger);
        return ReviewView.Of(Review(text), text, nameof(Wording), Wording);
    }

    private async Task<IActionResult> StayAsync(Action change, CancellationToken ct)
    {
        if (!await FindAsync(ct) || !_engagement.IsOpen) return NotFound();
        if (!Judge("Wording.")) return await AgainAsync(ct);
        change();
        return await LookAgainAsync(ct);
    }

    // What was typed and added stands in the input; what came with the form would hide it.
    private async Task<IActionResult> LookAgainAsync(CancellationToken ct)
    {
        ModelState.Clear();
        Looked = true;
        await ShowAsync(ct, await LookAsync(ct));
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct, ReviewView? looked = null)
    {
        var danger = await db.OpenDangerAsync(_engagement, _clientId, ct);
        var flagged = danger != Danger.None;
        var psychologist = await db.Memberships.Where(m => m.UserId == _engagement.PsychologistId).Select(m => m.Name).SingleOrDefaultAsync(ct);
        var others = _engagement.Parties.Where(p => p.Role == PartyRole.Client && p.ClientId != _clientId).Select(p => p.ClientId).ToList();
        var names = others.Count == 0 ? [] : await db.Clients.Where(c => others.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.CalledName, ct);
        var said = new List<Told>();
        foreach (var complaint in _complaints)
            said.Add(new Told(complaint.Id, complaint.WrittenAt, complaint.Read(await vault.KeyAsync(complaint.KeyId, ct)), complaint.Language, 
                IsOwn(complaint) ? t["Said." + complaint.WrittenBy] : t["Told.By", names.GetValueOrDefault(complaint.ClientId ?? _shares.Find(s => s.ComplaintId == complaint.Id)?.ClientId ?? Guid.Empty, "")],
                IsOwn(complaint), _shares.Exists(s => s.ComplaintId == complaint.Id && s.ClientId == _clientId)));
        // Among several the words are somebody's: the author is named.
        var writers = _request is { IsJoint: true } ? _request.Formulations.Select(f => f.AuthorId).ToList() : [];
        var authors = writers.Count == 0 ? [] : await db.Memberships.Where(m => writers.Contains(m.UserId)).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        var current = _request?.Current?.Read(_key);
        var earlier = _request?.Formulations.OrderByDescending(f => f.Number).Skip(1).Select(f => new Said(f.WrittenAt, f.Read(_key), f.Language, authors.GetValueOrDefault(f.AuthorId) ?? t["My.WordedBy." + f.WordedBy])).ToList() ?? [];
        var ratings = _request is null ? [] : await db.ProgressRatings.Where(r => r.RequestId == _request.Id).OrderBy(r => r.RatedAt).Select(r => (int?)r.Level).ToListAsync(ct);
        var mayWrite = _engagement.IsOpen;
        var words = _request is { IsOpen: true } ? current : null;
        if (looked is null && !ModelState.ContainsKey("Wording.Text"))
        {
            // A new page begins with the words as they stand, in the language they were kept in.
            Wording = new WordsInput { Text = words, WrittenIn = _request is { IsOpen: true } ? Corrected() : null };
        }
        var asks = mayWrite && _request?.State is not (RequestState.Accepted or RequestState.Working);
        var text = words ?? (_request is null ? said.FindLast(s => s.Own)?.Text : null) ?? "";
        var review = !asks ? null : looked ?? (flagged ? ReviewView.Silent(nameof(Wording), Wording) : ReviewView.Of(Review(text), text, nameof(Wording), Wording));
        var steps = _request?.Steps.Where(s => s.What is not null).OrderBy(s => s.Number).ToList() ?? [];
        var here = steps.Find(s => s.DoneAt is null);
        Shown = new View(_request?.State, psychologist, said, current, earlier,
            _request?.Open(_key, _request.HowNoticed, "how_noticed"), _request?.ByWhen, _request?.Open(_key, _request.FirstStep, "first_step"),
            _request is not null && (_request.AcceptedByClientAt is not null || (_request.IsJoint && _request.IsAcceptedBy(_clientId))), _request?.AcceptedByPsychologistAt is not null, _request?.DoubtedAt is not null, flagged, danger.ComesFirst() ? await DangerShown.ReadAsync(db, danger, Now, ct) : null, review,
            steps.ConvertAll(s => new StepView(s.Number, s.ReadWhat(_key)!, s.By, s.ReadHappened(_key), s.DoneAt is not null, s == here)),
            ratings, _request?.ReadLevels(_key) ?? [], ratings.LastOrDefault(), _request is null ? null : _request.Open(_key, _request.Result, "result"),
            mayWrite, await OthersAsync(ct), _engagement.Id, AsideOf(flagged),
            _request?.Current?.Number ?? 0, others.ConvertAll(id => new PartyView(id, names.GetValueOrDefault(id, ""), _request is { IsJoint: true } && _request.IsAcceptedBy(id))), _request is { IsJoint: true },
            _request?.Current is { } last ? authors.GetValueOrDefault(last.AuthorId) : null);
        LooksBack = !flagged && _request is not null && await LooksBackAsync(ct);
        if (_request is { State: RequestState.Referred }) LetterId = await db.ReferralsAsClient().Where(l => l.RequestId == _request.Id).Select(l => (Guid?)l.Id).SingleOrDefaultAsync(ct);
        if (!ModelState.Keys.Any(k => k.StartsWith("Aim.", StringComparison.Ordinal)))
            Aim = new AimModel { HowNoticed = Shown.HowNoticed, ByWhen = Shown.ByWhen, FirstStep = Shown.FirstStep };
    }

    /// <summary>It is time to look back, and the client has not said yet what should follow.</summary>
    private async Task<bool> LooksBackAsync(CancellationToken ct)
    {
        if (_request!.State is not (RequestState.Accepted or RequestState.Working)) return false;
        var ratings = await db.ProgressRatings.Where(r => r.RequestId == _request.Id).Select(r => new { r.RatedAt, r.Level }).ToListAsync(ct);
        var after = await db.LookBackAfterAsync(_engagement.Id, ct);
        return _request.WorkReviews.MaxBy(w => w.At) is not { ByClient: true }
            && _request.LooksBack(await db.SessionsHeldAsync(_engagement.Id, _request.ClientId, ct), ratings.Select(r => (r.RatedAt, r.Level)), after);
    }

    private LeftAside? AsideOf(bool flagged) => _request is { IsOpen: true, IsJoint: false } request && !flagged && _engagement.IsOpen
        && (_rarelyAndCheap || request.LeftAsideByClientAt is not null || request.LeftAsideByPsychologistAt is not null) ? LeftAside.Of(request, _key, _rarelyAndCheap) : null;

    // The language is the writer's word only where the words themselves read as another.
    private string? Corrected() => _request?.Current is { } wording && FormulationCoach.LanguageOf(wording.Read(_key), Languages.Current) is var read && read != wording.Language
        && (read is not null || wording.Language != Languages.Current) ? wording.Language : null;

    private async Task<IReadOnlyList<Other>> OthersAsync(CancellationToken ct)
    {
        var others = new List<Other>();
        var requests = await db.RequestsAsClient().AsNoTracking().Include(r => r.Formulations).Where(r => r.Id != (_request == null ? Guid.Empty : _request.Id)).OrderBy(r => r.ClosedAt != null).ThenByDescending(r => r.CreatedAt).ToListAsync(ct);
        foreach (var other in requests)
            if (other.Current is { } wording) others.Add(new Other(other.Id, wording.Read(await vault.KeyAsync(other.KeyId, ct)), wording.Language, other.State, other.IsJoint));
            else if (other is { IsJoint: true, IsOpen: true }) others.Add(new Other(other.Id, null, "", other.State, true));
        return others;
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
