using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;

namespace PracticeApp.Booking;

/// <summary>What cancelling or moving would cost a client at this moment, by the terms they signed; asked before every such button.</summary>
public sealed class WhatItCosts(PracticeDb db, TimeProvider clock)
{
    /// <param name="reason">Key of the reason that is given, if one is.</param>
    public Task<Assessment> IfCancelledAsync(Appointment appointment, Guid clientId, string? reason, CancellationToken ct) => AssessAsync(appointment, clientId,
        (facts, versions, history, now) => AttendancePolicy.Assess(facts, new AttendanceEvent(EventKind.Cancelled, now, reason), versions, history, now), ct);

    public Task<Assessment> IfMovedAsync(Appointment appointment, Guid clientId, CancellationToken ct) =>
        AssessAsync(appointment, clientId, AttendancePolicy.IfMovedNow, ct);

    /// <summary>What the practice owes for cancelling itself.</summary>
    public Task<Assessment> IfPracticeCancelsAsync(Appointment appointment, Guid clientId, CancellationToken ct) => AssessAsync(appointment, clientId,
        (facts, versions, history, now) => AttendancePolicy.Assess(facts, new AttendanceEvent(EventKind.CancelledByPsychologist, now), versions, history, now), ct);

    /// <summary>What the practice owes for moving it itself.</summary>
    public Task<Assessment> IfPracticeMovesAsync(Appointment appointment, Guid clientId, CancellationToken ct) => AssessAsync(appointment, clientId,
        (facts, versions, history, now) => AttendancePolicy.Assess(facts, new AttendanceEvent(EventKind.MovedByPsychologist, now), versions, history, now), ct);

    /// <summary>What a cancelling that has been done costs.</summary>
    public Task<Assessment> OfCancellingAsync(Appointment appointment, Guid clientId, CancellationToken ct)
    {
        var place = appointment.Participants.Single(p => p.ClientId == clientId);
        var reason = place.WithdrawnAt is not null ? place.WithdrawReason : appointment.CancelledByClientId == clientId ? appointment.CancelReason : null;
        var cancelled = new AttendanceEvent(EventKind.Cancelled, place.WithdrawnAt ?? appointment.CancelledAt!.Value, place.ExcusedBecause ?? reason, place.ExcusedBecause is not null);
        return AssessAsync(appointment, clientId, (facts, versions, history, now) => AttendancePolicy.Assess(facts, cancelled, versions, history, now), ct);
    }

    private delegate Assessment Question(AppointmentFacts facts, IReadOnlyList<AgreedTerms> versions, IEnumerable<PastEvent> history, DateTime now);

    private async Task<Assessment> AssessAsync(Appointment appointment, Guid clientId, Question question, CancellationToken ct)
    {
        var versions = await db.TermsOfAsync(appointment, ct);
        var moves = await db.AppointmentMoves.AsNoTracking().Where(m => m.AppointmentId == appointment.Id).ToListAsync(ct);
        var history = await db.HistoryAsync(appointment.EngagementId, clientId, ct);
        var fee = appointment.ShareOf(clientId, await db.IsSharedAsync(appointment.KindId, ct));
        return question(appointment.Facts(moves, fee, appointment.FirstMoveWithout(clientId, moves)), versions, history, clock.GetUtcNow().UtcDateTime);
    }
}

/// <summary>What happened so far between the parties of an engagement, as the terms count it.</summary>
public static class AppointmentHistory
{
    /// <summary>Every settled, moved or cancelled appointment of this client in the engagement; what was taken back never happened.</summary>
    public static async Task<IReadOnlyList<PastEvent>> HistoryAsync(this PracticeDb db, Guid engagementId, Guid clientId, CancellationToken ct)
    {
        var appointments = await db.Appointments.AsNoTracking().Include(a => a.Participants)
            .Where(a => a.EngagementId == engagementId && (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled)
                && a.Participants.Any(p => p.ClientId == clientId)).ToListAsync(ct);
        var ids = appointments.Select(a => a.Id).ToList();
        var moves = await db.AppointmentMoves.AsNoTracking().Where(m => ids.Contains(m.AppointmentId)).ToListAsync(ct);
        var kinds = appointments.Select(a => a.KindId).Distinct().ToList();
        var shared = await db.SessionKinds.Where(k => kinds.Contains(k.Id) && (k.Form == SessionForm.Couple || k.Form == SessionForm.Family)).Select(k => k.Id).ToListAsync(ct);
        return [.. appointments.SelectMany(a => Events(a, moves.Where(m => m.AppointmentId == a.Id).OrderBy(m => m.At).ToList(), clientId, shared.Contains(a.KindId)))];
    }

    /// <summary>Couples and families share the price of one session.</summary>
    public static Task<bool> IsSharedAsync(this PracticeDb db, Guid kindId, CancellationToken ct) =>
        db.SessionKinds.AnyAsync(k => k.Id == kindId && (k.Form == SessionForm.Couple || k.Form == SessionForm.Family), ct);

    private static IEnumerable<PastEvent> Events(Appointment appointment, List<AppointmentMove> moves, Guid clientId, bool shared)
    {
        var fee = appointment.ShareOf(clientId, shared);
        var without = appointment.FirstMoveWithout(clientId, moves);
        foreach (var move in moves.TakeWhile(m => m != without))
        {
            // A move is judged by how the appointment stood before it.
            var before = appointment.Facts(moves, fee, move);
            if (move.ClientId is null) yield return new PastEvent(before, new AttendanceEvent(EventKind.MovedByPsychologist, move.At));
            else if (move.ClientId == clientId) yield return new PastEvent(before, new AttendanceEvent(EventKind.Moved, move.At, move.ExcusedBecause, move.ExcusedBecause is not null));
        }
        if (What(appointment, clientId) is { } happened) yield return new PastEvent(appointment.Facts(moves, fee, without), happened);
    }

    private static AttendanceEvent? What(Appointment appointment, Guid clientId)
    {
        var participant = appointment.Participants.First(p => p.ClientId == clientId);
        if (appointment.ReleasedAt is not null) return null;
        // Who left before it was cancelled left all the same.
        if (participant.WithdrawnAt is { } withdrawn)
            return new AttendanceEvent(EventKind.Cancelled, withdrawn, participant.ExcusedBecause ?? participant.WithdrawReason, participant.ExcusedBecause is not null);
        if (appointment.NothingFollows) return null;
        if (appointment.State == AppointmentState.Cancelled)
        {
            var own = appointment.CancelledByClientId == clientId;
            if (!own && appointment.CancelledByClientId is not null) return null;
            return new AttendanceEvent(own ? EventKind.Cancelled : EventKind.CancelledByPsychologist, appointment.CancelledAt!.Value,
                participant.ExcusedBecause ?? (own ? appointment.CancelReason : null), participant.ExcusedBecause is not null);
        }
        return participant.Attendance switch
        {
            null => null,
            AttendanceKind.Attended => new AttendanceEvent(EventKind.Attended, appointment.StartsAt, LateMinutes: participant.LateMinutes ?? 0,
                PsychologistLateMinutes: participant.PsychologistLateMinutes ?? 0),
            AttendanceKind.NoShow => new AttendanceEvent(EventKind.Absent, appointment.StartsAt),
            AttendanceKind.Excused => new AttendanceEvent(EventKind.Absent, appointment.StartsAt, participant.ExcusedBecause, Excused: true),
            AttendanceKind.PsychologistAbsent => new AttendanceEvent(EventKind.PsychologistAbsent, appointment.StartsAt),
            _ => null,
        };
    }
}
