using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>What somebody set their name to.</summary>
/// <param name="Shown">Hash of the document that was on their page.</param>
/// <param name="Consent">The exact sentence they agreed to.</param>
public sealed record Signature(byte[] Shown, string TypedName, string Consent, ImmutableArray<Initials> Initials);

/// <summary>
/// Signing, by the parties and last by the psychologist. The agreement is locked, so of any number of attempts at once
/// one signs and the others find it done; the database knows one signature for each party.
/// </summary>
public sealed class SignAgreement(PracticeDb db, RecordAct record, PublicAddress address, TimeProvider clock)
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
        var before = await db.AgreementInForce(agreement.EngagementId).Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id != agreement.Id, ct);
        var outcome = agreement.MayCountersign(signature.Shown);
        if (outcome != ActOutcome.Done) return outcome;
        if (before is not null)
        {
            // Saved first: the database knows one agreement in force at any moment, also within a transaction.
            before.Supersede(now);
            await record.RunAsync(before, RecordAct.Of(ActKind.Superseded, now), null, ct);
            await db.SaveChangesAsync(ct);
        }

        agreement.Countersign(signature.Shown, now);
        await WriteAsync(agreement, ActKind.Countersigned, signature, null, now, ct);
        return outcome;
    }

    private async Task WriteAsync(Agreement agreement, ActKind kind, Signature signature, Guid? clientId, DateTime now, CancellationToken ct)
    {
        await record.RunAsync(agreement, RecordAct.Of(ActKind.Initialled, now) with { Initials = signature.Initials }, clientId, ct);
        await record.RunAsync(agreement, RecordAct.Of(kind, now) with { Consent = signature.Consent, TypedName = signature.TypedName }, clientId, ct);
    }
}
