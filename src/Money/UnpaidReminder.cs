using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>How often a client was reminded of what is open in one currency, and when it is looked at again.</summary>
public sealed class UnpaidReminder : PracticeEntity
{
    public Guid ClientId { get; private set; }
    public string Currency { get; private set; } = "EUR";
    public int Sent { get; private set; }
    public DateTime? SentAt { get; private set; }
    public DateTime LookAt { get; private set; }

    private UnpaidReminder() { }

    public UnpaidReminder(Guid practiceId, Guid clientId, string currency) : base(practiceId) => (ClientId, Currency) = (clientId, currency);

    public void Remind(DateTime at) => (Sent, SentAt) = (Sent + 1, at);

    /// <summary>Nothing is overdue any more: what comes later is counted anew.</summary>
    public void Settle() => (Sent, SentAt) = (0, null);

    public void LookAgain(DateTime at) => LookAt = at;
}
