using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Requests;

/// <summary>One more complaint, in the client's own words; nothing that was written before changes.</summary>
[Access(Role.Client)]
public sealed class ComplainModel(PracticeDb db, WriteComplaint write) : PageModel
{
    [BindProperty] public ComplaintInput Input { get; set; } = new();
    /// <summary>The work it belongs to, where the client has several.</summary>
    [FromQuery(Name = "for")] public Guid? For { get; set; }
    [TempData] public bool Kept { get; set; }
    public string Psychologist { get; private set; } = "";
    public bool OpensMore => Input.SaysMore || ModelState.Any(m => m.Key != "Input.Text" && m.Value!.Errors.Count > 0);
    private Engagement _engagement = null!;
    private Guid _clientId;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        await write.RunAsync(_engagement, _clientId, Input, WrittenBy.Client, ct);
        await db.SaveChangesAsync(ct);
        Kept = true;
        return LocalRedirect("/me/request");
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var engagement = await db.EngagementsAsClient().AsNoTracking().Include(e => e.Parties).Where(e => e.EndedAt == null && (For == null || e.Id == For))
            .OrderByDescending(e => e.StartedAt).FirstOrDefaultAsync(ct);
        if (engagement is null) return false;
        _engagement = engagement;
        var parties = engagement.Parties.Select(p => p.ClientId).ToList();
        _clientId = await db.OwnClient().Where(c => parties.Contains(c.Id)).Select(c => c.Id).FirstAsync(ct);
        Psychologist = await db.Memberships.Where(m => m.UserId == engagement.PsychologistId).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "";
        return true;
    }
}
