using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Agreements;

/// <summary>Adds a question, a proposal or an answer to the talk about one clause, and tells the other side that something was said.</summary>
public sealed class AskAboutClause(PracticeDb db, Vault vault, ScreenText screen, Audit audit, PublicAddress address, TimeProvider clock)
{
    /// <returns>What a client's words may tell of.</returns>
    public async Task<Danger> ByClientAsync(Agreement agreement, Guid clientId, int clause, QuestionKind kind, string text, CancellationToken ct)
    {
        if (await AddAsync(agreement, clause, kind, clientId, text, ct) is not { } said) return Danger.None;
        await AgreementNotices.ToPsychologistAsync(db, agreement, "agreements.asked", address, said.At, ct);
        return await screen.RunAsync("agreement_questions", said.Id, text, Languages.Current, null, agreement.EngagementId, clientId, ct);
    }

    /// <param name="tell">False where the new version that follows says it.</param>
    public async Task AnswerAsync(Agreement agreement, int clause, string text, bool tell, CancellationToken ct)
    {
        if (await AddAsync(agreement, clause, QuestionKind.Answer, null, text, ct) is not { } said || !tell) return;
        var askers = await db.AgreementQuestions.Where(q => q.AgreementId == agreement.Id && q.Clause == clause && q.ClientId != null).Select(q => q.ClientId).Distinct().ToListAsync(ct);
        foreach (var client in await db.Clients.Where(c => askers.Contains(c.Id)).ToListAsync(ct)) AgreementNotices.ToClient(db, client, "agreements.answered", address, said.At);
    }

    private async Task<AgreementQuestion?> AddAsync(Agreement agreement, int clause, QuestionKind kind, Guid? clientId, string text, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var key = await vault.KeyAsync(agreement.KeyId, ct);
        var last = await db.AgreementQuestions.AsNoTracking().Where(q => q.AgreementId == agreement.Id && q.Clause == clause).OrderByDescending(q => q.At).ThenByDescending(q => q.Id).FirstOrDefaultAsync(ct);
        // The same form sent twice is said once.
        if (last is not null && last.ClientId == clientId && last.Kind == kind && last.Open(key) == text) return null;
        var said = new AgreementQuestion(agreement, clause, kind, clientId, text, key, clock.GetUtcNow().UtcDateTime);
        db.AgreementQuestions.Add(said);
        audit.Record("agreement.talked", "agreement", agreement.Id, clientId);
        return said;
    }
}
