using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Attendance;

/// <summary>What waits to be settled, and this week's absences with what the terms propose; each decided with one tap.</summary>
[Access(Role.Psychologist)]
public sealed class WeekModel(PracticeDb db, DecideCharge decide, Vault vault, Words words, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int MostWaiting = 50;

    /// <summary>Any day of the week that is shown; this week when it is missing or senseless.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Week { get; set; }
    public DateOnly Monday { get; private set; }
    public bool IsThisWeek { get; private set; }
    public IReadOnlyList<SettleView> Waiting { get; private set; } = [];
    public IReadOnlyList<AbsenceLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var today = words.Today();
        var day = Week is { } week && Math.Abs(week.DayNumber - today.DayNumber) < 3700 ? week : today;
        Monday = MondayOf(day);
        IsThisWeek = Monday == MondayOf(today);
        var (from, until) = (StartOf(Monday), StartOf(Monday.AddDays(7)));

        Lines = await AbsenceLine.OfAsync(db, vault, db.OwnAssessedEvents().Where(e => e.AppointmentAt >= from && e.AppointmentAt < until
            && (e.What != EventKind.Attended || db.Charges.Any(c => c.EventId == e.Id && c.Kind == Money.ChargeKind.Credit))), ct);
        if (IsThisWeek) Waiting = await WaitingAsync(ct);
    }

    public async Task<IActionResult> OnPostConfirmAsync(Guid chargeId, CancellationToken ct) =>
        await decide.ConfirmAsync(chargeId, ct) ? Back() : NotFound();

    public async Task<IActionResult> OnPostWaiveAsync(Guid chargeId, string? because, CancellationToken ct) =>
        await decide.WaiveAsync(chargeId, because is { Length: > 0 and <= 40 } ? because : "other", ct) ? Back() : NotFound();

    public async Task<IActionResult> OnPostReopenAsync(Guid chargeId, CancellationToken ct) =>
        await decide.ReopenAsync(chargeId, ct) ? Back() : NotFound();

    public async Task<IActionResult> OnPostStrongerAsync(Guid eventId, string? words, CancellationToken ct)
    {
        if (words?.Length <= DecideCharge.LongestWords || string.IsNullOrWhiteSpace(words)) return await decide.ForceMajeureAsync(eventId, words, ct) ? Back() : NotFound();
        (ViewData["Stronger"], ViewData["Stronger.Words"]) = (eventId, words);
        ModelState.AddModelError("words", t["Stronger.Long", DecideCharge.LongestWords]);
        await OnGetAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostStrongerBackAsync(Guid eventId, CancellationToken ct) =>
        await decide.TakeForceMajeureBackAsync(eventId, ct) ? Back() : NotFound();

    private RedirectToPageResult Back() => RedirectToPage(new { Week = Week?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });

    private async Task<List<SettleView>> WaitingAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var ids = await db.AppointmentsToSettle().Where(a => a.State == AppointmentState.Booked && a.StartsAt <= now
                && a.Participants.Any(p => p.Attendance == null && p.WithdrawnAt == null))
            .OrderBy(a => a.StartsAt).Select(a => a.Id).Take(MostWaiting).ToListAsync(ct);
        var waiting = new List<SettleView>();
        foreach (var id in ids)
            waiting.AddRange((await SettleView.OfAsync(db, id, now, "/attendance", ct)).Where(v => v.Attendance is null).Select(v => v with { IsNamed = false }));
        return waiting;
    }

    private DateTime StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(words.Zone.IsInvalidTime(local) ? local.AddHours(1) : local, words.Zone);
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
