using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>A client says yes or no to a time that is kept for them. The offer was found through <see cref="WaitlistAccess"/> or a signed link.</summary>
public sealed class AnswerOffer(PracticeDb db, Occupying occupying, OfferedSlots offered, BookSession book, WhatBookingAsks whatItAsks, Audit audit)
{
    /// <summary>Books what was offered. Done as well when it was accepted before; Taken, with free times near it, when it is over.</summary>
    /// <param name="prepaid">What the client was told to pay beforehand.</param>
    public async Task<BookingResult> AcceptAsync(Guid offerId, Actor client, decimal? prepaid, CancellationToken ct)
    {
        var (offer, kept) = await FindAsync(offerId, ct);
        if (offer.State == OfferState.Accepted) return BookingResult.Done(kept.Id);
        var engagement = await db.Engagements.AsNoTracking().Include(e => e.Parties).SingleAsync(e => e.Id == offer.EngagementId, ct);
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == kept.KindId, ct);
        var dearer = false;
        BookingOutcome? refusal = null;
        var accepted = await occupying.TryAsync(kept.Resources, async now =>
        {
            var open = await db.SlotOffers.SingleAsync(o => o.Id == offerId, ct);
            if (open.State == OfferState.Accepted) return true;
            if (!open.IsOpen(now) || !await StandsAsync(kept, ct)) return false;
            // Asked only now: of two presses at once, the second finds the time booked and not a limit that the first has reached.
            if ((refusal = await book.RefusalAsync(engagement, kind, offer.ClientId, kept.StartsAt, ct)) is not null) return false;
            var before = (await whatItAsks.OfAsync(open.EngagementId, open.ClientId, kind.Currency, ct)).Before(kind, kept.Place, kept.StartsAt, now);
            dearer = before?.Amount != prepaid;
            if (dearer) return false;
            open.Close(OfferState.Accepted, now);
            (await db.WaitlistWishes.SingleAsync(w => w.Id == open.WishId, ct)).End(now, WishEnd.Booked);
            await book.BookOfferedAsync(await db.WholeAppointments().SingleAsync(a => a.Id == kept.Id, ct), now, client, ct);
            audit.Record("offer.accepted", "offer", offerId, open.ClientId);
            return true;
        }, ct);
        return accepted ? BookingResult.Done(kept.Id)
            : refusal is { } why ? BookingResult.Refused(why)
            : dearer ? BookingResult.Refused(BookingOutcome.PriceChanged)
            : new BookingResult(BookingOutcome.Taken, Guid.Empty, await NearestAsync(engagement, kind, kept.StartsAt, ct));
    }

    /// <summary>Free times near one that is gone; dates of a group are not found, they are planned.</summary>
    public async Task<IReadOnlyList<Slot>> NearestAsync(Engagement engagement, SessionKind kind, DateTime start, CancellationToken ct) =>
        kind.Form == SessionForm.Group ? [] : await offered.NearestAsync(BookSession.Wish(engagement, kind), start, 4, ct);

    /// <summary>No, thank you. Nothing is asked; what was answered or ran out already stays as it is.</summary>
    /// <param name="leave">They want no further offers.</param>
    public Task DeclineAsync(Guid offerId, bool leave, CancellationToken ct) => CloseAsync(offerId, OfferState.Declined, leave, ct);

    /// <summary>The practice takes an offer back; the time goes to the next.</summary>
    public Task WithdrawAsync(Guid offerId, CancellationToken ct) => CloseAsync(offerId, OfferState.Withdrawn, leave: false, ct);

    private async Task CloseAsync(Guid offerId, OfferState state, bool leave, CancellationToken ct)
    {
        var (_, kept) = await FindAsync(offerId, ct);
        await occupying.TryAsync(kept.Resources, async now =>
        {
            var offer = await db.SlotOffers.SingleAsync(o => o.Id == offerId, ct);
            if (offer.State == OfferState.Open)
            {
                await KeepWaitlist.ReleaseAsync(db, offer, state, now, ct);
                audit.Record(state == OfferState.Declined ? "offer.declined" : "offer.withdrawn", "offer", offerId, offer.ClientId);
            }
            if (leave && offer.State != OfferState.Accepted) (await db.WaitlistWishes.SingleAsync(w => w.Id == offer.WishId, ct)).End(now, WishEnd.ByClient);
            return true;
        }, ct);
    }

    /// <summary>Ends a wish, and with it what is kept for it.</summary>
    public async Task EndAsync(Guid wishId, WishEnd why, CancellationToken ct)
    {
        var open = await db.SlotOffers.Where(o => o.WishId == wishId && o.State == OfferState.Open).Select(o => (Guid?)o.AppointmentId).SingleOrDefaultAsync(ct);
        var kept = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == open, ct);
        await occupying.TryAsync(kept?.Resources ?? [], async now =>
        {
            var wish = await db.WaitlistWishes.SingleAsync(w => w.Id == wishId, ct);
            wish.End(now, why);
            if (kept is not null && await db.SlotOffers.SingleAsync(o => o.AppointmentId == kept.Id, ct) is { State: OfferState.Open } offer)
                await KeepWaitlist.ReleaseAsync(db, offer, why == WishEnd.ByClient ? OfferState.Declined : OfferState.Withdrawn, now, ct);
            audit.Record("wish.ended", "wish", wishId, wish.ClientId);
            return true;
        }, ct);
    }

    /// <summary>The psychologist is there then, and the group's date takes place.</summary>
    private async Task<bool> StandsAsync(Appointment kept, CancellationToken ct) =>
        (kept.MeetingId is not { } meeting || await db.Appointments.AnyAsync(a => a.Id == meeting && a.State == AppointmentState.Booked, ct))
        && !await db.IsAwayAsync(kept.PsychologistId, kept.StartsAt, kept.EndsAt, ct);

    private async Task<(SlotOffer, Appointment)> FindAsync(Guid offerId, CancellationToken ct)
    {
        var offer = await db.SlotOffers.AsNoTracking().SingleAsync(o => o.Id == offerId, ct);
        return (offer, await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleAsync(a => a.Id == offer.AppointmentId, ct));
    }
}
