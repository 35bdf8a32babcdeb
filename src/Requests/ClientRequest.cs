using System.Text.Json;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

public enum RequestState { Draft, Clarifying, Proposed, Accepted, Working, Reached, Reshaped, Closed, Referred, SetAsideTogether }

/// <summary>What became of an act on a request that may be refused.</summary>
public enum RequestOutcome { Done, NotInThisState, NeedsFormulation, NeedsHowNoticed, NeedsTheme, NeedsCompetence, NeedsReason, NeedsBoth }

/// <summary>The goal-shaped formulation the work is about: wordings in order, a theme, steps, a result described in advance.</summary>
public sealed partial class ClientRequest : PracticeEntity
{
    public const int StepCount = 4, LevelCount = 5;
    private readonly List<Formulation> _formulations = [];
    private readonly List<RequestStep> _steps = [];
    private readonly List<RequestChange> _changes = [];
    private readonly List<WorkReview> _workReviews = [];
    private readonly List<RequestAcceptance> _acceptances = [];

    public Guid EngagementId { get; private set; }
    /// <summary>Whose request; null for a joint one.</summary>
    public Guid? ClientId { get; private set; }
    public Guid KeyId { get; private set; }
    public RequestState State { get; private set; }
    public Guid? ThemeId { get; private set; }
    /// <summary>A short name for lists and the day, the psychologist's.</summary>
    public Sealed? Title { get; private set; }
    public Sealed? ProfessionalWording { get; private set; }
    public Sealed? HowNoticed { get; private set; }
    public Sealed? FirstStep { get; private set; }
    public DateOnly? ByWhen { get; private set; }
    /// <summary>Five descriptions for −2…+2, as one sealed JSON array.</summary>
    public Sealed? Levels { get; private set; }
    public Sealed? Result { get; private set; }
    public int? ResultLevel { get; private set; }
    /// <summary>Ids of the coach's questions asked so far, oldest first.</summary>
    public string[] Asked { get; private set; } = [];
    public int Offers { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? AcceptedByClientAt { get; private set; }
    public DateTime? AcceptedByPsychologistAt { get; private set; }
    public DateTime? AcceptedAt { get; private set; }
    /// <summary>The client said "this is not it any more"; cleared when a new wording is accepted.</summary>
    public DateTime? DoubtedAt { get; private set; }
    /// <summary>"Let us leave it aside", from either side; with both it is set aside together.</summary>
    public DateTime? LeftAsideByClientAt { get; private set; }
    public Sealed? LeftAsideByClientWhy { get; private set; }
    public DateTime? LeftAsideByPsychologistAt { get; private set; }
    public Sealed? LeftAsideByPsychologistWhy { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    /// <summary>The request this one follows, when it was reshaped or reopened.</summary>
    public Guid? FollowsId { get; private set; }
    /// <summary>The psychologist's answer to "can I do this?", when several are weighed.</summary>
    public CanDo? CanDo { get; private set; }
    /// <summary>1–3, three being easiest for the client.</summary>
    public int? Ease { get; private set; }
    /// <summary>1–3, three where a result will be seen soonest and best.</summary>
    public int? Soon { get; private set; }
    /// <summary>Both begin with this one of several; no other open request of the same client is chosen with it.</summary>
    public DateTime? ChosenAt { get; private set; }
    public IReadOnlyList<WorkReview> WorkReviews => _workReviews;
    public IReadOnlyList<Formulation> Formulations => _formulations;
    public IReadOnlyList<RequestStep> Steps => _steps;
    public IReadOnlyList<RequestChange> Changes => _changes;
    /// <summary>Who of several parties said yes to which wording of a joint request.</summary>
    public IReadOnlyList<RequestAcceptance> Acceptances => _acceptances;

    private ClientRequest() { }

    public ClientRequest(Guid practiceId, Guid engagementId, Guid? clientId, Guid keyId, DateTime createdAt, Guid? followsId = null) : base(practiceId) =>
        (EngagementId, ClientId, KeyId, CreatedAt, FollowsId) = (engagementId, clientId, keyId, createdAt, followsId);

    public bool IsOpen => State is RequestState.Draft or RequestState.Clarifying or RequestState.Proposed or RequestState.Accepted or RequestState.Working;
    public bool IsJoint => ClientId is null;
    public Formulation? Current => _formulations.MaxBy(f => f.Number);
    public Place PlaceOf(string column) => new(PracticeId, "client_requests", column, Id);
    public string? Open(DataKey key, Sealed? value, string column) => value is { IsEmpty: false } v ? key.Open(v, PlaceOf(column)) : null;
    private Sealed? Seal(DataKey key, string? text, string column) => string.IsNullOrWhiteSpace(text) ? null : key.Seal(text.Trim(), PlaceOf(column));

    /// <summary>A new wording joins the others; none is ever replaced. A request that was agreed goes back to being clarified.</summary>
    public Formulation Word(DataKey key, string text, string language, WordedBy wordedBy, Guid authorId, DateTime at, string? why = null)
    {
        var formulation = new Formulation(this, _formulations.Count + 1, key, text, language, wordedBy, authorId, at);
        _formulations.Add(formulation);
        if (wordedBy is WordedBy.OfferedByPsychologist or WordedBy.ConsultativeTask) Offers++;
        (AcceptedByClientAt, AcceptedByPsychologistAt) = (null, null);
        NotAside(byClient: true);
        NotAside(byClient: false);
        if (State is RequestState.Draft or RequestState.Proposed or RequestState.Accepted or RequestState.Working) Go(key, RequestState.Clarifying, authorId, at, why);
        return formulation;
    }

    public void Remember(string questionId) => Asked = Asked.Contains(questionId) ? [.. Asked.Where(a => a != questionId), questionId] : [.. Asked, questionId];

    public void Describe(DataKey key, string? title, string? professional, Guid? themeId) =>
        (Title, ProfessionalWording, ThemeId) = (Seal(key, title, "title"), Seal(key, professional, "professional_wording"), themeId);

    public void Aim(DataKey key, string? howNoticed, DateOnly? byWhen, string? firstStep) =>
        (HowNoticed, ByWhen, FirstStep) = (Seal(key, howNoticed, "how_noticed"), byWhen, Seal(key, firstStep, "first_step"));

    public void DescribeLevels(DataKey key, IReadOnlyList<string> fromMinusTwo) =>
        Levels = fromMinusTwo.All(string.IsNullOrWhiteSpace) ? null : key.Seal(JsonSerializer.Serialize(fromMinusTwo.Take(LevelCount)), PlaceOf("levels"));

    public IReadOnlyList<string> ReadLevels(DataKey key) =>
        Open(key, Levels, "levels") is { } json ? JsonSerializer.Deserialize<string[]>(json)! : [.. Enumerable.Repeat("", LevelCount)];

    /// <summary>Says that this wording is it, from one side; with the other side's word it is accepted.</summary>
    /// <param name="competence">The psychologist's, for the theme: outside of it the request is taken with an answer, or not at all.</param>
    public RequestOutcome Accept(DataKey key, bool byClient, Guid by, DateTime at, Competence? competence = null)
    {
        if (State is not (RequestState.Draft or RequestState.Clarifying or RequestState.Proposed)) return RequestOutcome.NotInThisState;
        if (Current is null) return RequestOutcome.NeedsFormulation;
        if (!byClient && HowNoticed is null) return RequestOutcome.NeedsHowNoticed;
        if (!byClient && ThemeId is null) return RequestOutcome.NeedsTheme;
        if (!byClient && Asks(competence, by)) return RequestOutcome.NeedsCompetence;
        if (byClient) AcceptedByClientAt ??= at;
        else AcceptedByPsychologistAt ??= at;
        if (AcceptedByClientAt is not null && AcceptedByPsychologistAt is not null)
        {
            (AcceptedAt, DoubtedAt) = (at, null);
            Go(key, RequestState.Accepted, by, at, null);
        }
        else if (State != RequestState.Proposed) Go(key, RequestState.Proposed, by, at, null);
        return RequestOutcome.Done;
    }

    /// <summary>One party's yes to the wording as it stands; the clients have accepted a joint request when the last of them said so.</summary>
    public RequestOutcome AcceptAsParty(DataKey key, Guid clientId, IEnumerable<Guid> parties, Guid by, DateTime at)
    {
        if (!IsJoint) return Accept(key, byClient: true, by, at);
        if (State is not (RequestState.Draft or RequestState.Clarifying or RequestState.Proposed)) return RequestOutcome.NotInThisState;
        if (Current is null) return RequestOutcome.NeedsFormulation;
        if (!IsAcceptedBy(clientId)) _acceptances.Add(new RequestAcceptance(this, clientId, Current.Number, at));
        return parties.All(IsAcceptedBy) ? Accept(key, byClient: true, by, at) : RequestOutcome.Done;
    }

    public bool IsAcceptedBy(Guid clientId) => IsJoint ? _acceptances.Exists(a => a.ClientId == clientId && a.FormulationNumber == Current?.Number) : AcceptedByClientAt is not null;

    public RequestOutcome StartWorking(DataKey key, Guid by, DateTime at, Competence? competence = null)
    {
        if (State != RequestState.Accepted) return RequestOutcome.NotInThisState;
        if (Asks(competence, by)) return RequestOutcome.NeedsCompetence;
        Go(key, RequestState.Working, by, at, null);
        return RequestOutcome.Done;
    }

    public void Doubt(DateTime at) => DoubtedAt ??= at;

    public void Weigh(CanDo? canDo, int? ease, int? soon)
    {
        if (ease is < 1 or > 3) throw new ArgumentOutOfRangeException(nameof(ease));
        if (soon is < 1 or > 3) throw new ArgumentOutOfRangeException(nameof(soon));
        (CanDo, Ease, Soon) = (canDo, ease, soon);
    }

    /// <summary>One theme at a time: both begin with this one. The client's others <see cref="Wait"/> first.</summary>
    public void Choose(DateTime at) => ChosenAt ??= at;

    public void Wait() => ChosenAt = null;

    /// <summary>Looks back on the work so far: one side says what should follow. What follows is done by its own act.</summary>
    public RequestOutcome LookBack(DataKey key, WorkChoice choice, string? why, bool byClient, Guid by, DateTime at)
    {
        if (State is not (RequestState.Accepted or RequestState.Working)) return RequestOutcome.NotInThisState;
        if (choice == WorkChoice.GoOn && string.IsNullOrWhiteSpace(why)) return RequestOutcome.NeedsReason;
        _workReviews.Add(new WorkReview(this, choice, byClient, by, at, key, why));
        return RequestOutcome.Done;
    }

    /// <summary>Whether the work has gone on without movement, so that both should look back; counted anew after the psychologist has.</summary>
    public bool LooksBack(IEnumerable<DateTime> sessions, IEnumerable<(DateTime At, int Level)> ratings, int after) =>
        State is RequestState.Accepted or RequestState.Working && AcceptedAt is { } accepted
        && WorkReview.IsDue(_workReviews.Where(w => !w.ByClient).Select(w => w.At).Append(accepted).Max(), sessions, ratings, after);

    /// <summary>A request that is over is not taken up again itself: a new one follows it, with what was said of it.</summary>
    public ClientRequest Reopen(DataKey key, string why, Guid by, DateTime at)
    {
        if (IsOpen) throw new InvalidOperationException("A request that is open is not opened again.");
        var next = new ClientRequest(PracticeId, EngagementId, ClientId, KeyId, at, Id);
        next.Describe(key, Open(key, Title, "title"), Open(key, ProfessionalWording, "professional_wording"), ThemeId);
        next.Go(key, RequestState.Clarifying, by, at, why);
        return next;
    }

    /// <summary>One side would walk around it; only when both said so it is set aside, together.</summary>
    public RequestOutcome LeaveAside(DataKey key, bool byClient, string? why, Guid by, DateTime at)
    {
        if (!IsOpen || IsJoint) return RequestOutcome.NotInThisState;
        if (!byClient && string.IsNullOrWhiteSpace(why)) return RequestOutcome.NeedsReason;
        if (byClient) (LeftAsideByClientAt, LeftAsideByClientWhy) = (LeftAsideByClientAt ?? at, Seal(key, why, "left_aside_by_client_why"));
        else (LeftAsideByPsychologistAt, LeftAsideByPsychologistWhy) = (LeftAsideByPsychologistAt ?? at, Seal(key, why, "left_aside_by_psychologist_why"));
        if (LeftAsideByClientAt is null || LeftAsideByPsychologistAt is null) return RequestOutcome.Done;
        ClosedAt = at;
        Go(key, RequestState.SetAsideTogether, by, at, Open(key, LeftAsideByPsychologistWhy, "left_aside_by_psychologist_why"));
        return RequestOutcome.Done;
    }

    /// <summary>Takes one side's word back, as long as it was not both sides'.</summary>
    public void NotAside(bool byClient)
    {
        if (!IsOpen) return;
        if (byClient) (LeftAsideByClientAt, LeftAsideByClientWhy) = (null, null);
        else (LeftAsideByPsychologistAt, LeftAsideByPsychologistWhy) = (null, null);
    }

    /// <summary>Ends it: reached with its result, or reshaped, closed, referred with a reason. Setting aside takes both: <see cref="LeaveAside"/>.</summary>
    public RequestOutcome End(DataKey key, RequestState state, string? result, int? level, string? why, Guid by, DateTime at)
    {
        if (!IsOpen || (state == RequestState.Reached && State is not (RequestState.Accepted or RequestState.Working))) return RequestOutcome.NotInThisState;
        if (state == RequestState.SetAsideTogether) return RequestOutcome.NeedsBoth;
        if (string.IsNullOrWhiteSpace(state == RequestState.Reached ? result : why)) return RequestOutcome.NeedsReason;
        (Result, ResultLevel, ClosedAt) = (Seal(key, result, "result"), level, at);
        Go(key, state, by, at, why);
        return RequestOutcome.Done;
    }

    public RequestStep Step(int number)
    {
        if (_steps.Find(s => s.Number == number) is { } step) return step;
        _steps.Add(step = new RequestStep(this, number));
        return step;
    }

    private void Go(DataKey key, RequestState to, Guid by, DateTime at, string? why)
    {
        _changes.Add(new RequestChange(this, State, to, by, at, key, why));
        State = to;
    }
}
