using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Sessions.Calendar;

/// <summary>Days, weeks and months of one psychologist or of several side by side, and who is in which room. Times are the reader's.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class CalendarModel(PracticeDb db, CalendarReading reading, Words words, TimeProvider clock) : PageModel
{
    private const string Remembered = "calendar";
    private const int MostColumns = 8;

    [BindProperty(SupportsGet = true)] public string? View { get; set; }
    /// <summary>Any day of what is shown.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }
    /// <summary>Whose; several for a day or an agenda.</summary>
    [BindProperty(SupportsGet = true)] public List<Guid> Who { get; set; } = [];
    /// <summary>"no": initials instead of names, for paper.</summary>
    [BindProperty(SupportsGet = true)] public string? Names { get; set; }
    /// <summary>"no": without what is over or cancelled.</summary>
    [BindProperty(SupportsGet = true)] public string? Past { get; set; }

    public IReadOnlyList<Membership> Psychologists { get; private set; } = [];
    public IReadOnlyList<Membership> Shown { get; private set; } = [];
    public Period Period { get; private set; }
    public bool SeesRooms { get; private set; }
    public bool HasRooms { get; private set; } = true;
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public DateOnly Today { get; private set; }
    public TimeZoneInfo Zone => words.Zone;
    public HourAxis Axis { get; private set; } = null!;
    public IReadOnlyList<CalendarColumn> Columns { get; private set; } = [];
    public IReadOnlyList<CalendarItem> Items { get; private set; } = [];
    public Load? Week { get; private set; }
    public bool Several => Psychologists.Count > 1;
    public bool SideBySide => Period.View is CalendarView.Day or CalendarView.Agenda;
    public IEnumerable<SessionForm> Forms => Items.Where(i => i.Form is not null).Select(i => i.Form!.Value is SessionForm.Family ? SessionForm.Couple : i.Form!.Value).Distinct().Order();
    public bool HasPast => Items.Any(i => i.IsOver || i.IsCancelled) || Past == "no";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // An address that cannot be read shows the page all the same.
        ModelState.Clear();
        Psychologists = await db.CalendarsAsync(ct);
        SeesRooms = db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin);
        Today = words.Today();
        var view = ViewOf();
        if (view == CalendarView.Rooms && !SeesRooms) return NotFound();
        if (Who.Exists(id => Psychologists.All(p => p.UserId != id))) return NotFound();
        Period = new Period(view, Day is { } day && Math.Abs(day.DayNumber - Today.DayNumber) < 3660 ? day : Today);
        if (Psychologists.Count == 0) return Page();
        Shown = Choose();
        await (view switch
        {
            CalendarView.Rooms => RoomsAsync(ct),
            CalendarView.Month or CalendarView.Agenda => ListAsync(ct),
            _ => GridAsync(ct),
        });
        return Page();
    }

    /// <summary>The same with something changed; what is usual is left out.</summary>
    public string To(CalendarView? view = null, DateOnly? day = null, IEnumerable<Guid>? who = null, string? names = null, string? past = null)
    {
        var (v, d) = (view ?? Period.View, day ?? Period.Day);
        var shown = who ?? (v switch { CalendarView.Rooms => [], CalendarView.Day or CalendarView.Agenda => Who, _ => Who.Take(1) });
        List<string> parts = [$"view={v.ToString().ToLowerInvariant()}", $"day={d:yyyy-MM-dd}", .. shown.Select(id => $"who={id}")];
        if ((names ?? Names) == "no") parts.Add("names=no");
        if ((past ?? Past) == "no") parts.Add("past=no");
        return "/calendar?" + string.Join('&', parts);
    }

    private CalendarView ViewOf()
    {
        if (Enum.TryParse<CalendarView>(View, true, out var asked) && Enum.IsDefined(asked))
        {
            Response.Cookies.Append(Remembered, asked.ToString(), new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, HttpOnly = true, IsEssential = true, Path = "/calendar" });
            return asked;
        }
        if (Enum.TryParse<CalendarView>(Request.Cookies[Remembered], out var before) && Enum.IsDefined(before) && (before != CalendarView.Rooms || SeesRooms)) return before;
        // A phone has room for a day.
        return Request.Headers.UserAgent.ToString().Contains("Mobi", StringComparison.Ordinal) ? CalendarView.Day : CalendarView.Week;
    }

    private IReadOnlyList<Membership> Choose()
    {
        var asked = Psychologists.Where(p => Who.Contains(p.UserId)).ToList();
        if (SideBySide) return [.. (asked.Count > 0 ? asked : Psychologists).Take(MostColumns)];
        return [asked.Count > 0 ? asked[0] : Psychologists[0]];
    }

    private (DateTime From, DateTime Until) Bounds(DateOnly first, DateOnly last) => (LocalTime.ToUtc(first.ToDateTime(default), Zone), LocalTime.ToUtc(last.AddDays(1).ToDateTime(default), Zone));

    private async Task<List<CalendarItem>> SessionsAsync(bool marks, CancellationToken ct)
    {
        var (from, until) = Bounds(Period.First, Period.Last);
        var items = await reading.SessionsAsync([.. Shown.Select(p => p.UserId)], from, until, marks, Names == "no", ct);
        if (Past == "no") items.RemoveAll(i => i.IsOver || i.IsCancelled);
        return items;
    }

    private async Task GridAsync(CancellationToken ct)
    {
        var (from, until) = Bounds(Period.First, Period.Last);
        var items = await SessionsAsync(true, ct);
        var (hours, closed) = await reading.HoursAsync(Shown, Period.First, Period.Last, ct);
        items.AddRange(closed);
        items.AddRange(await reading.FreeAsync([.. Shown.Select(p => p.UserId)], from, until, ct));
        Items = items;
        var monday = Period.MondayOf(Period.Day);
        var week = Bounds(monday, monday.AddDays(6));
        var booked = await reading.BookedAsync([.. Shown.Select(p => p.UserId)], week.From, week.Until, ct);
        if (Shown is [var only]) Week = new Load(booked.GetValueOrDefault(only.UserId), hours[only.UserId].Rules.MaxPerWeek);

        List<DateOnly> days = [.. Period.Days];
        var spans = items.Where(i => i.Of != ItemOf.Break).Select(i => (i.StartsAt, i.EndsAt)).Concat(Shown.SelectMany(p => hours[p.UserId].Open));
        var (first, last) = CalendarColumns.Bounds(spans, days, Zone);
        Axis = new HourAxis(days, Zone, first, last);
        Columns = [.. days.SelectMany(day => Shown.Select(who =>
        {
            var work = hours[who.UserId];
            var (start, end) = Bounds(day, day);
            var of = CalendarColumns.Seen([.. items.Where(i => i.Column == who.UserId && i.StartsAt < end && i.EndsAt > start)]).ToList();
            var rest = !work.Open.Any(o => o.From < end && o.To > start);
            return CalendarColumns.Draw(new CalendarColumn(day, who.UserId, who.Name)
            {
                IsToday = day == Today, IsRest = rest, IsOff = work.OffOn(day) is not null, Note = work.OffOn(day)?.Note,
                Load = new Load(of.Count(i => i.Takes && i.StartsAt >= start), work.Rules.MaxPerDay),
            }, of, rest ? null : work.Open, Axis, Now);
        }))];
    }

    private async Task RoomsAsync(CancellationToken ct)
    {
        var (from, until) = Bounds(Period.First, Period.Last);
        var rooms = await db.RoomsAsync(ct);
        HasRooms = rooms.Count > 0;
        var items = await reading.RoomsAsync(Psychologists.ToDictionary(p => p.UserId, p => Names == "no" ? CalendarReading.Initials(p.Name) : p.Name), from, until, ct);
        var openings = await db.RoomOpeningsAsync([.. rooms.Select(r => r.Id)], ct);
        var open = rooms.ToDictionary(r => r.Id, r => openings.TryGetValue(r.Id, out var opening) ? SlotFinder.OpenTime(opening, from, until) : [(from, until)]);
        var hours = openings.Where(o => o.Value.Hours.Count > 0).SelectMany(o => open[o.Key]);
        var (first, last) = CalendarColumns.Bounds(items.Select(i => (i.StartsAt, i.EndsAt)).Concat(hours), [Period.Day], Zone);
        Axis = new HourAxis([Period.Day], Zone, first, last);
        var midnight = Period.Day.ToDateTime(default);
        items.AddRange(await reading.FreeRoomsAsync(open, LocalTime.ToUtc(midnight.AddHours(first), Zone), LocalTime.ToUtc(midnight.AddHours(last), Zone), ct));
        Items = items;
        Columns = [.. rooms.Select(r => CalendarColumns.Draw(new CalendarColumn(Period.Day, r.Id, r.Name) { IsToday = Period.Day == Today, IsRest = open[r.Id].Count == 0, Load = new Load(items.Count(i => i.Column == r.Id && i.Takes), null) },
            [.. items.Where(i => i.Column == r.Id)], open[r.Id] is [_, ..] usable ? usable : null, Axis, Now))];
    }

    private async Task ListAsync(CancellationToken ct)
    {
        var items = await SessionsAsync(Period.View == CalendarView.Agenda, ct);
        var (hours, closed) = await reading.HoursAsync(Shown, Period.First, Period.Last, ct);
        items.AddRange(closed.Where(i => i.Of == ItemOf.Away));
        Items = [.. items.OrderBy(i => i.StartsAt)];
        Columns = [.. Period.Days.SelectMany(day => Shown.Take(1).Select(who =>
        {
            var work = hours[who.UserId];
            var (start, end) = Bounds(day, day);
            var of = Items.Where(i => i.StartsAt >= start && i.StartsAt < end).ToList();
            return new CalendarColumn(day, who.UserId, who.Name)
            {
                IsToday = day == Today, IsRest = Shown.Count == 1 && !work.Open.Any(o => o.From < end && o.To > start), Note = Shown.Count == 1 ? work.OffOn(day)?.Note : null,
                Load = Shown.Count == 1 ? new Load(of.Count(i => i.Takes), work.Rules.MaxPerDay) : null,
                Items = [.. of.Select(i => (i, default(Drawn)))],
            };
        }))];
    }
}
