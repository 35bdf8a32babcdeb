using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Incidents;

/// <summary>One incident, for the two it concerns: the term, what was done, what followed, and what each says to it.</summary>
[Access]
public sealed class ReadModel(PracticeDb db, Vault vault, ReadAgreement read, WriteIncident write, CreditIncident credit, Audit audit, TimeProvider clock) : PageModel
{
    [BindProperty] public AnswerModel Answer { get; set; } = new();
    [BindProperty] public WithdrawModel Withdraw { get; set; } = new();
    [TempData(Key = "Danger")] public int Written { get; set; }
    [TempData] public string? Done { get; set; }

    public sealed class AnswerModel
    {
        [Required(ErrorMessage = "Answer.Missing"), StringLength(4000)] public string? Text { get; set; }
        [StringLength(2000)] public string? Seen { get; set; }
        public Guid FormToken { get; set; }
    }

    public sealed class WithdrawModel
    {
        [Required(ErrorMessage = "Withdraw.Missing"), StringLength(1000)] public string? Why { get; set; }
    }

    public sealed record Said(DateTime At, string Who, string Text);

    public Incident Incident { get; private set; } = null!;
    /// <summary>The signed-in user is its psychologist.</summary>
    public bool IsMine { get; private set; }
    public Side Me => IsMine ? Side.Psychologist : Side.Client;
    public bool IsAuthor => Incident.AuthorId == db.Current.UserId;
    public string Client { get; private set; } = "";
    public string Psychologist { get; private set; } = "";
    public string Term { get; private set; } = "";
    public int Version { get; private set; }
    public string Language { get; private set; } = "";
    public string Behaviour { get; private set; } = "";
    public string? Followed { get; private set; }
    public string? WithdrawnWhy { get; private set; }
    public DateTime? Session { get; private set; }
    public IReadOnlyList<Said> Answers { get; private set; } = [];
    public CreditOwed? Credit { get; private set; }
    public DangerShown? Danger { get; private set; }
    public WordingPrompt? Prompt { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        Answer = new AnswerModel { FormToken = Ids.New() };
        await ShowAsync(ct);
        if (Written != 0) Danger = await DangerShown.ReadAsync(db, (Requests.Danger)Written, clock.GetUtcNow().UtcDateTime, ct);
        audit.Record("incident.read", "incident", id, Incident.ClientId);
        return Page();
    }

    public async Task<IActionResult> OnPostLookAsync(Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) ? Partial("/src/Incidents/_Prompt.cshtml", WordingPrompt.Of(Answer.Text)) : NotFound();

    public async Task<IActionResult> OnPostAnswerAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        this.JudgeOnly(nameof(Answer), Answer);
        if (ModelState.Remove("Answer.FormToken") && Answer.FormToken == default) Answer.FormToken = Ids.New();
        var prompt = WordingPrompt.Of(Answer.Text);
        if (!ModelState.IsValid || !prompt.WasSeen(Answer.Seen))
        {
            if (ModelState.IsValid)
            {
                Prompt = prompt;
                ModelState.Remove("Answer.Seen");
                Answer.Seen = prompt.Seen;
            }

            await ShowAsync(ct);
            return Page();
        }

        Written = (int)await write.AnswerAsync(Incident, Me, Answer.Text!, Answer.FormToken, ct);
        Done = "Answer.Done";
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !IsAuthor) return NotFound();
        this.JudgeOnly(nameof(Withdraw), Withdraw);
        if (!ModelState.IsValid)
        {
            await ShowAsync(ct);
            return Page();
        }

        await write.WithdrawAsync(Incident, Withdraw.Why!, ct);
        Done = "Withdraw.Done";
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostCreditAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !IsMine) return NotFound();
        if (await credit.GiveAsync(Incident, ct)) Done = "Credit.Done";
        return RedirectToPage(new { id });
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.ReadableIncidents().Include(i => i.Answers).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } incident) return false;
        (Incident, IsMine) = (incident, incident.PsychologistId == db.Current.UserId);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        var key = await vault.KeyAsync(Incident.KeyId, ct);
        Client = await db.Clients.Where(c => c.Id == Incident.ClientId).Select(c => c.Name).SingleAsync(ct);
        Psychologist = await db.Memberships.Where(m => m.UserId == Incident.PsychologistId).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "";
        var agreement = await db.Agreements.AsNoTracking().SingleAsync(a => a.Id == Incident.AgreementId, ct);
        (Term, Version, Language) = (IncidentLine.TermOf(Incident, (await read.WordsAsync(agreement, ct)).Text), agreement.Number, agreement.Language);
        (Behaviour, Followed, WithdrawnWhy) = (Incident.ReadBehaviour(key), Incident.ReadFollowed(key), Incident.ReadWithdrawnWhy(key));
        Session = await db.Appointments.Where(a => a.Id == Incident.AppointmentId).Select(a => (DateTime?)a.StartsAt).SingleOrDefaultAsync(ct);
        Answers = [.. Incident.Answers.OrderBy(a => a.At).Select(a => new Said(a.At, a.By == Side.Client ? Client : Psychologist, a.Read(key)))];
        Credit = await credit.OfAsync(Incident, ct);
    }
}
