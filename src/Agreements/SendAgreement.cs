using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>Freezes a draft and lays it before the parties; what still waited for a signature gives way to it.</summary>
public sealed class SendAgreement(
    PracticeDb db, Vault vault, DraftAgreement draft, RecordAct record, PublicAddress address, TimeProvider clock)
{
    /// <param name="shown">Hash of the preview that was looked at (<see cref="PreviewHashAsync"/>).</param>
    public async Task<ActOutcome> RunAsync(Agreement agreement, string? shown, CancellationToken ct)
    {
        await db.LockAsync(agreement, ct);
        if (agreement.State != AgreementState.Draft) return agreement.SentAt is null ? ActOutcome.Closed : ActOutcome.Already;
        if (!string.Equals(shown, await PreviewHashAsync(agreement, ct), StringComparison.Ordinal)) return ActOutcome.OtherText;

        var now = clock.GetUtcNow().UtcDateTime;
        await WithdrawEarlierAsync(agreement, now, ct);
        var clients = await db.Clients
            .Where(c => db.EngagementParties.Any(p => p.EngagementId == agreement.EngagementId && p.ClientId == c.Id)).ToListAsync(ct);
        agreement.Send(await draft.ComposeAsync(agreement, now, ct), await vault.KeyAsync(agreement.KeyId, ct), clients.Select(c => c.Id));
        await record.RunAsync(agreement, RecordAct.Of(ActKind.Sent, now), null, ct);
        foreach (var client in clients) AgreementNotices.ToClient(db, client, "agreements.sent", address, now);
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
