using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>One thing on a day of the calendar.</summary>
/// <param name="Css">Classes that colour it by kind and state.</param>
/// <param name="Quarter">Where it begins, in quarters of an hour from the first hour shown.</param>
/// <param name="Quarters">How long it is.</param>
public sealed record CalendarEntry(string Css, int Quarter, int Quarters, DateTime StartsAt, string Title, string? Href, (string Kind, string Icon, string Text)? State)
{
    public bool IsSession { get; init; }
}

public sealed record CalendarDay(DateOnly Day, bool IsToday, bool IsRest, string? Note, IReadOnlyList<CalendarEntry> Entries);

/// <summary>A psychologist's week: what is booked, what is still free, what is closed, in their own clock.</summary>
public sealed class CalendarWeek(PracticeDb db, OfferedSlots offered, TimeProvider clock)
{
    private const int DefaultFirst = 8, DefaultHours = 11;

    public sealed record View(DateOnly Monday, Membership Psychologist, IReadOnlyList<CalendarDay> Days, int FirstHour, int Hours, int? NowQuarter, IReadOnlyList<SessionForm> Forms)
    {
        public int Week => ISOWeek.GetWeekOfYear(Monday.ToDateTime(default));
    }

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public async Task<View> ReadAsync(Membership psychologist, DateOnly monday, CancellationToken ct)
    {
        var (zone, now) = (psychologist.Zone, clock.GetUtcNow().UtcDateTime);
        var (from, until) = (LocalTime.ToUtc(monday.ToDateTime(default), zone), LocalTime.ToUtc(monday.AddDays(7).ToDateTime(default), zone));
        var drafts = await SessionsAsync(psychologist, from, until, now, ct);
        var forms = drafts.Where(d => d.Form is not null).Select(d => d.Form!.Value).Distinct().Order().ToList();
        drafts.AddRange(await FreeAsync(psychologist, from, until, ct));
        var exceptions = await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == psychologist.UserId && x.First <= monday.AddDays(6) && x.Last >= monday).ToListAsync(ct);
        drafts.AddRange(exceptions.Where(x => x.Of == ExceptionOf.TimeOff).Select(x => Closed(x, zone)));
        var hours = await db.WorkingHours.AsNoTracking().Where(h => h.PsychologistId == psychologist.UserId && !h.IsBreak).ToListAsync(ct);

