using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Days off, hours off and extra hours.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class DaysModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [Required, EnumDataType(typeof(ExceptionOf))] public ExceptionOf? Of { get; set; } = ExceptionOf.DaysOff;
        [Required] public DateOnly? First { get; set; }
        public DateOnly? Last { get; set; }
        public TimeOnly? From { get; set; }
        public TimeOnly? To { get; set; }
        public string? Place { get; set; }
        [StringLength(120)] public string? Note { get; set; }
    }

    public Membership Psychologist { get; private set; } = null!;
    public bool IsOther => Who is not null;
    public IReadOnlyList<HoursException> Ahead { get; private set; } = [];
    public IReadOnlyDictionary<Guid, int> Inside { get; private set; } = new Dictionary<Guid, int>();
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public IReadOnlyList<Room> Rooms { get; private set; } = [];
    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        await ShowAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var place = StaffChoices.PlaceOf(Input.Place, Rooms);
        Check(place);
        if (!ModelState.IsValid)
        {
            await ShowAsync(ct);
            return Page();
        }
        var (practice, id, first, note) = (db.Current.PracticeId, Psychologist.UserId, Input.First!.Value, string.IsNullOrWhiteSpace(Input.Note) ? null : Input.Note.Trim());
        audit.Record("hours.days-changed", "user", Psychologist.UserId);
        db.Add(Input.Of switch
        {
            ExceptionOf.TimeOff => HoursException.TimeOff(practice, id, first, Input.From!.Value, Input.To!.Value, note),
            ExceptionOf.ExtraHours => HoursException.ExtraHours(practice, id, first, Input.From!.Value, Input.To!.Value, place!.Value.Kind, place.Value.RoomId, note),
            _ => HoursException.DaysOff(practice, id, first, Input.Last ?? first, note),
        });
        await db.SaveChangesAsync(ct);
        return Again("Days.Added");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var removed = await db.HoursExceptions.Where(x => x.Id == id && x.PsychologistId == Psychologist.UserId).ExecuteDeleteAsync(ct);
        if (removed == 0) return NotFound();
        audit.Record("hours.days-changed", "user", Psychologist.UserId);
        await db.SaveChangesAsync(ct);
        return Again("Days.Removed");
    }

    private void Check(SlotPlace? place)
    {
        void Wrong(string field, string why) => ModelState.AddModelError($"Input.{field}", t[why]);
        if (Input.First < Today) Wrong("First", "Start.Past");
        if (Input.First > Today.AddYears(2)) Wrong("First", "Start.TooFar");
        if (Input.Of == ExceptionOf.DaysOff)
        {
            if (Input.Last < Input.First) Wrong("Last", "Days.LastBeforeFirst");
            if (Input.Last > Today.AddYears(2)) Wrong("Last", "Start.TooFar");
            return;
        }
        if (Input.From is null) Wrong("From", "Days.NeedsTime");
        if (Input.To is null) Wrong("To", "Days.NeedsTime");
        if (Input.Of == ExceptionOf.ExtraHours && place is null) Wrong("Place", "Choose");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var all = (await db.CalendarsAsync(ct)).Where(m => m.UserId == db.Current.UserId || db.Current.Is(Role.Admin)).ToList();
        if ((Who is null && all is [var own, ..] ? own : all.Find(m => m.UserId == Who)) is not { } psychologist) return false;
        (Psychologist, Rooms) = (psychologist, await db.RoomsAsync(ct));
        Places = StaffChoices.PlaceItems(Rooms, t);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Input.First ??= Today;
        Ahead = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == Psychologist.UserId && x.Last >= Today).OrderBy(x => x.First).ThenBy(x => x.From).ToListAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var booked = await db.Appointments.Where(a => a.PsychologistId == Psychologist.UserId && a.State == AppointmentState.Booked && a.EndsAt > now).Select(a => new { a.StartsAt, a.EndsAt }).ToListAsync(ct);
        // What is booked stays booked: say so where it lies inside time that was meant to be free.
        Inside = Ahead.Where(x => x.Of != ExceptionOf.ExtraHours).ToDictionary(x => x.Id, x =>
        {
            var from = LocalTime.ToUtc(x.First.ToDateTime(x.From ?? default), Psychologist.Zone);
            var until = x.To is { } to ? LocalTime.ToUtc((to <= x.From ? x.First.AddDays(1) : x.First).ToDateTime(to), Psychologist.Zone) : LocalTime.ToUtc(x.Last.AddDays(1).ToDateTime(default), Psychologist.Zone);
            return booked.Count(a => a.StartsAt < until && from < a.EndsAt);
        });
    }

    private RedirectResult Again(string done)
    {
        Done = done;
        return Redirect("/hours/days" + (Who is null ? "" : $"?who={Who}"));
    }
}
