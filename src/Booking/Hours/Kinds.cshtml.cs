using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>The practice's kinds of session, in the order in which clients see them.</summary>
[Access(Role.Admin)]
public sealed class KindsModel(PracticeDb db) : PageModel
{
    public IReadOnlyList<SessionKind> Kinds { get; private set; } = [];
    [TempData] public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken ct) =>
        Kinds = await db.SessionKinds.AsNoTracking().OrderByDescending(k => k.Active).ThenBy(k => k.Position).ToListAsync(ct);
}