        var (first, last) = Bounds(drafts, zone);
        var days = Enumerable.Range(0, 7).Select(i => Day(monday.AddDays(i), drafts, exceptions, hours, zone, now, first)).ToList();
        var local = TimeZoneInfo.ConvertTimeFromUtc(now, zone);
        var quarter = (local.Hour - first) * 4 + local.Minute / 15;
        return new View(monday, psychologist, days, first, last - first, quarter >= 0 && quarter < (last - first) * 4 ? quarter : null, forms);
    }

    private sealed record Draft(DateTime StartsAt, DateTime EndsAt, string Css, string Title, string? Href, (string, string, string)? State, SessionForm? Form, bool Faint = false);

    private async Task<List<Draft>> SessionsAsync(Membership psychologist, DateTime from, DateTime until, DateTime now, CancellationToken ct)
    {
        var appointments = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants)
            .Where(a => a.PsychologistId == psychologist.UserId && a.StartsAt < until && a.EndsAt > from
                && (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled || ((a.State == AppointmentState.Held || a.State == AppointmentState.Offered) && a.HoldUntil > now)))
            .OrderBy(a => a.StartsAt).ToListAsync(ct);
        var (kindIds, clientIds, ids) = (appointments.Select(a => a.KindId).Distinct().ToList(), appointments.SelectMany(a => a.Participants).Select(p => p.ClientId).Distinct().ToList(), appointments.Select(a => a.Id).ToList());
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => kindIds.Contains(k.Id)).ToDictionaryAsync(k => k.Id, ct);
        var names = await db.Clients.Where(c => clientIds.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.CalledName }).ToDictionaryAsync(c => c.Id, ct);
        var failed = await db.Notices.Where(n => n.AppointmentId != null && ids.Contains(n.AppointmentId.Value) && n.State == NoticeState.Failed).Select(n => n.AppointmentId!.Value).Distinct().ToListAsync(ct);
        return [.. appointments.Select(a =>
        {
            var form = kinds[a.KindId].Form;
            var title = a.Participants.Count == 1 ? names[a.Participants[0].ClientId].Name : string.Join(", ", a.Participants.Select(p => names[p.ClientId].CalledName));
            var state = a.EndsAt > now && failed.Contains(a.Id) ? ("care", "alert", "State.MailFailed") : CalendarState(a, now);
            var past = a.EndsAt <= now || a.State == AppointmentState.Cancelled;
            return new Draft(a.StartsAt, a.EndsAt, a.State is AppointmentState.Held or AppointmentState.Offered ? "ev-off" : $"{Css(form)}{(past ? " ev-past" : "")}", title, $"/calendar/{a.Id}", state, form, a.State == AppointmentState.Cancelled);
        })];
    }

    private async Task<IEnumerable<Draft>> FreeAsync(Membership psychologist, DateTime from, DateTime until, CancellationToken ct)
    {
        var kind = await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.Form == SessionForm.Individual).OrderBy(k => k.Position).FirstOrDefaultAsync(ct);
        if (kind is null) return [];
        var slots = (await offered.FindAsync(new SlotWish(psychologist.UserId, kind, []), from, until, ct)).OrderBy(s => s.StartUtc);
        var free = new List<Draft>();
        foreach (var slot in slots)
            if (free.Count == 0 || slot.StartUtc >= free[^1].EndsAt + kind.Buffer)
                free.Add(new Draft(slot.StartUtc, slot.EndUtc, "ev-open", "", $"/calendar/new?who={psychologist.UserId}&at={SlotValue.Of(slot)}", null, null));
        return free;
    }

    private static Draft Closed(HoursException off, TimeZoneInfo zone)
    {
        var (from, to) = (off.First.ToDateTime(off.From!.Value), off.First.ToDateTime(off.To!.Value));
        return new Draft(LocalTime.ToUtc(from, zone), LocalTime.ToUtc(to <= from ? to.AddDays(1) : to, zone), "ev-off", off.Note ?? "", "/hours", null, null);
    }

    private static CalendarDay Day(DateOnly day, List<Draft> drafts, List<HoursException> exceptions, List<WorkingHours> hours, TimeZoneInfo zone, DateTime now, int firstHour)
    {
        bool Works() => hours.Exists(h => h.Day == day.DayOfWeek && h.HoldsOn(day));
        var off = exceptions.Find(x => x.Of == ExceptionOf.DaysOff && x.First <= day && day <= x.Last);
        var extra = exceptions.Exists(x => x.Of == ExceptionOf.ExtraHours && x.First == day);
        var entries = drafts.Where(d => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(d.StartsAt, zone)) == day)
            // A cancelled hour that was given to somebody else is not drawn under it.
            .Where(d => !d.Faint || !drafts.Exists(o => !o.Faint && o.Css != "ev-open" && o.StartsAt < d.EndsAt && d.StartsAt < o.EndsAt))
            .Where(d => d.Css != "ev-open" || !drafts.Exists(o => o.Faint && o.StartsAt < d.EndsAt && d.StartsAt < o.EndsAt))
            .OrderBy(d => d.StartsAt).Select(d => Entry(d, zone, firstHour)).ToList();
        return new CalendarDay(day, day == DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone)), (off is not null || !Works()) && !extra, off?.Note, entries);
    }

    private static CalendarEntry Entry(Draft d, TimeZoneInfo zone, int firstHour)
    {
        var start = TimeZoneInfo.ConvertTimeFromUtc(d.StartsAt, zone).TimeOfDay;
        var quarters = (int)Math.Ceiling((d.EndsAt - d.StartsAt).TotalMinutes / 15);
        return new CalendarEntry(d.Css, (int)(start.TotalMinutes / 15) - firstHour * 4, Math.Clamp(quarters, 1, 48), d.StartsAt, d.Title, d.Href, d.State) { IsSession = d.Form is not null };
    }

    private static (int First, int Last) Bounds(List<Draft> drafts, TimeZoneInfo zone)
    {
        var starts = drafts.Select(d => TimeZoneInfo.ConvertTimeFromUtc(d.StartsAt, zone)).ToList();
        var first = Math.Min(DefaultFirst, starts.Select(s => s.Hour).DefaultIfEmpty(DefaultFirst).Min());
        var last = drafts.Select(d => TimeZoneInfo.ConvertTimeFromUtc(d.StartsAt, zone).TimeOfDay + (d.EndsAt - d.StartsAt)).Select(e => (int)Math.Ceiling(e.TotalHours)).DefaultIfEmpty(0).Max();
        return (first, Math.Clamp(last, first + DefaultHours, 24));
    }

    private static (string, string, string)? CalendarState(Appointment a, DateTime now) => a.State switch
    {
        AppointmentState.Held => ("waiting", "clock", "State.Held"),
        AppointmentState.Offered => ("waiting", "clock", "State.Offered"),
        AppointmentState.Booked when a.EndsAt <= now && a.Participants.All(p => p.Attendance is null && p.WithdrawnAt is null) => ("care", "pen", "State.Unsettled"),
        _ => SessionWords.State(a, a.Participants.FirstOrDefault(p => p.WithdrawnAt is null) ?? a.Participants[0]),
    };

    private static string Css(SessionForm form) => form switch
    {
        SessionForm.Couple or SessionForm.Family => "ev-couple",
        SessionForm.Group => "ev-group",
        SessionForm.FirstTalk => "ev-first",
        _ => "ev-one",
    };
}
