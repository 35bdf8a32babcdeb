using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Agreements;

/// <summary>One clause and the talk about it: its parties ask or propose, the psychologist answers or takes a proposal into a new version.</summary>
[Access]
public sealed class AskModel(
    PracticeDb db, ReadAgreement read, ReadTalk readTalk, AskAboutClause ask, DraftAgreement draft, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public int Clause { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    /// <summary>What a text may tell of that was written here a moment ago.</summary>
    [TempData(Key = "Danger")] public int Written { get; set; }

    public sealed class InputModel
    {
        public string? Text { get; set; }
        /// <summary>Question or Proposal from a party; Answer or Accept from the psychologist.</summary>
        public string? Kind { get; set; }
    }

    public Agreement Agreement { get; private set; } = null!;
    public AgreementDocument Document { get; private set; } = null!;
    public ClauseTalk Talk { get; private set; } = null!;
    public DangerShown? Danger { get; private set; }
    public bool IsMine { get; private set; }
    public string? Error { get; private set; }
    private Guid? Me { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        Input = new();
        await ShowAsync(ct);
        audit.Record("agreement.read", "agreement", id, Me);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        var text = Input.Text?.Trim() ?? "";
        var accepts = IsMine && Input.Kind == "Accept";
        if (Agreement.EndedAt is not null) Error = t["Ask.Over"];
        else if (text.Length == 0 && !accepts) Error = t["Ask.Missing"];
        else if (text.Length > AgreementQuestion.LongestText) Error = t["Ask.TooLong", AgreementQuestion.LongestText];
        if (Error is not null)
        {
            await ShowAsync(ct);
            return Page();
        }

        if (accepts) return await AcceptAsync(text, ct);
        if (IsMine) await ask.AnswerAsync(Agreement, Clause, text, tell: true, ct);
        else Written = (int)await ask.ByClientAsync(Agreement, Me!.Value, Clause, Input.Kind == nameof(QuestionKind.Proposal) ? QuestionKind.Proposal : QuestionKind.Question, text, ct);
        await db.SaveChangesAsync(ct);
        return Written == 0 ? LocalRedirect(AgreementAccess.Address(id, $"{Clause}")) : RedirectToPage(new { id, Clause });
    }

    /// <summary>What was proposed goes into a draft of the next version, opened at its clause.</summary>
    private async Task<IActionResult> AcceptAsync(string text, CancellationToken ct)
    {
        var engagement = await db.OwnEngagements().SingleAsync(e => e.Id == Agreement.EngagementId, ct);
        await ask.AnswerAsync(Agreement, Clause, text.Length > 0 ? text : Languages.In(Agreement.Language, () => t["Ask.Accepted"].Value), tell: false, ct);
        var next = await draft.NextVersionAsync(engagement, Agreement, ct);
        audit.Record("agreement.prepared", "agreement", next.Id);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(Url.Page("/Agreements/Draft", new { id = next.Id }) is { } editor ? $"{editor}#t{Clause}" : AgreementAccess.Address(next.Id, $"{Clause}"));
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.ReadableAgreements().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == id && a.State != AgreementState.Draft, ct);
        if (agreement is null) return false;
        IsMine = await db.OwnAgreements().AnyAsync(a => a.Id == id, ct);
        var me = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        Me = agreement.Parties.FirstOrDefault(p => me.Contains(p.ClientId))?.ClientId;
        (Agreement, Document) = (agreement, await read.WordsAsync(agreement, ct));
        return (IsMine || Me is not null) && Clause >= 1 && Clause <= Document.Text.Clauses.Length;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Talk = await readTalk.RunAsync(Agreement, Document, IsMine, ct);
        if (Written != 0) Danger = await DangerShown.ReadAsync(db, (Requests.Danger)Written, clock.GetUtcNow().UtcDateTime, ct);
    }
}
