namespace PracticeApp.Money;

/// <summary>An amount that is open, and the day by which it is to be paid.</summary>
public sealed record OpenItem(DateOnly DueOn, decimal Amount, string Currency);

/// <summary>How long amounts of one currency have been open: not due yet, then by days since they were due.</summary>
public sealed record Ageing(string Currency, decimal NotDue, decimal To30, decimal To60, decimal To90, decimal Over90)
{
    public decimal Overdue => To30 + To60 + To90 + Over90;
    public decimal Total => NotDue + Overdue;

    public static IReadOnlyList<Ageing> Of(IEnumerable<OpenItem> items, DateOnly today) =>
        [.. items.GroupBy(i => i.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            decimal Sum(int from, int to) => g.Where(i => today.DayNumber - i.DueOn.DayNumber is var late && late >= from && late <= to).Sum(i => i.Amount);
            return new Ageing(g.Key, Sum(int.MinValue, 0), Sum(1, 30), Sum(31, 60), Sum(61, 90), Sum(91, int.MaxValue));
        })];
}

/// <summary>What of an account is open, by the day it is due: what was agreed later goes before the first dates.</summary>
public static class OpenItems
{
    /// <param name="due">The day by which a charge is to be paid.</param>
    /// <param name="plans">Those that hold: one a currency at most.</param>
    public static IReadOnlyList<OpenItem> Of(IReadOnlyCollection<Charge> charges, IReadOnlyCollection<Payment> payments, Func<Charge, DateOnly> due, IEnumerable<PaymentPlan> plans)
    {
        var agreed = plans.ToDictionary(p => p.Currency);
        return [.. Balance.Of(charges, payments).Where(b => b.Due > 0).SelectMany(b => One(b, charges, due, agreed.GetValueOrDefault(b.Currency)))];
    }

    // The balance says how much is open; charges and plan only say from when. The earliest due was paid first.
    private static IEnumerable<OpenItem> One(Balance balance, IEnumerable<Charge> charges, Func<Charge, DateOnly> due, PaymentPlan? plan)
    {
        var items = charges.Where(c => c.Counts && c.Amount > 0 && c.Currency == balance.Currency && (plan is null || c.DecidedAt > plan.AgreedAt))
            .Select(c => new OpenItem(due(c), c.Amount, c.Currency))
            .Concat(plan?.Parts.Select(p => new OpenItem(p.DueOn, p.Amount, plan.Currency)) ?? [])
            .OrderBy(i => i.DueOn).ToList();
        var covered = items.Sum(i => i.Amount) - balance.Due;
        // More is open than is listed: something that had been paid was taken back.
        if (covered < 0 && (plan?.Parts.Min(p => (DateOnly?)p.DueOn) ?? items.FirstOrDefault()?.DueOn) is { } first) items.Insert(0, new OpenItem(first, -covered, balance.Currency));
        foreach (var item in items)
        {
            var left = covered > 0 ? Math.Max(0, item.Amount - covered) : item.Amount;
            covered -= item.Amount - left;
            if (left > 0) yield return item with { Amount = left };
        }
    }
}
