using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>
/// The hours of one calendar week as they really are, its exceptions worked in, made the weekly hours of later weeks. What is
/// noted for single days of those weeks stays and holds on top; it is shown before anything is saved.
/// </summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class CopyWeekModel(PracticeDb db, SetHours set, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int FarthestDays = 730;

    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    /// <summary><see cref="Fingerprint"/> of what was shown.</summary>
    [BindProperty] public string? Seen { get; set; }

    public sealed class InputModel
    {
        /// <summary>Any day of the week that is copied.</summary>
        [Required] public DateOnly? Week { get; set; }
        [Required] public DateOnly? First { get; set; }
        [Required] public DateOnly? Last { get; set; }
    }

    public Membership Psychologist { get; private set; } = null!;
    /// <summary>What would be saved, Monday first; null before it is asked for.</summary>
    public IReadOnlyList<string>? Preview { get; private set; }
    public IReadOnlyList<HoursException> Clashes { get; private set; } = [];
    public bool Changed { get; private set; }
    public DateOnly First { get; private set; }
    public DateOnly Last { get; private set; }
    public string Fingerprint => string.Join('|', [First.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture), Last.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture), .. Preview ?? [], .. Clashes.Select(c => c.Id.ToString())]);

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var monday = LocalTime.MondayOf(Today);
        Input = new InputModel { Week = monday, First = monday.AddDays(7), Last = monday.AddDays(13) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Check();
        if (!ModelState.IsValid) return Page();
        (First, Last) = (LocalTime.MondayOf(Input.First!.Value), LocalTime.MondayOf(Input.Last!.Value).AddDays(6));
        var week = await WeekAsync(LocalTime.MondayOf(Input.Week!.Value), ct);
        Clashes = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == Psychologist.UserId && x.First <= Last && x.Last >= First).OrderBy(x => x.First).ThenBy(x => x.From).ToListAsync(ct);
        var (rooms, kinds) = (await db.Rooms.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct), await db.SessionKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, k => k.Name.In(Languages.Current), ct));
        Preview = [.. week.Select(day => HoursText.Write(day, rooms, t["Hours.Word.Online"], t["Hours.Word.Break"], HoursModel.TimePattern, kinds))];
        Changed = Seen is not null && Seen != Fingerprint;
        if (Seen != Fingerprint) return Page();
        audit.Record("hours.changed", "user", Psychologist.UserId);
        await set.RunAsync(Psychologist.UserId, week, First, Last, ct);
        await db.SaveChangesAsync(ct);
        TempData["Done"] = "Hours.Saved";
        return Redirect("/hours" + (Who is null ? "" : $"?who={Who}"));
    }

    private void Check()
    {
        void Wrong(string field, string why) => ModelState.AddModelError($"Input.{field}", t[why]);
        if (Input.Week < Today.AddYears(-1)) Wrong("Week", "Start.Past");
        if (Input.Week > Today.AddDays(FarthestDays)) Wrong("Week", "Start.TooFar");
        if (Input.First is { } first && LocalTime.MondayOf(first) <= Today) Wrong("First", "CopyWeek.NotYet");
        if (Input.Last < Input.First) Wrong("Last", "Days.LastBeforeFirst");
        if (Input.Last > Today.AddDays(FarthestDays)) Wrong("Last", "Start.TooFar");
        if (Input is { Week: { } week, First: { } from, Last: { } until } && LocalTime.MondayOf(week) >= LocalTime.MondayOf(from) && week <= until) Wrong("Week", "CopyWeek.Itself");
    }

    /// <summary>Pattern and exceptions of one week in one: a day off is no hours, hours off are a break, extra hours are hours.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<TypedHours>>> WeekAsync(DateOnly monday, CancellationToken ct)
    {
        var id = Psychologist.UserId;
        var rows = await db.WorkingHours.AsNoTracking().Where(h => h.PsychologistId == id).ToListAsync(ct);
        var exceptions = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == id && x.First <= monday.AddDays(6) && x.Last >= monday).ToListAsync(ct);
        return [.. Enumerable.Range(0, 7).Select(i =>
        {
            var day = monday.AddDays(i);
            bool On(HoursException x, ExceptionOf what) => x.Of == what && x.First <= day && day <= x.Last;
            var hours = exceptions.Exists(x => On(x, ExceptionOf.DaysOff)) ? []
                : rows.Where(r => r.Day == day.DayOfWeek && r.HoldsOn(day)).Select(r => new TypedHours(r.From, r.To, r.IsBreak, new SlotPlace(r.Place, r.RoomId), r.KindIds.Length == 0 ? null : r.KindIds)).ToList();
            hours.AddRange(exceptions.Where(x => On(x, ExceptionOf.ExtraHours)).Select(x => new TypedHours(x.From!.Value, x.To!.Value, false, new SlotPlace(x.Place, x.RoomId))));
            if (hours.Count > 0) hours.AddRange(exceptions.Where(x => On(x, ExceptionOf.TimeOff)).Select(x => new TypedHours(x.From!.Value, x.To!.Value, true, default)));
            return (IReadOnlyList<TypedHours>)hours;
        })];
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await db.OwnHoursAsync(Who, ct) is not { } psychologist) return false;
        Psychologist = psychologist;
        return true;
    }
}
