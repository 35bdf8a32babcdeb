using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Money;

/// <summary>A session that took place is covered by the oldest package of its kind that has sessions left.</summary>
public sealed class DrawFromPackages(PracticeDb db)
{
    /// <param name="sessions">Charges of sessions; those that stand and were not covered yet are drawn, unless an invoice names them.</param>
    /// <param name="kindOf">The kind of an appointment.</param>
    public async Task DrawAsync(Guid clientId, IEnumerable<Charge> sessions, Func<Guid, Guid?> kindOf, CancellationToken ct)
    {
        var waiting = sessions.Where(c => c.Counts && c.Amount > 0 && c.AppointmentId is not null && db.Entry(c).State == EntityState.Added).OrderBy(c => c.DecidedAt).ToList();
        if (waiting.Count == 0) return;
        // Locked, since a client may work with two psychologists at once.
        await db.Database.ExecuteSqlAsync($"select 1 from packages where practice_id = {db.Current.PracticeId} and client_id = {clientId} order by id for update", ct);
        var packages = await db.Packages.AsNoTracking().Where(p => p.ClientId == clientId).OrderBy(p => p.SoldAt).ToListAsync(ct);
        if (packages.Count == 0) return;
        var taken = (await db.TakenAsync(packages.Select(p => p.Id), ct)).ToDictionary(t => t.Key, t => t.Value);
        foreach (var charge in waiting)
        {
            var package = packages.Find(p => p.KindId == kindOf(charge.AppointmentId!.Value) && p.EngagementId == charge.EngagementId && p.Currency == charge.Currency && taken[p.Id].Count < p.ToHave);
            if (package is null) continue;
            var number = Enumerable.Range(1, package.Sessions).First(n => !taken[package.Id].Contains(n));
            taken[package.Id].Add(number);
            charge.CoverBy(package, number);
        }
    }
}

public static class PackagesLeft
{
    /// <summary>Which sessions of each package were had.</summary>
    public static async Task<IReadOnlyDictionary<Guid, HashSet<int>>> TakenAsync(this PracticeDb db, IEnumerable<Guid> packages, CancellationToken ct)
    {
        var ids = packages.ToList();
        var taken = await db.Charges.Where(c => c.PackageId != null && ids.Contains(c.PackageId.Value)).Select(c => new { c.PackageId, c.PackageNumber }).ToListAsync(ct);
        return ids.ToDictionary(id => id, id => taken.Where(t => t.PackageId == id).Select(t => t.PackageNumber!.Value).ToHashSet());
    }
}

/// <summary>A package is sold, or ends and what is left of it is given back.</summary>
public sealed class SellPackages(PracticeDb db, Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task SellAsync(Guid clientId, Guid engagementId, Guid kindId, int sessions, decimal price, string currency, Guid formToken, CancellationToken ct)
    {
        var charge = new Charge(db.Current.PracticeId, engagementId, clientId, null, ChargeKind.Package, price, currency, null, null, Now);
        charge.Confirm(db.Current.UserId, Now);
        var package = new Package(charge, kindId, sessions, db.Current.UserId, Now, formToken);
        db.AddRange(charge, package);
        await db.SaveChangesAsync(ct);
        audit.Record("package.sold", "package", package.Id, clientId);
    }

    /// <param name="paidBack">The money went back at once by this way; null: it is kept for the client.</param>
    public async Task EndAsync(Guid packageId, PaymentMethod? paidBack, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from packages where practice_id = {db.Current.PracticeId} and id = {packageId} for update", ct);
        var package = await db.Packages.SingleAsync(p => p.Id == packageId, ct);
        if (package.EndedAt is not null) return;
        var left = package.Sessions - (await db.TakenAsync([package.Id], ct))[package.Id].Count;
        var worth = left == 0 ? 0 : package.Worth(left);
        package.End(worth, Now);
        if (worth > 0)
        {
            var credit = new Charge(package.PracticeId, package.EngagementId, package.ClientId, null, ChargeKind.Credit, -worth, package.Currency, null, null, Now);
            credit.Confirm(db.Current.UserId, Now);
            db.Charges.Add(credit);
            if (paidBack is { } method) db.Payments.Add(Payment.Back(package.PracticeId, package.ClientId, worth, package.Currency, method, db.Current.UserId, package.Id, Now));
        }
        await db.SaveChangesAsync(ct);
        audit.Record("package.ended", "package", package.Id, package.ClientId);
    }
}
