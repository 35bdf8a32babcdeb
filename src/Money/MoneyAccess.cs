using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>The only way to people's money: whose account the signed-in user may open.</summary>
public static class MoneyAccess
{
    /// <summary>Admins see every account of the practice, psychologists those of the people they work with.</summary>
    public static IQueryable<Client> ClientsWithAccounts(this PracticeDb db)
    {
        if (db.Current.Is(Role.Admin)) return db.Clients;
        var own = db.OwnEngagements();
        return db.Clients.Where(c => own.Any(e => e.Parties.Any(p => p.ClientId == c.Id)));
    }

    /// <summary>Whether the user may know which course of work a charge belongs to.</summary>
    public static IQueryable<Engagement> EngagementsWithNamedCharges(this PracticeDb db) =>
        db.Current.Is(Role.Admin) ? db.Engagements : db.OwnEngagements();

    /// <summary>Invoices and credit notes of courses of work the user knows, receipts of accounts they may open; a client's own and those of their wards.</summary>
    public static IQueryable<IssuedDocument> ReadableDocuments(this PracticeDb db)
    {
        var (own, wards) = (db.OwnClient(), db.Wards());
        if (!db.Current.Is(Role.Admin) && !db.Current.Is(Role.Psychologist)) return db.IssuedDocuments.Where(d => own.Any(c => c.Id == d.ClientId) || wards.Any(c => c.Id == d.ClientId));
        var (named, accounts) = (db.EngagementsWithNamedCharges(), db.ClientsWithAccounts());
        return db.IssuedDocuments.Where(d => (d.EngagementId == null ? accounts.Any(c => c.Id == d.ClientId) : named.Any(e => e.Id == d.EngagementId))
            || own.Any(c => c.Id == d.ClientId) || wards.Any(c => c.Id == d.ClientId));
    }

    /// <summary>Accounts the signed-in client may open: the own one and those of minors for whom they stand.</summary>
    public static IQueryable<Client> AccountsAsClient(this PracticeDb db)
    {
        var (own, wards) = (db.OwnClient(), db.Wards());
        return db.Clients.Where(c => own.Any(o => o.Id == c.Id) || wards.Any(w => w.Id == c.Id));
    }
}
