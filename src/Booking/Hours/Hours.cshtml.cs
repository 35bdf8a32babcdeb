using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>A psychologist's weekly hours, typed day by day, and the rules by which they are booked.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class HoursModel(PracticeDb db, SetHours set, OfferedSlots offered, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    /// <summary>The day whose pattern is shown; later and earlier patterns are reached by it.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    /// <summary>The pattern shown is only a beginning for a new one.</summary>
    [BindProperty(SupportsGet = true)] public bool Copy { get; set; }
    [BindProperty] public WeekModel Week { get; set; } = new();
    [BindProperty] public RulesModel Rules { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class WeekModel
    {
        /// <summary>Monday first.</summary>
        public List<string?> Days { get; set; } = [];
        [Required] public DateOnly? From { get; set; }
        public DateOnly? Until { get; set; }
    }

    public sealed class RulesModel
    {
        [Required, Range(0, 720)] public int? NoticeHours { get; set; }
        [Required, Range(1, 365)] public int? HorizonDays { get; set; }
        [Required, EnumDataType(typeof(SlotGrid))] public SlotGrid? Grid { get; set; }
        [Range(1, 20)] public int? MaxPerDay { get; set; }
        [Range(1, 60)] public int? MaxPerWeek { get; set; }
        [Range(1, 50)] public int? MaxOpenPerClient { get; set; }
        [Range(1, 12)] public int? MaxInRow { get; set; }
        [Required, Range(5, 240)] public int? PauseMinutes { get; set; } = 30;
        public bool DayIsHard { get; set; }
        public bool WeekIsHard { get; set; }
        public bool RowIsHard { get; set; }
    }

    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<Membership> Psychologists { get; private set; } = [];
    public IReadOnlyList<HoursPattern> Patterns { get; private set; } = [];
    public IReadOnlyList<Room> Rooms { get; private set; } = [];
    public IReadOnlyList<SessionKind> Kinds { get; private set; } = [];
    public HoursGrid Grid { get; private set; } = null!;
    public int FreeSoon { get; private set; }
    public DateTime? FirstFree { get; private set; }
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? await ShowAsync(true, true, ct) : NotFound();

    public async Task<IActionResult> OnPostWeekAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        this.JudgeOnly(nameof(Week), Week);
        while (Week.Days.Count < 7) Week.Days.Add(null);
        var week = new List<IReadOnlyList<TypedHours>>();
        for (var i = 0; i < 7; i++)
        {
            var (hours, problem) = Read(Week.Days[i]);
            week.Add(hours);
            if (problem is { } wrong) ModelState.AddModelError($"Week.Days[{i}]", t[$"Hours.{wrong.What}", wrong.Part]);
        }
        if (Week.From < Today) ModelState.AddModelError("Week.From", t["Start.Past"]);
        if (Week.From > Today.AddYears(2)) ModelState.AddModelError("Week.From", t["Start.TooFar"]);
        if (Week.Until > Today.AddYears(10)) ModelState.AddModelError("Week.Until", t["Start.TooFar"]);
        if (Week.Until < Week.From) ModelState.AddModelError("Week.Until", t["Days.LastBeforeFirst"]);
        if (!ModelState.IsValid) return await ShowAsync(false, true, ct);
        audit.Record("hours.changed", "user", Psychologist.UserId);
        await set.RunAsync(Psychologist.UserId, week, Week.From!.Value, Week.Until, ct);
        await db.SaveChangesAsync(ct);
        return Again("Hours.Saved");
    }

    /// <summary>Takes back a pattern that has not begun; what holds before it goes on in its place.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(DateOnly from, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var patterns = HoursPattern.Of(await RowsAsync(ct)).ToList();
        var i = patterns.FindIndex(p => p.From == from && from > Today);
        if (i < 0) return NotFound();
        IReadOnlyList<IReadOnlyList<TypedHours>> before = i > 0 ? patterns[i - 1].Week() : [];
        audit.Record("hours.changed", "user", Psychologist.UserId);
        await set.RunAsync(Psychologist.UserId, before, from, patterns[i].Until, ct);
        await db.SaveChangesAsync(ct);
        return Again("Hours.Removed");
    }

    public async Task<IActionResult> OnPostRulesAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        this.JudgeOnly(nameof(Rules), Rules);
        if (!ModelState.IsValid) return await ShowAsync(true, false, ct);
        var rules = await db.BookingRules.SingleOrDefaultAsync(r => r.PsychologistId == Psychologist.UserId, ct);
        if (rules is null) db.Add(rules = new BookingRules(db.Current.PracticeId, Psychologist.UserId));
        rules.Change(Rules.NoticeHours!.Value, Rules.HorizonDays!.Value, Rules.Grid!.Value, Rules.MaxPerDay, Rules.MaxPerWeek, Rules.MaxOpenPerClient);
        audit.Record("hours.rules-changed", "user", Psychologist.UserId);
        rules.Limit(Rules.MaxInRow, Rules.PauseMinutes!.Value, Rules.DayIsHard, Rules.WeekIsHard, Rules.RowIsHard);
        await db.SaveChangesAsync(ct);
        return Again("Hours.Rules.Saved");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Psychologists = [.. (await db.CalendarsAsync(ct)).Where(m => m.UserId == db.Current.UserId || db.Current.Is(Role.Admin))];
        if ((Who is null && Psychologists is [var own, ..] ? own : Psychologists.FirstOrDefault(m => m.UserId == Who)) is not { } psychologist) return false;
        (Psychologist, Rooms) = (psychologist, await db.RoomsAsync(ct));
        Kinds = await db.SessionKinds.AsNoTracking().Where(k => k.Active).OrderBy(k => k.Position).ToListAsync(ct);
        return true;
    }

    private async Task<IActionResult> ShowAsync(bool readWeek, bool readRules, CancellationToken ct)
    {
        Patterns = HoursPattern.Of(await RowsAsync(ct));
        if (readWeek) Week = Shown();
        Grid = new HoursGrid([.. Enumerable.Range(0, 7).Select(i => Read(i < Week.Days.Count ? Week.Days[i] : null).Hours)], Rooms, Kinds);
        var rules = await db.BookingRules.AsNoTracking().SingleOrDefaultAsync(r => r.PsychologistId == Psychologist.UserId, ct) ?? BookingRules.Default(db.Current.PracticeId, Psychologist.UserId);
        if (readRules) Rules = new RulesModel { NoticeHours = rules.NoticeHours, HorizonDays = rules.HorizonDays, Grid = rules.Grid, MaxPerDay = rules.MaxPerDay, MaxPerWeek = rules.MaxPerWeek, MaxOpenPerClient = rules.MaxOpenPerClient, MaxInRow = rules.MaxInRow, PauseMinutes = rules.PauseMinutes, DayIsHard = rules.DayIsHard, WeekIsHard = rules.WeekIsHard, RowIsHard = rules.RowIsHard };

        if (await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.Form == SessionForm.Individual).OrderBy(k => k.Position).FirstOrDefaultAsync(ct) is { } kind)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var free = await offered.FindAsync(new SlotWish(Psychologist.UserId, kind, []), now, now.AddDays(14), ct);
            (FreeSoon, FirstFree) = (free.Select(s => s.StartUtc).Distinct().Count(), free.Count == 0 ? null : free.Min(s => s.StartUtc));
        }
        return Page();
    }

    private Task<List<WorkingHours>> RowsAsync(CancellationToken ct) => db.WorkingHours.AsNoTracking().Where(h => h.PsychologistId == Psychologist.UserId).ToListAsync(ct);

    private WeekModel Shown()
    {
        var pattern = Patterns.FirstOrDefault(p => p.HoldsOn(On ?? Today));
        var from = pattern?.From > Today ? pattern.From : On > Today && pattern is null ? On : Today;
        // A copy begins where nothing is planned yet, or next Monday.
        if (Copy) from = Patterns is [.., { Until: { } end }] && end > Today ? end.AddDays(1) : LocalTime.MondayOf(Today).AddDays(7);
        return new WeekModel { From = from, Until = Copy ? null : pattern?.Until, Days = [.. Enumerable.Range(0, 7).Select(i => pattern is null ? "" : Text(pattern.Week()[i]))] };
    }

    private (IReadOnlyList<TypedHours> Hours, (HoursProblem What, string Part)? Problem) Read(string? text)
    {
        var kinds = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        foreach (var kind in Kinds)
            foreach (var name in new[] { kind.Name.In(Languages.Current), kind.Name.En, kind.Name.Ru, kind.Name.Bs, kind.Name.Fi })
                kinds.TryAdd(name.Trim(), kind.Id);
        return HoursText.Read(text, Rooms.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Id), kinds);
    }

    public string Text(IEnumerable<TypedHours> hours) => HoursText.Write(hours, Rooms.ToDictionary(r => r.Id, r => r.Name), t["Hours.Word.Online"], t["Hours.Word.Break"], TimePattern,
        Kinds.ToDictionary(k => k.Id, k => k.Name.In(Languages.Current)));

    public static string TimePattern => Languages.Current == "fi" ? "H.mm" : "H:mm";

    private RedirectResult Again(string done)
    {
        Done = done;
        return Redirect("/hours" + (Who is null ? "" : $"?who={Who}"));
    }
}
