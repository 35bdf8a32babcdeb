using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Requests;

namespace PracticeApp.Sessions;

/// <summary>What an engagement is about now: the request in work, or the complaint while there is none.</summary>
/// <param name="Words">The client's own words; empty when nothing was written yet.</param>
/// <param name="Title">The psychologist's short name for lists; empty when there is none.</param>
/// <param name="IsComplaint">The words are what was wrong, not yet what is wanted.</param>
/// <param name="Wording">Which wording of the request it is; 0 for a complaint.</param>
/// <param name="Step">The step in hand, from 1; null when none is planned or all are done.</param>
/// <param name="Ratings">The request's progress, one a rated session in order, −2 to +2.</param>
/// <param name="Flagged">A text of theirs raised a safety flag that is still open: nobody is scored or hurried meanwhile.</param>
public sealed record WorkInHand(Guid EngagementId, Guid? RequestId, RequestState? State, string Words, string Title, bool IsComplaint, int Wording, WordedBy? WordedBy,
    int? Step, int Steps, IReadOnlyList<int?> Ratings, bool Flagged)
{
    internal static readonly RequestState[] InWork = [RequestState.Draft, RequestState.Clarifying, RequestState.Proposed, RequestState.Accepted, RequestState.Working];

    /// <summary>Both sides said that this is it.</summary>
    public bool IsSettled => State is RequestState.Accepted or RequestState.Working;

    /// <summary>Reads the words of several engagements at once. The caller answers for the right to read them and for the audit.</summary>
    /// <param name="asClients">The clients who read about themselves: what another party shares is not theirs, and what it raised concerns nobody else.</param>
    public static async Task<IReadOnlyDictionary<Guid, WorkInHand>> OfAsync(PracticeDb db, Vault vault, IReadOnlyCollection<Guid> engagements, CancellationToken ct, IReadOnlyCollection<Guid>? asClients = null)
    {
        var requests = await db.ClientRequests.AsNoTracking().AsSplitQuery().Include(r => r.Formulations).Include(r => r.Steps)
            .Where(r => engagements.Contains(r.EngagementId) && InWork.Contains(r.State)).ToListAsync(ct);
        var ids = requests.ConvertAll(r => r.Id);
        var ratings = (await db.ProgressRatings.AsNoTracking().Where(p => ids.Contains(p.RequestId)).OrderBy(p => p.RatedAt).ToListAsync(ct)).ToLookup(p => p.RequestId);
        var complaints = await ComplaintsOfAsync(db, engagements, asClients, ct);
        var flagged = await FlaggedAsync(db, engagements, asClients, ct);
        var work = new Dictionary<Guid, WorkInHand>();
        foreach (var engagement in engagements)
        {
            var request = requests.Where(r => r.EngagementId == engagement)
                // Clients find their own request here first; what several want together, once it is agreed.
                .OrderBy(r => asClients is not null && r.IsJoint && r.AcceptedAt is null).ThenByDescending(r => r.State is RequestState.Accepted or RequestState.Working)
                .ThenByDescending(r => r.ChosenAt is not null).ThenByDescending(r => r.AcceptedAt ?? r.CreatedAt).FirstOrDefault();
            var key = request is null ? null : await vault.KeyAsync(request.KeyId, ct);
            var wording = request?.Current;
            var words = wording?.Read(key!)
                ?? (complaints.TryGetValue(engagement, out var complaint) ? complaint.Read(await vault.KeyAsync(complaint.KeyId, ct)) : "");
            var steps = request?.Steps.Where(s => s.What is not null).OrderBy(s => s.Number).ToList() ?? [];
            work[engagement] = new WorkInHand(engagement, request?.Id, request?.State, words, request?.Open(key!, request.Title, "title") ?? "",
                wording is null, wording?.Number ?? 0, wording?.WordedBy, steps.Find(s => s.DoneAt is null)?.Number, steps.Count,
                request is null ? [] : [.. ratings[request.Id].Select(r => (int?)r.Level)], flagged.Contains(engagement));
        }
        return work;
    }

    private static async Task<Dictionary<Guid, Complaint>> ComplaintsOfAsync(PracticeDb db, IReadOnlyCollection<Guid> engagements, IReadOnlyCollection<Guid>? asClients, CancellationToken ct)
    {
        var written = await db.Engagements.AsNoTracking().Where(e => engagements.Contains(e.Id))
            .SelectMany(e => db.Complaints.Where(c => c.EngagementId == e.Id || (c.EnquiryId != null && c.EnquiryId == e.EnquiryId)), (e, c) => new { e.Id, Complaint = c })
            .Where(w => asClients == null || (w.Complaint.ClientId == null ? !db.ComplaintShares.Any(s => s.ComplaintId == w.Complaint.Id && s.TakenBackAt == null && !asClients.Contains(s.ClientId)) : asClients.Contains(w.Complaint.ClientId.Value)))
            .ToListAsync(ct);
        return written.GroupBy(w => w.Id).ToDictionary(g => g.Key, g => g.OrderBy(w => w.Complaint.WrittenAt).First().Complaint);
    }

    private static async Task<HashSet<Guid>> FlaggedAsync(PracticeDb db, IReadOnlyCollection<Guid> engagements, IReadOnlyCollection<Guid>? asClients, CancellationToken ct) =>
        [.. await db.Engagements.Where(e => engagements.Contains(e.Id)
            && db.SafetyFlags.Any(f => f.ClosedAt == null && (asClients == null || (f.ClientId == null ? e.Parties.Count(p => p.Role == PartyRole.Client) == 1 : asClients.Contains(f.ClientId.Value))) && (f.EngagementId == e.Id || (f.EnquiryId != null && f.EnquiryId == e.EnquiryId)
                || e.Parties.Any(p => p.ClientId == f.ClientId)))).Select(e => e.Id).ToListAsync(ct)];
}

public static class WorkAccess
{
    /// <summary>The request an engagement works on now; null while there is none.</summary>
    public static Task<Guid?> RequestInWorkAsync(this PracticeDb db, Guid engagementId, CancellationToken ct) =>
        db.ClientRequests.Where(r => r.EngagementId == engagementId && WorkInHand.InWork.Contains(r.State))
            .OrderByDescending(r => r.AcceptedAt ?? r.CreatedAt).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
}
