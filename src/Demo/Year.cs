using PracticeApp.Booking;
using PracticeApp.Enquiries;

namespace PracticeApp.Demo;

/// <summary>What is to be believed of one client: who they are, what brought them, every hour that was held or is to come.</summary>
internal sealed record PlannedClient(
    int Number, int Psychologist, string Name, bool Woman, Story Story, int Telling, string Email, string Phone, EnquiryDoor Door,
    DateTime ReceivedAt, DateTime AnsweredAt, DateTime AcceptedAt, IReadOnlyList<PlannedHour> Hours, DateTime? EndedAt, Outcome Outcome)
{
    public string Complaint => Story.Complaints[Telling];
    public int Held(DateTime now) => Hours.Count(h => h.StartsAt < now && h.Attendance == AttendanceKind.Attended);
}

/// <summary>How a course of work stands or ended.</summary>
internal enum Outcome { InWork, Reached, Closed, Reshaped, Referred, SetAside }

/// <summary>One booked hour.</summary>
/// <param name="Attendance">Null for what is still to come, or waits to be settled.</param>
/// <param name="CancelledAt">Set when it was cancelled, by whomever.</param>
/// <param name="Level">The client's own rating after it, −2…+2.</param>
internal sealed record PlannedHour(DateTime StartsAt, int Minutes, bool FirstTalk, bool Online, AttendanceKind? Attendance, int? LateMinutes, DateTime? CancelledAt, int? Level, DateTime? ConfirmedAt);

/// <summary>An enquiry that did not become work: referred, declined, withdrawn, or waiting now.</summary>
internal sealed record PlannedEnquiry(Story Story, int Telling, string Name, string Phone, EnquiryDoor Door, EnquiryState State, DateTime ReceivedAt, DateTime? AnsweredAt);

/// <summary>
/// A year of a practice, laid out before anything is written: the same for the same day. Each client keeps a weekly hour
/// of their own, so nobody is ever booked twice.
/// </summary>
internal sealed class Year
{
    private static readonly int[] s_hours = [9, 10, 11, 13, 14, 15, 16];
    /// <summary>Hours of the first psychologist's present day, so that it is full whenever one looks.</summary>
    private static readonly int[] s_today = [12, 9, 10, 14, 15, 18];

    private readonly Random _random;
    private readonly TimeZoneInfo _zone;
    private readonly DateTime _now;
    private readonly DateOnly _today;
    private readonly Dictionary<(string, bool), int> _names = [];
    private readonly HashSet<string> _emails = [];
    private readonly IReadOnlyList<NamedClient> _named;
    private readonly string _mail;

    public List<PlannedClient> Clients { get; } = [];
    public List<PlannedEnquiry> Enquiries { get; } = [];

    /// <param name="languages">Of each psychologist, the first one preferred.</param>
    /// <param name="named">Clients whom everybody may sign in as.</param>
    public Year(int seed, DateTime now, TimeZoneInfo zone, IReadOnlyList<string[]> languages, int clientsEach, string mail, IReadOnlyList<NamedClient> named)
    {
        (_random, _now, _zone, _mail, _named) = (new Random(seed), now, zone, mail, named);
        _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        for (var psychologist = 0; psychologist < languages.Count; psychologist++) Plan(psychologist, languages[psychologist], clientsEach);
        var spoken = languages.SelectMany(l => l).Distinct().ToArray();
        for (var i = 0; i < clientsEach * languages.Count * 2 / 5; i++) Enquiries.Add(Unmet(spoken));
        foreach (var minutes in new[] { 205, 130, 55, 40, 12 }.Take(Math.Max(2, languages.Count - 1))) Enquiries.Add(Waiting(spoken, minutes));
    }

