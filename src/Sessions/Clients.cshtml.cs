using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Sessions;

/// <summary>The people one may open a card of, by name; found by name or phone number. What was looked for is posted, so that no address holds it.</summary>
[Access(Role.Psychologist, Role.Supervisor, Role.Operator, Role.Admin)]
public sealed class ClientsModel(PracticeDb db, TimeProvider clock) : PageModel
{
    private const int OnePage = 50, LongestQuery = 120;

    /// <summary>The last one on the page before.</summary>
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }
    [BindProperty(SupportsGet = true)] public bool Ended { get; set; }
    [BindProperty] public string? Q { get; set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public bool HasMore { get; private set; }
    public bool OnlySupervises => db.Current.Is(Role.Supervisor) && !db.Current.Is(Role.Psychologist) && !db.Current.Is(Role.Operator) && !db.Current.Is(Role.Admin);

    /// <param name="Next">Their next session, whoever holds it, as far as the reader may see it.</param>
    public sealed record Line(Guid Id, string Name, string Called, string? Phone, DateTime? Next, bool InWork);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var reachable = db.ReachableClients(now);
        var people = reachable.Where(c => Ended || db.Engagements.Any(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == c.Id)));
        if (After is { } last && await reachable.Where(c => c.Id == last).Select(c => c.NormalizedName).SingleOrDefaultAsync(ct) is { } name)
            people = people.After(name, last);
        await ShowAsync(people, now, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (Q?.Length > LongestQuery) Q = Q[..LongestQuery];
        await ShowAsync(db.ReachableClients(now).FindBy(Q), now, ct);
        return Lines is [var only] ? RedirectToPage("Card", new { only.Id }) : Page();
    }

    private async Task ShowAsync(IQueryable<Client> people, DateTime now, CancellationToken ct)
    {
        var readable = db.ReadableEngagements(now);
        var desk = db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin);
        var rows = await people.AsNoTracking().OrderBy(c => c.NormalizedName).ThenBy(c => c.Id).Take(OnePage + 1).Select(c => new
        {
            c.Id, c.Name, c.CalledName, c.Phone,
            Own = readable.Any(e => e.PsychologistId == db.Current.UserId && e.Parties.Any(p => p.ClientId == c.Id)),
            Next = db.Appointments.Where(a => a.State == AppointmentState.Booked && a.StartsAt > now && a.Participants.Any(p => p.ClientId == c.Id) && (desk || readable.Any(e => e.Id == a.EngagementId)))
                .Min(a => (DateTime?)a.StartsAt),
            InWork = db.Engagements.Any(e => e.EndedAt == null && e.Parties.Any(p => p.ClientId == c.Id)),
        }).ToListAsync(ct);
        HasMore = rows.Count > OnePage;
        Lines = [.. rows.Take(OnePage).Select(r => new Line(r.Id, Client.Shown(r.Name, r.CalledName), r.Name, desk || r.Own ? r.Phone : null, r.Next, r.InWork))];
    }
}
