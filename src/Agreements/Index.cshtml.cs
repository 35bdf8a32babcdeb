using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>All agreements of a psychologist by what is to be done; for admins the states of all, without words.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class IndexModel(PracticeDb db) : PageModel
{
    public sealed record Row(Guid Id, Guid EngagementId, int Number, AgreementState State, DateTime Since, string Clients, string Psychologist, bool Mine, bool Asked);

    public IReadOnlyList<Row> WaitForMe { get; private set; } = [];
    public IReadOnlyList<Row> WaitForClient { get; private set; } = [];
    public IReadOnlyList<Row> InForce { get; private set; } = [];
    public IReadOnlyList<Row> Past { get; private set; } = [];
    public bool IsAdmin => db.Current.Is(Role.Admin);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var me = db.Current.UserId;
        var found = await db.AgreementStates().AsNoTracking().Select(a => new
        {
            a.Id, a.EngagementId, a.Number, a.State, a.CreatedAt, a.SentAt, a.ViewedAt, a.SignedAt, a.InForceAt, a.EndedAt,
            Mine = a.PsychologistId == me,
            // Somebody asked and the last word on that clause is not the psychologist's.
            Asked = a.PsychologistId == me && a.EndedAt == null && db.AgreementQuestions.Any(q => q.AgreementId == a.Id && q.Kind != QuestionKind.Answer
                && !db.AgreementQuestions.Any(l => l.AgreementId == a.Id && l.Clause == q.Clause && l.Kind == QuestionKind.Answer && l.At >= q.At)),
            Clients = db.Clients.Where(c => db.EngagementParties.Any(p => p.EngagementId == a.EngagementId && p.ClientId == c.Id)).OrderBy(c => c.CreatedAt).Select(c => c.Name).ToList(),
            Psychologist = db.Memberships.Where(m => m.UserId == a.PsychologistId).Select(m => m.Name).FirstOrDefault(),
        }).ToListAsync(ct);
        var rows = found.Select(a => new Row(a.Id, a.EngagementId, a.Number, a.State,
                a.EndedAt ?? a.InForceAt ?? a.SignedAt ?? a.ViewedAt ?? a.SentAt ?? a.CreatedAt, string.Join(", ", a.Clients), a.Psychologist ?? "", a.Mine, a.Asked))
            .OrderByDescending(r => r.Asked).ThenByDescending(r => r.Since).ToList();
        // What was declined waits for a talk until another version follows.
        var newest = rows.GroupBy(r => r.EngagementId).ToDictionary(g => g.Key, g => g.Max(r => r.Number));
        bool Waits(Row r) => r.Asked || r.State is AgreementState.Draft or AgreementState.SignedByClient || (r.State == AgreementState.Declined && r.Number == newest[r.EngagementId]);
        WaitForMe = rows.FindAll(Waits);
        WaitForClient = rows.FindAll(r => !Waits(r) && r.State is (AgreementState.Sent or AgreementState.Viewed));
        InForce = rows.FindAll(r => !Waits(r) && r.State == AgreementState.InForce);
        Past = rows.FindAll(r => !Waits(r) && r.State is (AgreementState.Superseded or AgreementState.Ended or AgreementState.Expired or AgreementState.Declined));
    }
}
