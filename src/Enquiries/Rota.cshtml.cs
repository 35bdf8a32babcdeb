using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Enquiries;

/// <summary>Who answers enquiries and safety flags when, and on which days nobody does.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class RotaModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    /// <summary>Monday first, in every language of the product.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Week = [.. Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7))];

    [BindProperty] public ShiftInput Shift { get; set; } = new();
    [BindProperty] public ClosedInput Closed { get; set; } = new();

    public bool MayChange => db.Current.Is(Role.Admin) || db.Current.Is(Role.Operator);
    public ILookup<DayOfWeek, RotaShift> Shifts { get; private set; } = Array.Empty<RotaShift>().ToLookup(s => s.Day);
    public IReadOnlyList<ClosedDay> ClosedDays { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public AnswerPromise Promise { get; private set; } = null!;
    public IEnumerable<SelectListItem> Staff => Names.OrderBy(n => n.Value).Select(n => new SelectListItem(n.Value, n.Key.ToString()));
    public static IEnumerable<SelectListItem> Days => Week.Select(d => new SelectListItem(Shared.Words.Weekday(d), d.ToString()));

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostShiftAsync(CancellationToken ct)
    {
        if (!MayChange) return NotFound();
        await LoadAsync(ct);
        this.JudgeOnly(nameof(Shift), Shift);
        if (Shift.UserId is { } user && !Names.ContainsKey(user)) ModelState.AddModelError("Shift.UserId", t["Rota.Who.Missing"]);
        if (Shift is { From: { } from, Until: { } until } && !RotaShift.IsStretch(from, until)) ModelState.AddModelError("Shift.Until", t["Rota.Until.Before"]);
        if (Shifts[Shift.Day ?? 0].Any(s => s.UserId == Shift.UserId && s.From == Shift.From)) ModelState.AddModelError("Shift.From", t["Rota.Twice"]);
        if (!ModelState.IsValid) return Page();
        db.RotaShifts.Add(new RotaShift(db.Current.PracticeId, Shift.UserId!.Value, Shift.Day!.Value, Shift.From!.Value, Shift.Until!.Value));
        return await SaveAsync("rota.added", ct);
    }

    public async Task<IActionResult> OnPostRemoveShiftAsync(Guid id, CancellationToken ct)
    {
        if (!MayChange || await db.RotaShifts.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } shift) return NotFound();
        db.RotaShifts.Remove(shift);
        return await SaveAsync("rota.removed", ct);
    }

    public async Task<IActionResult> OnPostCloseDayAsync(CancellationToken ct)
    {
        if (!MayChange) return NotFound();
        await LoadAsync(ct);
        this.JudgeOnly(nameof(Closed), Closed);
        if (ClosedDays.Any(d => d.Day == Closed.Day)) ModelState.AddModelError("Closed.Day", t["Rota.Closed.Twice"]);
        if (!ModelState.IsValid) return Page();
        db.ClosedDays.Add(new ClosedDay(db.Current.PracticeId, Closed.Day!.Value, Closed.Name?.Trim() ?? ""));
        return await SaveAsync("rota.day-closed", ct);
    }

    public async Task<IActionResult> OnPostOpenDayAsync(Guid id, CancellationToken ct)
    {
        if (!MayChange || await db.ClosedDays.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } day) return NotFound();
        db.ClosedDays.Remove(day);
        return await SaveAsync("rota.day-opened", ct);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, practice.Zone));
        Shifts = (await db.RotaShifts.AsNoTracking().OrderBy(s => s.From).ToListAsync(ct)).ToLookup(s => s.Day);
        ClosedDays = await db.ClosedDays.AsNoTracking().Where(d => d.Day >= today).OrderBy(d => d.Day).ToListAsync(ct);
        Names = (await db.Memberships.AsNoTracking().Where(m => m.Active).ToListAsync(ct))
            .Where(m => m.Is(Role.Psychologist) || m.Is(Role.Operator)).ToDictionary(m => m.UserId, m => m.Name);
        Promise = AnswerPromise.From(await db.RotaAsync(practice.Zone, ct), practice.Policy.PromiseHours, now);
    }

    private async Task<IActionResult> SaveAsync(string act, CancellationToken ct)
    {
        audit.Record(act, "rota", null);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    public sealed class ShiftInput
    {
        [Required(ErrorMessage = "Rota.Who.Missing")] public Guid? UserId { get; set; }
        [Required] public DayOfWeek? Day { get; set; }
        [Required] public TimeOnly? From { get; set; } = new(9, 0);
        [Required] public TimeOnly? Until { get; set; } = new(17, 0);
    }

    public sealed class ClosedInput
    {
        [Required] public DateOnly? Day { get; set; }
        [StringLength(80)] public string? Name { get; set; }
    }
}
