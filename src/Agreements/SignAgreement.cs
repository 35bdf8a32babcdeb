using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>What somebody set their name to.</summary>
/// <param name="Shown">Hash of the document that was on their page.</param>
/// <param name="Consent">The exact sentence they agreed to.</param>
/// <param name="Strokes">Their name as they drew it, if they did.</param>
public sealed record Signature(byte[] Shown, string TypedName, string Consent, ImmutableArray<Initials> Initials, string? Strokes = null);

/// <summary>
/// Signing, by the parties and last by the psychologist. The agreement is locked, so of any number of attempts at once
/// one signs and the others find it done; the database knows one signature for each party.
/// </summary>
public sealed class SignAgreement(PracticeDb db, Vault vault, RecordAct record, PublicAddress address, TimeProvider clock)
{
    public async Task<ActOutcome> ViewAsync(Agreement agreement, Guid clientId, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = agreement.View(now);
        if (outcome == ActOutcome.Done) await record.RunAsync(agreement, RecordAct.Of(ActKind.Viewed, now), clientId, ct);
        return outcome;
    }

    public async Task<ActOutcome> ByClientAsync(Agreement agreement, Guid clientId, Signature signature, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = agreement.Sign(clientId, signature.Shown, now);
        if (outcome != ActOutcome.Done) return outcome;
        await WriteAsync(agreement, ActKind.Signed, signature, clientId, now, ct);
        if (agreement.State == AgreementState.SignedByClient)
            await AgreementNotices.ToPsychologistAsync(db, agreement, "agreements.signed", address, now, ct);
        return outcome;
    }

    /// <summary>A minor says yes, beside the guardian who signs.</summary>
    public async Task<ActOutcome> AssentAsync(Agreement agreement, Guid clientId, byte[] shown, string sentence, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = agreement.Assent(clientId, shown, now);
        if (outcome == ActOutcome.Done) await record.RunAsync(agreement, RecordAct.Of(ActKind.Assented, now) with { Consent = sentence }, clientId, ct);
        return outcome;
    }

    public async Task<ActOutcome> DeclineAsync(Agreement agreement, Guid clientId, string reason, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = agreement.Decline(now);
        if (outcome != ActOutcome.Done) return outcome;
        await record.RunAsync(agreement, RecordAct.Of(ActKind.Declined, now) with { Reason = reason }, clientId, ct);
        await AgreementNotices.ToPsychologistAsync(db, agreement, "agreements.declined", address, now, ct);
        return outcome;
    }

    /// <summary>Puts the agreement in force; the one before it gives way.</summary>
    public async Task<ActOutcome> ByPsychologistAsync(Agreement agreement, Signature signature, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = agreement.MayCountersign(signature.Shown);
        if (outcome != ActOutcome.Done) return outcome;
        await SupersedeAsync(agreement, now, ct);
        agreement.Countersign(signature.Shown, now);
        await WriteAsync(agreement, ActKind.Countersigned, signature, null, now, ct);
        return outcome;
    }

    /// <summary>It was signed on paper by everybody; the psychologist records that and keeps the scan.</summary>
    /// <param name="consent">The sentence that says so.</param>
    public async Task<ActOutcome> OnPaperAsync(Agreement agreement, Paper paper, byte[] file, string consent, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = agreement.SignOnPaper(now);
        if (outcome != ActOutcome.Done) return outcome;
        db.PaperScans.Add(new PaperScan(agreement, file, paper.SignedOn, await vault.KeyAsync(agreement.KeyId, ct), now));
        await record.RunAsync(agreement, RecordAct.Of(ActKind.SignedOnPaper, now) with { Consent = consent, Paper = paper }, null, ct);
        await db.SaveChangesAsync(ct);
        await SupersedeAsync(agreement, now, ct);
        agreement.Countersign(agreement.DocumentHash!, now);
        return outcome;
    }

    private async Task SupersedeAsync(Agreement agreement, DateTime now, CancellationToken ct)
    {
        var before = await db.AgreementInForce(agreement.EngagementId).Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id != agreement.Id, ct);
        if (before is null) return;
        // Saved first: the database knows one agreement in force at any moment, also within a transaction.
        before.Supersede(now);
        await record.RunAsync(before, RecordAct.Of(ActKind.Superseded, now), null, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task WriteAsync(Agreement agreement, ActKind kind, Signature signature, Guid? clientId, DateTime now, CancellationToken ct)
    {
        await record.RunAsync(agreement, RecordAct.Of(ActKind.Initialled, now) with { Initials = signature.Initials }, clientId, ct);
        await record.RunAsync(agreement, RecordAct.Of(kind, now) with { Consent = signature.Consent, TypedName = signature.TypedName, Strokes = signature.Strokes }, clientId, ct);
    }
}
