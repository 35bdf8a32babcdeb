using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Sessions;

/// <summary>Which parts of a client's card somebody sees. Staff at the desk never see words; whoever reads by a grant sees words and nothing of contact or money.</summary>
/// <param name="Words">Complaint, request, protocols, words to use and to avoid.</param>
public sealed record CardSight(bool Words, bool Contact, bool Booking, bool Agreement, bool Money, bool Writes)
{
    public static readonly CardSight Nothing = new(false, false, false, false, false, false);

    /// <param name="own">Works with the client as their psychologist.</param>
    /// <param name="shared">Holds a grant now.</param>
    public static CardSight Of(IReadOnlySet<Role> roles, bool own, bool shared)
    {
        bool admin = roles.Contains(Role.Admin), desk = admin || roles.Contains(Role.Operator);
        return new CardSight(own || shared, own || desk, own || shared || desk, own || admin, own || desk, own);
    }
}

public static class CardAccess
{
    /// <summary>Engagements of one client whose words the user reads as staff, and whether as their psychologist.</summary>
    public static async Task<IReadOnlyDictionary<Guid, bool>> EngagementsOnCardAsync(this PracticeDb db, Guid clientId, DateTime now, CancellationToken ct)
    {
        var user = db.Current.UserId;
        return await db.ReadableEngagements(now).Where(e => e.Parties.Any(p => p.ClientId == clientId)
                && !e.Parties.Any(p => db.Clients.Any(c => c.Id == p.ClientId && c.UserId == user)))
            .ToDictionaryAsync(e => e.Id, e => e.PsychologistId == user, ct);
    }
}
