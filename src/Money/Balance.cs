namespace PracticeApp.Money;

/// <summary>What a person owes in one currency; negative is money of theirs that is kept for later.</summary>
/// <param name="Since">When the oldest charge that is not covered was confirmed; null when nothing is owed.</param>
public sealed record Balance(decimal Due, string Currency, DateTime? Since)
{
    /// <summary>Confirmed charges against payments, the oldest charge covered first; one balance a currency, settled ones left out.</summary>
    public static IReadOnlyList<Balance> Of(IEnumerable<Charge> charges, IEnumerable<Payment> payments)
    {
        var paid = payments.GroupBy(p => p.Currency).ToDictionary(g => g.Key, g => g.Sum(p => p.Amount));
        var owed = charges.Where(c => c.Counts).ToLookup(c => c.Currency);
        return [.. owed.Select(g => g.Key).Union(paid.Keys).Order(StringComparer.Ordinal)
            .Select(currency => One(currency, [.. owed[currency]], paid.GetValueOrDefault(currency))).Where(b => b.Due != 0)];
    }

    private static Balance One(string currency, List<Charge> charges, decimal paid)
    {
        var covered = paid - charges.Where(c => c.Amount < 0).Sum(c => c.Amount);
        DateTime? since = null;
        foreach (var charge in charges.Where(c => c.Amount > 0).OrderBy(c => c.DecidedAt))
        {
            covered -= charge.Amount;
            if (covered < 0) since ??= charge.DecidedAt;
        }
        return new Balance(-covered, currency, since);
    }
}