    private void Plan(int psychologist, string[] languages, int count)
    {
        var deck = languages.SelectMany((l, i) => Stories(l).SelectMany(s => new[] { (Story: s, Telling: 0), (Story: s, Telling: 1) }).Select(c => (c.Story, c.Telling, Order: _random.NextDouble() + i * 0.35)))
            .OrderBy(c => c.Order).Select(c => (c.Story, c.Telling)).ToList();
        // Those whom everybody may sign in as get their story first.
        var named = new Dictionary<NamedClient, (Story Story, int Telling)>();
        foreach (var client in _named.Where(k => k.Psychologist == psychologist))
        {
            named[client] = deck.First(c => c.Story.Language == client.Language && c.Story.Woman == client.Woman && !named.Values.Any(v => v.Story == c.Story));
            deck.Remove(named[client]);
        }
        // From which day on a weekly hour is free again; the full day is kept for its own.
        var free = psychologist == 0 ? s_hours.Concat(s_today).Distinct().ToDictionary(h => (_today.DayOfWeek, h), _ => DateOnly.MaxValue) : [];
        for (var n = 0; n < count; n++)
        {
            var start = _today.AddDays(-(int)(372 * (1 - (n + 0.6) / count)) + _random.Next(-4, 5));
            if (start >= _today) start = _today.AddDays(-1);
            var known = named.Keys.FirstOrDefault(k => k.FromTheLast == count - n);
            var card = known is null ? deck.Take(6).MaxBy(c => Tide(c.Story.Theme, start.Month) + _random.NextDouble() * 0.3) : named[known];
            deck.Remove(card);
            var busyToday = psychologist == 0 && n >= count - s_today.Length - 3 && n < count - 3;
            Clients.Add(Client(psychologist, n, count, card.Story, card.Telling, known, start, free, busyToday ? s_today[count - 4 - n] : null));
        }
    }

    private PlannedClient Client(int psychologist, int n, int count, Story story, int telling, NamedClient? known, DateOnly start, Dictionary<(DayOfWeek, int), DateOnly> free, int? hourToday)
    {
        var (name, email, phone) = Who(story);
        if (known is not null) (name, email) = (known.Name, known.Email);
        var door = _random.NextDouble() switch { < 0.66 => EnquiryDoor.Form, < 0.9 => EnquiryDoor.Phone, _ => EnquiryDoor.WalkIn };
        var received = door == EnquiryDoor.Form ? At(start, _random.Next(8, 22), _random.Next(60)) : At(start, _random.Next(9, 16), _random.Next(60));
        var answered = Min(Answered(received), _now.AddMinutes(-30));
        var weekly = _random.NextDouble() < 0.68;
        var goesOn = hourToday is not null || known is not null || n >= count - 9 || _random.NextDouble() < 0.42;
        var sessions = goesOn ? 60 : _random.Next(7, 15);

        (DayOfWeek Day, int Hour) slot = (_today.DayOfWeek, hourToday ?? 0);
        while (hourToday is null && (slot.Hour == 0 || free.GetValueOrDefault(slot) > start))
            slot = ((DayOfWeek)_random.Next(1, 6), s_hours[_random.Next(s_hours.Length)]);

        var hours = Hours(start, slot, weekly, sessions, hourToday is not null, psychologist);
        var ended = !goesOn && hours.Count > 0 && hours[^1].StartsAt < _now.AddDays(-3);
        free[slot] = ended ? DateOnly.FromDateTime(hours[^1].StartsAt).AddDays(1) : DateOnly.MaxValue;
        var outcome = !ended ? Outcome.InWork : _random.NextDouble() switch { < 0.76 => Outcome.Reached, < 0.86 => Outcome.Closed, < 0.91 => Outcome.Reshaped, < 0.96 => Outcome.SetAside, _ => Outcome.Referred };
        if (outcome == Outcome.Reached) hours = Reaching(hours);
        // Now and then the line does not move: time to look back.
        else if (!ended && known is null && n % 8 == 3) hours = hours.ConvertAll(h => h.Level is { } level ? h with { Level = Math.Min(level, -1) } : h);
        return new PlannedClient(Clients.Count, psychologist, name, story.Woman, story, telling, email, phone, door, received, answered, answered.AddMinutes(_random.Next(1, 25)),
            hours, ended ? hours[^1].StartsAt.AddDays(1) : null, outcome);
    }

