using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Incidents;

public enum Side { Client, Psychologist }

/// <summary>What the psychologist did to a session, where that is what it is about: the signed terms say what follows.</summary>
public enum Breach { Other, Late, Absent, ShortNotice }

/// <summary>
/// A term that was not kept, by either side: which one, what was done or not done, when, and what followed. Never changed;
/// its author may withdraw it, and then it stays with that said.
/// </summary>
public sealed class Incident : PracticeEntity
{
    private readonly List<IncidentAnswer> _answers = [];

    public Guid EngagementId { get; private set; }
    /// <summary>The client concerned: of several parties no other sees it.</summary>
    public Guid ClientId { get; private set; }
    public Guid PsychologistId { get; private set; }
    /// <summary>Seals the words: the client's key.</summary>
    public Guid KeyId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Side By { get; private set; }
    /// <summary>Who did not keep the term.</summary>
    public Side About { get; private set; }
    /// <summary>The agreement that was in force at that moment.</summary>
    public Guid AgreementId { get; private set; }
    /// <summary>The clause; null where it is a promise.</summary>
    public int? Clause { get; private set; }
    /// <summary>The responsibility term; null where it is a clause.</summary>
    public int? Promise { get; private set; }
    public DateTime HappenedAt { get; private set; }
    public Guid? AppointmentId { get; private set; }
    public Breach Breach { get; private set; }
    public int? LateMinutes { get; private set; }
    public Sealed Behaviour { get; private set; }
    public Sealed Followed { get; private set; }
    public DateTime RecordedAt { get; private set; }
    /// <summary>From the form: sent twice is one.</summary>
    public Guid FormToken { get; private set; }
    /// <summary>The psychologist gave what the terms owe for it; once for a session and client.</summary>
    public DateTime? CreditedAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }
    public Sealed WithdrawnWhy { get; private set; }
    public IReadOnlyList<IncidentAnswer> Answers => _answers;

    private Incident() { }

    public Incident(Guid practiceId, Guid engagementId, Guid clientId, Guid psychologistId, DataKey key, Guid authorId, Side by, Side about,
        Guid agreementId, TermChosen term, DateTime happenedAt, DateTime recordedAt, Guid formToken, string behaviour, string? followed) : base(practiceId)
    {
        (EngagementId, ClientId, PsychologistId, KeyId, AuthorId, By, About) = (engagementId, clientId, psychologistId, key.OwnerId, authorId, by, about);
        (AgreementId, Clause, Promise, HappenedAt, RecordedAt, FormToken) = (agreementId, term.Clause, term.Promise, happenedAt, recordedAt, formToken);
        Behaviour = key.Seal(behaviour.Trim(), PlaceOf("behaviour"));
        if (!string.IsNullOrWhiteSpace(followed)) Followed = key.Seal(followed.Trim(), PlaceOf("followed"));
    }

    public Incident In(Guid appointmentId, Breach breach, int? lateMinutes)
    {
        (AppointmentId, Breach, LateMinutes) = (appointmentId, breach, breach == Breach.Late ? lateMinutes : null);
        return this;
    }

    public bool IsWithdrawn => WithdrawnAt is not null;

    public string ReadBehaviour(DataKey key) => key.Open(Behaviour, PlaceOf("behaviour"));
    public string? ReadFollowed(DataKey key) => Followed.IsEmpty ? null : key.Open(Followed, PlaceOf("followed"));
    public string? ReadWithdrawnWhy(DataKey key) => WithdrawnWhy.IsEmpty ? null : key.Open(WithdrawnWhy, PlaceOf("withdrawn_why"));

    public IncidentAnswer Answer(DataKey key, Guid authorId, Side by, string text, DateTime at, Guid formToken)
    {
        var answer = new IncidentAnswer(this, key, authorId, by, text, at, formToken);
        _answers.Add(answer);
        return answer;
    }

    public void Credit(DateTime at) => CreditedAt ??= at;

    public void Withdraw(DataKey key, string why, DateTime at)
    {
        if (WithdrawnAt is null) (WithdrawnAt, WithdrawnWhy) = (at, key.Seal(why.Trim(), PlaceOf("withdrawn_why")));
    }

    private Place PlaceOf(string column) => new(PracticeId, "incidents", column, Id);
}

/// <summary>A clause or a promise of an agreement; exactly one is set.</summary>
public readonly record struct TermChosen(int? Clause, int? Promise);

/// <summary>What one of the two said to it. Never changed, never deleted.</summary>
public sealed class IncidentAnswer : PracticeEntity
{
    public Guid IncidentId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Side By { get; private set; }
    public Sealed Text { get; private set; }
    public DateTime At { get; private set; }
    public Guid FormToken { get; private set; }

    private IncidentAnswer() { }

    internal IncidentAnswer(Incident incident, DataKey key, Guid authorId, Side by, string text, DateTime at, Guid formToken) : base(incident.PracticeId)
    {
        (IncidentId, AuthorId, By, At, FormToken) = (incident.Id, authorId, by, at, formToken);
        Text = key.Seal(text.Trim(), Place);
    }

    public string Read(DataKey key) => key.Open(Text, Place);
    private Place Place => new(PracticeId, "incident_answers", "text", Id);
}
