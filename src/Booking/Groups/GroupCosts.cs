using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;

namespace PracticeApp.Booking;

/// <summary>What the practice owes whom when it calls off or moves dates of a group now.</summary>
public sealed class GroupCosts(PracticeDb db, WhatItCosts costs, TimeProvider clock)
{
    /// <summary>A sentence for each who is credited, with their name; empty where nobody is.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(IReadOnlyCollection<Guid> meetings, EventKind what, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var places = await db.Appointments.AsNoTracking().Include(a => a.Participants)
            .Where(a => a.MeetingId != null && meetings.Contains(a.MeetingId.Value) && a.State == AppointmentState.Booked && a.StartsAt > now).OrderBy(a => a.StartsAt).ToListAsync(ct);
        var ids = places.ConvertAll(p => p.Participants[0].ClientId);
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var said = new List<string>();
        foreach (var place in places)
        {
            var client = place.Participants[0].ClientId;
            var cost = what == EventKind.MovedByPsychologist ? await costs.IfPracticeMovesAsync(place, client, ct) : await costs.IfPracticeCancelsAsync(place, client, ct);
            if (cost.Credit > 0) said.Add($"{names[client]}: {AssessmentWords.Record(cost, CultureInfo.CurrentCulture)}");
        }
        return said;
    }
}
