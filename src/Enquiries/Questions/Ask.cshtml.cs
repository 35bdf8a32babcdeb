using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The practice's questions before a first talk, by the link that belongs to it. What was answered is not shown again here: a link may be opened by others.</summary>
[Anyone]
public sealed class AskModel(PracticeDb db, EnterPractice enter, LinkTokens links, AnswerQuestions answer, TimeProvider clock) : PageModel
{
    public const string Purpose = PlanReminders.QuestionsPurpose;

    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    [BindProperty] public Dictionary<string, string?> Answers { get; set; } = [];
    [BindProperty] public Guid FormToken { get; set; }

    public AskedView? Asked { get; private set; }
    public bool Kept { get; private set; }
    public Danger Danger { get; private set; }
    public DangerShown Shows { get; private set; } = null!;
    private Appointment _appointment = null!;
    private Guid _clientId;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        answer.Check(Asked!.Questions, Answers, ModelState);
        if (ModelState.ErrorCount > 0) return Page();
        Danger = await answer.RunAsync(_appointment, _clientId, Asked.Questions, Answers, FormToken, ct);
        if (Danger != Danger.None) Shows = await DangerShown.ReadAsync(db, Danger, clock.GetUtcNow().UtcDateTime, ct);
        // Nothing typed goes back to a device that others may use.
        (Kept, Asked) = (true, Asked with { Answers = [] });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (links.Read(Purpose, Token) is not { ClientId: { } clientId } link || await enter.ByIdAsync(link.PracticeId, ct) is null) return false;
        if (await answer.Ahead(db.Appointments.AsNoTracking()).SingleOrDefaultAsync(a => a.Id == link.SubjectId && a.Participants.Any(p => p.ClientId == clientId && p.WithdrawnAt == null), ct) is not { } appointment) return false;
        var questions = await answer.AskedAsync(ct);
        if (questions.Count == 0) return false;
        (_appointment, _clientId) = (appointment, clientId);
        Asked = new AskedView(questions, Answers, FormToken == Guid.Empty ? Ids.New() : FormToken, appointment.StartsAt, await db.Memberships.Where(m => m.UserId == appointment.PsychologistId).Select(m => m.Name).SingleAsync(ct));
        return true;
    }
}
