using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Incidents;

/// <summary>The psychologist records what the client, or they themselves, did or did not do.</summary>
[Access(Role.Psychologist)]
public sealed class NewModel(PracticeDb db, WriteIncident write, ReadAgreement read, Words words, TimeProvider clock, IStringLocalizer<Texts> t)
    : RecordIncidentModel(db, write, read, words, clock, t)
{
    [BindProperty(SupportsGet = true)] public Guid? Client { get; set; }
    /// <summary>"me" where it is about the psychologist.</summary>
    [FromQuery(Name = "about")] public string? AboutWhom { get; set; }

    public override Side By => Side.Psychologist;
    protected override IQueryable<Engagement> Engagements => Db.OwnEngagements().Where(e => e.Parties.Any(p => p.ClientId == ClientId && p.Role == PartyRole.Client));

    protected override async Task<bool> FindAsync(CancellationToken ct)
    {
        About = AboutWhom == "me" ? Side.Psychologist : Side.Client;
        if (Client is not { } id) return false;
        ClientId = id;
        if (!await Engagements.AnyAsync(ct)) return false;
        Other = await Db.Clients.Where(c => c.Id == id).Select(c => c.Name).SingleAsync(ct);
        return true;
    }
}
