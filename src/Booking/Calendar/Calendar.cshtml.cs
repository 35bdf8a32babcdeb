using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>The week of one psychologist; on a phone the same as a list of days.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class CalendarModel(PracticeDb db, CalendarWeek calendar, TimeProvider clock) : PageModel
{
    /// <summary>Any day of the week.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }

    public IReadOnlyList<Membership> Psychologists { get; private set; } = [];
    public CalendarWeek.View? Week { get; private set; }
    public bool IsThisWeek { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Psychologists = await db.CalendarsAsync(ct);
        var whose = Who is null ? Psychologists.Count > 0 ? Psychologists[0] : null : Psychologists.FirstOrDefault(p => p.UserId == Who);
        if (whose is null) return Who is null ? Page() : NotFound();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, whose.Zone));
        var near = Day is { } day && Math.Abs(day.DayNumber - today.DayNumber) < 3660 ? day : today;
        Week = await calendar.ReadAsync(whose, CalendarWeek.MondayOf(near), ct);
        IsThisWeek = Week.Monday == CalendarWeek.MondayOf(today);
        return Page();
    }
}
