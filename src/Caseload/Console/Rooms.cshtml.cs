using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>The rooms that appointments take place in. One that is no longer used keeps the appointments it has.</summary>
[Access(Role.Admin)]
public sealed class RoomsModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    /// <summary>When the chosen room can be used, Monday first, typed as working hours are.</summary>
    [BindProperty] public OpeningModel Opening { get; set; } = new();
    [BindProperty] public ClosedModel Closed { get; set; } = new();
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

    public sealed class OpeningModel
    {
        public List<string?> Days { get; set; } = [];
    }

    public sealed class ClosedModel
    {
        [Required] public DateOnly? First { get; set; }
        public DateOnly? Last { get; set; }
    }

    public IReadOnlyList<DateOnly> ClosedDays { get; private set; } = [];
    /// <summary>Booked in this room while it is not open.</summary>
    public IReadOnlyList<(Guid Id, DateTime StartsAt, string Psychologist)> Outside { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Input.Name = Chosen?.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        this.JudgeOnly(nameof(Input), Input);
        var name = Input.Name?.Trim() ?? "";
        if (Rooms.Any(r => r.Id != Id && string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError("Input.Name", t["Rooms.Taken"]);
        if (!ModelState.IsValid) return Page();
        if (Chosen is { } room) room.Rename(name);
        else db.Rooms.Add(room = new Room(db.Current.PracticeId, name));
        audit.Record(Id is null ? "room.added" : "room.renamed", "room", room.Id);
        return await SaveAsync(ct);
    }

    public async Task<IActionResult> OnPostOpeningAsync(CancellationToken ct)
    {
        var typed = Opening.Days;
        if (!await LoadAsync(ct) || Chosen is not { } room) return NotFound();
        this.JudgeOnly(nameof(Opening), Opening);
        (Opening.Days, Input.Name) = ([.. Enumerable.Range(0, 7).Select(i => i < typed.Count ? typed[i] : null)], room.Name);
        var hours = new List<RoomHours>();
        for (var i = 0; i < 7; i++)
        {
            var (read, problem) = HoursText.Read(Opening.Days[i], new Dictionary<string, Guid>());
            if (problem is not null || read.Any(h => h.IsBreak || h.Place != default)) ModelState.AddModelError($"Opening.Days[{i}]", t["Rooms.Unreadable", (problem?.Part ?? Opening.Days[i])!]);
            hours.AddRange(read.Select(h => new RoomHours(room.PracticeId, room.Id, SetHours.DayAt(i), h.From, h.To)));
        }
        if (!ModelState.IsValid) return Page();
        await db.RoomHours.Where(h => h.RoomId == room.Id).ExecuteDeleteAsync(ct);
        db.AddRange(hours);
        return await ChangedAsync(room, ct);
    }

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { } room) return NotFound();
        this.JudgeOnly(nameof(Closed), Closed);
        Input.Name = room.Name;
        if (Closed.Last < Closed.First) ModelState.AddModelError("Closed.Last", t["Rooms.LastBeforeFirst"]);
        if (Closed.First < Today) ModelState.AddModelError("Closed.First", t["Rooms.Past"]);
        if ((Closed.Last ?? Closed.First) > Today.AddYears(2) || (Closed.Last ?? Closed.First)?.DayNumber - Closed.First?.DayNumber > 366) ModelState.AddModelError(Closed.Last is null ? "Closed.First" : "Closed.Last", t["Rooms.TooFar"]);
        if (!ModelState.IsValid) return Page();
        var (first, last) = (Closed.First!.Value, Closed.Last ?? Closed.First!.Value);
        room.CloseOn(room.ClosedDays.Concat(Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)));
        return await ChangedAsync(room, ct);
    }

    public async Task<IActionResult> OnPostOpenAsync(DateOnly day, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { } room) return NotFound();
        room.CloseOn(room.ClosedDays.Where(d => d != day));
        return await ChangedAsync(room, ct);
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

    private async Task<IActionResult> ChangedAsync(Room room, CancellationToken ct)
    {
        audit.Record("room.hours-changed", "room", room.Id);
        await db.SaveChangesAsync(ct);
        Done = t["Saved"];
        return RedirectToPage(new { id = room.Id });
    }

    private DateOnly Today { get; set; }

    private async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Done = t["Saved"];
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Rooms = [.. (await db.Rooms.ToListAsync(ct)).OrderByDescending(r => r.Active).ThenBy(r => r.Name, StringComparer.CurrentCulture)];
        var now = clock.GetUtcNow().UtcDateTime;
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, TimeZoneInfo.FindSystemTimeZoneById(await db.Practices.Select(p => p.TimeZone).SingleAsync(ct))));
        if (Id is null) return true;
        var hours = await db.RoomHours.AsNoTracking().Where(h => h.RoomId == Id).ToListAsync(ct);
        Opening.Days = [.. Enumerable.Range(0, 7).Select(i => HoursText.Write(hours.Where(h => h.Day == SetHours.DayAt(i)).Select(h => new TypedHours(h.From, h.To, false, default)),
            new Dictionary<Guid, string>(), "", "", HoursModel.TimePattern))];
        ClosedDays = [.. (Chosen?.ClosedDays ?? []).Where(d => d >= Today)];
        Outside = await OutsideAsync(now, ct);
        Coming = await db.Appointments.CountAsync(a => a.RoomId == Id && a.StartsAt > now && a.State != AppointmentState.Cancelled, ct);
        return Chosen is not null;
    }

    private async Task<IReadOnlyList<(Guid, DateTime, string)>> OutsideAsync(DateTime now, CancellationToken ct)
    {
        if (Id is not { } id || !(await db.RoomOpeningsAsync([id], ct)).TryGetValue(id, out var opening)) return [];
        var booked = await db.Appointments.AsNoTracking().Where(a => a.RoomId == id && a.State == AppointmentState.Booked && a.StartsAt > now && a.MeetingId == null).OrderBy(a => a.StartsAt)
            .Select(a => new { a.Id, a.StartsAt, a.EndsAt, Who = db.Memberships.Where(m => m.UserId == a.PsychologistId).Select(m => m.Name).First() }).ToListAsync(ct);
        return [.. booked.Where(a => !SlotFinder.IsOpen(opening, a.StartsAt, a.EndsAt)).Select(a => (a.Id, a.StartsAt, a.Who))];
    }
}
