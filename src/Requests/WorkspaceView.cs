using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

/// <summary>Everything the workspace shows of one request, opened.</summary>
public sealed record WorkspaceView(
    Guid Id, RequestState State, bool Own, string Client, Guid? ClientId, IReadOnlyList<WorkspaceView.Said> Complaints, string? Heard, IReadOnlyList<string> Tags,
    IReadOnlyList<WorkspaceView.Wording> Wordings, string? Title, string? Professional, string? HowNoticed, DateOnly? ByWhen, string? FirstStep, IReadOnlyList<WorkspaceView.StepLine> Steps,
    IReadOnlyList<string> Levels, IReadOnlyList<int?> Ratings, IReadOnlyList<WorkspaceView.Change> Changes, DateTime? AcceptedByClientAt, DateTime? AcceptedByPsychologistAt,
    DateTime? DoubtedAt, int Offers, string? Result, int? ResultLevel, bool Flagged, Guid? FollowsId, Guid? FollowedById,
    Guid EngagementId, IReadOnlyList<WorkspaceView.Sibling> Others, int Sessions, DateTime? LastSession, bool LooksBack, int LookBackAfter, IReadOnlyList<WorkspaceView.Back> Backs)
{
    /// <summary>The line does not move because it stands where it was hoped for.</summary>
    public bool StandsReached => Ratings.Count > 0 && Ratings[^1] >= 0;
    /// <summary>The client's other open request that both chose to begin with.</summary>
    public Sibling? ChosenInstead => Others.FirstOrDefault(o => o.Chosen);

    public bool IsDescribed => HowNoticed is { Length: > 0 } || FirstStep is { Length: > 0 } || Professional is { Length: > 0 } || ByWhen is not null;

    public sealed record Said(DateTime At, string Text, string Language, WrittenBy By, About About, int? Strength, string? HowOften, string? Cost, Frequency? Frequency, Toll? Toll, bool RarelyAndCheap, Guid? ClientId, Assessed? Assessed);
    public sealed record Wording(int Number, DateTime At, string Text, string Language, WordedBy By, string? Author, UtteranceKind? Kind, string? Judged, IReadOnlyList<Criterion> Criteria)
    {
        public Assessed Assessed => new(Text, Language, Kind, Criteria, null);
    }
    /// <summary>Another open request of the same client in this engagement.</summary>
    public sealed record Sibling(Guid Id, string? Words, bool Chosen);
    /// <summary>What one side said when the work was looked back on.</summary>
    public sealed record Back(DateTime At, WorkChoice Choice, string By, bool ByClient, string? Why);
    public sealed record StepLine(int Number, string? What, StepBy By, string? Happened, bool Done);
    public sealed record Change(DateTime At, RequestState From, RequestState To, string By, string? Why);

    public static async Task<WorkspaceView> ReadAsync(PracticeDb db, Vault vault, ClientRequest request, Engagement engagement, DataKey key, CancellationToken ct)
    {
        var flagged = await db.HasOpenFlagAsync(engagement, ct);
        var own = engagement.PsychologistId == db.Current.UserId;
        var clientIds = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var names = await db.Clients.Where(c => clientIds.Contains(c.Id)).Select(c => c.Name).ToListAsync(ct);
        var complaints = new List<Said>();
        foreach (var c in await db.ComplaintsOf(engagement).AsNoTracking().OrderBy(c => c.WrittenAt).ToListAsync(ct))
        {
            var theirs = await vault.KeyAsync(c.KeyId, ct);
            var text = c.Read(theirs);
            complaints.Add(new Said(c.WrittenAt, text, c.Language, c.WrittenBy, c.About, c.Strength,
                c.ReadHowOften(theirs), c.ReadCost(theirs), c.Frequency, c.Toll, c.RarelyAndCheap, c.ClientId,
                // The coach is silent while a flag is open, here as well.
                flagged ? null : Assessed.Of(text, c.Language) with { Question = null }));
        }
        var hearing = own ? await db.Hearings.AsNoTracking().SingleOrDefaultAsync(h => h.EngagementId == engagement.Id && h.AuthorId == db.Current.UserId, ct) : null;
        var reviews = await db.FormulationReviews.AsNoTracking().Where(r => db.Formulations.Any(f => f.Id == r.FormulationId && f.RequestId == request.Id)).ToDictionaryAsync(r => r.FormulationId, ct);
        var staff = await db.Memberships.Select(m => new { m.UserId, m.Name }).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        var sessions = await db.SessionsHeldAsync(engagement.Id, request.ClientId, ct);
        var ratings = await db.ProgressRatings.Where(r => r.RequestId == request.Id).OrderBy(r => r.RatedAt).Select(r => new { r.RatedAt, r.Level }).ToListAsync(ct);
        var after = await db.LookBackAfterAsync(engagement.Id, ct);
        var others = await db.ClientRequests.AsNoTracking().Include(r => r.Formulations)
            .Where(r => r.EngagementId == engagement.Id && r.ClientId == request.ClientId && r.Id != request.Id && r.ClosedAt == null).OrderBy(r => r.CreatedAt).ToListAsync(ct);
        return new WorkspaceView(request.Id, request.State, own, string.Join(", ", names), request.ClientId ?? clientIds.FirstOrDefault(), complaints,
            hearing?.Read(key), hearing?.Tags ?? [],
            request.Formulations.OrderByDescending(f => f.Number).Select(f => Worded(f, key, reviews.GetValueOrDefault(f.Id), request.IsJoint ? staff.GetValueOrDefault(f.AuthorId) : null)).ToList(),
            request.Open(key, request.Title, "title"), request.Open(key, request.ProfessionalWording, "professional_wording"),
            request.Open(key, request.HowNoticed, "how_noticed"), request.ByWhen, request.Open(key, request.FirstStep, "first_step"),
            request.Steps.OrderBy(s => s.Number).Select(s => new StepLine(s.Number, s.ReadWhat(key), s.By, s.ReadHappened(key), s.DoneAt is not null)).ToList(),
            request.ReadLevels(key),
            ratings.ConvertAll(r => (int?)r.Level),
            request.Changes.OrderByDescending(c => c.At).Select(c => new Change(c.At, c.From, c.To, staff.GetValueOrDefault(c.By, ""), c.ReadWhy(key))).ToList(),
            request.AcceptedByClientAt, request.AcceptedByPsychologistAt, request.DoubtedAt, request.Offers,
            request.Open(key, request.Result, "result"), request.ResultLevel, flagged, request.FollowsId,
            await db.ClientRequests.Where(r => r.FollowsId == request.Id).OrderBy(r => r.CreatedAt).Select(r => (Guid?)r.Id).LastOrDefaultAsync(ct),
            engagement.Id, others.ConvertAll(o => new Sibling(o.Id, o.Current?.Read(key), o.ChosenAt is not null)), sessions.Count, sessions.Count > 0 ? sessions[^1] : null,
            request.LooksBack(sessions, ratings.Select(r => (r.RatedAt, r.Level)), after), after,
            request.WorkReviews.OrderByDescending(w => w.At).Select(w => new Back(w.At, w.Choice, w.ByClient ? string.Join(", ", names) : staff.GetValueOrDefault(w.By, ""), w.ByClient, w.ReadWhy(key))).ToList());
    }

    private static Wording Worded(Formulation f, DataKey key, FormulationReview? review, string? author) =>
        new(f.Number, f.WrittenAt, f.Read(key), f.Language, f.WordedBy, author, review?.Kind, review?.Language, review?.ReadCriteria() ?? []);
}
