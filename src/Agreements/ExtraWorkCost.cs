using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>What a piece of extra work, or contact beyond the included time, costs by the terms; worded by <see cref="ExtraWorkWords"/>.</summary>
/// <param name="Key">Key of an <see cref="ExtraWorkPrice"/>, or <see cref="ExtraWorkCost.Contact"/>.</param>
/// <param name="Label">The practice's own words for it.</param>
/// <param name="Amount">Pieces, or minutes where it is priced by time; for contact all minutes of the week.</param>
/// <param name="Included">Minutes of the week that cost nothing.</param>
/// <param name="Units">How many pieces, started quarters or hours are charged.</param>
public sealed record ExtraCost(string Key, string? Label, int Amount, int Included, decimal Units, decimal Price, PricedPer Per, decimal Total, string Currency, string? Clause)
{
    public bool IsContact => Key == ExtraWorkCost.Contact;
}

/// <summary>The one place that reckons extra work and extra contact, from nothing but the terms.</summary>
public static class ExtraWorkCost
{
    /// <summary>Key of contact beyond the included minutes; no key of a price list can begin so.</summary>
    public const string Contact = "+contact";

    public const int MostPieces = 100;
    /// <summary>A whole week.</summary>
    public const int MostMinutes = 7 * 24 * 60;

    /// <summary>
    /// Pieces and started quarters times their price; hours by the minute. Rounded down to whole coins, so never more than the terms
    /// say. Contact counts what goes beyond the included minutes of the week, and costs 0 within them.
    /// </summary>
    /// <param name="key">Key of the price list, or <see cref="Contact"/>.</param>
    /// <param name="amount">Pieces, minutes, or for contact all minutes of one week.</param>
    /// <returns>Null where the terms name no price for it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than one, or more than <see cref="MostPieces"/> or <see cref="MostMinutes"/>.</exception>
    public static ExtraCost? Of(Terms terms, string key, int amount)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (key == Contact)
        {
            return terms.Contact is { PricePer15Minutes: { } quarter, MinutesPerWeek: var included } contact
                ? Reckon(new ExtraCost(Contact, null, Within(amount, MostMinutes), included, 0, quarter, PricedPer.Started15Minutes, 0, terms.Currency, contact.Clause))
                : null;
        }
        return terms.Scope.ExtraWork.FirstOrDefault(w => w.Key == key) is { } work
            ? Reckon(new ExtraCost(key, work.Label, Within(amount, Most(work.Per)), 0, 0, work.Price, work.Per, 0, terms.Currency, terms.Scope.Clause))
            : null;
    }

    public static int Most(PricedPer per) => per == PricedPer.Piece ? MostPieces : MostMinutes;

    private static ExtraCost Reckon(ExtraCost cost)
    {
        var charged = Math.Max(0, cost.Amount - cost.Included);
        var units = cost.Per switch
        {
            PricedPer.Started15Minutes => (charged + 14) / 15,
            PricedPer.Hour => charged / 60m,
            _ => charged,
        };
        // Multiplied first: thirds of an hour lose nothing.
        var total = cost.Per == PricedPer.Hour ? cost.Price * charged / 60m : cost.Price * units;
        return cost with { Units = units, Total = Currencies.RoundDown(total, cost.Currency) };
    }

    private static int Within(int amount, int most) => amount is > 0 && amount <= most ? amount : throw new ArgumentOutOfRangeException(nameof(amount), amount, null);
}
