using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>The client's way in: straight to the one agreement there is, else to choose from.</summary>
[Access(Role.Client)]
public sealed class MineModel(PracticeDb db) : PageModel
{
    public sealed record Row(Guid Id, int Number, AgreementState State, DateTime Since, string Psychologist);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await db.AgreementsAsParty().AsNoTracking().OrderByDescending(a => a.SentAt).Select(a => new
        {
            a.EngagementId,
            Row = new Row(a.Id, a.Number, a.State, a.EndedAt ?? a.InForceAt ?? a.SignedAt ?? a.SentAt ?? a.CreatedAt,
                db.Memberships.Where(m => m.UserId == a.PsychologistId).Select(m => m.Name).FirstOrDefault() ?? ""),
        }).ToListAsync(ct);
        // Of each course of work the one that waits, else the one in force, else the newest.
        Rows = [.. found.GroupBy(f => f.EngagementId).Select(g => g.Select(f => f.Row)
            .OrderByDescending(r => r.State is AgreementState.Sent or AgreementState.Viewed).ThenByDescending(r => r.State == AgreementState.InForce)
            .ThenByDescending(r => r.Number).First())];
        return Rows.Count == 1 ? LocalRedirect(AgreementAccess.Address(Rows[0].Id)) : Page();
    }
}
