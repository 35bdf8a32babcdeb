using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>One date of a group: everybody's place in it, one more, or that it does not take place.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class GroupDateModel(PracticeDb db, GroupActs acts, GroupCosts costs, FindClashes clashes, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public Guid? Client { get; set; }
    [BindProperty, StringLength(300)] public string? Reason { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [Required] public DateOnly? Date { get; set; }
        [Required] public TimeOnly? Time { get; set; }
        [Required] public string? Place { get; set; }
    }

    public sealed record Place(Guid Id, int Seat, Guid ClientId, string Name, Appointment Appointment, AppointmentParticipant Own);

    public Group Group { get; private set; } = null!;
    public Appointment Meeting { get; private set; } = null!;
    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public int Taken { get; private set; }
    public IReadOnlyList<(Guid ClientId, string Name, Guid EngagementId)> Others { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Where { get; private set; } = [];
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public IReadOnlyList<string> OffCosts { get; private set; } = [];
    public IReadOnlyList<string> MoveCosts { get; private set; } = [];
    public bool IsAhead => Meeting.State == AppointmentState.Booked && Meeting.StartsAt > Now;
    /// <summary>Only the psychologist says who came.</summary>
    public bool MaySettle => Meeting.StartsAt <= Now && Group.PsychologistId == db.Current.UserId;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null) return NotFound();
        Input = Standing();
        return Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } rooms) return NotFound();
        Only(nameof(Input), Input);
        var place = StaffChoices.PlaceOf(Input.Place, rooms);
        if (Input.Place is not null && place is null) ModelState.AddModelError("Input.Place", t["Choose"]);
        var start = StartTime.Read(ModelState, t, Input.Date, Input.Time, Psychologist.Zone, Now);
        if (!ModelState.IsValid) return Page();
        var to = new Slot(start!.Value, start.Value + (Meeting.EndsAt - Meeting.StartsAt), place!.Value);
        var coming = Places.Where(p => p.Appointment.State == AppointmentState.Booked).ToList();
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == Meeting.KindId, ct);
        var wish = new SlotWish(Meeting.PsychologistId, kind, [.. coming.Select(p => p.ClientId)]);
        // Whoever comes moves along: their own place then is no clash.
        var planned = (await clashes.RunAsync(wish, [(id, to), .. coming.Select(p => ((Guid?)p.Id, to))], ct))[0];
        if (!planned.IsFree)
        {
            ModelState.AddModelError("Input.Time", planned.Clash == Clash.Client ? t["Groups.Clash.Client"] : t["Groups.Clash", t[$"Clash.{planned.Clash}"]]);
            return Page();
        }
        switch (await acts.MoveAsync(id, to, ct))
        {
            case BookingOutcome.Done: return Again(id, "Groups.Moved");
            case BookingOutcome.Gone: return Again(id, "Groups.Begun");
            default:
                ModelState.AddModelError("Input.Time", t["New.Taken"]);
                return Page();
        }
    }

    public async Task<IActionResult> OnPostAddAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null) return NotFound();
        Only(nameof(Client));
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
        if (await LoadAsync(id, ct) is null) return NotFound();
        Only(nameof(Reason));
        if (string.IsNullOrWhiteSpace(Reason)) ModelState.AddModelError(nameof(Reason), t["Groups.Reason.None"]);
        if (!ModelState.IsValid) return Page();
        return Again(id, await acts.CancelAsync(id, Reason!.Trim(), ct) ? "Groups.Cancelled" : "Groups.Begun");
    }

    private InputModel Standing()
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(Meeting.StartsAt, Psychologist.Zone);
        return new InputModel { Date = DateOnly.FromDateTime(local), Time = TimeOnly.FromDateTime(local), Place = StaffChoices.ValueOf(Meeting.Place, Meeting.RoomId) };
    }

    /// <summary>One form was sent; the others show what stands.</summary>
    private void Only(string form, object? model = null)
    {
        this.JudgeOnly(form, model);
        if (form != nameof(Input)) Input = Standing();
    }

    private async Task<IReadOnlyList<Room>?> LoadAsync(Guid id, CancellationToken ct)
    {
        var meeting = await db.ReachableAppointments().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.GroupId != null, ct);
        if (meeting is null) return null;
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
        var rooms = await db.RoomsAsync(ct);
        Where = StaffChoices.PlaceItems(rooms, t);
        if (IsAhead) (OffCosts, MoveCosts) = (await costs.OfAsync([id], EventKind.CancelledByPsychologist, ct), await costs.OfAsync([id], EventKind.MovedByPsychologist, ct));
        return rooms;
    }

    private RedirectResult Again(Guid id, string done)
    {
        Done = done;
        return Redirect($"/groups/date/{id}");
    }
}
