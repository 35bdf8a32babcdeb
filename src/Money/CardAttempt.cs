using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>Somebody went to pay by card. Whether they did is said by the provider's message alone.</summary>
public sealed class CardAttempt : PracticeEntity
{
    public Guid ClientId { get; private set; }
    public Guid UserId { get; private set; }
    public decimal Amount { get; private set; }
    public string Currency { get; private set; } = "EUR";
    public DateTime StartedAt { get; private set; }
    public Guid? PaymentId { get; private set; }
    /// <summary>From the form: begun twice is one attempt.</summary>
    public Guid FormToken { get; private set; }

    private CardAttempt() { }

    public CardAttempt(Guid practiceId, Guid clientId, Guid userId, decimal amount, string currency, DateTime startedAt, Guid formToken) : base(practiceId) =>
        (ClientId, UserId, Amount, Currency, StartedAt, FormToken) = (clientId, userId, amount, currency, startedAt, formToken);

    /// <summary>What the provider is told and says back.</summary>
    public string Reference => $"{PracticeId:N}{Id:N}";

    public static (Guid Practice, Guid Attempt)? Read(string? reference) =>
        reference is { Length: 64 } && Guid.TryParseExact(reference[..32], "N", out var practice) && Guid.TryParseExact(reference[32..], "N", out var attempt)
            ? (practice, attempt) : null;

    public Payment Pay(DateTime at)
    {
        if (PaymentId is not null) throw new InvalidOperationException("It was paid.");
        var payment = new Payment(PracticeId, ClientId, Amount, Currency, PaymentMethod.Card, at, UserId, Id);
        PaymentId = payment.Id;
        return payment;
    }
}

public enum CardRefusal { UnknownAttempt, OtherAmount, OtherCurrency, PaidAlready }

/// <summary>A message of the card provider, kept once; one that fits nothing is kept with the reason, for a person to see to.</summary>
public sealed class CardEvent : PracticeEntity
{
    /// <summary>The provider's name for it.</summary>
    public string EventId { get; private set; } = "";
    public Guid? AttemptId { get; private set; }
    public string Outcome { get; private set; } = "";
    public decimal Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public DateTime ReceivedAt { get; private set; }
    public CardRefusal? Refused { get; private set; }
    public DateTime? SeenAt { get; private set; }

    private CardEvent() { }

    public CardEvent(Guid practiceId, string eventId, Guid? attemptId, string outcome, decimal amount, string currency, DateTime receivedAt, CardRefusal? refused) : base(practiceId) =>
        (EventId, AttemptId, Outcome, Amount, Currency, ReceivedAt, Refused) = (eventId, attemptId, outcome, amount, currency, receivedAt, refused);

    public void See(DateTime at) => SeenAt ??= at;
}
