using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>The client's side of looking back on the work: the line so far, and what should follow.</summary>
[Access(Role.Client)]
public sealed class MyLookBackModel(PracticeDb db, Vault vault, ScreenText screen, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty, Required(ErrorMessage = "LookBack.Choose")] public WorkChoice? Choice { get; set; }
    [BindProperty, StringLength(2000)] public string? Why { get; set; }
    public string Words { get; private set; } = "";
    public string Language { get; private set; } = "";
    public string Psychologist { get; private set; } = "";
    public int Sessions { get; private set; }
    public IReadOnlyList<int?> Ratings { get; private set; } = [];
    private ClientRequest _request = null!;
    private DataKey _key = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        await ShowAsync(ct);
        audit.Record("request.read", "request", id, _request.ClientId);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (ModelState.IsValid && Choice == WorkChoice.GoOn && string.IsNullOrWhiteSpace(Why)) ModelState.AddModelError(nameof(Why), t["LookBack.Why.Required"]);
        if (ModelState.IsValid && !Enum.IsDefined(Choice!.Value)) ModelState.AddModelError(nameof(Choice), t["LookBack.Choose"]);
        if (!ModelState.IsValid)
        {
            await ShowAsync(ct);
            return Page();
        }
        // Sent twice is said once.
        var last = _request.WorkReviews.Where(w => w.ByClient).MaxBy(w => w.At);
        if (last is null || last.Choice != Choice || (last.ReadWhy(_key) ?? "") != (Why ?? "").Trim())
        {
            _request.LookBack(_key, Choice!.Value, Why, byClient: true, db.Current.UserId, clock.GetUtcNow().UtcDateTime);
            if (!string.IsNullOrWhiteSpace(Why)) await screen.RunAsync("work_reviews", _request.WorkReviews[^1].Id, Why, Languages.Current, null, _request.EngagementId, _request.ClientId, ct);
            audit.Record("request.looked-back", "request", id, _request.ClientId);
            await db.SaveChangesAsync(ct);
        }
        return RedirectToPage("MyRequest", new { id });
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.RequestsAsClient().Include(r => r.Formulations).Include(r => r.WorkReviews).AsSplitQuery()
            .SingleOrDefaultAsync(r => r.Id == id && (r.State == RequestState.Accepted || r.State == RequestState.Working), ct) is not { } request) return false;
        _request = request;
        _key = await vault.KeyAsync(request.KeyId, ct);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        (Words, Language) = (_request.Current?.Read(_key) ?? "", _request.Current?.Language ?? "");
        Psychologist = await db.Memberships.Where(m => db.Engagements.Any(e => e.Id == _request.EngagementId && e.PsychologistId == m.UserId)).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "";
        Sessions = (await db.SessionsHeldAsync(_request.EngagementId, _request.ClientId, ct)).Count;
        Ratings = await db.ProgressRatings.Where(r => r.RequestId == _request.Id).OrderBy(r => r.RatedAt).Select(r => (int?)r.Level).ToListAsync(ct);
    }
}
