using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Requests;

namespace PracticeApp.Booking;

/// <summary>What a client owes (negative: money that is kept for them), which sessions have been charged, and how many of each kind are left in packages.</summary>
/// <param name="Deferred">What of it was agreed for later days.</param>
/// <param name="Charged">Sessions that have been charged, with what was paid for them beforehand.</param>
/// <param name="Flow">What came in and, negative, what had to be paid by now, each with when it began to count.</param>
public sealed record AccountState(decimal Due, decimal Deferred, IReadOnlySet<Guid> Charged, IReadOnlyDictionary<Guid, int> InPackages, IReadOnlyList<(DateTime At, decimal Amount)> Flow)
{
    /// <summary>Money that can be there for a session booked at a time: debts that are older, or not to be paid yet, do not use up what came in since.</summary>
    public decimal KeptSince(DateTime booked) => Math.Max(-Due, Flow.Where(f => f.At >= booked).Sum(f => f.Amount));
}

/// <summary>Asks the accounts, which know appointments and not the other way round.</summary>
public delegate Task<AccountState> ReadAccount(Guid clientId, string currency, CancellationToken ct);

/// <summary>A step of the agreement that follows from what happened and still stands.</summary>
/// <param name="Until">It ends by itself then: the days that the agreement counts in are over.</param>
public sealed record StandingStep(EscalationTerm Term, DateTime Since, DateTime Until);

/// <summary>What is paid before a session takes place.</summary>
/// <param name="Releases">Unpaid by then the hour may go to others.</param>
public sealed record Prepayment(decimal Amount, DateTime DueAt, string? Clause, bool Releases);

/// <summary>What the agreement in force asks of a client who books online.</summary>
/// <param name="Unpaid">What is owed, where it is more than may be open for booking; null otherwise.</param>
/// <param name="Talk">Both agreed to talk about what was missed; it holds nothing up.</param>
/// <param name="IsFirst">No session but the first talk was booked yet.</param>
/// <param name="Covered">How many sessions of each kind a package still has that nobody has booked.</param>
public sealed record BookingAsks(AgreedTerms Agreed, StandingStep? Pause, StandingStep? Prepays, StandingStep? Talk, decimal? Unpaid, bool IsFirst, IReadOnlyDictionary<Guid, int>? Covered = null)
{
    private const int UsualHoursBefore = 24;

    public BookingOutcome? Refuses => Pause is not null ? BookingOutcome.Paused : Unpaid is not null ? BookingOutcome.Owes : null;

    /// <summary>
    /// The price of a session for this client. The signed fee holds for sessions of the signed length, and for kinds and places that the
    /// agreement names; what it does not speak of costs what the practice asks, and what is offered free of charge stays free.
    /// </summary>
    public decimal PriceOf(SessionKind kind, MeetingPlace place) => AgreedPrice.Of(kind, place, Agreed);

    /// <summary>What is asked for the session after this one, where several are booked at once.</summary>
    public BookingAsks Next(SessionKind kind) => this with
    {
        IsFirst = IsFirst && kind.Form == SessionForm.FirstTalk,
        Covered = Covered?.ToDictionary(c => c.Key, c => c.Key == kind.Id ? c.Value - 1 : c.Value),
    };

    /// <summary>By the terms, by a step that stands, or because the kind asks for it; null where nothing is paid beforehand.</summary>
    public Prepayment? Before(SessionKind kind, MeetingPlace place, DateTime start, DateTime now)
    {
        var terms = Agreed.Terms.For(kind.Id.ToString(), place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson);
        var asked = terms.Prepayment;
        var byTerms = asked is { Scope: PrepaymentScope.Always } || (asked is { Scope: PrepaymentScope.FirstSession } && IsFirst && kind.Form != SessionForm.FirstTalk);
        var price = PriceOf(kind, place);
        if (price == 0 || Covered?.GetValueOrDefault(kind.Id) > 0 || !(byTerms || Prepays is not null || kind.NeedsPrepayment)) return null;
        // What was signed goes before what the practice asks of everybody.
        var percent = byTerms ? asked!.Percent : kind.NeedsPrepayment ? 100 : asked?.Percent ?? 100;
        var amount = Cost.OfPercent(percent).Of(price, kind.Currency);
        var due = start.AddHours(-(asked?.HoursBefore ?? UsualHoursBefore));
        var clause = byTerms ? asked!.Clause : Prepays?.Term.Clause;
        return amount == 0 ? null : new Prepayment(amount, due > now ? due : start, clause, byTerms && asked!.WhenUnpaid == WhenUnpaid.ReleaseSlot);
    }
}