    /// <summary>The same line, bent upwards as far as its end needs to be what was hoped for.</summary>
    private static List<PlannedHour> Reaching(List<PlannedHour> hours)
    {
        var last = hours.FindLastIndex(h => h.Level is not null);
        var missing = last < 0 ? 0 : Math.Max(0, 1 - hours[last].Level!.Value);
        return [.. hours.Select((h, i) => h.Level is { } level ? h with { Level = level + (int)Math.Round(missing * (double)i / last) } : h)];
    }

    /// <summary>From the first talk to the coming weeks; the hour stays the same by the clock on the wall.</summary>
    private List<PlannedHour> Hours(DateOnly start, (DayOfWeek Day, int Hour) slot, bool weekly, int most, bool anchoredToday, int psychologist)
    {
        var hours = new List<PlannedHour>();
        var day = start.AddDays(2);
        while (day.DayOfWeek != slot.Day) day = day.AddDays(1);
        if (!weekly && anchoredToday && (_today.DayNumber - day.DayNumber) / 7 % 2 != 0) day = day.AddDays(7);
        var online = _random.NextDouble() < 0.2;
        var level = -2.0;
        for (var horizon = _today.AddDays(28); day <= horizon && hours.Count < most; day = day.AddDays(weekly ? 7 : 14))
        {
            if (Away(day, psychologist) && day != _today) continue;
            var startsAt = At(day, slot.Hour, 0);
            var first = hours.Count == 0;
            if (startsAt > _now || day == _today && startsAt.AddHours(3) > _now)
            {
                var confirmed = startsAt < _now.AddHours(30) && _random.NextDouble() < 0.7 ? Min(startsAt, _now).AddHours(-_random.Next(3, 20)) : (DateTime?)null;
                hours.Add(new(startsAt, first ? 20 : 50, first, online, null, null, null, null, confirmed));
                continue;
            }
            var (attendance, late, cancelledAt) = Happened(startsAt, first);
            if (attendance == AttendanceKind.Attended && !first) level = Math.Clamp(level + 0.12 + (_random.NextDouble() - 0.35) * 0.9, -2, 2);
            hours.Add(new(startsAt, first ? 20 : 50, first, online, attendance, late, cancelledAt,
                attendance == AttendanceKind.Attended && hours.Count >= 3 ? (int)Math.Round(level) : null, startsAt.AddHours(-_random.Next(20, 40))));
        }
        return hours;
    }

    private (AttendanceKind, int? Late, DateTime? CancelledAt) Happened(DateTime startsAt, bool first)
    {
        var winter = TimeZoneInfo.ConvertTimeFromUtc(startsAt, _zone).Month is 12 or 1 or 2 ? 0.03 : 0;
        return _random.NextDouble() switch
        {
            var p when first || p < 0.865 - winter => (AttendanceKind.Attended, _random.NextDouble() < 0.07 ? _random.Next(4, 15) : null, null),
            < 0.915 => (AttendanceKind.CancelledInTime, null, startsAt.AddHours(-_random.Next(26, 90))),
            < 0.95 => (AttendanceKind.CancelledLate, null, startsAt.AddHours(-_random.Next(2, 22))),
            < 0.98 => (AttendanceKind.NoShow, null, null),
            < 0.993 => (AttendanceKind.Excused, null, null),
            _ => (AttendanceKind.CancelledByPsychologist, null, startsAt.AddHours(-_random.Next(20, 60))),
        };
    }

