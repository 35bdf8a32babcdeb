using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>Somebody who takes part in the work an agreement is about.</summary>
/// <param name="Age">Whole years; null where nobody has said.</param>
/// <param name="BelowAge">Younger than the country's age of agreeing alone.</param>
public sealed record Participant(Guid ClientId, string Name, PartyRole Role, string? Relation, int? Age, bool BelowAge);

/// <summary>Where somebody who stands in an agreement has come to.</summary>
public sealed record PartyState(Guid ClientId, string Name, SignerRole Role, string? Relation, DateTime? SignedAt);

/// <summary>Who signs, for whom, and who has.</summary>
public static class WhoSigns
{
    /// <summary>Guardians sign, and a minor beside them may say yes; everybody else signs for themselves.</summary>
    public static IReadOnlyList<Signer> Of(IReadOnlyCollection<Participant> participants)
    {
        var guarded = participants.Any(p => p.Role == PartyRole.Guardian);
        return [.. participants.Select(p => new Signer(p.ClientId,
            p.Role == PartyRole.Guardian ? SignerRole.Guardian : guarded && p.BelowAge ? SignerRole.Minor : SignerRole.Client))];
    }

    /// <summary>Young people for whom nobody signs: the psychologist has to say that they may.</summary>
    public static IReadOnlyList<Participant> Alone(IReadOnlyCollection<Participant> participants) =>
        participants.Any(p => p.Role == PartyRole.Guardian) ? [] : [.. participants.Where(p => p.BelowAge)];

    public static async Task<IReadOnlyList<Participant>> ParticipantsAsync(this PracticeDb db, Guid engagementId, DateTime now, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var (rule, today) = (ConsentAge.In(practice.Country), DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, practice.Zone)));
        var parties = await db.EngagementParties.Where(p => p.EngagementId == engagementId)
            .Join(db.Clients, p => p.ClientId, c => c.Id, (p, c) => new { p.Role, p.Relation, c.Id, c.Name, c.BornOn, c.CreatedAt })
            .OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).ToListAsync(ct);
        return parties.ConvertAll(p => new Participant(p.Id, p.Name, p.Role, p.Relation,
            p.BornOn is { } born ? ConsentAge.AgeOn(born, today) : null,
            p.Role == PartyRole.Client && p.BornOn is { } bornOn && rule.IsBelow(bornOn, today)));
    }

    /// <summary>Everybody in an agreement that was sent, for everybody in it to see.</summary>
    public static async Task<IReadOnlyList<PartyState>> StatesAsync(this PracticeDb db, Agreement agreement, CancellationToken ct)
    {
        var ids = agreement.Parties.Select(p => p.ClientId).ToList();
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.CreatedAt }).ToDictionaryAsync(c => c.Id, ct);
        var relations = await db.EngagementParties.Where(p => p.EngagementId == agreement.EngagementId && p.Relation != null)
            .ToDictionaryAsync(p => p.ClientId, p => p.Relation, ct);
        return [.. agreement.Parties.OrderBy(p => names[p.ClientId].CreatedAt).Select(p =>
            new PartyState(p.ClientId, names[p.ClientId].Name, p.Role, relations.GetValueOrDefault(p.ClientId), p.SignedAt))];
    }
}
