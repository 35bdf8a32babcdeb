using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Incidents;

/// <summary>What did not go as agreed, by client; the psychologist's own alone.</summary>
[Access(Role.Psychologist)]
public sealed class IndexModel(PracticeDb db, ReadAgreement read) : PageModel
{
    public IReadOnlyList<IGrouping<(Guid Id, string Name), IncidentLine>> Clients { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) =>
        Clients = [.. (await IncidentLine.OfAsync(db, read, db.OwnIncidents(), ct)).GroupBy(l => (l.Incident.ClientId, l.Client)).OrderBy(g => g.Key.Client, StringComparer.CurrentCulture)];
}
