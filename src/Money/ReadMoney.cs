using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Money;

/// <summary>A package and how much of it is left.</summary>
public sealed record PackageView(Guid Id, string Kind, int Sessions, int Had, decimal Price, string Currency, DateTime SoldAt, DateTime? EndedAt, decimal? GivenBack)
{
    public int Left => Sessions - Had;
    public bool Holds => EndedAt is null && Left > 0;
}

/// <summary>A document in a list.</summary>
public sealed record DocumentView(Guid Id, DocumentKind Kind, string Number, DateOnly IssuedOn, DateOnly? DueOn, decimal Total, string Currency, string Client, bool Standing);

/// <summary>Accounts as they stand, for whoever may open them: what is open from when, plans, packages, documents.</summary>
public sealed class ReadMoney(PracticeDb db)
{
    /// <summary>What is open of each of these clients.</summary>
    public async Task<ILookup<Guid, OpenItem>> OpenAsync(IQueryable<Guid> clients, CancellationToken ct)
    {
        var charges = (await db.Charges.AsNoTracking().Where(c => clients.Contains(c.ClientId) && c.State == ChargeState.Confirmed).ToListAsync(ct)).ToLookup(c => c.ClientId);
        var payments = (await db.Payments.AsNoTracking().Where(p => clients.Contains(p.ClientId)).ToListAsync(ct)).ToLookup(p => p.ClientId);
        var owing = charges.Where(g => Balance.Of(g, payments[g.Key]).Any(b => b.Due > 0)).Select(g => g.Key).ToList();
        var plans = (await db.PaymentPlans.AsNoTracking().Include(p => p.Parts).Where(p => owing.Contains(p.ClientId) && p.EndedAt == null).ToListAsync(ct)).ToLookup(p => p.ClientId);
        var within = await PayWithin.OfAsync(db, [.. owing.SelectMany(c => charges[c]).Select(c => c.EngagementId).Distinct()], ct);
        // What an invoice says goes before the terms.
        var invoiced = await (from i in db.InvoicedCharges join d in db.IssuedDocuments on i.DocumentId equals d.Id where owing.Contains(d.ClientId) select new { i.ChargeId, d.DueOn })
            .ToDictionaryAsync(i => i.ChargeId, i => i.DueOn, ct);
        DateOnly Due(Charge c) => invoiced.TryGetValue(c.Id, out var on) && on is { } day ? day
            : DateOnly.FromDateTime(c.DecidedAt ?? c.ProposedAt).AddDays(within.GetValueOrDefault(c.EngagementId, PayWithin.Usual));
        return owing.SelectMany(c => OpenItems.Of([.. charges[c]], [.. payments[c]], Due, plans[c]).Select(item => (c, item))).ToLookup(x => x.c, x => x.item);
    }

    public async Task<IReadOnlyList<OpenItem>> OpenAsync(Guid client, CancellationToken ct) =>
        [.. (await OpenAsync(db.Clients.Where(c => c.Id == client).Select(c => c.Id), ct))[client]];

    public async Task<IReadOnlyList<Balance>> BalancesAsync(Guid client, CancellationToken ct) => Balance.Of(
        await db.Charges.AsNoTracking().Where(c => c.ClientId == client).ToListAsync(ct), await db.Payments.AsNoTracking().Where(p => p.ClientId == client).ToListAsync(ct));

    /// <summary>The plan that holds, if anything of it is still open.</summary>
    public async Task<IReadOnlyList<PaymentPlan>> PlansAsync(Guid client, CancellationToken ct) =>
        await db.PaymentPlans.AsNoTracking().Include(p => p.Parts.OrderBy(x => x.Number)).Where(p => p.ClientId == client && p.EndedAt == null).ToListAsync(ct);

    public async Task<IReadOnlyList<PackageView>> PackagesAsync(Guid client, IQueryable<Guid>? engagements, string language, CancellationToken ct)
    {
        var sold = db.Packages.AsNoTracking().Where(p => p.ClientId == client);
        var packages = await (engagements is null ? sold : sold.Where(p => engagements.Contains(p.EngagementId))).OrderByDescending(p => p.SoldAt).ToListAsync(ct);
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => packages.Select(p => p.KindId).Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => k.Name.In(language), ct);
        var taken = await db.TakenAsync(packages.Select(p => p.Id), ct);
        return [.. packages.Select(p => new PackageView(p.Id, kinds[p.KindId], p.Sessions, taken[p.Id].Count, p.Price, p.Currency, p.SoldAt, p.EndedAt, p.GivenBack))];
    }

    public async Task<IReadOnlyList<DocumentView>> DocumentsAsync(IQueryable<IssuedDocument> documents, CancellationToken ct) =>
        [.. (await (from d in documents.AsNoTracking() join c in db.Clients on d.ClientId equals c.Id orderby d.IssuedAt descending, d.Serial descending
            select new { d.Id, d.Kind, d.Year, d.Serial, d.IssuedOn, d.DueOn, d.Total, d.Currency, c.Name, Standing = db.InvoicedCharges.Any(i => i.DocumentId == d.Id) }).ToListAsync(ct))
            .Select(d => new DocumentView(d.Id, d.Kind, IssuedDocument.NumberOf(d.Kind, d.Year, d.Serial), d.IssuedOn, d.DueOn, d.Total, d.Currency, d.Name, d.Standing))];
}
