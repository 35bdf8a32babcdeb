using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Incidents;

/// <summary>The only way to incidents: the psychologist and the client concerned, nobody else. Row-level security repeats it.</summary>
public static class IncidentAccess
{
    public static IQueryable<Incident> OwnIncidents(this PracticeDb db) => db.Incidents.Where(i => i.PsychologistId == db.Current.UserId);

    public static IQueryable<Incident> IncidentsAsClient(this PracticeDb db)
    {
        var own = db.OwnClient();
        return db.Incidents.Where(i => own.Any(c => c.Id == i.ClientId));
    }

    public static IQueryable<Incident> ReadableIncidents(this PracticeDb db)
    {
        var own = db.OwnClient();
        return db.Incidents.Where(i => i.PsychologistId == db.Current.UserId || own.Any(c => c.Id == i.ClientId));
    }

    /// <summary>Where one is read.</summary>
    public static string Address(Guid id) => $"/incidents/{id}";

    /// <summary>Agreements between these two that were ever in force, the newest first.</summary>
    internal static Task<List<Agreement>> AgreementsOnceInForceAsync(this PracticeDb db, IQueryable<Engagement> engagements, CancellationToken ct) =>
        db.Agreements.AsNoTracking().Where(a => a.InForceAt != null && engagements.Any(e => e.Id == a.EngagementId)).OrderByDescending(a => a.InForceAt).ToListAsync(ct);

    internal static bool WasInForceAt(this Agreement agreement, DateTime at) => agreement.InForceAt <= at && !(agreement.EndedAt <= at);
}
