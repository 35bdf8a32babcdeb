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
    DateTime? DoubtedAt, int Offers, string? Result, int? ResultLevel, bool Flagged, Guid? FollowsId)
{
    public bool IsDescribed => HowNoticed is { Length: > 0 } || FirstStep is { Length: > 0 } || Professional is { Length: > 0 } || ByWhen is not null;

    public sealed record Said(DateTime At, string Text, string Language, WrittenBy By, About About, int? Strength, string? HowOften, string? Cost, Frequency? Frequency, Toll? Toll, bool RarelyAndCheap, Guid? ClientId);
    public sealed record Wording(int Number, DateTime At, string Text, string Language, WordedBy By, string? Author, UtteranceKind? Kind, string? Judged, IReadOnlyList<Criterion> Criteria);
    public sealed record StepLine(int Number, string? What, StepBy By, string? Happened, bool Done);
    public sealed record Change(DateTime At, RequestState From, RequestState To, string By, string? Why);

    public static async Task<WorkspaceView> ReadAsync(PracticeDb db, Vault vault, ClientRequest request, Engagement engagement, DataKey key, CancellationToken ct)
    {
        var own = engagement.PsychologistId == db.Current.UserId;
        var clientIds = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var names = await db.Clients.Where(c => clientIds.Contains(c.Id)).Select(c => c.Name).ToListAsync(ct);
        var complaints = new List<Said>();
        foreach (var c in await db.ComplaintsOf(engagement).AsNoTracking().OrderBy(c => c.WrittenAt).ToListAsync(ct))
        {
            var theirs = await vault.KeyAsync(c.KeyId, ct);
            complaints.Add(new Said(c.WrittenAt, c.Read(theirs), c.Language, c.WrittenBy, c.About, c.Strength,
                c.ReadHowOften(theirs), c.ReadCost(theirs), c.Frequency, c.Toll, c.RarelyAndCheap, c.ClientId));
        }
        var hearing = own ? await db.Hearings.AsNoTracking().SingleOrDefaultAsync(h => h.EngagementId == engagement.Id && h.AuthorId == db.Current.UserId, ct) : null;
        var reviews = await db.FormulationReviews.AsNoTracking().Where(r => db.Formulations.Any(f => f.Id == r.FormulationId && f.RequestId == request.Id)).ToDictionaryAsync(r => r.FormulationId, ct);
        var staff = await db.Memberships.Select(m => new { m.UserId, m.Name }).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        return new WorkspaceView(request.Id, request.State, own, string.Join(", ", names), request.ClientId ?? clientIds.FirstOrDefault(), complaints,
            hearing?.Read(key), hearing?.Tags ?? [],
            request.Formulations.OrderByDescending(f => f.Number).Select(f => Worded(f, key, reviews.GetValueOrDefault(f.Id), request.IsJoint ? staff.GetValueOrDefault(f.AuthorId) : null)).ToList(),
            request.Open(key, request.Title, "title"), request.Open(key, request.ProfessionalWording, "professional_wording"),
            request.Open(key, request.HowNoticed, "how_noticed"), request.ByWhen, request.Open(key, request.FirstStep, "first_step"),
            request.Steps.OrderBy(s => s.Number).Select(s => new StepLine(s.Number, s.ReadWhat(key), s.By, s.ReadHappened(key), s.DoneAt is not null)).ToList(),
            request.ReadLevels(key),
            await db.ProgressRatings.Where(r => r.RequestId == request.Id).OrderBy(r => r.RatedAt).Select(r => (int?)r.Level).ToListAsync(ct),
            request.Changes.OrderByDescending(c => c.At).Select(c => new Change(c.At, c.From, c.To, staff.GetValueOrDefault(c.By, ""), c.ReadWhy(key))).ToList(),
            request.AcceptedByClientAt, request.AcceptedByPsychologistAt, request.DoubtedAt, request.Offers,
            request.Open(key, request.Result, "result"), request.ResultLevel, await db.HasOpenFlagAsync(engagement, ct), request.FollowsId);
    }

    private static Wording Worded(Formulation f, DataKey key, FormulationReview? review, string? author) =>
        new(f.Number, f.WrittenAt, f.Read(key), f.Language, f.WordedBy, author, review?.Kind, review?.Language, review?.ReadCriteria() ?? []);
}
