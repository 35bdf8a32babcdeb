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
}
