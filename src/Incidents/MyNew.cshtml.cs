using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Incidents;

/// <summary>The client says what their psychologist did or did not do.</summary>
[Access(Role.Client)]
public sealed class MyNewModel(PracticeDb db, WriteIncident write, ReadAgreement read, Words words, TimeProvider clock, IStringLocalizer<Texts> t)
    : RecordIncidentModel(db, write, read, words, clock, t)
{
    /// <summary>The work it is about, where the client has several.</summary>
    [FromQuery(Name = "for")] public Guid? For { get; set; }

    public override Side By => Side.Client;
    protected override IQueryable<Engagement> Engagements => _engagements ?? Db.EngagementsAsClient().Where(e => false);
    public IReadOnlyList<(Guid EngagementId, string Psychologist)> Choices { get; private set; } = [];
    private IQueryable<Engagement>? _engagements;

    protected override async Task<bool> FindAsync(CancellationToken ct)
    {
        About = Side.Psychologist;
        var courses = await Db.EngagementsAsClient().Where(e => Db.Agreements.Any(a => a.EngagementId == e.Id && a.InForceAt != null))
            .OrderBy(e => e.EndedAt != null).ThenByDescending(e => e.StartedAt)
            .Select(e => new { e.Id, Name = Db.Memberships.Where(m => m.UserId == e.PsychologistId).Select(m => m.Name).FirstOrDefault() }).ToListAsync(ct);
        Choices = courses.ConvertAll(c => (c.Id, c.Name ?? ""));
        if (For is { } wanted && courses.TrueForAll(c => c.Id != wanted)) return false;
        var id = For ?? courses.FirstOrDefault()?.Id;
        if (id is null) return await Db.OwnClient().AnyAsync(ct);
        Other = courses.Find(c => c.Id == id)!.Name ?? "";
        _engagements = Db.EngagementsAsClient().Where(e => e.Id == id);
        ClientId = await Db.OwnClient().Where(c => Db.EngagementParties.Any(p => p.EngagementId == id && p.ClientId == c.Id && p.Role == PartyRole.Client)).Select(c => c.Id).FirstAsync(ct);
        return true;
    }
}
