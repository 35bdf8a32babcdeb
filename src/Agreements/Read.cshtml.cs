using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
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
    PracticeDb db, ReadAgreement read, ReadTalk readTalk, DraftAgreement draft, SendAgreement send, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    public sealed record OtherVersion(Guid Id, int Number, AgreementState State, DateTime Since);

    [BindProperty] public string? Preview { get; set; }
    /// <summary>The psychologist says that a minor may agree without a guardian.</summary>
    [BindProperty] public bool MayAgree { get; set; }
    [TempData] public string? Notice { get; set; }
    /// <summary>Set by the page on which a text was written that may tell of danger.</summary>
    [TempData(Key = "Danger")] public int Written { get; set; }

    public Agreement Agreement { get; private set; } = null!;
    public AgreementDocument Document { get; private set; } = null!;
    public IReadOnlyList<string> Acts { get; private set; } = [];
    public IReadOnlyList<OtherVersion> Others { get; private set; } = [];
    public bool IsMine { get; private set; }
    /// <summary>Null for a draft.</summary>
    public ClauseTalk? Talk { get; private set; }
    public IReadOnlyList<PartyState> Parties { get; private set; } = [];
    /// <summary>Young people who would sign this draft alone.</summary>
    public IReadOnlyList<Participant> Alone { get; private set; } = [];
    public bool LacksMayAgree { get; private set; }
    /// <summary>It was signed on paper; there is a scan of it.</summary>
    public bool OnPaper => Acts.Any(a => EvidenceChain.Values(a, "Act").Single() == nameof(ActKind.SignedOnPaper));
    /// <summary>The reader may say yes as a minor.</summary>
    public bool MayAssent { get; private set; }
    /// <summary>The reader set a signature of their own.</summary>
    public bool HasSigned { get; private set; }
    /// <summary>The reader has declined or not signed, and may book one session all the same.</summary>
    public bool MayComeOnce { get; private set; }
    /// <summary>Nobody who is waited for may be written to.</summary>
    public bool Unreachable { get; private set; }
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

    /// <summary>Why somebody did something is for the psychologist and themselves; the other parties read that it was done.</summary>
    public bool MayReadReason(string act) => IsMine || EvidenceChain.Values(act, "Account").Contains(db.Current.UserId.ToString());

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
        var mayAgree = MayAgree ? Languages.In(agreement.Language, () => t["MayAgree.Sentence"].Value) : null;
        var outcome = await send.RunAsync(agreement, Preview, ct, mayAgree);
        if (outcome == ActOutcome.NeedsGuardian)
        {
            LacksMayAgree = true;
            await ShowAsync(ct);
            return Page();
        }

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

    /// <summary>No more reminders of this one; it stays open until it runs out.</summary>
    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } agreement || !IsMine) return NotFound();
        await db.LockAsync(agreement, ct);
        agreement.StopFollowUps();
        audit.Record("agreement.follow-up-stopped", "agreement", id, ClientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id });
    }

    /// <summary>The next version, from the words and terms of this one.</summary>
    public async Task<IActionResult> OnPostAnewAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { SentAt: not null } agreement || !IsMine) return NotFound();
        var engagement = await db.OwnEngagements().SingleAsync(e => e.Id == agreement.EngagementId, ct);
        var next = await draft.NextVersionAsync(engagement, agreement, ct);
        audit.Record("agreement.prepared", "agreement", next.Id, ClientId);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(next.Id));
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
        ClientId = await db.EngagementParties.Where(p => p.EngagementId == agreement.EngagementId && p.Role == PartyRole.Client).OrderBy(p => p.Id).Select(p => p.ClientId).FirstAsync(ct);
        return agreement;
    }

    private async Task<bool> IsToSignAsync(Agreement agreement, CancellationToken ct)
    {
        var me = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        return agreement.Parties.Any(p => me.Contains(p.ClientId) && p.Signs && p.SignedAt is null);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Document = Agreement.State == AgreementState.Draft ? await draft.ComposeAsync(Agreement, Agreement.CreatedAt, ct) : await read.WordsAsync(Agreement, ct);
        DocumentHash = CanonicalText.Hex(Agreement.DocumentHash ?? CanonicalText.Hash(CanonicalText.Write(Document)));
        Acts = await read.ActsAsync(Agreement, ct);
        MayTell = IsMine || await db.EngagementsAsClient().AnyAsync(e => e.Id == Agreement.EngagementId, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (Agreement.State == AgreementState.Draft) Alone = WhoSigns.Alone(await db.ParticipantsAsync(Agreement.EngagementId, now, ct));
        else
        {
            Talk = await readTalk.RunAsync(Agreement, Document, IsMine, ct);
            Parties = await db.StatesAsync(Agreement, ct);
            var me = IsMine ? [] : await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
            MayAssent = Agreement.Parties.Any(p => me.Contains(p.ClientId) && !p.Signs && Agreement.IsOpenFor(p, now));
            HasSigned = Agreement.Parties.Any(p => me.Contains(p.ClientId) && p is { Signs: true, SignedAt: not null });
            MayComeOnce = !IsMine && await db.MayComeOnceAsync(Agreement.EngagementId, ct);
            var waited = Agreement.Parties.Where(p => p.Signs && p.SignedAt is null).Select(p => p.ClientId).ToList();
            Unreachable = waited.Count > 0 && !await db.Clients.AnyAsync(c => waited.Contains(c.Id) && c.Email != null && c.Contact.Mail, ct);
        }

        IsSealed = await db.SealedDocuments.AnyAsync(d => d.AgreementId == Agreement.Id, ct);
        Others = await db.ReadableAgreements().Where(a => a.EngagementId == Agreement.EngagementId && a.Id != Agreement.Id).OrderByDescending(a => a.Number)
            .Select(a => new OtherVersion(a.Id, a.Number, a.State, a.EndedAt ?? a.InForceAt ?? a.SentAt ?? a.CreatedAt)).ToListAsync(ct);
    }
}
