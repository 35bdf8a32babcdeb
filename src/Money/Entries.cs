using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;

namespace PracticeApp.Money;

/// <summary>One line of an account: a charge or a payment, the newest first.</summary>
/// <param name="Key">Text key of what it is.</param>
/// <param name="Why">The assessment that stands behind it, if one does.</param>
/// <param name="Opens">The reader may open the agreement it rests on.</param>
/// <param name="PaymentId">A payment that can still be taken back.</param>
/// <param name="Document">The invoice it stands on or the receipt there is of it, if the reader may open it.</param>
/// <param name="Drawn">Which session of how many of a package it is.</param>
/// <param name="DoneOn">When extra work was done; for contact the Monday of its week.</param>
/// <param name="ExtraId">Extra work or contact that its psychologist can still take away.</param>
public sealed record Entry(
    DateTime At, string Key, decimal Amount, string Currency, ChargeState? State = null, DateTime? AppointmentAt = null, Assessment? Why = null,
    string? WaivedBecause = null, Guid? PaymentId = null, bool Named = true, bool Opens = false, (Guid Id, string Number)? Document = null,
    (int Number, int Of, int Left)? Drawn = null, ExtraSaid? Extra = null, DateOnly? DoneOn = null, Guid? ExtraId = null)
{
    /// <summary>What extra work it was, where that may be said.</summary>
    public string? Work => Extra is { Cost.IsContact: false } said ? said.Name : null;

    /// <summary>It is part of the sum: decided, and not covered by a package.</summary>
    public bool Counts => State is null or ChargeState.Confirmed && Drawn is null;
}

/// <summary>Extra work or contact as the terms reckon it.</summary>
public sealed record ExtraSaid(ExtraCost Cost, Guid AgreementId, int Version)
{
    /// <summary>What it is, in the reader's language.</summary>
    public string Name => ExtraWorkWords.Name(Cost.Key, Cost.Label, CultureInfo.CurrentUICulture);

    /// <summary>Those of these charges that are extra work or contact, by charge: the terms of a signed agreement never change.</summary>
    public static async Task<Dictionary<Guid, ExtraSaid>> OfAsync(PracticeDb db, IEnumerable<Charge> charges, CancellationToken ct)
    {
        var extra = charges.Where(c => c is { ExtraKey: not null, AgreementId: not null }).ToList();
        var ids = extra.Select(c => c.AgreementId).Distinct().ToList();
        if (ids.Count == 0) return [];
        var agreements = (await db.Agreements.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Number, a.TermsJson }).ToListAsync(ct))
            .ToDictionary(a => a.Id, a => (a.Number, Terms: Terms.Parse(a.TermsJson)));
        return extra.Select(c => (c.Id, Agreement: c.AgreementId!.Value, Cost: ExtraWorkCost.Of(agreements[c.AgreementId.Value].Terms, c.ExtraKey!, c.ExtraAmount!.Value)))
            .Where(c => c.Cost is not null).ToDictionary(c => c.Id, c => new ExtraSaid(c.Cost!, c.Agreement, agreements[c.Agreement].Number));
    }
}

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
        var ids = charges.Select(c => c.Id).ToList();
        var invoiced = await (from i in db.InvoicedCharges join d in db.IssuedDocuments on i.DocumentId equals d.Id where ids.Contains(i.ChargeId) select new { i.ChargeId, d.Id, d.Kind, d.Year, d.Serial })
            .ToDictionaryAsync(i => i.ChargeId, i => (i.Id, IssuedDocument.NumberOf(i.Kind, i.Year, i.Serial)), ct);
        var receipts = await db.IssuedDocuments.Where(d => d.ClientId == clientId && d.PaymentId != null).Select(d => new { PaymentId = d.PaymentId!.Value, d.Id, d.Kind, d.Year, d.Serial })
            .ToDictionaryAsync(d => d.PaymentId, d => (d.Id, IssuedDocument.NumberOf(d.Kind, d.Year, d.Serial)), ct);
        var packages = await db.Packages.AsNoTracking().Where(p => p.ClientId == clientId).ToDictionaryAsync(p => p.Id, p => p.Sessions, ct);
        // A guardian sees the sum of extra work, not what it was.
        var extra = named is null && !await db.OwnClient().AnyAsync(c => c.Id == clientId, ct) ? [] : await ExtraSaid.OfAsync(db, charges, ct);
        var own = named is null ? [] : await db.OwnEngagements().Where(e => e.Parties.Any(p => p.ClientId == clientId)).Select(e => e.Id).ToListAsync(ct);
        (int, int, int)? Drawn(Charge c) => c.PackageId is { } package ? (c.PackageNumber!.Value, packages[package], packages[package] - c.PackageNumber.Value) : null;
        return
        [
            .. charges.Select(c => Of(c, known?.Contains(c.EngagementId) ?? true, c.AppointmentId is { } id && starts.TryGetValue(id, out var at) ? at : null, readable.Contains(c.AgreementId),
                    invoiced.TryGetValue(c.Id, out var on) ? on : null, Drawn(c), extra.GetValueOrDefault(c.Id), own.Contains(c.EngagementId)))
                .Concat(payments.Select(p => Of(p, takenBack.Contains(p.Id), receipts.TryGetValue(p.Id, out var receipt) ? receipt : null)))
                .OrderByDescending(e => e.At),
        ];
    }

    private static Entry Of(Charge charge, bool named, DateTime? at, bool opens, (Guid, string)? on, (int, int, int)? drawn, ExtraSaid? extra, bool own)
    {
        var assessed = charge.Assessment;
        var takesAway = own && on is null && charge is { ExtraKey: not null, State: ChargeState.Confirmed };
        return new Entry(
            charge.DecidedAt ?? charge.ProposedAt, !named ? "Kind.Elsewhere" : extra is { } said ? said.Cost.IsContact ? "Kind.Contact" : "Kind.Extra" : $"Kind.{charge.Kind}", charge.Amount, charge.Currency, charge.State, named ? at : null,
            named && assessed is not null && charge.Kind != ChargeKind.Session ? assessed : null,
            named ? charge.WaivedBecause : null, Named: named, Opens: opens,
            Document: named ? on : null, Drawn: drawn, Extra: named ? extra : null, DoneOn: named ? charge.DoneOn : null, ExtraId: takesAway ? charge.Id : null);
    }

    private static Entry Of(Payment payment, bool takenBack, (Guid, string)? receipt) => new(
        payment.PaidAt, payment.TakesBack is not null ? "Paid.TakenBack" : payment.Amount < 0 ? "Paid.Back" : $"Paid.{payment.Method}", -payment.Amount, payment.Currency,
        PaymentId: takenBack || payment.TakesBack is not null ? null : payment.Id, Document: receipt);
}
