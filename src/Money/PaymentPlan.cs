using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>What was agreed about an open amount: a later date, or parts of it by dates. A new one takes the place of the old one.</summary>
public sealed class PaymentPlan : PracticeEntity
{
    private readonly List<PlanPart> _parts = [];

    public const int MostParts = 24;

    public Guid ClientId { get; private set; }
    public decimal Total { get; private set; }
    public string Currency { get; private set; } = "EUR";
    public Guid AgreedBy { get; private set; }
    public DateTime AgreedAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    /// <summary>From the form: agreed twice is one plan.</summary>
    public Guid FormToken { get; private set; }
    public IReadOnlyList<PlanPart> Parts => _parts;

    private PaymentPlan() { }

    /// <param name="days">When each part is due; the parts are even, the first ones take the odd coins.</param>
    public PaymentPlan(Guid practiceId, Guid clientId, decimal total, string currency, IReadOnlyList<DateOnly> days, Guid agreedBy, DateTime agreedAt, Guid formToken) : base(practiceId)
    {
        if (total <= 0 || days.Count is 0 or > MostParts) throw new ArgumentException("Something that is owed, in one to a few parts.", nameof(days));
        (ClientId, Total, Currency, AgreedBy, AgreedAt, FormToken) = (clientId, total, currency, agreedBy, agreedAt, formToken);
        foreach (var (amount, n) in Split(total, currency, days.Count).Select((a, n) => (a, n))) _parts.Add(new PlanPart(practiceId, Id, n + 1, days[n], amount));
    }

    public void End(DateTime at) => EndedAt ??= at;

    /// <summary>Even parts in whole coins; together they are the sum to the last coin.</summary>
    public static IReadOnlyList<decimal> Split(decimal total, string currency, int parts)
    {
        var coin = 1m;
        for (var i = 0; i < Currencies.Decimals(currency); i++) coin /= 10;
        var even = Currencies.RoundDown(total / parts, currency);
        var rest = total - even * parts;
        return [.. Enumerable.Range(0, parts).Select(n =>
        {
            var odd = Math.Min(rest, coin);
            rest -= odd;
            return even + odd;
        })];
    }

    /// <summary>The same day of the following months; the last day of a month that is too short.</summary>
    public static IReadOnlyList<DateOnly> Monthly(DateOnly first, int parts) => [.. Enumerable.Range(0, parts).Select(first.AddMonths)];
}

public sealed class PlanPart : PracticeEntity
{
    public Guid PlanId { get; private set; }
    public int Number { get; private set; }
    public DateOnly DueOn { get; private set; }
    public decimal Amount { get; private set; }

    private PlanPart() { }

    internal PlanPart(Guid practiceId, Guid planId, int number, DateOnly dueOn, decimal amount) : base(practiceId) =>
        (PlanId, Number, DueOn, Amount) = (planId, number, dueOn, amount);
}
