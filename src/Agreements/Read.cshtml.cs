using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Agreements;

/// <summary>
/// What we agreed, for both: the words with a place for each clause, whose turn it is, the copy to keep. For the
/// psychologist also the draft as the client will see it, and sending it.
/// </summary>
[Access]
public sealed class ReadModel(
    PracticeDb db, ReadAgreement read, DraftAgreement draft, SendAgreement send, Audit audit, TimeProvider clock) : PageModel
{
    public sealed record OtherVersion(Guid Id, int Number, AgreementState State, DateTime Since);

    [BindProperty] public string? Preview { get; set; }
    [TempData] public string? Notice { get; set; }
    /// <summary>Set by the page on which a text was written that may tell of danger.</summary>
    [TempData(Key = "Danger")] public int Written { get; set; }

    public Agreement Agreement { get; private set; } = null!;
    public AgreementDocument Document { get; private set; } = null!;
    public IReadOnlyList<string> Acts { get; private set; } = [];
    public IReadOnlyList<OtherVersion> Others { get; private set; } = [];
    public bool IsMine { get; private set; }
    public bool IsSealed { get; private set; }
    /// <summary>May say that something of it was not kept; a guardian reads only.</summary>
    public bool MayTell { get; private set; }
    /// <summary>It waited for a signature for too long.</summary>
    public bool RanOut => Agreement.WaitsForClient && clock.GetUtcNow().UtcDateTime >= Agreement.ExpiresAt;
    public string DocumentHash { get; private set; } = "";
    public Guid ClientId { get; private set; }
    /// <summary>What is shown after such a text; null where there was none.</summary>
    public DangerShown? Danger { get; private set; }
    /// <summary>The draft has changed since it was looked at.</summary>
    public bool PreviewIsStale { get; private set; }

    public string? Value(ActKind kind, string name) => Acts.Where(a => EvidenceChain.Values(a, "Act").Single() == $"{kind}")
        .SelectMany(a => EvidenceChain.Values(a, name)).LastOrDefault();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } agreement) return NotFound();
        if (!IsMine && agreement.WaitsForClient && !RanOut && await IsToSignAsync(agreement, ct)) return RedirectToPage("Sign", new { id });
        await ShowAsync(ct);
        if (Written != 0) Danger = await DangerShown.ReadAsync(db, (Requests.Danger)Written, clock.GetUtcNow().UtcDateTime, ct);
        if (agreement.State != AgreementState.Draft) audit.Record("agreement.read", "agreement", id, ClientId);
        return Page();
    }

    public async Task<IActionResult> OnPostSendAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } agreement || !IsMine) return NotFound();
        var outcome = await send.RunAsync(agreement, Preview, ct);
        if (outcome == ActOutcome.OtherText)
        {
            PreviewIsStale = true;
            await ShowAsync(ct);
            return Page();
        }

        await db.SaveChangesAsync(ct);
        if (outcome == ActOutcome.Done) Notice = "Sent.Done";
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { State: AgreementState.Draft } agreement || !IsMine) return NotFound();
        db.Agreements.Remove(agreement);
        await db.SaveChangesAsync(ct);
        return RedirectToPage("Index");
    }

    private async Task<Agreement?> FindAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.ReadableAgreements().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (agreement is null) return null;
        Agreement = agreement;
        IsMine = await db.OwnAgreements().AnyAsync(a => a.Id == id, ct);
        ClientId = await db.EngagementParties.Where(p => p.EngagementId == agreement.EngagementId).OrderBy(p => p.Id).Select(p => p.ClientId).FirstAsync(ct);
        return agreement;
    }

    private async Task<bool> IsToSignAsync(Agreement agreement, CancellationToken ct)
    {
        var me = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        return agreement.Parties.Any(p => me.Contains(p.ClientId) && p.SignedAt is null);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Document = Agreement.State == AgreementState.Draft ? await draft.ComposeAsync(Agreement, Agreement.CreatedAt, ct) : await read.WordsAsync(Agreement, ct);
        DocumentHash = CanonicalText.Hex(Agreement.DocumentHash ?? CanonicalText.Hash(CanonicalText.Write(Document)));
        Acts = await read.ActsAsync(Agreement, ct);
        MayTell = IsMine || await db.EngagementsAsClient().AnyAsync(e => e.Id == Agreement.EngagementId, ct);
        IsSealed = await db.SealedDocuments.AnyAsync(d => d.AgreementId == Agreement.Id, ct);
        Others = await db.ReadableAgreements().Where(a => a.EngagementId == Agreement.EngagementId && a.Id != Agreement.Id).OrderByDescending(a => a.Number)
            .Select(a => new OtherVersion(a.Id, a.Number, a.State, a.EndedAt ?? a.InForceAt ?? a.SentAt ?? a.CreatedAt)).ToListAsync(ct);
    }
}
