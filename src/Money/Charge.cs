using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Money;

public enum ChargeKind { Session, Absence, LateCancellation, LateMove, Credit, Other, Package }
public enum ChargeState { Proposed, Confirmed, Waived }

/// <summary>Money that is owed for an appointment or by an assessment (a credit is negative), with the clause it rests on.</summary>
public sealed class Charge : PracticeEntity
{
    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid? AppointmentId { get; private set; }
    /// <summary>The event it follows from; one event is charged once.</summary>
    public Guid? EventId { get; private set; }
    public ChargeKind Kind { get; private set; }
    public ChargeState State { get; private set; }
    public decimal Amount { get; private set; }
    public string Currency { get; private set; } = "EUR";
    /// <summary>The agreement and the clause number that it rests on.</summary>
    public Guid? AgreementId { get; private set; }
    public string? Clause { get; private set; }
    /// <summary>The assessment as it stood when the amount was set, <see cref="Assessment.ToJson"/>; null where none was needed.</summary>
    public string? AssessmentJson { get; private set; }
    public DateTime ProposedAt { get; private set; }
    /// <summary>From then on a proposed charge stands by itself; null where it waits for the psychologist.</summary>
    public DateTime? StandsAt { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    /// <summary>The package that covers it, and which of its sessions it is.</summary>
    public Guid? PackageId { get; private set; }
    public int? PackageNumber { get; private set; }
    /// <summary>Extra work by its key in the terms, or <see cref="ExtraWorkCost.Contact"/>; never words.</summary>
    public string? ExtraKey { get; private set; }
    /// <summary>Pieces or minutes of it, as <see cref="ExtraCost.Amount"/>.</summary>
    public int? ExtraAmount { get; private set; }
    /// <summary>When it was done; for contact the Monday of its week.</summary>
    public DateOnly? DoneOn { get; private set; }
    /// <summary>From the form: entered twice is one charge.</summary>
    public Guid? FormToken { get; private set; }
    /// <summary>Key of a reason, or what the psychologist wrote.</summary>
    public string? WaivedBecause { get; private set; }

    private Charge() { }

    public Charge(Guid practiceId, Guid engagementId, Guid clientId, Guid? appointmentId, ChargeKind kind, decimal amount, string currency,
        Guid? agreementId, string? clause, DateTime proposedAt) : base(practiceId) =>
        (EngagementId, ClientId, AppointmentId, Kind, Amount, Currency, AgreementId, Clause, ProposedAt) =
            (engagementId, clientId, appointmentId, kind, amount, currency, agreementId, clause, proposedAt);

    /// <summary>Extra work or contact by the terms of an agreement; it stands at once.</summary>
    public static Charge Extra(Guid practiceId, Guid engagementId, Guid clientId, Guid agreementId, ExtraCost cost, DateOnly doneOn, Guid by, Guid formToken, DateTime at)
    {
        var charge = new Charge(practiceId, engagementId, clientId, null, ChargeKind.Other, cost.Total, cost.Currency, agreementId, cost.Clause, at)
        {
            ExtraKey = cost.Key, ExtraAmount = cost.Amount, DoneOn = doneOn, FormToken = formToken,
        };
        charge.Confirm(by, at);
        return charge;
    }

    /// <summary>Follows from an assessed event.</summary>
    public Charge From(Guid eventId, Assessment assessment)
    {
        (EventId, AssessmentJson) = (eventId, assessment.ToJson());
        return this;
    }

    /// <summary>Stands and is to be paid: what a package covers was paid with it.</summary>
    public bool Counts => State == ChargeState.Confirmed && PackageId is null;

    public void CoverBy(Package package, int number) => (PackageId, PackageNumber) = (package.Id, number);

    public Assessment? Assessment => AssessmentJson is null ? null : Assessment.Parse(AssessmentJson);

    /// <summary>What is only proposed follows what is known; what was decided stands.</summary>
    public void Propose(decimal amount, Assessment assessment)
    {
        if (State != ChargeState.Proposed) return;
        (Amount, AgreementId, Clause, AssessmentJson) =
            (amount, assessment.AgreementVersion == 0 ? null : assessment.AgreementId, assessment.Clause, assessment.ToJson());
    }

    /// <summary>What is proposed now stands by itself so much later; null, and after whatever the psychologist decided or was asked: it waits for them.</summary>
    public void Stand(TimeSpan? after) => StandsAt = State == ChargeState.Proposed && after is { } wait ? ProposedAt + wait : null;

    /// <summary>What was decided becomes less, never more: the terms say so now that more is known.</summary>
    public void Lower(decimal amount, Assessment assessment) =>
        (Amount, Clause, AssessmentJson) = (Math.Min(Amount, amount), assessment.Clause, assessment.ToJson());

    public void Confirm(Guid? by, DateTime at)
    {
        if (State == ChargeState.Proposed) (State, DecidedBy, DecidedAt) = (ChargeState.Confirmed, by, at);
    }

    public void Waive(Guid by, DateTime at, string because)
    {
        if (State != ChargeState.Waived) (State, DecidedBy, DecidedAt, WaivedBecause) = (ChargeState.Waived, by, at, because);
    }

    /// <summary>Takes the decision back: it is proposed again.</summary>
    public void Reopen()
    {
        if (State != ChargeState.Proposed) (State, DecidedBy, DecidedAt, WaivedBecause, StandsAt) = (ChargeState.Proposed, null, null, null, null);
    }
}

public enum PaymentMethod { Cash, Transfer, Card, Other }

/// <summary>Money that came in; negative where one that was entered by mistake is taken back.</summary>
public sealed class Payment : PracticeEntity
{
    public Guid ClientId { get; private set; }
    public decimal Amount { get; private set; }
    public string Currency { get; private set; } = "EUR";
    public PaymentMethod Method { get; private set; }
    public DateTime PaidAt { get; private set; }
    public Guid RecordedBy { get; private set; }
    public DateTime RecordedAt { get; private set; }
    /// <summary>From the form: recorded twice is one payment.</summary>
    public Guid FormToken { get; private set; }
    /// <summary>The payment that this one takes back; each can be taken back once.</summary>
    public Guid? TakesBack { get; private set; }

    private Payment() { }

    public Payment(Guid practiceId, Guid clientId, decimal amount, string currency, PaymentMethod method, DateTime paidAt, Guid recordedBy, Guid formToken,
        DateTime? recordedAt = null) : base(practiceId) =>
        (ClientId, Amount, Currency, Method, PaidAt, RecordedBy, FormToken, RecordedAt) =
            (clientId, amount, currency, method, paidAt, recordedBy, formToken, recordedAt ?? paidAt);

    /// <summary>Money that goes back to the client.</summary>
    public static Payment Back(Guid practiceId, Guid clientId, decimal amount, string currency, PaymentMethod method, Guid by, Guid formToken, DateTime at) =>
        new(practiceId, clientId, -amount, currency, method, at, by, formToken);

    /// <summary>Entered by mistake: a second entry, of its own day, makes it undone, so that both stay visible and no month that is over changes.</summary>
    public Payment TakeBack(Guid by, DateTime at)
    {
        if (TakesBack is not null) throw new InvalidOperationException("What takes back is not taken back.");
        return new Payment(PracticeId, ClientId, -Amount, Currency, Method, at, by, Id, at) { TakesBack = Id };
    }
}
