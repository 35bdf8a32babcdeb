using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>Staff move a session to any time that is free.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class MoveModel(PracticeDb db, MoveAppointment move, FindClashes clashes, FindObjections objections, SeriesActs series, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        [Required] public DateOnly? Date { get; set; }
        [Required] public TimeOnly? Time { get; set; }
        [Required] public string? Place { get; set; }
    }

    [BindProperty] public SeriesScope Scope { get; set; }
    [BindProperty] public List<string> Take { get; set; } = [];
    /// <summary><see cref="Fingerprint"/> of the form when the plan was shown.</summary>
    [BindProperty] public string? Planned { get; set; }
    /// <summary>The plan was looked at and shall be done.</summary>
    [BindProperty] public string? Go { get; set; }

    /// <summary>Sessions of the same series after this one, and all of them ahead beside this one.</summary>
    public int Following { get; private set; }
    public int Ahead { get; private set; }
    public IReadOnlyList<PlannedSession> Plan { get; private set; } = [];
    public IReadOnlyList<string>? Taken { get; private set; }
    public bool Changed { get; private set; }
    public string Fingerprint => string.Join('|', Scope, Input.Date?.DayNumber, Input.Time?.Ticks, Input.Place);

    public Appointment Appointment { get; private set; } = null!;
    /// <summary><see cref="Fingerprint"/> of the form when a limit was named: it is booked all the same.</summary>
    [BindProperty] public string? Despite { get; set; }
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public Membership Psychologist { get; private set; } = null!;
    public string Clients { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public IReadOnlyList<Slot> Nearest { get; private set; } = [];

    /// <summary>What stands in the way of the time that was shown in the calendar; null where none was.</summary>
    public PlannedSession? Dropped { get; private set; }

    /// <param name="to">A slot to begin with.</param>
    /// <param name="place">A room to begin with.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, string? to, string? place, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } rooms) return NotFound();
        var start = SlotValue.Parse(to);
        var local = TimeZoneInfo.ConvertTimeFromUtc(start?.StartUtc ?? Appointment.StartsAt, Psychologist.Zone);
        Input = new InputModel { Date = DateOnly.FromDateTime(local), Time = TimeOnly.FromDateTime(local), Place = StaffChoices.PlaceOf(place, rooms) is null ? StaffChoices.ValueOf(Appointment.Place, Appointment.RoomId) : place };
        if (start is { } at && StaffChoices.PlaceOf(Input.Place, rooms) is { } where)
        {
            Dropped = (await clashes.RunAsync(await move.WishAsync(Appointment, ct), [(id, new Slot(at.StartUtc, at.StartUtc + (Appointment.EndsAt - Appointment.StartsAt), where))], ct))[0];
            Nearest = Dropped.IsFree ? [] : Dropped.Nearest;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } rooms) return NotFound();
        var place = StaffChoices.PlaceOf(Input.Place, rooms);
        if (Input.Place is not null && place is null) ModelState.AddModelError("Input.Place", t["Choose"]);
        var start = StartTime.Read(ModelState, t, Input.Date, Input.Time, Psychologist.Zone, clock.GetUtcNow().UtcDateTime);
        if (!ModelState.IsValid) return Page();
        if (Scope != SeriesScope.One && Appointment.SeriesId is not null) return await SeriesAsync(start!.Value, place!.Value, ct);
        Warnings = ObjectionWords.Say(ModelState, t, await objections.RunAsync(Psychologist.UserId, new Slot(start!.Value, start.Value + (Appointment.EndsAt - Appointment.StartsAt), place!.Value), id, ct));
        if (!ModelState.IsValid || (Warnings.Count > 0 && Despite != Fingerprint)) return Page();
        var result = await move.RunAsync(id, start.Value, place.Value.Kind, place.Value.RoomId, Actor.Staff(db.Current.UserId), ct);
        if (result.IsDone) return Redirect($"/calendar/{id}");
        Nearest = result.Nearest;
        ModelState.AddModelError("Input.Time", t[result.Outcome switch { BookingOutcome.Taken => "New.Taken", BookingOutcome.Ended => "New.Ended", BookingOutcome.AgainstRules => "Clash.Limit", _ => "Cancel.Over" }]);
        return Page();
    }

    private async Task<IActionResult> SeriesAsync(DateTime start, SlotPlace place, CancellationToken ct)
    {
        var reached = await series.ReachedAsync(Appointment, Scope, clock.GetUtcNow().UtcDateTime, ct);
        Slot At(Appointment a, DateTime to) => new(to, to + (a.EndsAt - a.StartsAt), place);
        if (Go is not null && Planned == Fingerprint)
        {
            var moves = new Dictionary<Guid, Slot>();
            foreach (var (id, to) in Take.Select(PlanView.Read).OfType<(Guid? Id, DateTime To)>())
                if (reached.FirstOrDefault(a => a.Id == id) is { } one) moves.TryAdd(one.Id, At(one, to));
            var resources = reached.SelectMany(a => a.Resources).Concat(place.RoomId is { } room ? [room] : []);
            if (moves.Count == 0) ModelState.AddModelError("Take", t["Series.None"]);
            else if (await series.MoveAsync(moves, resources, Actor.Staff(db.Current.UserId), ct)) return Redirect($"/calendar/{Appointment.Id}");
            Taken = Take;
        }
        Changed = Go is not null && ModelState.IsValid;
        var wish = await move.WishAsync(Appointment, ct);
        Plan = await clashes.RunAsync(wish, [.. reached.Select(a => ((Guid?)a.Id, At(a, SeriesDays.Along(a.StartsAt, Appointment.StartsAt, start, Psychologist.Zone))))], ct);
        return Page();
    }

    private async Task<IReadOnlyList<Room>?> LoadAsync(Guid id, CancellationToken ct)
    {
        var appointment = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked, ct);
        if (appointment is null) return null;
        Appointment = appointment;
        Psychologist = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        Following = (await series.ReachedAsync(appointment, SeriesScope.Following, now, ct)).Count(a => a.Id != id);
        Ahead = (await series.ReachedAsync(appointment, SeriesScope.All, now, ct)).Count(a => a.Id != id);
        var ids = appointment.Participants.Select(p => p.ClientId).ToList();
        Clients = string.Join(", ", await db.Clients.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToListAsync(ct));
        var rooms = await db.RoomsAsync(ct);
        Places = StaffChoices.PlaceItems(rooms, t);
        return rooms;
    }
}
