using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Who acts: a client (signed in or by a signed link) or a member of staff.</summary>
/// <param name="ClientId">The client; null for staff.</param>
/// <param name="UserId">The signed-in user; null for a client who used a link.</param>
public sealed record Actor(Guid? UserId, Guid? ClientId)
{
    public static Actor Client(Guid clientId, Guid? userId = null) => new(userId, clientId);
    public static Actor Staff(Guid userId) => new(userId, null);
}

public enum BookingOutcome
{
    Done,
    /// <summary>Somebody was quicker, or the time is not offered (any more).</summary>
    Taken,
    /// <summary>The kind needs a signed agreement and none is in force.</summary>
    NeedsAgreement,
    /// <summary>The client has as many sessions ahead as may be booked at a time.</summary>
    TooMany,
    /// <summary>The price, or what of it is paid beforehand, is another than the one that was shown.</summary>
    PriceChanged,
    /// <summary>A step of the agreement stands: booking online rests, staff book.</summary>
    Paused,
    /// <summary>More is unpaid than the agreement allows for booking online.</summary>
    Owes,
    /// <summary>Others take part: it is moved together, not by one of them.</summary>
    Joint,
    /// <summary>A hard limit of the psychologist is reached, or the room is closed then.</summary>
    AgainstRules,
    /// <summary>It is past, cancelled or never was.</summary>
    Gone,
    /// <summary>The work together has ended by then.</summary>
    Ended,
}

/// <param name="Nearest">Free slots near the one that was taken; empty otherwise.</param>
public sealed record BookingResult(BookingOutcome Outcome, Guid AppointmentId, IReadOnlyList<Slot> Nearest)
{
    public static BookingResult Done(Guid id) => new(BookingOutcome.Done, id, []);
    public static BookingResult Refused(BookingOutcome why) => new(why, Guid.Empty, []);
    public bool IsDone => Outcome == BookingOutcome.Done;
}

