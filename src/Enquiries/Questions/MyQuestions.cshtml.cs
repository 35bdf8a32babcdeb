using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The client's own answers before a first talk; they may be written anew until it begins.</summary>
[Access(Role.Client)]
public sealed class MyQuestionsModel(PracticeDb db, Vault vault, AnswerQuestions answer, TimeProvider clock) : PageModel
{
    [BindProperty] public Dictionary<string, string?> Answers { get; set; } = [];
    [BindProperty] public Guid FormToken { get; set; }
    [TempData] public bool Kept { get; set; }
    [TempData] public int Found { get; set; }

    public AskedView? Asked { get; private set; }
    public DateTime? AnsweredAt { get; private set; }
    public Danger Danger { get; private set; }
    public DangerShown Shows { get; private set; } = null!;
    private Appointment? _appointment;
    private Guid _clientId;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (_appointment is not null && await db.TalkAnswers.AsNoTracking().Where(a => a.AppointmentId == _appointment.Id && a.ClientId == _clientId).OrderByDescending(a => a.AnsweredAt).FirstOrDefaultAsync(ct) is { } last)
        {
            AnsweredAt = last.AnsweredAt;
            foreach (var said in last.Read(await vault.KeyAsync(last.KeyId, ct))) Answers[said.QuestionId.ToString()] = said.Answer;
        }
        Danger = (Danger)Found;
        if (Danger != Danger.None) Shows = await DangerShown.ReadAsync(db, Danger, clock.GetUtcNow().UtcDateTime, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Asked is null || _appointment is null) return NotFound();
        answer.Check(Asked.Questions, Answers, ModelState);
        if (ModelState.ErrorCount > 0) return Page();
        (Found, Kept) = ((int)await answer.RunAsync(_appointment, _clientId, Asked.Questions, Answers, FormToken, ct), true);
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var own = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        var engagements = db.EngagementsAsClient();
        _appointment = await answer.Ahead(db.AppointmentsAsParty().AsNoTracking()).Include(a => a.Participants).Where(a => engagements.Any(e => e.Id == a.EngagementId)).OrderBy(a => a.StartsAt).FirstOrDefaultAsync(ct);
        var questions = await answer.AskedAsync(ct);
        if (_appointment is null || questions.Count == 0) return;
        _clientId = _appointment.Participants.First(p => own.Contains(p.ClientId)).ClientId;
        Asked = new AskedView(questions, Answers, FormToken == Guid.Empty ? Ids.New() : FormToken, _appointment.StartsAt, await db.Memberships.Where(m => m.UserId == _appointment.PsychologistId).Select(m => m.Name).SingleAsync(ct));
    }
}