    private PlannedEnquiry Unmet(string[] languages)
    {
        var stories = languages.SelectMany(Stories).ToList();
        var story = stories[_random.Next(stories.Count)];
        var day = _today.AddDays(-_random.Next(2, 365));
        var received = At(day, _random.Next(8, 22), _random.Next(60));
        var state = _random.NextDouble() switch { < 0.5 => EnquiryState.Referred, < 0.8 => EnquiryState.Declined, _ => EnquiryState.Withdrawn };
        var (name, _, phone) = Who(story);
        return new(story, _random.Next(2), name, phone, _random.NextDouble() < 0.7 ? EnquiryDoor.Form : EnquiryDoor.Phone, state, received, Answered(received));
    }

    private PlannedEnquiry Waiting(string[] languages, int minutes)
    {
        var stories = Stories(languages[Enquiries.Count % languages.Length]);
        var story = stories[_random.Next(stories.Length)];
        var (name, _, phone) = Who(story);
        return new(story, _random.Next(2), name, phone, minutes == 205 ? EnquiryDoor.Phone : EnquiryDoor.Form, EnquiryState.Waiting, _now.AddMinutes(-minutes), null);
    }

    private (string Name, string Email, string Phone) Who(Story story)
    {
        string first, last;
        do
        {
            var n = _names.GetValueOrDefault((story.Language, story.Woman));
            _names[(story.Language, story.Woman)] = n + 1;
            (first, last) = Names.Of(story.Language, story.Woman, n);
        }
        while (_named.Any(k => k.Name == $"{first} {last}"));
        var email = $"{Names.Latin(first)}.{Names.Latin(last)}";
        while (!_emails.Add(email)) email += "1";
        return ($"{first} {last}", $"{email}@{_mail}", $"+387 61 {_random.Next(100, 1000)} {_random.Next(100, 1000)}");
    }

    /// <summary>Within working hours: most inside the promise, a few after it.</summary>
    private DateTime Answered(DateTime received)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(received, _zone);
        var from = local.Hour < 9 ? local.Date.AddHours(9) : local.Hour >= 17 ? local.Date.AddDays(1).AddHours(9) : local;
        while (from.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) from = from.Date.AddDays(1).AddHours(9);
        var minutes = _random.NextDouble() < 0.93 ? _random.Next(15, 220) : _random.Next(250, 420);
        return Utc(from.AddMinutes(minutes));
    }

    /// <summary>Holidays of each, in turns, and the days when nobody works.</summary>
    private static bool Away(DateOnly day, int psychologist)
    {
        var summer = Holiday(day.Year, psychologist);
        return day >= summer && day < summer.AddDays(14) || (day.Month, day.Day) is (12, 25) or (1, 1) or (1, 2) or (5, 1);
    }

    internal static DateOnly Holiday(int year, int psychologist) => new DateOnly(year, 7, 13).AddDays(psychologist % 3 * 14);

    /// <summary>How much of a theme a month brings: couples after holidays and in autumn, low mood with the dark.</summary>
    private static double Tide(string theme, int month) => theme switch
    {
        "couple-relations" or "divorce-or-separation" => month is 1 or 2 or 9 or 10 ? 0.9 : 0.3,
        "low-mood" or "meaning-of-life" => month is 11 or 12 or 1 or 2 ? 0.9 : 0.1,
        "children" or "teenagers" => month is 9 or 10 or 3 or 4 ? 0.8 : 0.2,
        "work" or "self-esteem" => month is 3 or 5 or 10 or 11 ? 0.7 : 0.4,
        "decisions" => month is 5 or 6 or 8 ? 0.8 : 0.3,
        _ => 0.4,
    };

    internal static Story[] Stories(string language) => language switch
    {
        "bs" => StoriesBosnian.All,
        "ru" => StoriesRussian.All,
        "fi" => StoriesFinnish.All,
        _ => StoriesEnglish.All,
    };

    private DateTime At(DateOnly day, int hour, int minute) => Utc(day.ToDateTime(new TimeOnly(hour, minute)));

    private DateTime Utc(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), _zone);

    private static DateTime Min(DateTime a, DateTime b) => a < b ? a : b;
}
