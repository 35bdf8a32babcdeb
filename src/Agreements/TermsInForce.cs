using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Agreements;

/// <summary>The terms that may apply to an appointment.</summary>
public static class TermsInForce
{
    /// <summary>
    /// The version in force now and, where it is another, the one under which the appointment was booked; the newest last.
    /// Without a signed agreement: terms under which nothing but a kept session costs anything.
    /// </summary>
    /// <param name="at">In force at this moment; null is now.</param>
    public static async Task<IReadOnlyList<AgreedTerms>> TermsOfAsync(
        this PracticeDb db, Guid engagementId, Guid? bookedUnder, string currency, CancellationToken ct, DateTime? at = null)
    {
        var versions = await db.Agreements.AsNoTracking()
            .Where(a => a.EngagementId == engagementId && (a.Id == bookedUnder || a.State == AgreementState.InForce || a.InForceAt != null))
            .OrderBy(a => a.Number)
            .Select(a => new { a.Id, a.Number, a.State, InForceAt = a.InForceAt ?? a.CreatedAt, a.EndedAt, a.TermsJson })
            .ToListAsync(ct);
        var inForce = at is { } moment
            ? versions.LastOrDefault(a => a.InForceAt <= moment && !(a.EndedAt <= moment))
            : versions.Find(a => a.State == AgreementState.InForce);
        var applying = versions.Where(a => a.Id == bookedUnder || a.Id == inForce?.Id).ToList();
        return applying.Count == 0
            ? [AgreedTerms.None(currency)]
            : [.. applying.Select(a => new AgreedTerms(a.Id, a.Number, Terms.Parse(a.TermsJson)))];
    }
}
