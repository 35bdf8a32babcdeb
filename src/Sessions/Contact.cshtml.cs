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
/// Where a client is reached, as told to staff; their psychologist also keeps here what was agreed on reminders. What the
/// client chose for themselves is shown and stays theirs.
/// </summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class ContactModel(PracticeDb db, PlanReminders reminders, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public ContactInput Input { get; set; } = new();
    public Client Person { get; private set; } = null!;
    public bool AsksReminders { get; private set; }
    public string AsPractice { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input = ContactInput.Of(Person);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        Input.Check(ModelState, AsksReminders, t);
        if (!ModelState.IsValid) return Page();
        Person.ReachAt(Input.Email, Input.Phone, Input.Rules);
        if (AsksReminders) Person.WishReminders(Input.Choice(RemindersBy.Agreed, clock.GetUtcNow().UtcDateTime));
        audit.Record("client.contact-changed", "client", Id, Id);
        await reminders.SaveAndRewriteAsync(Id, ct);
        TempData["Done"] = "Contact.Saved.Staff";
        return RedirectToPage("Card", new { Id });
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.ReachableClients(now).SingleOrDefaultAsync(c => c.Id == Id, ct) is not { } person) return false;
        var readable = await db.EngagementsOnCardAsync(Id, now, ct);
        var sight = CardSight.Of(db.Current.Roles, readable.Values.Any(own => own), readable.Count > 0);
        if (!sight.Contact) return false;
        Person = person;
        AsksReminders = sight.Writes && person.Reminders.By != RemindersBy.Own;
        AsPractice = await ReminderWords.UsualAsync(db, Id, t, ct);
        return true;
    }
}
