using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Caseload;

/// <summary>The rooms that appointments take place in. One that is no longer used keeps the appointments it has.</summary>
[Access(Role.Admin)]
public sealed class RoomsModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    [FromRoute] public Guid? Id { get; set; }
    public IReadOnlyList<Room> Rooms { get; private set; } = [];
    /// <summary>Appointments to come in the chosen room.</summary>
    public int Coming { get; private set; }
    public Room? Chosen => Rooms.FirstOrDefault(room => room.Id == Id);

    public sealed class InputModel
    {
        [Required, StringLength(60)] public string? Name { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Input.Name = Chosen?.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var name = Input.Name?.Trim() ?? "";
        if (Rooms.Any(r => r.Id != Id && string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError("Input.Name", t["Rooms.Taken"]);
        if (!ModelState.IsValid) return Page();
        if (Chosen is { } room) room.Rename(name);
        else db.Rooms.Add(room = new Room(db.Current.PracticeId, name));
        audit.Record(Id is null ? "room.added" : "room.renamed", "room", room.Id);
        return await SaveAsync(ct);
    }

    public Task<IActionResult> OnPostRetireAsync(CancellationToken ct) => TurnAsync("room.retired", room => room.Retire(), ct);

    public Task<IActionResult> OnPostRestoreAsync(CancellationToken ct) => TurnAsync("room.restored", room => room.Restore(), ct);

    private async Task<IActionResult> TurnAsync(string act, Action<Room> turn, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { } room) return NotFound();
        turn(room);
        audit.Record(act, "room", room.Id);
        return await SaveAsync(ct);
    }

    private async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Done = t["Saved"];
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Rooms = [.. (await db.Rooms.ToListAsync(ct)).OrderByDescending(r => r.Active).ThenBy(r => r.Name, StringComparer.CurrentCulture)];
        if (Id is null) return true;
        var now = clock.GetUtcNow().UtcDateTime;
        Coming = await db.Appointments.CountAsync(a => a.RoomId == Id && a.StartsAt > now && a.State != AppointmentState.Cancelled, ct);
        return Chosen is not null;
    }
}
