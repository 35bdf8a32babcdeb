using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;

namespace PracticeApp.Money;

/// <summary>One line of an account: a charge or a payment, the newest first.</summary>
/// <param name="Key">Text key of what it is.</param>
/// <param name="Why">The assessment that stands behind it, if one does.</param>
/// <param name="Opens">The reader may open the agreement it rests on.</param>
/// <param name="PaymentId">A payment that can still be taken back.</param>
public sealed record Entry(
    DateTime At, string Key, decimal Amount, string Currency, ChargeState? State = null, DateTime? AppointmentAt = null, Assessment? Why = null,
    string? WaivedBecause = null, Guid? PaymentId = null, bool Named = true, bool Opens = false);

/// <summary>An account as its reader may see it.</summary>
public static class Entries
{
    /// <param name="named">Engagements the reader knows; charges of others are shown without what they are for.</param>
    /// <param name="forClient">Clients see what was decided, not what is being considered.</param>
    public static async Task<IReadOnlyList<Entry>> OfAsync(PracticeDb db, Guid clientId, IQueryable<Guid>? named, bool forClient, CancellationToken ct)
    {
        var known = named is null ? null : await named.ToListAsync(ct);
        var charges = await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId && (!forClient || c.State != ChargeState.Proposed)).ToListAsync(ct);
        var appointments = charges.Select(c => c.AppointmentId).ToList();
        var starts = await db.Appointments.Where(a => appointments.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.StartsAt, ct);
        var payments = await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId).ToListAsync(ct);
        var takenBack = payments.Select(p => p.TakesBack).ToHashSet();
        var agreements = charges.Select(c => c.AgreementId).OfType<Guid>().Distinct().ToList();
        var readable = await db.ReadableAgreements().Where(a => agreements.Contains(a.Id)).Select(a => (Guid?)a.Id).ToListAsync(ct);
        return
        [
            .. charges.Select(c => Of(c, known?.Contains(c.EngagementId) ?? true, c.AppointmentId is { } id && starts.TryGetValue(id, out var at) ? at : null, readable.Contains(c.AgreementId)))
                .Concat(payments.Select(p => Of(p, takenBack.Contains(p.Id))))
                .OrderByDescending(e => e.At),
        ];
    }

    private static Entry Of(Charge charge, bool named, DateTime? at, bool opens)
    {
        var assessed = charge.Assessment;
        return new Entry(
            charge.DecidedAt ?? charge.ProposedAt, named ? $"Kind.{charge.Kind}" : "Kind.Elsewhere", charge.Amount, charge.Currency, charge.State, named ? at : null,
            named && assessed is not null && charge.Kind != ChargeKind.Session ? assessed : null,
            named ? charge.WaivedBecause : null, Named: named, Opens: opens);
    }

    private static Entry Of(Payment payment, bool takenBack) => new(
        payment.PaidAt, payment.TakesBack is null ? $"Paid.{payment.Method}" : "Paid.TakenBack", -payment.Amount, payment.Currency,
        PaymentId: takenBack || payment.TakesBack is not null ? null : payment.Id);
}
