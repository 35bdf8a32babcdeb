using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;

namespace PracticeApp.Booking;

/// <summary>An offer as the client sees it before the answer: when, where, the price, what cancelling will cost.</summary>
/// <param name="Kind">Null on a page that anybody who holds the phone may see.</param>
/// <param name="Before">What is paid beforehand, if anything is.</param>
/// <param name="Nearest">Free times near it, where it was not to be had any more.</param>
public sealed record OfferView(
    SlotOffer Offer, Appointment Kept, SessionKind? Kind, string? Psychologist, string? Address, CancellingCosts Costs, BookingAsks Asks, Prepayment? Before, int SecondThoughts, DateTime Now,
    TimeZoneInfo Zone, BookingOutcome? Refused, IReadOnlyList<Slot> Nearest, string? Link)
{
    public bool IsOpen => Offer.IsOpen(Now);

    public static async Task<OfferView> OfAsync(PracticeDb db, WhatBookingAsks whatItAsks, SlotOffer offer, bool named, DateTime now, BookingResult? refused, CancellationToken ct)
    {
        var kept = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleAsync(a => a.Id == offer.AppointmentId, ct);
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == kept.KindId, ct);
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var zone = (await db.Clients.AsNoTracking().SingleAsync(c => c.Id == offer.ClientId, ct)).Zone;
        var agreed = (await db.TermsOfAsync(offer.EngagementId, null, kept.Currency, ct))[^1];
        var facts = new AppointmentFacts(Guid.Empty, kept.KindId.ToString(), kept.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson,
            kept.StartsAt, kept.StartsAt, null, 0, kept.ShareOf(offer.ClientId, await db.IsSharedAsync(kept.KindId, ct)));
        var costs = CancellingCosts.Of(facts, agreed, await db.HistoryAsync(offer.EngagementId, offer.ClientId, ct), now);
        var seconds = Booking.SecondThoughts.FinalAt(kept.StartsAt, now, TimeSpan.FromMinutes(1)) == now ? 0 : practice.Policy.SecondThoughtsMinutes;
        var asks = await whatItAsks.OfAsync(offer.EngagementId, offer.ClientId, kept.Currency, ct);
        return new OfferView(offer, kept, named ? kind : null, named ? await db.Memberships.Where(m => m.UserId == kept.PsychologistId).Select(m => m.Name).SingleAsync(ct) : null,
            named ? practice.Address : null, costs, asks, asks.Before(kind, kept.Place, kept.StartsAt, now), seconds, now, zone, refused?.Outcome, refused?.Nearest ?? [], null);
    }
}
