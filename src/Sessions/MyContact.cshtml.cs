using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Sessions;

/// <summary>
/// Where and how a client wants to be reached, and which reminders they want; what is coming follows at once. Whoever only stands for
/// a minor says it of themselves alone: nobody reminds them, and how the minor is reached is not theirs to see.
/// </summary>
[Access(Role.Client)]
public sealed class MyContactModel(PracticeDb db, PlanReminders reminders, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public ContactInput Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public Client Client { get; private set; } = null!;
    public string AsPractice { get; private set; } = "";
    public bool OnlyGuardian { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = ContactInput.Of(Client);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input.Check(ModelState, reminders: !OnlyGuardian, t);
        if (!ModelState.IsValid) return Page();
        Client.ReachAt(Input.Email, Input.Phone, Input.Rules);
        if (!OnlyGuardian) Client.WishReminders(Input.Choice(RemindersBy.Own, clock.GetUtcNow().UtcDateTime));
        audit.Record("client.contact-changed", "client", Client.Id, Client.Id);
        await reminders.SaveAndRewriteAsync(Client.Id, ct);
        Done = "Contact.Saved";
        return RedirectToPage();
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await db.OwnClient().OrderBy(c => c.CreatedAt).FirstOrDefaultAsync(ct) is not { } client) return false;
        Client = client;
        OnlyGuardian = !await db.EngagementsAsClient().AnyAsync(ct) && await db.EngagementsAsGuardian().AnyAsync(ct);
        AsPractice = await ReminderWords.UsualAsync(db, client.Id, t, ct);
        return true;
    }
}
