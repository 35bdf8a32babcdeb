using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Requests;

namespace PracticeApp.Sessions;

/// <summary>The agreement says that the two talk about what was missed, and no hour for it is planned yet.</summary>
public sealed record AgreedTalk(Guid ClientId, Guid EngagementId, string Client, string? Clause);

/// <summary>Finds the talks that wait for an hour; none while somebody may be in danger.</summary>
public sealed class AgreedTalks(PracticeDb db, WhatBookingAsks asks)
{
    private const int LongestDays = 400;

    /// <summary>With the psychologist's own clients.</summary>
    public async Task<IReadOnlyList<AgreedTalk>> OfPsychologistAsync(DateTime now, CancellationToken ct)
    {
        var since = now.AddDays(-LongestDays);
        var happened = await db.AssessedEvents.AsNoTracking().Where(e => e.AppointmentAt > since && (e.What == EventKind.Absent || e.What == EventKind.Cancelled || e.What == EventKind.Moved)
            && db.OwnEngagements().Any(x => x.Id == e.EngagementId && x.EndedAt == null)).ToListAsync(ct);
        var talks = new List<AgreedTalk>();
        foreach (var (engagement, client) in happened.Where(e => e.Assessment.Escalations.Any(s => s.Action == EscalationAction.InviteToTalk)).Select(e => (e.EngagementId, e.ClientId)).Distinct())
            if (await OfAsync(engagement, client, ct) is { } talk) talks.Add(talk);
        return [.. talks.OrderBy(t => t.Client, StringComparer.CurrentCulture)];
    }

    public async Task<AgreedTalk?> OfAsync(Guid engagementId, Guid clientId, CancellationToken ct)
    {
        var step = (await asks.StandingAsync(engagementId, clientId, ct)).FirstOrDefault(s => s.Term.Action == EscalationAction.InviteToTalk);
        if (step is null || await db.HasOpenFlagAsync(engagementId, clientId, ct)) return null;
        // What the practice booked since then, or an hour that costs nothing, is the talk.
        var planned = await db.Appointments.AnyAsync(a => a.EngagementId == engagementId && a.State == AppointmentState.Booked && a.BookedAt > step.Since
            && (a.LastActClientId == null || a.Price == 0) && a.Participants.Any(p => p.ClientId == clientId && p.WithdrawnAt == null), ct);
        return planned ? null : new AgreedTalk(clientId, engagementId, await db.Clients.Where(c => c.Id == clientId).Select(c => c.Name).SingleAsync(ct), step.Term.Clause);
    }
}
