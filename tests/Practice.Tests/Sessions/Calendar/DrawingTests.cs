using PracticeApp.Booking;
using PracticeApp.Practices;
using PracticeApp.Sessions.Calendar;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Tests.Sessions.Calendar;

/// <summary>Where things are drawn, without pages or a database.</summary>
public sealed class DrawingTests
{
    private static readonly DateOnly Spring = new(2026, 3, 29), Autumn = new(2026, 10, 25), Ordinary = new(2026, 3, 17);

    private static string Lanes(params (int, int)[] spans) => string.Join(' ', SideBySide.Lay(spans).Select(l => $"{l.Index}/{l.Of}"));

    [Fact]
    public void What_overlaps_lies_side_by_side_and_the_rest_keeps_its_width()
    {
        Assert.Equal("0/1 0/1", Lanes((0, 60), (60, 120)));
        Assert.Equal("0/2 1/2 0/1", Lanes((0, 60), (30, 90), (90, 120)));
        Assert.Equal("0/2 1/2 1/2", Lanes((0, 120), (0, 60), (60, 120)));
        Assert.Equal("", Lanes());
    }

    [Fact]
    public void Two_that_overlap_never_share_a_lane()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var spans = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(0, 300)).Select(from => (From: from, To: from + random.Next(15, 90))).ToList();
            var lanes = SideBySide.Lay(spans);
            for (var i = 0; i < spans.Count; i++)
                for (var j = 0; j < i; j++)
                    if (spans[i].From < spans[j].To && spans[j].From < spans[i].To)
                        Assert.True(lanes[i].Of == lanes[j].Of && (lanes[i].Index != lanes[j].Index || lanes[i].Of == SideBySide.Most));
            Assert.All(lanes, l => Assert.InRange(l.Index, 0, l.Of - 1));
        }
    }

    [Fact]
    public void A_day_of_25_hours_has_two_rows_for_the_hour_that_comes_twice()
    {
        var axis = new HourAxis([Autumn, Autumn.AddDays(1)], Slots.Sarajevo, 0, 24);
        Assert.Equal([new AxisRow(2, false), new AxisRow(2, true)], axis.Rows.Where(r => r.Hour == 2));
        Assert.Equal(25, axis.Rows.Count(r => axis.StartOf(Autumn, r) is not null));
        Assert.Equal(24, axis.Rows.Count(r => axis.StartOf(Autumn.AddDays(1), r) is not null));
        Assert.Equal(Slots.Utc("2026-10-25T01:00:00"), axis.StartOf(Autumn, new AxisRow(2, true))!.Value);
        // 2:30 summer time, 2:30 winter time, and what lasts from one to the other.
        Assert.Equal((150, 180), axis.SpanOf(Autumn, Slots.Utc("2026-10-25T00:30:00"), Slots.Utc("2026-10-25T01:00:00")));
        Assert.Equal((210, 240), axis.SpanOf(Autumn, Slots.Utc("2026-10-25T01:30:00"), Slots.Utc("2026-10-25T02:00:00")));
        Assert.Equal((150, 240), axis.SpanOf(Autumn, Slots.Utc("2026-10-25T00:30:00"), Slots.Utc("2026-10-25T02:00:00")));
        Assert.Equal((600, 650), axis.SpanOf(Autumn, Slots.Local("2026-10-25 9:00"), Slots.Local("2026-10-25 9:50")));
    }

    [Fact]
    public void A_day_of_23_hours_has_an_hour_that_is_closed()
    {
        var axis = new HourAxis([Spring], Slots.Sarajevo, 0, 24);
        Assert.Equal(23, axis.Rows.Count(r => axis.StartOf(Spring, r) is not null));
        Assert.Null(axis.StartOf(Spring, new AxisRow(2, false)));
        Assert.Equal((90, 210), axis.SpanOf(Spring, Slots.Utc("2026-03-29T00:30:00"), Slots.Utc("2026-03-29T01:30:00")));
        Assert.Equal(9 * 60, axis.MinuteOf(Spring, Slots.Local("2026-03-29 9:00")));
    }

    [Theory]
    [InlineData("Europe/Sarajevo"), InlineData("Australia/Lord_Howe"), InlineData("Africa/Cairo"), InlineData("America/Santiago"), InlineData("Asia/Kathmandu")]
    public void Every_quarter_of_a_year_is_drawn_after_the_one_before(string zone)
    {
        var at = Slots.Zone(zone);
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            var axis = new HourAxis([day], at, 0, 24);
            var (from, to) = (LocalTime.ToUtc(day.ToDateTime(default), at), LocalTime.ToUtc(day.AddDays(1).ToDateTime(default), at));
            for (var (utc, last) = (from, -1); utc < to; utc = utc.AddMinutes(15))
            {
                var minute = axis.MinuteOf(day, utc);
                Assert.True(minute > last, $"{day} {utc:HH:mm} {minute} after {last}");
                last = minute;
            }
        }
    }

    [Fact]
    public void What_crosses_midnight_is_drawn_on_both_days()
    {
        var axis = new HourAxis([Ordinary, Ordinary.AddDays(1)], Slots.Sarajevo, 0, 24);
        var (from, to) = (Slots.Local("2026-03-17 23:30"), Slots.Local("2026-03-18 0:30"));
        Assert.Equal((23 * 60 + 30, 24 * 60), axis.SpanOf(Ordinary, from, to));
        Assert.Equal((0, 30), axis.SpanOf(Ordinary.AddDays(1), from, to));
        Assert.Equal((0, 0), axis.SpanOf(Ordinary.AddDays(2), from, to));
        Assert.Equal((0, 0), new HourAxis([Ordinary], Slots.Sarajevo, 8, 19).SpanOf(Ordinary, Slots.Local("2026-03-17 6:00"), Slots.Local("2026-03-17 7:00")));
        Assert.Equal((0, 24), CalendarColumns.Bounds([(from, to)], [Ordinary, Ordinary.AddDays(1)], Slots.Sarajevo));
        Assert.Equal((8, 19), CalendarColumns.Bounds([], [Ordinary], Slots.Sarajevo));
        Assert.Equal((7, 21), CalendarColumns.Bounds([(Slots.Local("2026-03-17 7:15"), Slots.Local("2026-03-17 8:00")), (Slots.Local("2026-03-17 20:00"), Slots.Local("2026-03-17 20:50"))], [Ordinary], Slots.Sarajevo));
    }

    [Fact]
    public void A_column_shades_what_lies_outside_the_hours_and_says_where_now_is()
    {
        var axis = new HourAxis([Ordinary], Slots.Sarajevo, 8, 19);
        var open = new[] { (Slots.Local("2026-03-17 13:00"), Slots.Local("2026-03-17 17:00")), (Slots.Local("2026-03-17 9:00"), Slots.Local("2026-03-17 12:00")) };
        var column = CalendarColumns.Draw(new CalendarColumn(Ordinary, default, "") { IsToday = true }, [], open, axis, Slots.Local("2026-03-17 10:20"));
        Assert.Equal(["r0 m0 l1 n0", "r4 m0 l1 n0", "r9 m0 l2 n0"], column.Shut.Select(s => s.Css));
        Assert.Equal("r2 m20 l0 n0", column.Now!.Value.Css);
        Assert.Null(CalendarColumns.Draw(column, [], open, axis, Slots.Local("2026-03-17 20:00")).Now);
    }

    [Fact]
    public void A_cancelled_hour_gives_way_to_whoever_has_it_now_and_a_free_one_to_a_cancelled()
    {
        CalendarItem Item(ItemOf of, string time, bool cancelled = false) => new(of, default, Slots.Local($"2026-03-17 {time}"), Slots.Local($"2026-03-17 {time}").AddMinutes(50), time) { IsCancelled = cancelled };
        var seen = CalendarColumns.Seen([Item(ItemOf.Session, "9:00", true), Item(ItemOf.Session, "9:00"), Item(ItemOf.Session, "11:00", true), Item(ItemOf.Free, "11:00"), Item(ItemOf.Free, "13:00")]);
        Assert.Equal("Session 9:00 False, Session 11:00 True, Free 13:00 False", string.Join(", ", seen.Select(i => $"{i.Of} {i.Title} {i.IsCancelled}")));
    }

    [Theory]
    [InlineData(CalendarView.Day, "2026-03-18", "2026-03-18", "2026-03-18", "2026-03-17", "2026-03-19")]
    [InlineData(CalendarView.Week, "2026-03-18", "2026-03-16", "2026-03-22", "2026-03-09", "2026-03-23")]
    [InlineData(CalendarView.Month, "2026-03-31", "2026-02-23", "2026-04-05", "2026-02-01", "2026-04-01")]
    [InlineData(CalendarView.Month, "2027-02-10", "2027-02-01", "2027-02-28", "2027-01-01", "2027-03-01")]
    [InlineData(CalendarView.Agenda, "2026-03-18", "2026-03-18", "2026-03-31", "2026-03-04", "2026-04-01")]
    public void A_period_knows_its_days_and_its_neighbours(CalendarView view, string day, string first, string last, string before, string after)
    {
        var period = new Period(view, Slots.D(day));
        Assert.Equal((Slots.D(first), Slots.D(last), Slots.D(before), Slots.D(after)), (period.First, period.Last, period.Before, period.After));
        Assert.True(period.Holds(Slots.D(day)));
        Assert.Equal(period.Last, period.Days.Last());
    }

    [Fact]
    public void A_load_fills_its_bar_and_knows_when_it_is_too_much()
    {
        Assert.Equal((85, false), (new Load(17, 20).Filled, new Load(17, 20).IsOver));
        Assert.Equal((100, true), (new Load(6, 5).Filled, new Load(6, 5).IsOver));
        Assert.Equal((0, false), (new Load(6, null).Filled, new Load(6, null).IsOver));
        Assert.Equal((100, 0), (new Load(1, 0).Filled, new Load(0, 0).Filled));
    }

    [Theory]
    [InlineData("https://meet.example.org/{room}", true), InlineData("https://meet.example.org/x?r={room}&a=1", true)]
    [InlineData("http://meet.example.org/{room}", false), InlineData("https://meet.example.org/", false), InlineData("https://{room}.example.org/", false)]
    [InlineData("https://a:b@meet.example.org/{room}", false), InlineData("https://meet.example.org/{room}/{room}", false), InlineData("javascript:{room}", false), InlineData("https://meet.example.org/#", false), InlineData(null, false)]
    public void A_pattern_is_an_https_address_with_one_place_for_the_room(string? text, bool holds) => Assert.Equal(holds, JoinAddress.IsPattern(text));

    [Theory]
    [InlineData("https://meet.example.org/lejla", true), InlineData("http://meet.example.org/lejla", false), InlineData("https://", false), InlineData("https://x@meet.example.org/", false), InlineData("https://meet example.org/", false), InlineData("ftp://a.example", false)]
    public void An_own_room_is_an_https_address(string text, bool holds) => Assert.Equal(holds, JoinAddress.IsAddress(text));

    [Fact]
    public void The_door_opens_ten_minutes_before_and_shuts_at_the_end()
    {
        var start = Slots.Utc("2026-03-17T11:00:00");
        Appointment New(MeetingPlace place)
        {
            var appointment = new Appointment(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), place, null, start, start.AddMinutes(50), 80, "BAM", [Guid.NewGuid()], null);
            appointment.Book(start.AddDays(-1), start.AddDays(-1));
            return appointment;
        }
        var online = New(MeetingPlace.Online);
        OnlineDoor? At(int minutes, string? own = null, string? pattern = "https://m.example/{room}") => OnlineDoor.Of(online, own, pattern, start.AddMinutes(minutes));
        Assert.Equal((start.AddMinutes(-10), (string?)null), (At(-11)!.OpensAt, At(-11)!.Address));
        Assert.Equal($"https://m.example/{online.JoinRoom}", At(-10)!.Address);
        Assert.Equal("https://own.example/", At(49, "https://own.example/")!.Address);
        Assert.Null(At(50));
        Assert.Null(At(0, null, null));
        Assert.Null(OnlineDoor.Of(New(MeetingPlace.Room), "https://own.example/", null, start));
        var before = online.JoinRoom;
        online.ChangeJoinRoom();
        Assert.Equal(32, before.Length);
        Assert.NotEqual(before, online.JoinRoom);
        Assert.NotEqual(before, New(MeetingPlace.Online).JoinRoom);
        online.Cancel(start.AddDays(-1), start.AddDays(-1), null, null, null);
        Assert.Null(At(0));
    }
}
