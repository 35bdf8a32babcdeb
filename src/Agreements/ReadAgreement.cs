using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>Opens what was sent and what was done, for pages whose user may read it.</summary>
public sealed class ReadAgreement(PracticeDb db, Vault vault)
{
    /// <summary>The words exactly as they were sent.</summary>
    public async Task<AgreementDocument> WordsAsync(Agreement agreement, CancellationToken ct) =>
        CanonicalText.Read(agreement.Open(await vault.KeyAsync(agreement.KeyId, ct)));

    /// <summary>The texts of all acts, in their order.</summary>
    public async Task<IReadOnlyList<string>> ActsAsync(Agreement agreement, CancellationToken ct)
    {
        var acts = await db.AgreementActs.AsNoTracking().Where(a => a.AgreementId == agreement.Id).OrderBy(a => a.Number).ToListAsync(ct);
        if (acts.Count == 0) return [];
        var key = await vault.KeyAsync(agreement.KeyId, ct);
        return acts.ConvertAll(a => a.Open(key));
    }

    /// <summary>The version that was sent before this one; null for the first.</summary>
    public Task<Agreement?> BeforeAsync(Agreement agreement, CancellationToken ct) => db.ReadableAgreements().AsNoTracking()
        .Where(a => a.EngagementId == agreement.EngagementId && a.Number < agreement.Number && a.SentAt != null)
        .OrderByDescending(a => a.Number).FirstOrDefaultAsync(ct);

    /// <summary>What the version before says otherwise; null for the first.</summary>
    public async Task<AgreementChanges?> ChangesAsync(AgreementDocument document, Agreement? before, CancellationToken ct) =>
        before is null ? null : AgreementChanges.Between(await WordsAsync(before, ct), document);

    /// <summary>The PDF, once it has been sealed.</summary>
    public async Task<byte[]?> PdfAsync(Agreement agreement, CancellationToken ct)
    {
        var document = await db.SealedDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.AgreementId == agreement.Id, ct);
        return document?.Open(await vault.KeyAsync(agreement.KeyId, ct));
    }
}
