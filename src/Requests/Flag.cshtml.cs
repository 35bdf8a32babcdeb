using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>One safety flag on what a client wrote: whom to reach and how, the words where one may read them, and what came of it.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class FlagModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock) : PageModel
{
    public SafetyFlag Flag { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    /// <summary>For the client's own psychologist alone.</summary>
    public string? Text { get; private set; }
    public Guid? RequestId { get; private set; }
    public bool Own { get; private set; }
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<FlagTelling> Told { get; private set; } = [];
    /// <summary>A psychologist closes: their own client's, or one they have seen to.</summary>
    public bool MayClose => db.Current.Is(Role.Psychologist) && (Own || Flag.AcknowledgedBy == db.Current.UserId);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        await ShowAsync(ct);
        audit.Record("flag.read", "safety-flag", id, Flag.ClientId);
        return Page();
    }

    public async Task<IActionResult> OnPostSeenAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (Flag.AcknowledgedAt is null) audit.Record("flag.acknowledged", "safety-flag", id, Flag.ClientId);
        Flag.Acknowledge(db.Current.UserId, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostCloseAsync(Guid id, string? outcome, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !MayClose || outcome is null || !SafetyFlag.Outcomes.Contains(outcome)) return NotFound();
        if (Flag.IsOpen) audit.Record("flag.closed", "safety-flag", id, Flag.ClientId);
        Flag.Close(db.Current.UserId, clock.GetUtcNow().UtcDateTime, outcome);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id });
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.FlagsOfClients().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } flag) return false;
        Flag = flag;
        Client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == flag.ClientId, ct);
        Own = await db.OwnEngagements().AnyAsync(e => e.Id == flag.EngagementId, ct);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Names = await db.Memberships.AsNoTracking().ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        Told = await db.FlagTellings.AsNoTracking().Where(t => t.FlagId == Flag.Id).OrderBy(t => t.ToldAt).ToListAsync(ct);
        if (Own) (Text, RequestId) = await WordsAsync(ct);
    }

    private async Task<(string?, Guid?)> WordsAsync(CancellationToken ct)
    {
        switch (Flag.Source)
        {
            case "complaints":
                var complaint = await db.Complaints.AsNoTracking().SingleAsync(c => c.Id == Flag.SourceId, ct);
                return (complaint.Read(await vault.KeyAsync(complaint.KeyId, ct)), null);
            case "formulations":
                var wording = await db.Formulations.AsNoTracking().SingleAsync(f => f.Id == Flag.SourceId, ct);
                var request = await db.ClientRequests.AsNoTracking().SingleAsync(r => r.Id == wording.RequestId, ct);
                return (wording.Read(await vault.KeyAsync(request.KeyId, ct)), request.Id);
            case "client_requests.how_noticed" or "client_requests.first_step":
                var aimed = await db.ClientRequests.AsNoTracking().SingleAsync(r => r.Id == Flag.SourceId, ct);
                var key = await vault.KeyAsync(aimed.KeyId, ct);
                return (Flag.Source.EndsWith("first_step", StringComparison.Ordinal) ? aimed.Open(key, aimed.FirstStep, "first_step") : aimed.Open(key, aimed.HowNoticed, "how_noticed"), aimed.Id);
            case "talk_answers":
                var answers = await db.TalkAnswers.AsNoTracking().SingleAsync(a => a.Id == Flag.SourceId, ct);
                return (string.Join('\n', answers.Read(await vault.KeyAsync(answers.KeyId, ct)).Select(a => a.Answer)), null);
            default: return (null, null);
        }
    }
}
