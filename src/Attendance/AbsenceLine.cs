using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Money;
using PracticeApp.Platform;

namespace PracticeApp.Attendance;

/// <summary>One event and what the terms propose, with everything the psychologist needs to decide.</summary>
/// <param name="Charge">What is proposed or was decided; null where nothing is owed, or a safety flag keeps it back.</param>
/// <param name="StandsAt">Until then the psychologist decides; after it what is proposed stands by itself. Null where it waits.</param>
/// <param name="IsHeldBack">Something would be owed, but a safety flag is open.</param>
public sealed record AbsenceLine(
    AssessedEvent Event, Assessment Assessment, Guid ClientId, string Client, Charge? Charge, decimal Credit, bool IsHeldBack, ReasonTerms Reasons, bool IsInvoiced = false,
    DateTime? StandsAt = null, string? Words = null)
{
    /// <summary>Force majeure would change something: a charge, a free pass, what is held back or what counts.</summary>
    public bool MayBeStronger => Event.What is EventKind.Cancelled or EventKind.Moved or EventKind.Absent && !Assessment.Excused && !IsInvoiced
        && (Charge, Assessment) is ({ State: ChargeState.Proposed }, _) or (null, { Late: true } or { Counts: true } or { Charge: > 0m });

    /// <summary>It was excused by that, and no charge stands that could be reopened.</summary>
    public bool WasStronger => Charge is null && Assessment is { Excused: true, Because.ReasonKey: DecideCharge.Stronger };

    public static async Task<IReadOnlyList<AbsenceLine>> OfAsync(PracticeDb db, Vault vault, IQueryable<AssessedEvent> events, CancellationToken ct)
    {
        var all = await events.AsNoTracking().OrderBy(e => e.AppointmentAt).ThenBy(e => e.At).ToListAsync(ct);
        var (ids, clients, engagements) = (all.ConvertAll(e => e.Id), all.ConvertAll(e => e.ClientId), all.ConvertAll(e => e.EngagementId));
        var names = await db.Clients.Where(c => clients.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var charges = (await db.Charges.AsNoTracking().Where(c => c.EventId != null && ids.Contains(c.EventId.Value)).ToListAsync(ct)).ToLookup(c => c.EventId);
        var shown = charges.SelectMany(g => g).Select(c => c.Id).ToList();
        var invoiced = (await db.InvoicedCharges.Where(i => shown.Contains(i.ChargeId)).Select(i => i.ChargeId).ToListAsync(ct)).ToHashSet();
        var standing = (await db.Practices.AsNoTracking().SingleAsync(ct)).Policy.ChargesStandAfterHours is not null;
        var flags = await db.SafetyFlags.AsNoTracking().Where(f => f.ClosedAt == null
            && ((f.ClientId != null && clients.Contains(f.ClientId.Value)) || (f.EngagementId != null && engagements.Contains(f.EngagementId.Value))))
            .Select(f => new { f.ClientId, f.EngagementId }).ToListAsync(ct);
        var agreements = all.ConvertAll(e => e.AgreementId);
        var terms = await db.Agreements.AsNoTracking().Where(a => agreements.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => Terms.Parse(a.TermsJson).Reasons, ct);
        var usual = AgreedTerms.None("EUR").Terms.Reasons;
        var words = new Dictionary<Guid, string?>();
        foreach (var said in all.Where(e => e.Words is not null))
            words[said.Id] = said.Read(await vault.KeyAsync(await db.Clients.Where(c => c.Id == said.ClientId).Select(c => c.KeyId).SingleAsync(ct), ct));
        bool Flagged(AssessedEvent e) => flags.Exists(f => f.ClientId == e.ClientId || f.EngagementId == e.EngagementId);
        return [.. all.Select(e =>
        {
            var charge = charges[e.Id].FirstOrDefault(c => c.Kind != ChargeKind.Credit);
            var assessment = e.Assessment;
            return new AbsenceLine(e, assessment, e.ClientId, names[e.ClientId], charge, -charges[e.Id].Where(c => c.Kind == ChargeKind.Credit).Sum(c => c.Amount),
                charge is null && assessment.Charge > 0m && Flagged(e),
                e.AgreementId is { } agreement && terms.TryGetValue(agreement, out var reasons) ? reasons : usual,
                charge is not null && invoiced.Contains(charge.Id),
                standing && charge?.State == ChargeState.Proposed && !Flagged(e) ? charge.StandsAt : null, words.GetValueOrDefault(e.Id));
        })];
    }
}
