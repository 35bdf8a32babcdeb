using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Incidents;

/// <summary>What did not go as agreed between the signed-in client and their psychologist.</summary>
[Access(Role.Client)]
public sealed class MineModel(PracticeDb db, ReadAgreement read) : PageModel
{
    public IReadOnlyList<IncidentLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Lines = await IncidentLine.OfAsync(db, read, db.IncidentsAsClient(), ct);
}
