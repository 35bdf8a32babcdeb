using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>The holidays of a country in a year; those that are ticked become days off.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class HolidaysPageModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    [BindProperty(SupportsGet = true)] public string? Country { get; set; }
    [BindProperty(SupportsGet = true)] public int? Year { get; set; }
    /// <summary>Days, as 2026-12-25.</summary>
    [BindProperty] public List<string> Take { get; set; } = [];
    [TempData] public string? Done { get; set; }

    /// <param name="IsOff">It is a day off already.</param>
    public sealed record Row(Holiday Holiday, bool IsOff, bool IsPast, bool Works, IReadOnlyList<(Guid Id, DateTime StartsAt, string Names)> Booked);

    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Countries { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await db.OwnHoursAsync(Who, ct) is not { } psychologist) return NotFound();
        // Two who press at once are one.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"days-off:" + psychologist.UserId}, 0))", ct);
        if (!await LoadAsync(ct)) return NotFound();
        var days = Take.Select(d => DateOnly.TryParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null).ToHashSet();
        var chosen = Rows.Where(r => days.Contains(r.Holiday.Day)).ToList();
        if (chosen.Count == 0)
        {
            ModelState.AddModelError("Take", t["Holidays.Nothing"]);
            return Page();
        }
        audit.Record("hours.days-changed", "user", Psychologist.UserId);
        foreach (var row in chosen.Where(r => !r.IsOff && !r.IsPast).DistinctBy(r => r.Holiday.Day))
            db.Add(HoursException.DaysOff(db.Current.PracticeId, Psychologist.UserId, row.Holiday.Day, row.Holiday.Day, Name(row.Holiday)));
        await db.SaveChangesAsync(ct);
        Done = "Holidays.Saved";
        return Redirect(Address());
    }

    public string Name(Holiday holiday) => t[$"Holiday.{holiday.Key}"] + (holiday.Only is { } only ? $" ({t[$"Holiday.Only.{only}"]})" : "");

    public string Address() => $"/hours/holidays?country={Country}&year={Year}" + (Who is null ? "" : $"&who={Who}");

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await db.OwnHoursAsync(Who, ct) is not { } psychologist) return false;
        Psychologist = psychologist;
        var home = await db.Practices.Select(p => p.Country).SingleAsync(ct);
        if (!Holidays.Countries.Contains(Country)) Country = Holidays.Countries.Contains(home) ? home : "FI";
        if (Year is not { } year || year < Today.Year || year > Today.Year + 2) Year = Today.Year;
        Countries = [.. Holidays.Countries.Select(c => new SelectListItem(t[$"Country.{c}"], c, c == Country)).OrderBy(c => c.Text, StringComparer.CurrentCulture)];
        Years = [.. Enumerable.Range(Today.Year, 3).Select(y => new SelectListItem(y.ToString(CultureInfo.InvariantCulture), y.ToString(CultureInfo.InvariantCulture), y == Year))];
        await ReadAsync(Holidays.Of(Country!, Year.Value), ct);
        return true;
    }

    private async Task ReadAsync(IReadOnlyList<Holiday> holidays, CancellationToken ct)
    {
        var (id, zone) = (Psychologist.UserId, Psychologist.Zone);
        var (from, until) = (LocalTime.ToUtc(new DateTime(Year!.Value, 1, 1), zone), LocalTime.ToUtc(new DateTime(Year.Value + 1, 1, 1), zone));
        var off = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == id && x.Of == ExceptionOf.DaysOff).ToListAsync(ct);
        var hours = await db.WorkingHours.AsNoTracking().Where(h => h.PsychologistId == id && !h.IsBreak).ToListAsync(ct);
        var booked = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants)
            .Where(a => a.PsychologistId == id && a.State == AppointmentState.Booked && a.StartsAt >= from && a.StartsAt < until).OrderBy(a => a.StartsAt).ToListAsync(ct);
        var days = holidays.Select(h => h.Day).ToHashSet();
        DateOnly Day(Appointment a) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(a.StartsAt, zone));
        var inside = booked.Where(a => days.Contains(Day(a)) && Day(a) >= Today).ToList();
        var clients = inside.SelectMany(a => a.Participants).Select(p => p.ClientId).Distinct().ToList();
        var names = await db.Clients.Where(c => clients.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        Rows = [.. holidays.Select(h => new Row(h, off.Exists(x => x.First <= h.Day && h.Day <= x.Last), h.Day < Today, hours.Exists(w => w.Day == h.Day.DayOfWeek && w.HoldsOn(h.Day)),
            [.. inside.Where(a => Day(a) == h.Day).Select(a => (a.Id, a.StartsAt, string.Join(", ", a.Participants.Select(p => names.GetValueOrDefault(p.ClientId, "")))))]))];
    }
}
