using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>A psychologist's weekly hours, typed day by day, and the rules by which they are booked.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class HoursModel(PracticeDb db, SetHours set, OfferedSlots offered, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    /// <summary>The day whose pattern is shown; later patterns are reached by it.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    [BindProperty] public WeekModel Week { get; set; } = new();
    [BindProperty] public RulesModel Rules { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class WeekModel
    {
        /// <summary>Monday first.</summary>
        public List<string?> Days { get; set; } = [];
        [Required] public DateOnly? From { get; set; }
    }

    public sealed class RulesModel
    {
        [Required, Range(0, 720)] public int? NoticeHours { get; set; }
        [Required, Range(1, 365)] public int? HorizonDays { get; set; }
        [Required, EnumDataType(typeof(SlotGrid))] public SlotGrid? Grid { get; set; }
        [Range(1, 20)] public int? MaxPerDay { get; set; }
        [Range(1, 60)] public int? MaxPerWeek { get; set; }
        [Range(1, 50)] public int? MaxOpenPerClient { get; set; }
    }

    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<Membership> Psychologists { get; private set; } = [];
    public IReadOnlyList<DateOnly> LaterPatterns { get; private set; } = [];
    public IReadOnlyList<Room> Rooms { get; private set; } = [];
    public int FreeSoon { get; private set; }
    public DateTime? FirstFree { get; private set; }
    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? await ShowAsync(true, true, ct) : NotFound();

    public async Task<IActionResult> OnPostWeekAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Only("Week.", Week);
        while (Week.Days.Count < 7) Week.Days.Add(null);
        var rooms = Rooms.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Id);
        var week = new List<IReadOnlyList<TypedHours>>();
        for (var i = 0; i < 7; i++)
        {
            var (hours, problem) = HoursText.Read(i < Week.Days.Count ? Week.Days[i] : null, rooms);
            week.Add(hours);
            if (problem is { } wrong) ModelState.AddModelError($"Week.Days[{i}]", t[$"Hours.{wrong.What}", wrong.Part]);
        }
        if (Week.From < Today) ModelState.AddModelError("Week.From", t["Start.Past"]);
        if (Week.From > Today.AddYears(2)) ModelState.AddModelError("Week.From", t["Start.TooFar"]);
        if (!ModelState.IsValid) return await ShowAsync(false, true, ct);
        await set.RunAsync(Psychologist.UserId, week, Week.From!.Value, ct);
        await db.SaveChangesAsync(ct);
        return Again("Hours.Saved");
    }

    public async Task<IActionResult> OnPostRulesAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Only("Rules.", Rules);
        if (!ModelState.IsValid) return await ShowAsync(true, false, ct);
        var rules = await db.BookingRules.SingleOrDefaultAsync(r => r.PsychologistId == Psychologist.UserId, ct);
        if (rules is null) db.Add(rules = new BookingRules(db.Current.PracticeId, Psychologist.UserId));
        rules.Change(Rules.NoticeHours!.Value, Rules.HorizonDays!.Value, Rules.Grid!.Value, Rules.MaxPerDay, Rules.MaxPerWeek, Rules.MaxOpenPerClient);
        await db.SaveChangesAsync(ct);
        return Again("Hours.Rules.Saved");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Psychologists = [.. (await db.CalendarsAsync(ct)).Where(m => m.UserId == db.Current.UserId || db.Current.Is(Role.Admin))];
        if ((Who is null && Psychologists is [var own, ..] ? own : Psychologists.FirstOrDefault(m => m.UserId == Who)) is not { } psychologist) return false;
        (Psychologist, Rooms) = (psychologist, await db.RoomsAsync(ct));
        return true;
    }

    private async Task<IActionResult> ShowAsync(bool readWeek, bool readRules, CancellationToken ct)
    {
        var rows = await db.WorkingHours.AsNoTracking().Where(h => h.PsychologistId == Psychologist.UserId).ToListAsync(ct);
        var on = On is { } asked && asked > Today ? asked : Today;
        LaterPatterns = [.. rows.Where(r => r.ValidFrom > on).Select(r => r.ValidFrom!.Value).Distinct().Order()];
        if (readWeek) Week = new WeekModel { From = on, Days = [.. Enumerable.Range(0, 7).Select(i => Text(rows, SetHours.DayAt(i), on))] };
        var rules = await db.BookingRules.AsNoTracking().SingleOrDefaultAsync(r => r.PsychologistId == Psychologist.UserId, ct) ?? BookingRules.Default(db.Current.PracticeId, Psychologist.UserId);
        if (readRules) Rules = new RulesModel { NoticeHours = rules.NoticeHours, HorizonDays = rules.HorizonDays, Grid = rules.Grid, MaxPerDay = rules.MaxPerDay, MaxPerWeek = rules.MaxPerWeek, MaxOpenPerClient = rules.MaxOpenPerClient };

        if (await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.Form == SessionForm.Individual).OrderBy(k => k.Position).FirstOrDefaultAsync(ct) is { } kind)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var free = await offered.FindAsync(new SlotWish(Psychologist.UserId, kind, []), now, now.AddDays(14), ct);
            (FreeSoon, FirstFree) = (free.Select(s => s.StartUtc).Distinct().Count(), free.Count == 0 ? null : free.Min(s => s.StartUtc));
        }
        return Page();
    }

    private string Text(List<WorkingHours> rows, DayOfWeek day, DateOnly on) => HoursText.Write(
        rows.Where(r => r.Day == day && r.HoldsOn(on)).Select(r => new TypedHours(r.From, r.To, r.IsBreak, new SlotPlace(r.Place, r.RoomId))),
        Rooms.ToDictionary(r => r.Id, r => r.Name), t["Hours.Word.Online"], t["Hours.Word.Break"], Languages.Current == "fi" ? "H.mm" : "H:mm");

    // Two forms share the page: only the one that was sent is judged, and judged also when nothing of it arrived.
    private void Only(string prefix, object model)
    {
        foreach (var key in ModelState.Keys.Where(k => !k.StartsWith(prefix, StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
        if (ModelState.IsValid) TryValidateModel(model, prefix.TrimEnd('.'));
    }

    private RedirectResult Again(string done)
    {
        Done = done;
        return Redirect("/hours" + (Who is null ? "" : $"?who={Who}"));
    }
}
