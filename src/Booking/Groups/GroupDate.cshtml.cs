using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>One date of a group: everybody's place in it, one more, or that it does not take place.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class GroupDateModel(PracticeDb db, GroupActs acts, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public Guid? Client { get; set; }
    [BindProperty, StringLength(300)] public string? Reason { get; set; }
    [TempData] public string? Done { get; set; }

    public sealed record Place(Guid Id, int Seat, Guid ClientId, string Name, Appointment Appointment, AppointmentParticipant Own);

    public Group Group { get; private set; } = null!;
    public Appointment Meeting { get; private set; } = null!;
    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public int Taken { get; private set; }
    public IReadOnlyList<(Guid ClientId, string Name, Guid EngagementId)> Others { get; private set; } = [];
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public bool IsAhead => Meeting.State == AppointmentState.Booked && Meeting.StartsAt > Now;
    /// <summary>Only the psychologist says who came.</summary>
    public bool MaySettle => Meeting.StartsAt <= Now && Group.PsychologistId == db.Current.UserId;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAddAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (Others.FirstOrDefault(o => o.ClientId == Client) is not { Name: not null } chosen)
        {
            ModelState.AddModelError(nameof(Client), t["Choose"]);
            return Page();
        }
        var result = await acts.JoinAsync(id, chosen.EngagementId, chosen.ClientId, Actor.Staff(db.Current.UserId), ct);
        if (result.IsDone) return Again(id, "Groups.Joined");
        ModelState.AddModelError(nameof(Client), t[result.Outcome == BookingOutcome.Taken ? "Groups.NoPlace" : "Groups.NotThen"]);
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (string.IsNullOrWhiteSpace(Reason)) ModelState.AddModelError(nameof(Reason), t["Groups.Reason.None"]);
        if (!ModelState.IsValid) return Page();
        return Again(id, await acts.CancelAsync(id, Reason!.Trim(), ct) ? "Groups.Cancelled" : "Groups.Begun");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var meeting = await db.ReachableAppointments().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.GroupId != null, ct);
        if (meeting is null) return false;
        Meeting = meeting;
        Group = await db.ReachableGroups().AsNoTracking().SingleAsync(g => g.Id == meeting.GroupId, ct);
        Psychologist = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == meeting.PsychologistId, ct);
        var places = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants)
            .Where(a => a.MeetingId == id && (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled)).OrderBy(a => a.State == AppointmentState.Cancelled).ThenBy(a => a.Seat).ToListAsync(ct);
        var ids = places.ConvertAll(p => p.Participants[0].ClientId);
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        Places = places.ConvertAll(p => new Place(p.Id, p.Seat!.Value, p.Participants[0].ClientId, names[p.Participants[0].ClientId], p, p.Participants[0]));
        Taken = await db.PlacesTaken(Now).CountAsync(a => a.MeetingId == id, ct);
        var inIt = Places.Where(p => p.Appointment.State == AppointmentState.Booked).Select(p => p.ClientId).ToList();
        Others = [.. (await db.WhoMayComeAsync(meeting.PsychologistId, ct)).Where(o => !inIt.Contains(o.ClientId))];
        return true;
    }

    private RedirectResult Again(Guid id, string done)
    {
        Done = done;
        return Redirect($"/groups/date/{id}");
    }
}
