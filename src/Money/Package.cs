using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Sessions of one kind that were sold together beforehand. Its price is a charge; sessions draw from it and are not charged again.</summary>
public sealed class Package : PracticeEntity
{
    public const int MostSessions = 100;

    public Guid ClientId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid KindId { get; private set; }
    public int Sessions { get; private set; }
    public decimal Price { get; private set; }
    public string Currency { get; private set; } = "EUR";
    /// <summary>The charge of its price.</summary>
    public Guid ChargeId { get; private set; }
    public Guid SoldBy { get; private set; }
    public DateTime SoldAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    /// <summary>What was given back for the sessions that were left.</summary>
    public decimal? GivenBack { get; private set; }
    public Guid FormToken { get; private set; }

    private Package() { }

    public Package(Charge price, Guid kindId, int sessions, Guid soldBy, DateTime soldAt, Guid formToken) : base(price.PracticeId) =>
        (ClientId, EngagementId, ChargeId, Price, Currency, KindId, Sessions, SoldBy, SoldAt, FormToken) =
            (price.ClientId, price.EngagementId, price.Id, price.Amount, price.Currency, kindId, sessions, soldBy, soldAt, formToken);

    /// <summary>How many of its sessions are for having: once it has ended, those that were had, so that one which is corrected keeps its place.</summary>
    public int ToHave => GivenBack is { } back ? Enumerable.Range(0, Sessions + 1).First(had => Worth(Sessions - had) <= back) : Sessions;

    /// <summary>What so many of its sessions are worth, in whole coins, in favour of the client.</summary>
    public decimal Worth(int sessions) => Math.Min(Price, Currencies.RoundUp(Price * sessions / Sessions, Currency));

    public void End(decimal givenBack, DateTime at)
    {
        if (EndedAt is null) (EndedAt, GivenBack) = (at, givenBack);
    }
}
