using System.Text.Json;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

public enum WordedBy { ClientAlone, ClientWithQuestions, OfferedByPsychologist, ConsultativeTask }

/// <summary>One wording of a request, kept for good, with who worded it.</summary>
public sealed class Formulation : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    public int Number { get; private set; }
    public Sealed Text { get; private set; }
    public string Language { get; private set; } = "en";
    public WordedBy WordedBy { get; private set; }
    public Guid AuthorId { get; private set; }
    public DateTime WrittenAt { get; private set; }

    private Formulation() { }

    internal Formulation(ClientRequest request, int number, DataKey key, string text, string language, WordedBy wordedBy, Guid authorId, DateTime at) : base(request.PracticeId)
    {
        (RequestId, EngagementId, Number, Language, WordedBy, AuthorId, WrittenAt) = (request.Id, request.EngagementId, number, language, wordedBy, authorId, at);
        Text = key.Seal(text.Trim(), TextPlace);
    }

    public Place TextPlace => new(PracticeId, "formulations", "text", Id);
    public string Read(DataKey key) => key.Open(Text, TextPlace);
}

/// <summary>The coach's assessment of one formulation, for the psychologist alone: the database hides it from the parties.</summary>
public sealed class FormulationReview : PracticeEntity
{
    public Guid FormulationId { get; private set; }
    public Guid EngagementId { get; private set; }
    public UtteranceKind? Kind { get; private set; }
    /// <summary>The language whose rules judged; null without a verdict.</summary>
    public string? Language { get; private set; }
    /// <summary>The seven criteria in order as JSON: verdict, place of the deciding words, reason; no words.</summary>
    public string Criteria { get; private set; } = "[]";
    public string QuestionId { get; private set; } = "";

    private FormulationReview() { }

    public FormulationReview(Formulation formulation, Review review) : base(formulation.PracticeId) =>
        (FormulationId, EngagementId, Kind, Language, Criteria, QuestionId) =
            (formulation.Id, formulation.EngagementId, review.Kind, review.Language, JsonSerializer.Serialize(review.Criteria), review.Question.Id);

    public IReadOnlyList<Criterion> ReadCriteria() => JsonSerializer.Deserialize<List<Criterion>>(Criteria)!;
}

public enum StepBy { Client, Psychologist, Both }

/// <summary>One piece of work on a request, usually a week.</summary>
public sealed class RequestStep : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    /// <summary>From 1; four make a month.</summary>
    public int Number { get; private set; }
    public Sealed? What { get; private set; }
    public StepBy By { get; private set; }
    public Sealed? Happened { get; private set; }
    public DateTime? DoneAt { get; private set; }

    private RequestStep() { }

    internal RequestStep(ClientRequest request, int number) : base(request.PracticeId) =>
        (RequestId, EngagementId, Number) = (request.Id, request.EngagementId, number);

    public void Plan(DataKey key, string? what, StepBy by) => (What, By) = (Seal(key, what, "what"), by);

    public void Tell(DataKey key, string? happened, bool done, DateTime at) =>
        (Happened, DoneAt) = (Seal(key, happened, "happened"), done ? DoneAt ?? at : null);

    public string? ReadWhat(DataKey key) => Open(key, What, "what");
    public string? ReadHappened(DataKey key) => Open(key, Happened, "happened");

    private Place PlaceOf(string column) => new(PracticeId, "request_steps", column, Id);
    private Sealed? Seal(DataKey key, string? text, string column) => string.IsNullOrWhiteSpace(text) ? null : key.Seal(text.Trim(), PlaceOf(column));
    private string? Open(DataKey key, Sealed? value, string column) => value is { IsEmpty: false } v ? key.Open(v, PlaceOf(column)) : null;
}

/// <summary>A change of a request's state: who, when, why.</summary>
public sealed class RequestChange : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    public RequestState From { get; private set; }
    public RequestState To { get; private set; }
    public Guid By { get; private set; }
    public DateTime At { get; private set; }
    public Sealed? Why { get; private set; }

    private RequestChange() { }

    internal RequestChange(ClientRequest request, RequestState from, RequestState to, Guid by, DateTime at, DataKey key, string? why) : base(request.PracticeId)
    {
        (RequestId, EngagementId, From, To, By, At) = (request.Id, request.EngagementId, from, to, by, at);
        Why = string.IsNullOrWhiteSpace(why) ? null : key.Seal(why.Trim(), WhyPlace);
    }

    private Place WhyPlace => new(PracticeId, "request_changes", "why", Id);
    public string? ReadWhy(DataKey key) => Why is { IsEmpty: false } v ? key.Open(v, WhyPlace) : null;
}

/// <summary>One party's yes to one wording of a joint request.</summary>
public sealed class RequestAcceptance : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public int FormulationNumber { get; private set; }
    public DateTime At { get; private set; }

    private RequestAcceptance() { }

    internal RequestAcceptance(ClientRequest request, Guid clientId, int formulationNumber, DateTime at) : base(request.PracticeId) =>
        (RequestId, EngagementId, ClientId, FormulationNumber, At) = (request.Id, request.EngagementId, clientId, formulationNumber, at);
}

/// <summary>What the psychologist heard behind a complaint. Private: nobody else can read it.</summary>
public sealed class Hearing : PracticeEntity
{
    public static readonly IReadOnlyList<string> TagKeys = ["losing-control", "anxiety-without-cause", "not-up-to-it", "something-else"];

    public Guid EngagementId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Text { get; private set; }
    public string[] Tags { get; private set; } = [];
    public DateTime SavedAt { get; private set; }

    private Hearing() { }

    public Hearing(Guid practiceId, Guid engagementId, Guid authorId, DataKey key, DateTime at) : base(practiceId)
    {
        (EngagementId, AuthorId, KeyId) = (engagementId, authorId, key.OwnerId);
        Write(key, "", [], at);
    }

    public void Write(DataKey key, string text, IEnumerable<string> tags, DateTime at) =>
        (Text, Tags, SavedAt) = (key.Seal(text.Trim(), TextPlace), tags.Where(TagKeys.Contains).Distinct().ToArray(), at);

    public string Read(DataKey key) => key.Open(Text, TextPlace);
    private Place TextPlace => new(PracticeId, "hearings", "text", Id);
}
