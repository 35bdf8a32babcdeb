using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>What somebody said of a clause.</summary>
/// <param name="Own">By the reader.</param>
public sealed record SaidOfClause(QuestionKind Kind, string Name, bool Own, string Text, DateTime At);

/// <summary>The talk about the clauses of one agreement, for its reader.</summary>
/// <param name="Changes">Against the version before; null for the first.</param>
/// <param name="Before">The version before.</param>
/// <param name="BeforeHolds">It is in force until this one is.</param>
/// <param name="Earlier">Clauses of the version before that were talked about.</param>
/// <param name="MayAsk">It is not over.</param>
/// <param name="Answers">The reader is the psychologist.</param>
/// <param name="Other">Name of who is asked.</param>
public sealed record ClauseTalk(
    Guid AgreementId, ILookup<int, SaidOfClause> Threads, AgreementChanges? Changes, Guid? Before, bool BeforeHolds, ImmutableHashSet<int> Earlier, bool MayAsk, bool Answers, string Other)
{
    /// <summary>Name of the entry of a page's view data under which the clauses find it.</summary>
    public const string Key = "Talk";

    /// <summary>Clauses on which the psychologist has not answered yet.</summary>
    public IEnumerable<int> Open => Threads.Where(t => t.Last().Kind != QuestionKind.Answer).Select(t => t.Key).Order();

    public bool WaitsForAnswer(int clause) => Threads[clause].LastOrDefault() is { Kind: not QuestionKind.Answer };

    public bool IsProposed(int clause) => WaitsForAnswer(clause) && Threads[clause].Last().Kind == QuestionKind.Proposal;

    /// <summary>Where the same clause was talked about in the version before; null where it was not.</summary>
    public string? EarlierAt(int clause) =>
        Changes is not null && Changes.Before.TryGetValue(clause, out var old) && Earlier.Contains(old) ? $"/agreements/{Before}#t{old}" : null;
}

/// <summary>Opens the talk about an agreement's clauses.</summary>
public sealed class ReadTalk(PracticeDb db, Vault vault, ReadAgreement read)
{
    public async Task<ClauseTalk> RunAsync(Agreement agreement, AgreementDocument document, bool asPsychologist, CancellationToken ct)
    {
        var before = await read.BeforeAsync(agreement, ct);
        var earlier = before is null ? [] : await db.AgreementQuestions.Where(q => q.AgreementId == before.Id).Select(q => q.Clause).Distinct().ToListAsync(ct);
        return new ClauseTalk(agreement.Id, await ThreadsAsync(agreement, document.Psychologist, asPsychologist, ct),
            await read.ChangesAsync(document, before, ct), before?.Id, before?.State == AgreementState.InForce, [.. earlier],
            MayAsk: agreement.State != AgreementState.Draft && agreement.EndedAt is null, asPsychologist, asPsychologist ? document.Parties : document.Psychologist);
    }

    private async Task<ILookup<int, SaidOfClause>> ThreadsAsync(Agreement agreement, string psychologist, bool asPsychologist, CancellationToken ct)
    {
        var said = await db.AgreementQuestions.AsNoTracking().Where(q => q.AgreementId == agreement.Id).OrderBy(q => q.At).ThenBy(q => q.Id).ToListAsync(ct);
        if (said.Count == 0) return Enumerable.Empty<SaidOfClause>().ToLookup(_ => 0);
        var key = await vault.KeyAsync(agreement.KeyId, ct);
        var writers = said.Select(q => q.ClientId).ToList();
        var clients = await db.Clients.Where(c => writers.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.UserId }).ToDictionaryAsync(c => c.Id, ct);
        return said.ToLookup(q => q.Clause, q => q.ClientId is { } client
            ? new SaidOfClause(q.Kind, clients[client].Name, clients[client].UserId == db.Current.UserId, q.Open(key), q.At)
            : new SaidOfClause(q.Kind, psychologist, asPsychologist, q.Open(key), q.At));
    }
}
