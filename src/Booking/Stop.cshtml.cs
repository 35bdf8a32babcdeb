using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>
/// Ends all reminders by the link in one of them. Opening it only shows; mail programs that end a subscription with one press
/// post without a form of ours, so the signed link alone is the right to do it.
/// </summary>
[Anyone, IgnoreAntiforgeryToken]
public sealed class StopModel(PracticeDb db, EnterPractice enter, LinkTokens tokens, PlanReminders reminders, Audit audit, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    [FromQuery(Name = "again")] public bool Again { get; set; }
    public Client? Client { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => await FindAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ChooseAsync(client => !client.NoReminders, ReminderChoice.Nothing(RemindersBy.Own, clock.GetUtcNow().UtcDateTime), "client.reminders-stopped", again: null, ct);

    public Task<IActionResult> OnPostAgainAsync(CancellationToken ct) =>
        ChooseAsync(client => client.NoReminders, new ReminderChoice { Since = clock.GetUtcNow().UtcDateTime }, "client.reminders-wanted-again", again: true, ct);

    private async Task<IActionResult> ChooseAsync(Func<Client, bool> changes, ReminderChoice choice, string act, bool? again, CancellationToken ct)
    {
        if (!await FindAsync(ct)) return Page();
        // Pressed twice, or pressed by two mail programs: once is enough.
        if (changes(Client!))
        {
            Client!.WishReminders(choice);
            audit.Record(act, "client", Client.Id, Client.Id);
            await reminders.SaveAndRewriteAsync(Client.Id, ct);
        }
        return RedirectToPage(new { Token, again });
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (tokens.Read(NoticeLinks.StopPurpose, Token) is not { ClientId: { } id } link) return false;
        if (await enter.ByIdAsync(link.PracticeId, ct) is not { } practice) return false;
        Client = await db.Clients.SingleOrDefaultAsync(c => c.Id == id, ct);
        if (Client is null) return false;
        var sender = Client.Contact.SenderName is { Length: > 0 } safe ? safe : practice.SenderName;
        HttpContext.Features.Set(new Face(sender, $"/stop/{Token}", null, practice.Country, practice.Policy.QuickExitUrl, Client.Zone));
        return true;
    }
}
