using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

[Access(Role.Psychologist)]
public sealed class IndexModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock) : PageModel
{
    public const int AtMost = 60;
    public IReadOnlyList<Row> Waiting { get; private set; } = [];
    public IReadOnlyList<Row> Working { get; private set; } = [];
    public IReadOnlyList<Row> Clarifying { get; private set; } = [];
    public IReadOnlyList<Row> Over { get; private set; } = [];
    public IReadOnlyList<Fresh> Without { get; private set; } = [];

    public sealed record Row(Guid Id, string Client, string? Title, string? Wording, RequestState State, DateTime Since, bool ByClient, bool ByPsychologist, bool Doubted, int? LastLevel, bool LooksBack, bool Waits, Guid? Several, bool AsideByClient);
    public sealed record Fresh(Guid EngagementId, string Client, DateTime Since);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var names = await NamesAsync(ct);
        var requests = await db.OwnRequests().AsNoTracking().Include(r => r.WorkReviews).OrderBy(r => r.ClosedAt != null).ThenByDescending(r => r.CreatedAt).Take(3 * AtMost).ToListAsync(ct);
        var ids = requests.ConvertAll(r => r.Id);
        var wordings = (await db.Formulations.AsNoTracking().Where(f => ids.Contains(f.RequestId)
            && !db.Formulations.Any(later => later.RequestId == f.RequestId && later.Number > f.Number)).ToListAsync(ct)).ToDictionary(f => f.RequestId);
        var ratings = (await db.ProgressRatings.AsNoTracking().Where(r => ids.Contains(r.RequestId)).OrderBy(r => r.RatedAt).Select(r => new { r.RequestId, r.RatedAt, r.Level }).ToListAsync(ct)).ToLookup(r => r.RequestId);
        var working = requests.Where(r => r.State is RequestState.Accepted or RequestState.Working).Select(r => r.EngagementId).ToList();
        var sessions = (await db.Appointments.Where(a => working.Contains(a.EngagementId) && a.Participants.Any(p => p.Attendance == Booking.AttendanceKind.Attended)).Select(a => new { a.EngagementId, a.StartsAt }).ToListAsync(ct))
            .ToLookup(a => a.EngagementId, a => a.StartsAt);
        var after = await db.LookBackAfterAsync([.. working.Distinct()], ct);
        var chosen = requests.Where(r => r.ChosenAt is not null && r.ClosedAt is null).Select(r => (r.EngagementId, r.ClientId)).ToHashSet();
        var several = requests.Where(r => r.ClosedAt is null).ToLookup(r => (r.EngagementId, r.ClientId));
        var rows = new List<Row>();
        foreach (var r in requests)
        {
            var key = await vault.KeyAsync(r.KeyId, ct);
            rows.Add(new Row(r.Id, names.GetValueOrDefault(r.EngagementId, ""), r.Open(key, r.Title, "title"), wordings.GetValueOrDefault(r.Id)?.Read(key), r.State,
                r.ClosedAt ?? r.AcceptedAt ?? r.CreatedAt, r.AcceptedByClientAt is not null, r.AcceptedByPsychologistAt is not null, r.DoubtedAt is not null, ratings[r.Id].LastOrDefault()?.Level, r.LooksBack(sessions[r.EngagementId], ratings[r.Id].Select(g => (g.RatedAt, g.Level)), after(r.EngagementId)),
                r.IsOpen && r.ChosenAt is null && chosen.Contains((r.EngagementId, r.ClientId)), r.State <= RequestState.Proposed && several[(r.EngagementId, r.ClientId)].Skip(1).Any() && !chosen.Contains((r.EngagementId, r.ClientId)) ? r.EngagementId : null, r.IsOpen && r.LeftAsideByClientAt is not null));
        }
        Waiting = rows.FindAll(r => (r.State is RequestState.Proposed && r.ByClient) || ((r.Doubted || r.LooksBack || r.AsideByClient) && r.State <= RequestState.Working));
        Working = rows.FindAll(r => r.State is RequestState.Accepted or RequestState.Working && !Waiting.Contains(r));
        Clarifying = rows.FindAll(r => r.State is RequestState.Draft or RequestState.Clarifying or RequestState.Proposed && !Waiting.Contains(r));
        Over = rows.FindAll(r => r.State > RequestState.Working).Take(AtMost).ToList();
        Without = await db.OwnEngagements().Where(e => e.EndedAt == null && !db.ClientRequests.Any(r => r.EngagementId == e.Id)).OrderByDescending(e => e.StartedAt).Take(AtMost)
            .Select(e => new Fresh(e.Id, db.Clients.Where(c => e.Parties.Any(p => p.ClientId == c.Id)).Select(c => c.Name).First(), e.StartedAt)).ToListAsync(ct);
        audit.Record("requests.listed", "request", null);
    }

    /// <summary>Opens the workspace for somebody who has not worded anything yet.</summary>
    public async Task<IActionResult> OnPostOpenAsync(Guid engagementId, CancellationToken ct)
    {
        var engagement = await db.OwnEngagements().Include(e => e.Parties).SingleOrDefaultAsync(e => e.Id == engagementId, ct);
        if (engagement is null) return NotFound();
        // Taken with a lock on the engagement, so that pressing twice opens one request.
        await db.Database.ExecuteSqlAsync($"select id from engagements where practice_id = {engagement.PracticeId} and id = {engagement.Id} for update", ct);
        var open = await db.ClientRequests.Where(r => r.EngagementId == engagementId && r.ClosedAt == null).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        if (open is null)
        {
            var clients = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
            var request = new ClientRequest(engagement.PracticeId, engagement.Id, clients.Count == 1 ? clients[0] : null, engagement.KeyId, clock.GetUtcNow().UtcDateTime);
            db.ClientRequests.Add(request);
            audit.Record("request.opened", "request", request.Id, request.ClientId);
            await db.SaveChangesAsync(ct);
            open = request.Id;
        }
        return RedirectToPage("/Requests/Workspace", new { id = open });
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(CancellationToken ct) =>
        (await db.OwnEngagements().SelectMany(e => e.Parties, (e, p) => new { e.Id, p.ClientId }).Join(db.Clients, x => x.ClientId, c => c.Id, (x, c) => new { x.Id, c.Name }).ToListAsync(ct))
        .GroupBy(x => x.Id).ToDictionary(g => g.Key, g => string.Join(", ", g.Select(x => x.Name)));
}