/// <summary>
/// Books time: a client holds a slot, then confirms it; staff book at once. The engagement was found through
/// <see cref="EngagementAccess"/>, which is what gives the right to book for it.
/// </summary>
public sealed class BookSession(
    PracticeDb db, Occupying occupying, OfferedSlots offered, FindObjections objections, WhatBookingAsks whatItAsks, PlanReminders reminders, TellOfBooking tell, Audit audit,
    TimeProvider clock)
{
    /// <summary>Keeps a slot for a client who confirms or pays. A client holds one slot at a time.</summary>
    /// <param name="once">The one session on minimal terms is wanted, where an agreement is missing.</param>
    public async Task<BookingResult> HoldAsync(Engagement engagement, SessionKind kind, Guid clientId, DateTime start, MeetingPlace place, CancellationToken ct, bool once = false) =>
        (await HoldOrFindAsync(engagement, kind, clientId, start, place, once, ct)).Result;

    /// <returns>With whether it was held by this call, and not before.</returns>
    private async Task<(BookingResult Result, bool IsNew)> HoldOrFindAsync(Engagement engagement, SessionKind kind, Guid clientId, DateTime start, MeetingPlace place, bool once, CancellationToken ct)
    {
        var agreement = await InForceAsync(engagement.Id, ct);
        var minimal = agreement is null && await db.LacksAgreementAsync(engagement.Id, kind, ct) && (kind.NeedsAgreement || !await IsBookedAsync(engagement.Id, clientId, start, ct));
        if (minimal && (!once || !await db.MayComeOnceAsync(engagement.Id, ct)) && !(once && await IsOnceAsync(engagement.Id, clientId, start, ct)))
            return (BookingResult.Refused(BookingOutcome.NeedsAgreement), false);
        if (engagement.EndsAt <= start) return (BookingResult.Refused(BookingOutcome.Ended), false);
        var asks = await whatItAsks.OfAsync(engagement.Id, clientId, kind.Currency, ct);
        if (asks.Refuses is { } refused && !await IsBookedAsync(engagement.Id, clientId, start, ct)) return (BookingResult.Refused(refused), false);

        var wish = Wish(engagement, kind);
        var policy = await db.Practices.Select(p => p.Policy).SingleAsync(ct);
        var (id, isNew, isSecond, isTooMany) = (Guid.Empty, false, false, false);
        var held = await occupying.TryAsync(Resources(wish), async now =>
        {
            if (await AlreadyAsync(engagement.Id, kind.Id, start, place, clientId, now, ct) is { } already)
            {
                id = already;
                return true;
            }
            // Under the lock, and after what they have already: of two at once the second counts the first, and a form sent twice is no second session.
            isTooMany = await HasTooManyAsync(engagement.PsychologistId, clientId, ct);
            if (isTooMany) return false;
            if (await offered.AtAsync(wish, start, place, ct) is not { } slot) return false;
            await LetGoAsync(wish.ClientIds, ct);
            // Looked at again under the lock: of two requests at once the second finds the first.
            if (minimal && await db.Appointments.AnyAsync(a => a.EngagementId == engagement.Id && a.OnMinimalTerms && a.State == AppointmentState.Booked, ct))
            {
                isSecond = true;
                return true;
            }

            var appointment = Appointment(engagement, kind, wish, slot, agreement, asks);
            if (minimal) appointment.TakeMinimalTerms();
            appointment.Ask(asks.Before(kind, place, start, now));
            appointment.Hold(now, TimeSpan.FromMinutes(policy.HoldMinutes));
            db.Appointments.Add(appointment);
            (id, isNew) = (appointment.Id, true);
            return true;
        }, ct);
        if (isTooMany) return (BookingResult.Refused(BookingOutcome.TooMany), false);
        if (isSecond) return (BookingResult.Refused(BookingOutcome.NeedsAgreement), false);
        return held ? (BookingResult.Done(id), isNew) : (await TakenAsync(wish, start, ct), false);
    }

    /// <summary>Books what the client holds; if the hold ran out and the time is still free, books it all the same.</summary>
    /// <param name="price">What the client was shown.</param>
    /// <param name="prepaid">What of it the client was told to pay beforehand.</param>
    public async Task<BookingResult> ConfirmAsync(Engagement engagement, SessionKind kind, Guid clientId, DateTime start, MeetingPlace place, decimal price, CancellationToken ct, bool once = false, decimal? prepaid = null)
    {
        var (hold, isNew) = await HoldOrFindAsync(engagement, kind, clientId, start, place, once, ct);
        if (!hold.IsDone) return hold;
        var wish = Wish(engagement, kind);
        if (await db.Appointments.SingleAsync(a => a.Id == hold.AppointmentId, ct) is { State: AppointmentState.Held } held)
        {
            // Asked again: a step of the agreement may have come, or gone, since the hour was held.
            if (!isNew)
            {
                held.Ask((await whatItAsks.OfAsync(engagement.Id, clientId, kind.Currency, ct)).Before(kind, place, start, clock.GetUtcNow().UtcDateTime));
                await db.SaveChangesAsync(ct);
            }
            if (held.Price != price || held.PrepaymentAmount != prepaid) return hold with { Outcome = BookingOutcome.PriceChanged };
        }
        var booked = await occupying.TryAsync(Resources(wish), async now =>
        {
            var appointment = await db.WholeAppointments().SingleAsync(a => a.Id == hold.AppointmentId, ct);
            if (appointment.State != AppointmentState.Held) return true;
            await BookAsync(appointment, now, Actor.Client(clientId, db.Current.IsSignedIn ? db.Current.UserId : null), ct);
            return true;
        }, ct);
        return booked ? hold : await TakenAsync(wish, start, ct);
    }

    /// <summary>Staff book any time that is free, also outside the hours; no hold.</summary>
    public async Task<BookingResult> BookAsync(Engagement engagement, SessionKind kind, Slot slot, Actor staff, CancellationToken ct)
    {
        if (engagement.EndsAt <= slot.StartUtc) return BookingResult.Refused(BookingOutcome.Ended);
        var wish = Wish(engagement, kind);
        var agreement = await InForceAsync(engagement.Id, ct);
        var asks = await whatItAsks.OfAsync(engagement.Id, wish.ClientIds.First(), kind.Currency, ct);
        var (id, refused) = (Guid.Empty, false);
        var resources = slot.Place.RoomId is { } room ? Resources(wish).Append(room) : Resources(wish);
        var booked = await occupying.TryAsync(resources, async now =>
        {
            // The same form sent twice is one session.
            var twin = await db.Appointments.Where(a => a.EngagementId == engagement.Id && a.StartsAt == slot.StartUtc && a.State == AppointmentState.Booked)
                .Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
            if (twin is not null)
            {
                id = twin.Value;
                return true;
            }
            refused = await objections.HasHardAsync(engagement.PsychologistId, [(null, slot)], ct);
            if (refused) return false;
            await LetGoAsync(wish.ClientIds, ct);
            var appointment = Appointment(engagement, kind, wish, slot, agreement, asks);
            appointment.Ask(asks.Before(kind, slot.Place.Kind, slot.StartUtc, now));
            db.Appointments.Add(appointment);
            await BookAsync(appointment, now, staff, ct);
            id = appointment.Id;
            return true;
        }, ct);
        if (refused) return BookingResult.Refused(BookingOutcome.AgainstRules);
        return booked ? BookingResult.Done(id) : await TakenAsync(wish, slot.StartUtc, ct);
    }

    /// <summary>Appointments as they would be booked now, not saved yet.</summary>
    internal async Task<IReadOnlyList<Appointment>> NewAsync(Engagement engagement, SessionKind kind, IEnumerable<Slot> slots, CancellationToken ct)
    {
        var (wish, now) = (Wish(engagement, kind), clock.GetUtcNow().UtcDateTime);
        var agreement = await InForceAsync(engagement.Id, ct);
        var asks = await whatItAsks.OfAsync(engagement.Id, wish.ClientIds.First(), kind.Currency, ct);
        return [.. slots.Select(slot =>
        {
            var appointment = Appointment(engagement, kind, wish, slot, agreement, asks);
            appointment.Ask(asks.Before(kind, slot.Place.Kind, slot.StartUtc, now));
            asks = asks.Next(kind);
            return appointment;
        })];
    }

    internal async Task<Appointment> NewAsync(Engagement engagement, SessionKind kind, Slot slot, CancellationToken ct) =>
        (await NewAsync(engagement, kind, [slot], ct))[0];

    /// <summary>Why this client may not take such a session then; null where nothing stands against it.</summary>
    internal async Task<BookingOutcome?> RefusalAsync(Engagement engagement, SessionKind kind, Guid clientId, DateTime start, CancellationToken ct) =>
        !engagement.IsOpen || engagement.EndsAt <= start ? BookingOutcome.Ended
        : await db.LacksAgreementAsync(engagement.Id, kind, ct) ? BookingOutcome.NeedsAgreement
        : await HasTooManyAsync(engagement.PsychologistId, clientId, ct) ? BookingOutcome.TooMany
        : (await whatItAsks.OfAsync(engagement.Id, clientId, kind.Currency, ct)).Refuses;

    /// <summary>Books what was kept for a client, by what is in force now.</summary>
    internal async Task BookOfferedAsync(Appointment appointment, DateTime now, Actor actor, CancellationToken ct)
    {
        await LetGoAsync([.. appointment.Participants.Select(p => p.ClientId)], ct);
        appointment.Under(await InForceAsync(appointment.EngagementId, ct));
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == appointment.KindId, ct);
        appointment.Ask((await whatItAsks.OfAsync(appointment.EngagementId, appointment.Participants[0].ClientId, kind.Currency, ct)).Before(kind, appointment.Place, appointment.StartsAt, now));
        await BookAsync(appointment, now, actor, ct);
    }

    /// <summary>Ends what these clients only hold.</summary>
    public Task LetGoAsync(IReadOnlyCollection<Guid> clientIds, CancellationToken ct) => db.Appointments
        .Where(a => a.State == AppointmentState.Held && a.Participants.Any(p => clientIds.Contains(p.ClientId))).ExecuteDeleteAsync(ct);

    private async Task BookAsync(Appointment appointment, DateTime now, Actor actor, CancellationToken ct)
    {
        appointment.Book(now, await SecondThoughts.FinalAtAsync(db, appointment.StartsAt, now, ct), actor.ClientId);
        await reminders.RewriteAsync(appointment, ct);
        await tell.WriteAsync(appointment, actor, ct);
        audit.Record("appointment.booked", "appointment", appointment.Id, actor.ClientId ?? appointment.Participants[0].ClientId);
    }

    private Appointment Appointment(Engagement engagement, SessionKind kind, SlotWish wish, Slot slot, Guid? agreement, BookingAsks asks) => new(
        db.Current.PracticeId, engagement.Id, engagement.PsychologistId, kind.Id, slot.Place.Kind, slot.Place.RoomId,
        slot.StartUtc, slot.EndUtc, asks.PriceOf(kind, slot.Place.Kind), kind.Currency, wish.ClientIds, agreement, kind.BufferMinutes);

    private Task<Guid?> AlreadyAsync(Guid engagement, Guid kind, DateTime start, MeetingPlace place, Guid client, DateTime now, CancellationToken ct) => db.Appointments
        .Where(a => a.EngagementId == engagement && a.StartsAt == start && a.Participants.Any(p => p.ClientId == client)
            && (a.State == AppointmentState.Booked || (a.State == AppointmentState.Held && a.HoldUntil > now && a.KindId == kind && a.Place == place)))
        .Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);

    /// <summary>The hour that is asked for is the one session itself, booked a moment ago.</summary>
    private Task<bool> IsOnceAsync(Guid engagement, Guid client, DateTime start, CancellationToken ct) => db.Appointments.AnyAsync(
        a => a.EngagementId == engagement && a.StartsAt == start && a.OnMinimalTerms && a.State == AppointmentState.Booked && a.Participants.Any(p => p.ClientId == client), ct);

    private Task<bool> IsBookedAsync(Guid engagement, Guid client, DateTime start, CancellationToken ct) => db.Appointments.AnyAsync(
        a => a.EngagementId == engagement && a.StartsAt == start && a.State == AppointmentState.Booked && a.Participants.Any(p => p.ClientId == client), ct);

    private Task<Guid?> InForceAsync(Guid engagement, CancellationToken ct) => db.Agreements
        .Where(a => a.EngagementId == engagement && a.State == AgreementState.InForce).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);

    private async Task<bool> HasTooManyAsync(Guid psychologist, Guid client, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rules = await db.BookingRules.AsNoTracking().SingleOrDefaultAsync(r => r.PsychologistId == psychologist, ct) ?? BookingRules.Default(db.Current.PracticeId, psychologist);
        var open = await db.Appointments.CountAsync(a => a.PsychologistId == psychologist && a.State == AppointmentState.Booked && a.StartsAt > now
            && a.Participants.Any(p => p.ClientId == client), ct);
        return open >= rules.MaxOpenPerClient;
    }

    private async Task<BookingResult> TakenAsync(SlotWish wish, DateTime start, CancellationToken ct) =>
        new(BookingOutcome.Taken, Guid.Empty, await offered.NearestAsync(wish, start, 4, ct));

    internal static SlotWish Wish(Engagement engagement, SessionKind kind) =>
        new(engagement.PsychologistId, kind, [.. engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId)], EndsAt: engagement.EndsAt);

    private static IEnumerable<Guid> Resources(SlotWish wish) => wish.ClientIds.Append(wish.PsychologistId);
}
