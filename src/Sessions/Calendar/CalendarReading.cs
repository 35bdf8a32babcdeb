using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Sessions.Calendar;

/// <summary>
/// Gathers what stands in calendars. Which agreements and accounts are spoken of is what the reader may know: at the front desk neither.
/// </summary>
public sealed class CalendarReading(PracticeDb db, OfferedSlots offered, TimeProvider clock, IStringLocalizer<Texts> c, IStringLocalizer<Booking.Texts> b)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    /// <summary>What is shorter is not shown as free.</summary>
    private static readonly TimeSpan Worthwhile = TimeSpan.FromMinutes(30);

    /// <summary>The sessions of these psychologists that touch [from, until), UTC.</summary>
    /// <param name="marks">Also what is missing before a session: a confirmation that came back, a signature, money.</param>
    public async Task<List<CalendarItem>> SessionsAsync(IReadOnlyCollection<Guid> psychologists, DateTime from, DateTime until, bool marks, bool initials, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var appointments = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants)
            .Where(a => psychologists.Contains(a.PsychologistId) && a.MeetingId == null && a.StartsAt < until && a.EndsAt > from
                && (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled || ((a.State == AppointmentState.Held || a.State == AppointmentState.Offered) && a.HoldUntil > now)))
            .OrderBy(a => a.StartsAt).ToListAsync(ct);
        var (kindIds, ids) = (appointments.Select(a => a.KindId).Distinct().ToList(), appointments.Where(a => a.EndsAt > now).Select(a => a.Id).ToList());
        var clientIds = appointments.SelectMany(a => a.Participants).Select(p => p.ClientId).Distinct().ToList();
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => kindIds.Contains(k.Id)).ToDictionaryAsync(k => k.Id, ct);
        var rooms = await db.Rooms.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        var names = await db.Clients.Where(x => clientIds.Contains(x.Id)).Select(x => new { x.Id, x.Name, x.CalledName, Unreached = (x.MailFailsSince != null && x.Contact.Mail) || (x.TextFailsSince != null && x.Contact.Text) }).ToDictionaryAsync(x => x.Id, x => (x.Name, x.CalledName, x.Unreached), ct);
        var failed = (await db.Notices.Where(n => n.AppointmentId != null && ids.Contains(n.AppointmentId.Value) && n.State == NoticeState.Failed).Select(n => n.AppointmentId!.Value).ToListAsync(ct)).ToHashSet();
        var ahead = marks ? appointments.FindAll(a => a.State == AppointmentState.Booked && a.StartsAt > now) : [];
        var groups = await db.ReachableGroups().Select(g => new { g.Id, g.Name }).ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        var unsigned = await UnsignedAsync(ahead, kinds, ct);
        var money = await MoneyAsync(ahead, ct);

        return appointments.ConvertAll(a =>
        {
            var kind = kinds[a.KindId];
            // A meeting of a group has nobody in it; who comes has a place beside it.
            if (a.GroupId is { } group)
                return new CalendarItem(ItemOf.Session, a.PsychologistId, a.StartsAt, a.EndsAt, groups.GetValueOrDefault(group, ""))
                {
                    AppointmentId = a.Id, Href = $"/groups/date/{a.Id}", Form = kind.Form, Kind = kind.Name.In(Languages.Current),
                    Place = a.Place == MeetingPlace.Online ? b["Place.Online"] : a.RoomId is { } hall ? rooms.GetValueOrDefault(hall, "") : b["Place.NoRoom"],
                    IsCancelled = a.State == AppointmentState.Cancelled, IsOver = a.EndsAt <= now,
                };
            var coming = a.Participants.Where(p => p.WithdrawnAt is null).DefaultIfEmpty(a.Participants[0]).ToList();
            // What failed once, or what will: the address does not take mail.
            var unsent = failed.Contains(a.Id) || (a.State == AppointmentState.Booked && a.StartsAt > now && coming.Exists(p => names[p.ClientId].Unreached));
            string Called(AppointmentParticipant p) => initials ? Initials(names[p.ClientId].Name) : coming.Count == 1 ? names[p.ClientId].Name : names[p.ClientId].CalledName;
            return new CalendarItem(ItemOf.Session, a.PsychologistId, a.StartsAt, a.EndsAt, string.Join(", ", coming.Select(Called)))
            {
                AppointmentId = a.Id, Href = $"/calendar/{a.Id}", Form = kind.Form, Kind = kind.Name.In(Languages.Current),
                Place = a.Place == MeetingPlace.Online ? b["Place.Online"] : a.RoomId is { } room ? rooms.GetValueOrDefault(room, "") : b["Place.NoRoom"],
                CanMove = a.State == AppointmentState.Booked && a.StartsAt > now,
                IsHeld = a.State is AppointmentState.Held or AppointmentState.Offered, IsCancelled = a.State == AppointmentState.Cancelled, IsOver = a.EndsAt <= now,
                State = unsent ? new Mark("care", "alert", b["State.MailFailed"]) : StateOf(a, coming, now),
                Marks = [.. MarksOf(a, kind, coming, unsent, unsigned.Contains(a.Id), money, now)],
            };
        });
    }

    /// <summary>Who is in which room, by the psychologist's name alone.</summary>
    public async Task<List<CalendarItem>> RoomsAsync(IReadOnlyDictionary<Guid, string> psychologists, DateTime from, DateTime until, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var taken = await db.ReachableAppointments().AsNoTracking()
            .Where(a => a.RoomId != null && a.MeetingId == null && a.StartsAt < until && a.EndsAt > from && (a.State == AppointmentState.Booked || ((a.State == AppointmentState.Held || a.State == AppointmentState.Offered) && a.HoldUntil > now)))
            .OrderBy(a => a.StartsAt).Select(a => new { a.Id, a.RoomId, a.PsychologistId, a.StartsAt, a.EndsAt, a.State, a.GroupId }).ToListAsync(ct);
        return taken.ConvertAll(a => new CalendarItem(ItemOf.Session, a.RoomId!.Value, a.StartsAt, a.EndsAt, psychologists.GetValueOrDefault(a.PsychologistId, ""))
        {
            AppointmentId = a.Id, Href = $"/calendar/{a.Id}", IsOver = a.EndsAt <= now, IsHeld = a.State is AppointmentState.Held or AppointmentState.Offered, CanMove = a.State == AppointmentState.Booked && a.StartsAt > now && a.GroupId == null,
            State = Kept(a.State),
        });
    }

    /// <summary>What is left of the time in which rooms can be used, from now on; each stretch leads to a new session at its beginning.</summary>
    public async Task<List<CalendarItem>> FreeRoomsAsync(IReadOnlyDictionary<Guid, IReadOnlyList<(DateTime From, DateTime To)>> open, DateTime from, DateTime until, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var soon = new DateTime((now.Ticks / Quarter.Ticks + 1) * Quarter.Ticks, DateTimeKind.Utc);
        var ids = open.Keys.ToList();
        var taken = (await db.Occupancies.AsNoTracking().Where(o => ids.Contains(o.ResourceId) && o.StartsAt < until && o.EndsAt > from && (o.ExpiresAt == null || o.ExpiresAt > now))
                .Select(o => new { Room = o.ResourceId, o.StartsAt, o.EndsAt }).ToListAsync(ct))
            .Concat(await db.TalkHolds.AsNoTracking().Where(h => h.RoomId != null && ids.Contains(h.RoomId.Value) && h.EndedAt == null && h.HeldUntil > now && h.StartsAt < until && h.EndsAt > from)
                .Select(h => new { Room = h.RoomId!.Value, h.StartsAt, h.EndsAt }).ToListAsync(ct)).OrderBy(t => t.StartsAt).ToLookup(t => t.Room);
        var free = new List<CalendarItem>();
        foreach (var (room, spans) in open)
            foreach (var (start, end) in spans)
            {
                var at = start > from ? start : from;
                if (at < soon) at = soon;
                var last = end < until ? end : until;
                foreach (var busy in taken[room])
                {
                    Add(room, at, busy.StartsAt < last ? busy.StartsAt : last);
                    if (busy.EndsAt > at) at = busy.EndsAt;
                }
                Add(room, at, last);
            }
        return free;

        void Add(Guid room, DateTime start, DateTime end)
        {
            if (end - start >= Worthwhile) free.Add(new CalendarItem(ItemOf.Free, room, start, end, c["Free"]) { Href = $"/calendar/new?at={new SlotValue(start, MeetingPlace.Room)}&place={StaffChoices.ValueOf(MeetingPlace.Room, room)}" });
        }
    }

    /// <summary>Free slots for a session of the commonest kind, one after the other.</summary>
    public async Task<List<CalendarItem>> FreeAsync(IReadOnlyCollection<Guid> psychologists, DateTime from, DateTime until, CancellationToken ct)
    {
        var kind = await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.Form == SessionForm.Individual).OrderBy(k => k.Position).FirstOrDefaultAsync(ct);
        if (kind is null) return [];
        var (free, ends) = (new List<CalendarItem>(), new Dictionary<Guid, DateTime>());
        foreach (var (psychologist, slot) in await offered.FindAsync(psychologists, kind, [], from, until, ct))
        {
            if (ends.TryGetValue(psychologist, out var end) && slot.StartUtc < end + kind.Buffer) continue;
            ends[psychologist] = slot.EndUtc;
            free.Add(new CalendarItem(ItemOf.Free, psychologist, slot.StartUtc, slot.EndUtc, c["Free"]) { Href = $"/calendar/new?who={psychologist}&at={SlotValue.Of(slot)}" });
        }
        return free;
    }

    /// <summary>When they work, and as items their breaks and the hours they keep for themselves.</summary>
    public async Task<(Dictionary<Guid, WorkDays> Days, List<CalendarItem> Items)> HoursAsync(IReadOnlyCollection<Membership> psychologists, DateOnly first, DateOnly last, CancellationToken ct)
    {
        var ids = psychologists.Select(p => p.UserId).ToList();
        var (from, to) = (first.AddDays(-1), last.AddDays(1));
        var hours = (await db.WorkingHours.AsNoTracking().Where(h => ids.Contains(h.PsychologistId)).ToListAsync(ct)).ToLookup(h => h.PsychologistId);
        var exceptions = (await db.HoursExceptions.AsNoTracking().Where(x => ids.Contains(x.PsychologistId) && x.First <= to && x.Last >= from).ToListAsync(ct)).ToLookup(x => x.PsychologistId);
        var rules = await db.BookingRules.AsNoTracking().Where(r => ids.Contains(r.PsychologistId)).ToDictionaryAsync(r => r.PsychologistId, ct);
        var items = new List<CalendarItem>();
        var days = new Dictionary<Guid, WorkDays>();
        foreach (var who in psychologists)
        {
            var zone = who.Zone;
            var open = new List<(DateTime, DateTime)>();
            var off = exceptions[who.UserId].Where(x => x.Of == ExceptionOf.DaysOff).ToList();
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                if (off.Exists(x => x.First <= day && day <= x.Last)) continue;
                foreach (var h in hours[who.UserId].Where(h => h.Day == day.DayOfWeek && h.HoldsOn(day)))
                {
                    var span = Span(day, h.From, h.To, zone);
                    if (h.IsBreak) items.Add(new CalendarItem(ItemOf.Break, who.UserId, span.From, span.To, c["Break"]));
                    else open.Add(span);
                }
            }
            foreach (var x in exceptions[who.UserId].Where(x => x.Of != ExceptionOf.DaysOff))
            {
                var span = Span(x.First, x.From!.Value, x.To!.Value, zone);
                if (x.Of == ExceptionOf.ExtraHours) open.Add(span);
                else items.Add(new CalendarItem(ItemOf.Away, who.UserId, span.From, span.To, x.Note is { Length: > 0 } note ? note : c["Away"]) { Href = $"/hours/days?who={who.UserId}" });
            }
            days[who.UserId] = new WorkDays(open, off, rules.GetValueOrDefault(who.UserId) ?? BookingRules.Default(db.Current.PracticeId, who.UserId));
        }
        return (days, items);
    }

    /// <summary>Sessions of each psychologist that are planned between two moments.</summary>
    public async Task<Dictionary<Guid, int>> BookedAsync(IReadOnlyCollection<Guid> psychologists, DateTime from, DateTime until, CancellationToken ct) =>
        await db.ReachableAppointments().Where(a => psychologists.Contains(a.PsychologistId) && a.State == AppointmentState.Booked && a.MeetingId == null && a.StartsAt >= from && a.StartsAt < until)
            .GroupBy(a => a.PsychologistId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    public static string Initials(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => $"{char.ToUpperInvariant(w[0])}."));

    private static (DateTime From, DateTime To) Span(DateOnly day, TimeOnly from, TimeOnly to, TimeZoneInfo zone) =>
        (LocalTime.ToUtc(day.ToDateTime(from), zone), LocalTime.ToUtc((to <= from ? day.AddDays(1) : day).ToDateTime(to), zone));

    /// <summary>Not booked yet: somebody confirms or thinks an offer over.</summary>
    private Mark? Kept(AppointmentState state) => state switch
    {
        AppointmentState.Held => new Mark("waiting", "clock", b["State.Held"]),
        AppointmentState.Offered => new Mark("waiting", "clock", b["State.Offered"]),
        _ => null,
    };

    private Mark StateOf(Appointment a, List<AppointmentParticipant> coming, DateTime now)
    {
        if (Kept(a.State) is { } kept) return kept;
        if (a.State == AppointmentState.Booked && a.EndsAt <= now && coming.TrueForAll(p => p.Attendance is null)) return new Mark("care", "pen", b["State.Unsettled"]);
        if (a.State == AppointmentState.Booked && coming.Count > 1)
        {
            var (came, confirmed) = (coming.Count(p => p.Attendance == AttendanceKind.Attended), coming.Count(p => p.ConfirmedAt is not null));
            if (came > 0 && came < coming.Count) return new Mark("", "people", c["Came", came, coming.Count]);
            if (a.EndsAt > now && confirmed > 0 && confirmed < coming.Count) return new Mark("waiting", "clock", c["ConfirmedSome", confirmed, coming.Count]);
            if (a.EndsAt > now && confirmed == 0) return new Mark("waiting", "clock", b["State.Unconfirmed"]);
        }
        var (kind, icon, text) = SessionWords.State(a, coming[0]);
        return new Mark(kind, icon, b[text]);
    }

    private IEnumerable<Mark> MarksOf(Appointment a, SessionKind kind, List<AppointmentParticipant> coming, bool failed, bool unsigned, Dictionary<Guid, decimal> money, DateTime now)
    {
        if (a.State != AppointmentState.Booked || a.EndsAt <= now) yield break;
        if (failed && coming.Exists(p => p.ConfirmedAt is null)) yield return new Mark("waiting", "clock", b["State.Unconfirmed"]);
        if (unsigned) yield return new Mark("waiting", "doc", c["Unsigned"]);
        var due = coming.Max(p => money.TryGetValue(p.ClientId, out var owed) ? owed : (decimal?)null);
        if (due > 0) yield return new Mark("care", "info", c["Unpaid"]);
        else if (due is not null && kind.NeedsPrepayment && a.Price > 0 && -due < a.Price) yield return new Mark("care", "info", c["NotPrepaid"]);
        if (a.Place == MeetingPlace.Online) yield return new Mark("", "online", b["Place.Online"]);
    }

    /// <summary>Sessions ahead that need an agreement and have none in force, as far as the reader may know.</summary>
    private async Task<HashSet<Guid>> UnsignedAsync(List<Appointment> ahead, Dictionary<Guid, SessionKind> kinds, CancellationToken ct)
    {
        var need = ahead.FindAll(a => kinds[a.KindId].NeedsAgreement && (db.Current.Is(Role.Admin) || a.PsychologistId == db.Current.UserId));
        if (need.Count == 0) return [];
        var engagements = need.Select(a => a.EngagementId).Distinct().ToList();
        var inForce = await db.AgreementStates().Where(a => engagements.Contains(a.EngagementId) && a.State == AgreementState.InForce).Select(a => a.EngagementId).ToListAsync(ct);
        return [.. need.Where(a => !inForce.Contains(a.EngagementId)).Select(a => a.Id)];
    }

    /// <summary>What each person owes, negative for what is kept for later; only people whose account the reader may open.</summary>
    private async Task<Dictionary<Guid, decimal>> MoneyAsync(List<Appointment> ahead, CancellationToken ct)
    {
        var ids = ahead.SelectMany(a => a.Participants).Select(p => p.ClientId).Distinct().ToList();
        if (ids.Count == 0) return [];
        var open = await db.ClientsWithAccounts().Where(x => ids.Contains(x.Id)).Select(x => x.Id).ToListAsync(ct);
        var charged = await db.Charges.Where(x => open.Contains(x.ClientId) && x.State == ChargeState.Confirmed && x.PackageId == null).GroupBy(x => x.ClientId).Select(g => new { g.Key, Sum = g.Sum(x => x.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        var paid = await db.Payments.Where(x => open.Contains(x.ClientId)).GroupBy(x => x.ClientId).Select(g => new { g.Key, Sum = g.Sum(x => x.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        return open.ToDictionary(id => id, id => charged.GetValueOrDefault(id) - paid.GetValueOrDefault(id));
    }
}
