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
public sealed class MoveModel(PracticeDb db, MoveAppointment move, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        [Required] public DateOnly? Date { get; set; }
        [Required] public TimeOnly? Time { get; set; }
        [Required] public string? Place { get; set; }
    }

    public Appointment Appointment { get; private set; } = null!;
    public Membership Psychologist { get; private set; } = null!;
    public string Clients { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public IReadOnlyList<Slot> Nearest { get; private set; } = [];

    /// <param name="to">A slot to begin with.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, string? to, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null) return NotFound();
        var start = SlotValue.Parse(to);
        var local = TimeZoneInfo.ConvertTimeFromUtc(start?.StartUtc ?? Appointment.StartsAt, Psychologist.Zone);
        Input = new InputModel { Date = DateOnly.FromDateTime(local), Time = TimeOnly.FromDateTime(local), Place = StaffChoices.ValueOf(Appointment.Place, Appointment.RoomId) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } rooms) return NotFound();
        var place = StaffChoices.PlaceOf(Input.Place, rooms);
        if (Input.Place is not null && place is null) ModelState.AddModelError("Input.Place", t["Choose"]);
        var start = StartTime.Read(ModelState, t, Input.Date, Input.Time, Psychologist.Zone, clock.GetUtcNow().UtcDateTime);
        if (!ModelState.IsValid) return Page();
        var result = await move.RunAsync(id, start!.Value, place!.Value.Kind, place.Value.RoomId, Actor.Staff(db.Current.UserId), ct);
        if (result.IsDone) return Redirect($"/calendar/{id}");
        Nearest = result.Nearest;
        ModelState.AddModelError("Input.Time", result.Outcome == BookingOutcome.Taken ? t["New.Taken"] : t["Cancel.Over"]);
        return Page();
    }

    private async Task<IReadOnlyList<Room>?> LoadAsync(Guid id, CancellationToken ct)
    {
        var appointment = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked, ct);
        if (appointment is null) return null;
        Appointment = appointment;
        Psychologist = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct);
        var ids = appointment.Participants.Select(p => p.ClientId).ToList();
        Clients = string.Join(", ", await db.Clients.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToListAsync(ct));
        var rooms = await db.RoomsAsync(ct);
        Places = StaffChoices.PlaceItems(rooms, t);
        return rooms;
    }
}
