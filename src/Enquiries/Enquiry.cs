using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Enquiries;

public enum EnquiryDoor { Form, Phone, WalkIn }
public enum EnquiryState { Waiting, Taken, Accepted, Referred, Declined, Withdrawn }

/// <summary>A first contact; waits on the board. What was written stands in its complaint.</summary>
public sealed class Enquiry : PracticeEntity
{
    private readonly List<EnquiryAct> _acts = [];

    public EnquiryDoor Door { get; private set; }
    public EnquiryState State { get; private set; }
    public string CalledName { get; private set; } = "";
    public string? Email { get; private set; }
    public string? Phone { get; private set; }
    public Clients.ContactRules Contact { get; private set; } = new();
    public string Language { get; private set; } = "en";
    public string TimeZone { get; private set; } = "";
    public string Country { get; private set; } = "";
    /// <summary>Seals the words; goes over to the client when the enquiry is accepted.</summary>
    public Guid KeyId { get; private set; }
    public DateTime ReceivedAt { get; private set; }
    /// <summary>When the promise says an answer is due; null when nobody was on the rota and no time was promised.</summary>
    public DateTime? AnswerDueAt { get; private set; }
    public DateTime? AnsweredAt { get; private set; }
    public Guid? TakenBy { get; private set; }
    public Guid? ClientId { get; private set; }
    /// <summary>From the form: the same form sent twice is one enquiry (unique per practice).</summary>
    public Guid FormToken { get; private set; }
    public DateTime ConsentAt { get; private set; }
    public ForWhom ForWhom { get; private set; }
    /// <summary>The timeline, oldest first.</summary>
    public IReadOnlyList<EnquiryAct> Acts => _acts;

    private Enquiry() { }

    public Enquiry(Guid practiceId, EnquiryDoor door, string calledName, string? email, string? phone, Clients.ContactRules contact,
        string language, string timeZone, string country, Guid keyId, DateTime receivedAt, DateTime? answerDueAt, Guid formToken) : base(practiceId)
    {
        (Door, CalledName, Email, Phone, Contact, Language, TimeZone, Country, KeyId, ReceivedAt, AnswerDueAt, FormToken, ConsentAt) =
            (door, calledName, email, phone, contact, language, timeZone, country, keyId, receivedAt, answerDueAt, formToken, receivedAt);
    }

    public bool IsOpen => State is EnquiryState.Waiting or EnquiryState.Taken;

    public void For(ForWhom whom) => ForWhom = whom;

    public void Note(EnquiryActKind kind, DateTime at, Guid? by = null, Guid? whom = null) =>
        _acts.Add(new EnquiryAct(PracticeId, Id, kind, at, by, whom));

    /// <summary>Somebody sees to it. False when it is no longer open.</summary>
    public bool Take(Guid by, DateTime at)
    {
        if (!IsOpen) return false;
        if (TakenBy == by) return true;
        (State, TakenBy) = (EnquiryState.Taken, by);
        Note(EnquiryActKind.Taken, at, by);
        return true;
    }

    public bool HandTo(Guid colleague, Guid by, DateTime at)
    {
        if (!IsOpen) return false;
        (State, TakenBy) = (EnquiryState.Taken, colleague);
        Note(EnquiryActKind.HandedTo, at, by, colleague);
        return true;
    }

    /// <summary>The person has been spoken to: the promise is kept.</summary>
    public bool Answer(Guid by, DateTime at)
    {
        if (!IsOpen) return false;
        TakenBy ??= by;
        if (State == EnquiryState.Waiting) State = EnquiryState.Taken;
        AnsweredAt ??= at;
        Note(EnquiryActKind.Answered, at, by);
        return true;
    }

    public bool Accept(Guid clientId, Guid psychologist, Guid by, DateTime at)
    {
        if (!Close(EnquiryState.Accepted, EnquiryActKind.Accepted, by, at, psychologist)) return false;
        ClientId = clientId;
        return true;
    }

    public bool Refer(Guid by, DateTime at) => Close(EnquiryState.Referred, EnquiryActKind.Referred, by, at);
    public bool Decline(Guid by, DateTime at) => Close(EnquiryState.Declined, EnquiryActKind.Declined, by, at);
    public bool Withdraw(Guid by, DateTime at) => Close(EnquiryState.Withdrawn, EnquiryActKind.Withdrawn, by, at);

    private bool Close(EnquiryState state, EnquiryActKind act, Guid by, DateTime at, Guid? whom = null)
    {
        if (!IsOpen) return false;
        State = state;
        AnsweredAt ??= at;
        Note(act, at, by, whom);
        return true;
    }
}
