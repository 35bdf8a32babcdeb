using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;

namespace PracticeApp.Engagements;

/// <summary>The only way to an engagement or a client: what the signed-in user may reach. Row-level security repeats it for clinical rows.</summary>
public static class EngagementAccess
{
    /// <summary>Engagements whose words the user may read: the psychologist's own, those shared with them now, and a client's own.</summary>
    public static IQueryable<Engagement> ReadableEngagements(this PracticeDb db, DateTime now)
    {
        var user = db.Current.UserId;
        return db.Engagements.Where(e =>
            e.PsychologistId == user
            || db.AccessGrants.Any(g => g.EngagementId == e.Id && g.UserId == user && g.SubjectId == null && g.RevokedAt == null && g.StartsAt <= now && g.EndsAt > now)
            || e.Parties.Any(p => p.Role == PartyRole.Client && db.Clients.Any(c => c.Id == p.ClientId && c.UserId == user)));
    }

    /// <summary>Engagements the user works on as their psychologist.</summary>
    public static IQueryable<Engagement> OwnEngagements(this PracticeDb db) =>
        db.Engagements.Where(e => e.PsychologistId == db.Current.UserId);

    /// <summary>Engagements the signed-in client is a party of, guardians included.</summary>
    public static IQueryable<Engagement> EngagementsAsParty(this PracticeDb db) =>
        db.Engagements.Where(e => e.Parties.Any(p => db.Clients.Any(c => c.Id == p.ClientId && c.UserId == db.Current.UserId)));

    /// <summary>Engagements the signed-in client takes part in, guardians left out: theirs are the words.</summary>
    public static IQueryable<Engagement> EngagementsAsClient(this PracticeDb db) =>
        db.Engagements.Where(e => e.Parties.Any(p => p.Role == PartyRole.Client && db.Clients.Any(c => c.Id == p.ClientId && c.UserId == db.Current.UserId)));

    /// <summary>Engagements in which the signed-in user stands for a minor: agreement, times and money, never words.</summary>
    public static IQueryable<Engagement> EngagementsAsGuardian(this PracticeDb db) =>
        db.Engagements.Where(e => e.Parties.Any(p => p.Role == PartyRole.Guardian && db.Clients.Any(c => c.Id == p.ClientId && c.UserId == db.Current.UserId)));

    /// <summary>
    /// Clients whose account their guardian may see: those who come only where this guardian stands for them, since money of other work
    /// would tell of it.
    /// </summary>
    public static IQueryable<Client> Wards(this PracticeDb db)
    {
        var guarded = db.EngagementsAsGuardian();
        return db.Clients.Where(c => guarded.Any(e => e.Parties.Any(p => p.ClientId == c.Id && p.Role == PartyRole.Client))
            && !db.Engagements.Any(e => e.Parties.Any(p => p.ClientId == c.Id && p.Role == PartyRole.Client) && !guarded.Any(g => g.Id == e.Id)));
    }

    /// <summary>
    /// Clients whose card the user may open: staff at the desk (operator, admin) all, by the reduced card;
    /// psychologists those they work with or were given access to.
    /// </summary>
    public static IQueryable<Client> ReachableClients(this PracticeDb db, DateTime now)
    {
        if (db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin)) return db.Clients;
        var engagements = db.ReadableEngagements(now);
        return db.Clients.Where(c => engagements.Any(e => e.Parties.Any(p => p.ClientId == c.Id)));
    }

    /// <summary>The signed-in user's own client rows in this practice.</summary>
    public static IQueryable<Client> OwnClient(this PracticeDb db) => db.Clients.Where(c => c.UserId == db.Current.UserId);
}
