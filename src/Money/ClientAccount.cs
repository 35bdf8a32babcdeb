using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Money;

/// <summary>One client's account in one currency, for whoever asks before booking.</summary>
public static class ClientAccount
{
    public static async Task<AccountState> AccountStateAsync(this PracticeDb db, Guid clientId, string currency, DateOnly today, CancellationToken ct)
    {
        var charges = await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId && c.State == ChargeState.Confirmed).ToListAsync(ct);
        var payments = await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId && p.Currency == currency).ToListAsync(ct);
        var packages = await db.Packages.AsNoTracking().Where(p => p.ClientId == clientId && p.Currency == currency && p.EndedAt == null).ToListAsync(ct);
        var had = packages.Count == 0 ? null : await db.TakenAsync(packages.Select(p => p.Id), ct);
        var plans = await db.PaymentPlans.AsNoTracking().Include(p => p.Parts).Where(p => p.ClientId == clientId && p.Currency == currency && p.EndedAt == null).ToListAsync(ct);
        var mine = charges.Where(c => c.Currency == currency).ToList();
        var within = mine.Count == 0 ? [] : await PayWithin.OfAsync(db, [.. mine.Select(c => c.EngagementId).Distinct()], ct);
        DateOnly DueOn(Charge c) => DateOnly.FromDateTime(c.DecidedAt ?? c.ProposedAt).AddDays(within.GetValueOrDefault(c.EngagementId, PayWithin.Usual));
        // What a plan put off is due by its parts.
        var planned = plans.Select(p => p.AgreedAt).DefaultIfEmpty(DateTime.MinValue).Max();
        List<(DateTime, decimal)> flow = [.. payments.Select(p => (p.PaidAt, p.Amount)),
            .. mine.Where(c => c.Counts && c.DecidedAt > planned && (c.Amount < 0 || DueOn(c) <= today)).Select(c => (c.DecidedAt!.Value, -c.Amount)),
            .. plans.SelectMany(p => p.Parts).Where(p => p.DueOn <= today).Select(p => (p.DueOn.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), -p.Amount))];
        return new AccountState(
            Balance.Of(mine, payments).Sum(b => b.Due),
            plans.Count == 0 ? 0 : OpenItems.Of(mine, payments, _ => DateOnly.MinValue, plans).Where(i => i.DueOn >= today).Sum(i => i.Amount),
            charges.Where(c => c.Kind == ChargeKind.Session).Select(c => c.AppointmentId).OfType<Guid>().ToHashSet(),
            packages.GroupBy(p => p.KindId).ToDictionary(g => g.Key, g => g.Sum(p => p.Sessions - had![p.Id].Count)), flow);
    }
}