/// <summary>Reads what the agreement asks before a client books: that nothing is open beyond the limit, that no step stands, what is paid beforehand.</summary>
public sealed class WhatBookingAsks(PracticeDb db, ReadAccount account, TimeProvider clock)
{
    public async Task<BookingAsks> OfAsync(Guid engagementId, Guid clientId, string currency, CancellationToken ct)
    {
        var agreed = (await db.TermsOfAsync(engagementId, null, currency, ct))[^1];
        var steps = await StandingAsync(engagementId, clientId, agreed, ct);
        decimal? unpaid = null;
        var state = await account(clientId, agreed.Terms.Currency, ct);
        if (agreed.Terms.Booking.HighestUnpaid is { } most && state.Due - state.Deferred is var due && due > most && due > 0) unpaid = due;
        // Nothing punitive while somebody may be in danger.
        if ((unpaid is not null || steps.Count > 0) && await db.HasOpenFlagAsync(engagementId, clientId, ct)) (unpaid, steps) = (null, []);
        var begun = await db.Appointments.AnyAsync(a => a.EngagementId == engagementId && a.State == AppointmentState.Booked
            && !db.SessionKinds.Any(k => k.Id == a.KindId && k.Form == SessionForm.FirstTalk), ct);
        return new BookingAsks(agreed, steps.FirstOrDefault(s => s.Term.Action == EscalationAction.PauseOnlineBooking),
            steps.FirstOrDefault(s => s.Term.Action == EscalationAction.AskPrepayment), steps.FirstOrDefault(s => s.Term.Action == EscalationAction.InviteToTalk), unpaid, !begun, await CoveredAsync(clientId, state, ct));
    }

    private async Task<IReadOnlyDictionary<Guid, int>> CoveredAsync(Guid clientId, AccountState state, CancellationToken ct)
    {
        if (state.InPackages.Count == 0) return state.InPackages;
        var ahead = await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.Participants.Any(p => p.ClientId == clientId && p.WithdrawnAt == null && p.Attendance == null))
            .GroupBy(a => a.KindId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return state.InPackages.ToDictionary(k => k.Key, k => k.Value - ahead.GetValueOrDefault(k.Key));
    }

    /// <summary>Steps of the agreement that were not lifted; the latest first.</summary>
    public async Task<IReadOnlyList<StandingStep>> StandingAsync(Guid engagementId, Guid clientId, CancellationToken ct) =>
        await StandingAsync(engagementId, clientId, (await db.TermsOfAsync(engagementId, null, "", ct))[^1], ct);

    private async Task<IReadOnlyList<StandingStep>> StandingAsync(Guid engagementId, Guid clientId, AgreedTerms agreed, CancellationToken ct)
    {
        if (agreed.Terms.Escalations.IsEmpty) return [];
        var now = clock.GetUtcNow().UtcDateTime;
        var history = await db.HistoryAsync(engagementId, clientId, ct);
        var lifted = (await db.LiftedSteps.AsNoTracking().Where(l => l.EngagementId == engagementId && l.ClientId == clientId).ToListAsync(ct))
            .GroupBy(l => l.Action).ToDictionary(g => g.Key, g => g.Max(l => l.LiftedAt));
        var kept = history.Where(p => p.Event.What == EventKind.Attended).Select(p => p.Appointment.Start).DefaultIfEmpty().Max();
        return [.. history.Where(p => p.Event.What is EventKind.Absent or EventKind.Cancelled or EventKind.Moved)
            .SelectMany(p => AttendancePolicy.Assess(p.Appointment, p.Event, [agreed], history, now).Escalations
                .Select(term => new StandingStep(term, AttendancePolicy.Moment(p.Appointment, p.Event), p.Appointment.Start.AddDays(term.WithinDays))))
            .Where(s => s.Until > now && !(lifted.TryGetValue(s.Term.Action, out var at) && s.Since <= at) && !(s.Term.InARow && kept > s.Since))
            .OrderByDescending(s => s.Until).DistinctBy(s => s.Term.Action)];
    }
}

/// <summary>Which prepayments are covered by the money that is kept for a client: the nearest session first.</summary>
public sealed class PaidBeforehand(PracticeDb db, ReadAccount account)
{
    /// <returns>By appointment whether this client's part of its prepayment has come in; only appointments that ask for one.</returns>
    public async Task<IReadOnlyDictionary<Guid, bool>> OfAsync(Guid clientId, CancellationToken ct)
    {
        var asked = await db.Appointments.AsNoTracking().Include(a => a.Participants)
            .Where(a => a.State == AppointmentState.Booked && a.PrepaymentAmount != null && a.Participants.Any(p => p.ClientId == clientId && p.WithdrawnAt == null))
            .OrderBy(a => a.StartsAt).ToListAsync(ct);
        var paid = new Dictionary<Guid, bool>();
        foreach (var group in asked.GroupBy(a => a.Currency))
        {
            var state = await account(clientId, group.Key, ct);
            var used = 0m;
            var left = state.InPackages.ToDictionary();
            foreach (var appointment in group)
            {
                // What was charged meanwhile has taken its money already.
                if (state.Charged.Contains(appointment.Id)) { paid[appointment.Id] = true; continue; }
                if (left.GetValueOrDefault(appointment.KindId) > 0) { paid[appointment.Id] = true; left[appointment.KindId]--; continue; }
                var part = await PartAsync(appointment, clientId, ct);
                paid[appointment.Id] = state.KeptSince(appointment.BookedAt) - used >= part;
                if (paid[appointment.Id]) used += part;
            }
        }
        return paid;
    }

    /// <summary>What this client pays of it: couples and families share it as they share the price.</summary>
    public async Task<decimal> PartAsync(Appointment appointment, Guid clientId, CancellationToken ct) =>
        appointment.PrepaymentAmount is not { } amount || appointment.Price == 0 ? 0
        : Math.Round(amount * appointment.ShareOf(clientId, await db.IsSharedAsync(appointment.KindId, ct)) / appointment.Price, 2);
}
