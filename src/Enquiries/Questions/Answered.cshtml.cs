using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Enquiries;

/// <summary>What a client answered before the first talk, for their psychologist and whoever reads the engagement as staff.</summary>
[Access(Role.Psychologist, Role.Supervisor)]
public sealed class AnsweredModel(PracticeDb db, Vault vault, AnswerQuestions answer, Audit audit, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "client")] public Guid ClientId { get; set; }

    public string ClientName { get; private set; } = "";
    /// <summary>A first talk that is still ahead.</summary>
    public DateTime? TalkAt { get; private set; }
    /// <summary>The newest first.</summary>
    public IReadOnlyList<Version> Answers { get; private set; } = [];

    public sealed record Version(DateTime AnsweredAt, string Language, IReadOnlyList<TalkAnswer> Said);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var user = db.Current.UserId;
        var readable = db.ReadableEngagements(clock.GetUtcNow().UtcDateTime)
            .Where(e => e.Parties.Any(p => p.ClientId == ClientId) && !e.Parties.Any(p => db.Clients.Any(c => c.Id == p.ClientId && c.UserId == user)));
        if (!await readable.AnyAsync(ct)) return NotFound();
        ClientName = await db.Clients.Where(c => c.Id == ClientId).Select(c => c.CalledName).SingleAsync(ct);
        TalkAt = await answer.Ahead(db.Appointments).Where(a => readable.Any(e => e.Id == a.EngagementId)).OrderBy(a => a.StartsAt).Select(a => (DateTime?)a.StartsAt).FirstOrDefaultAsync(ct);
        var versions = new List<Version>();
        foreach (var row in await db.TalkAnswers.AsNoTracking().Where(a => a.ClientId == ClientId && readable.Any(e => e.Id == a.EngagementId)).OrderByDescending(a => a.AnsweredAt).ToListAsync(ct))
        {
            versions.Add(new Version(row.AnsweredAt, row.Language, row.Read(await vault.KeyAsync(row.KeyId, ct))));
            audit.Record("talk-answers.read", "talk-answers", row.Id, ClientId);
        }
        Answers = versions;
        return Page();
    }
}
