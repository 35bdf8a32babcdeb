using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Staff write down what a client says on the phone.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class WaitForModel(PracticeDb db, AnswerOffer answer, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Client { get; set; }
    [BindProperty] public WishForm Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public string Name { get; private set; } = "";
    public WishChoices? Choices { get; private set; }
    public WaitlistWish? Wish { get; private set; }
    /// <summary>They wait for a colleague already; whom is not for this reader.</summary>
    public bool Elsewhere { get; private set; }
    public string Back => "/waitlist" + (db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin) ? $"?who={(Wish?.PsychologistId ?? Choices?.Psychologists[0].Id)}" : "");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Choices is { } choices) Input = WishForm.Of(Wish, choices);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Choices is not { } choices || Elsewhere) return Page();
        Input.Check(choices, ModelState, t);
        if (!ModelState.IsValid) return Page();
        var now = clock.GetUtcNow().UtcDateTime;
        if (Wish is null) db.Add(Wish = new WaitlistWish(db.Current.PracticeId, Client, now, db.Current.UserId));
        Input.Apply(Wish, choices);
        audit.Record("wish.written", "wish", Wish.Id, Client);
        await db.SaveChangesAsync(ct);
        await db.LookAgainAsync(Wish.PsychologistId, now, ct);
        Done = "Waitlist.Saved";
        return Redirect(Back);
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Wish is null || Elsewhere) return Page();
        await answer.EndAsync(Wish.Id, WishEnd.ByPractice, ct);
        Done = "Waitlist.Ended";
        return Redirect(Back);
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var desk = db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin);
        var engagements = await (desk ? db.Engagements : db.OwnEngagements()).AsNoTracking().Include(e => e.Parties)
            .Where(e => e.EndedAt == null && e.Parties.Any(p => p.Role == PartyRole.Client && p.ClientId == Client)).ToListAsync(ct);
        if (engagements.Count == 0 || await db.ReachableClients(now).AsNoTracking().SingleOrDefaultAsync(c => c.Id == Client, ct) is not { } client) return false;
        Name = client.Name;
        Wish = await db.WaitlistWishes.SingleOrDefaultAsync(w => w.ClientId == Client && w.EndedAt == null, ct);
        Elsewhere = !desk && Wish is { PsychologistId: { } other } && other != db.Current.UserId;
        Choices = await WishChoices.OfAsync(db, client, engagements, now, ct);
        return true;
    }
}
