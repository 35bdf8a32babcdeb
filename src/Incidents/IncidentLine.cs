using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;

namespace PracticeApp.Incidents;

/// <summary>One incident in a list: when, who did not keep which term.</summary>
public sealed record IncidentLine(Incident Incident, string Client, string Psychologist, string Term, bool IsAnswered)
{
    public static async Task<IReadOnlyList<IncidentLine>> OfAsync(PracticeDb db, ReadAgreement read, IQueryable<Incident> incidents, CancellationToken ct)
    {
        var found = await incidents.AsNoTracking().Include(i => i.Answers).OrderByDescending(i => i.HappenedAt).Select(i => new
        {
            Incident = i, Client = db.Clients.Where(c => c.Id == i.ClientId).Select(c => c.Name).First(),
            Psychologist = db.Memberships.Where(m => m.UserId == i.PsychologistId).Select(m => m.Name).FirstOrDefault(),
        }).Take(200).ToListAsync(ct);
        var texts = new Dictionary<Guid, AgreementText>();
        var ids = found.Select(f => f.Incident.AgreementId).Distinct().ToList();
        foreach (var agreement in await db.Agreements.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct)) texts[agreement.Id] = (await read.WordsAsync(agreement, ct)).Text;
        return [.. found.Select(f => new IncidentLine(f.Incident, f.Client, f.Psychologist ?? "", TermOf(f.Incident, texts[f.Incident.AgreementId]), f.Incident.Answers.Count > 0))];
    }

    /// <summary>"7. Lateness", or the promise itself.</summary>
    public static string TermOf(Incident incident, AgreementText text) => incident.Clause is { } number
        ? $"{number}. {text.Clauses.FirstOrDefault(c => c.Number == number)?.Heading}"
        : text.Responsibilities.FirstOrDefault(r => r.Number == incident.Promise)?.Text ?? "";
}
