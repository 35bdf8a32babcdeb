using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>Freezes a draft and lays it before the parties; what still waited for a signature gives way to it.</summary>
public sealed class SendAgreement(
    PracticeDb db, Vault vault, DraftAgreement draft, RecordAct record, PublicAddress address, TimeProvider clock)
{
    /// <param name="shown">Hash of the preview that was looked at (<see cref="PreviewHashAsync"/>).</param>
    /// <param name="mayAgree">The sentence by which the psychologist says that a minor without a guardian may agree alone.</param>
    /// <param name="tell">False where everybody has it on paper already.</param>
    public async Task<ActOutcome> RunAsync(Agreement agreement, string? shown, CancellationToken ct, string? mayAgree = null, bool tell = true)
    {
        await db.LockAsync(agreement, ct);
        if (agreement.State != AgreementState.Draft) return agreement.SentAt is null ? ActOutcome.Closed : ActOutcome.Already;
        if (!string.Equals(shown, await PreviewHashAsync(agreement, ct), StringComparison.Ordinal)) return ActOutcome.OtherText;

        var now = clock.GetUtcNow().UtcDateTime;
        var participants = await db.ParticipantsAsync(agreement.EngagementId, now, ct);
        if (WhoSigns.Alone(participants).Count == 0) mayAgree = null;
        else if (mayAgree is null) return ActOutcome.NeedsGuardian;
        await WithdrawEarlierAsync(agreement, now, ct);
        var rule = FollowUpRule.Of(await db.Practices.Select(p => p.Policy).SingleAsync(ct));
        agreement.Send(await draft.ComposeAsync(agreement, now, ct), await vault.KeyAsync(agreement.KeyId, ct), WhoSigns.Of(participants), rule);
        await record.RunAsync(agreement, RecordAct.Of(ActKind.Sent, now) with { Consent = mayAgree }, null, ct);
        if (!tell) return ActOutcome.Done;
        var ids = participants.Select(p => p.ClientId).ToList();
        foreach (var client in await db.Clients.Where(c => ids.Contains(c.Id)).ToListAsync(ct)) AgreementNotices.ToClient(db, client, "agreements.sent", address, now);
        return ActOutcome.Done;
    }

    /// <summary>Of the draft as it reads now; it changes with every change of the words or the terms.</summary>
    public async Task<string> PreviewHashAsync(Agreement agreement, CancellationToken ct) =>
        CanonicalText.Hex(CanonicalText.Hash(CanonicalText.Write(await draft.ComposeAsync(agreement, agreement.CreatedAt, ct))));

    private async Task WithdrawEarlierAsync(Agreement agreement, DateTime now, CancellationToken ct)
    {
        var waiting = await db.Agreements.Include(a => a.Parties).Where(a => a.EngagementId == agreement.EngagementId && a.Id != agreement.Id
            && (a.State == AgreementState.Sent || a.State == AgreementState.Viewed || a.State == AgreementState.SignedByClient)).ToListAsync(ct);
        foreach (var earlier in waiting)
        {
            await db.LockAsync(earlier, ct);
            if (earlier.WasInForce || earlier.EndedAt is not null) continue;
            earlier.Supersede(now);
            await record.RunAsync(earlier, RecordAct.Of(ActKind.Withdrawn, now), null, ct);
        }
    }
}
