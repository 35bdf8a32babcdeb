using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Money;

namespace PracticeApp.Endings;

/// <summary>By which terms a course of work ends: notice, closing session, and until when what is open is paid.</summary>
public sealed record AgreedEnding(Guid? AgreementId, int Version, string? Clause, int NoticeDays, bool ClosingOffered, int? PayWithinDays, string? PayClause)
{
    public static readonly AgreedEnding None = new(null, 0, null, 0, true, null, null);
}

/// <param name="Cost">What cancelling it with the ending costs this client, or what the practice owes.</param>
public sealed record FallsAway(Appointment Appointment, Assessment? Cost);

/// <summary>What the signed terms and the books say of an ending before it is decided.</summary>
public sealed class EndingTerms(PracticeDb db, WhatItCosts costs)
{
    public async Task<AgreedEnding> OfAsync(Guid engagementId, CancellationToken ct)
    {
        if (await db.AgreementInForce(engagementId).AsNoTracking().SingleOrDefaultAsync(ct) is not { } agreement) return AgreedEnding.None;
        var terms = agreement.Terms;
        return new AgreedEnding(agreement.Id, agreement.Number, terms.Ending.Clause, terms.Ending.NoticeDays, terms.Ending.ClosingSessionOffered, terms.Fee.PayWithinDays, terms.Fee.Clause);
    }

    /// <summary>Sessions booked for after the end, each with what follows from cancelling it.</summary>
    /// <param name="byClient">The client who ends; null for the psychologist, then nobody pays.</param>
    public async Task<IReadOnlyList<FallsAway>> AfterAsync(Guid engagementId, DateTime endsAt, Guid? byClient, CancellationToken ct)
    {
        var lines = new List<FallsAway>();
        foreach (var appointment in await BookedAfter(engagementId, endsAt).AsNoTracking().ToListAsync(ct))
        {
            lines.Add(new FallsAway(appointment, byClient is { } client && !appointment.IsJoint
                ? await costs.IfCancelledAsync(appointment, client, DecideEnding.Reason, ct)
                : appointment.IsJoint ? null : await costs.IfPracticeCancelsAsync(appointment, appointment.Participants[0].ClientId, ct)));
        }

        return lines;
    }

    public async Task<IReadOnlyList<Balance>> OpenMoneyAsync(Guid clientId, CancellationToken ct) => Balance.Of(
        await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId).ToListAsync(ct),
        await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId).ToListAsync(ct));

    internal IQueryable<Appointment> BookedAfter(Guid engagementId, DateTime endsAt) => db.Appointments.Include(a => a.Participants)
        .Where(a => a.EngagementId == engagementId && a.State == AppointmentState.Booked && a.StartsAt >= endsAt).OrderBy(a => a.StartsAt);
}
