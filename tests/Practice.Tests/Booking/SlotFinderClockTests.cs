using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.Slots;

namespace PracticeApp.Tests.Booking;

public sealed class SlotFinderClockTests
{
    public static TheoryData<string> Zones => ["Europe/Sarajevo", "Europe/Helsinki", "America/New_York", "America/St_Johns", "America/Santiago", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca"];

    private static Availability EveryDay(string from, string to, SlotGrid grid = SlotGrid.Hour, string zone = "Europe/Sarajevo") => new()
    {
        Zone = Zone(zone),
        Rules = new SlotRules(TimeSpan.Zero, 60, grid),
        Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new WeeklyHours(d, T(from), T(to)))],
    };

    private static SlotSearch Hour(DateTime from, DateTime until, int length = 60) =>
        new(Individual, TimeSpan.FromMinutes(length), TimeSpan.Zero, from.AddDays(-1), from, until);

    [Fact]
    public void Hours_keep_their_reading_when_the_clock_changes()
    {
        var week = SlotFinder.Find(EveryDay("10:00", "11:00"), Hour(Local("2026-10-24"), Local("2026-10-27")));
        Assert.Equal([Utc("2026-10-24 08:00"), Utc("2026-10-25 09:00"), Utc("2026-10-26 09:00")], week.Select(s => s.StartUtc));
    }

    [Fact]
    public void An_hour_that_the_clock_skips_is_not_offered() =>
        Assert.Equal("0:00 1:00 3:00", Readings(EveryDay("0:00", "4:00"), Hour(Local("2026-03-29"), Local("2026-03-30"))));

    [Fact]
    public void An_hour_that_comes_twice_is_offered_twice() =>
        Assert.Equal("0:00 1:00 2:00 2:00 3:00", Readings(EveryDay("0:00", "4:00"), Hour(Local("2026-10-25"), Local("2026-10-26"))));

    [Fact]
    public void A_session_over_the_change_has_its_whole_length()
    {
        var spring = SlotFinder.Find(EveryDay("1:00", "4:00"), Hour(Local("2026-03-29"), Local("2026-03-30"), 120));
        Assert.Equal(new Slot(Utc("2026-03-29 00:00"), Utc("2026-03-29 02:00"), default(SlotPlace)), Assert.Single(spring));
    }

    [Fact]
    public void Hours_inside_the_skipped_hour_offer_nothing() =>
        Assert.Equal("", Readings(EveryDay("2:00", "3:00"), Hour(Local("2026-03-29"), Local("2026-03-30"))));

    [Fact]
    public void Full_slots_run_on_over_the_change() =>
        Assert.Equal("0:00 2:00 3:00", Times(SlotFinder.Find(EveryDay("0:00", "5:00", SlotGrid.Full), Hour(Local("2026-10-25"), Local("2026-10-26"), 120)).OrderBy(s => s.StartUtc)));

    [Fact]
    public void Limits_and_horizon_count_days_as_the_clock_reads_them()
    {
        var late = EveryDay("23:00", "0:00") with { Booked = [Taken("2026-10-25 15:00")] };
        var search = Hour(Local("2026-10-24 12:00"), Local("2026-10-27"));
        Assert.Equal(["10-24", "10-26"], SlotFinder.Find(late with { Rules = late.Rules with { MaxPerDay = 1 } }, search).Select(s => $"{s.StartUtc:MM-dd}"));
        Assert.Equal(["10-24", "10-25"], SlotFinder.Find(late with { Rules = late.Rules with { HorizonDays = 2 } }, search).Select(s => $"{s.StartUtc:MM-dd}"));
    }

    [Fact]
    public void Hours_that_end_when_they_begin_are_a_whole_day() =>
        Assert.Equal(24, SlotFinder.Find(EveryDay("8:00", "8:00") with { Hours = [new(DayOfWeek.Friday, T("8:00"), T("8:00"))] }, Hour(Local("2026-11-26"), Local("2026-11-30"))).Count);

    [Fact]
    public void Hours_go_on_past_midnight()
    {
        var night = EveryDay("22:00", "2:00") with { Hours = [new(DayOfWeek.Friday, T("22:00"), T("2:00"))] };
        Assert.Equal("22:00 23:00 0:00 1:00", Readings(night, Hour(Local("2026-11-27"), Local("2026-11-29"))));
        Assert.Equal("0:00 1:00", Readings(night, Hour(Local("2026-11-28"), Local("2026-11-29"))));
    }

    [Fact]
    public void A_session_may_cross_midnight() =>
        Assert.Equal("23:30", Readings(EveryDay("23:30", "0:30"), Hour(Local("2026-11-28 12:00"), Local("2026-11-29 12:00"))));

    [Fact]
    public void Hours_until_midnight_end_there() =>
        Assert.Equal("22:00 23:00", Readings(EveryDay("22:00", "0:00"), Hour(Local("2026-11-28"), Local("2026-11-29"))));

    [Fact]
    public void A_day_off_ends_the_night_before_and_takes_its_own_night_with_it()
    {
        var night = EveryDay("22:00", "2:00") with { Changes = [new DayOff(D("2026-11-28"), D("2026-11-28"))] };
        Assert.Equal("22:00 23:00 22:00 23:00", Readings(night, Hour(Local("2026-11-27 12:00"), Local("2026-11-30"))));
    }

    [Fact]
    public void Leap_days_are_days()
    {
        var slots = SlotFinder.Find(EveryDay("9:00", "10:00"), Hour(Local("2028-02-28"), Local("2028-03-02")));
        Assert.Equal(["02-28", "02-29", "03-01"], slots.Select(s => $"{s.StartUtc:MM-dd}"));
    }

    [Fact]
    public void The_window_of_a_client_in_another_zone_is_only_a_window()
    {
        // A client's Tuesday in Auckland is the psychologist's Monday afternoon and Tuesday morning.
        var auckland = Zone("Pacific/Auckland");
        var slots = SlotFinder.Find(EveryDay("9:00", "17:00"), Hour(Local("2026-11-24", auckland), Local("2026-11-25", auckland)));
        Assert.Equal("12:00 13:00 14:00 15:00 16:00 9:00 10:00 11:00", Times(slots));
        Assert.All(slots, s => Assert.Equal(24, TimeZoneInfo.ConvertTimeFromUtc(s.StartUtc, auckland).Day));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_clock_change_agrees_with_the_clock_on_the_wall(string id)
    {
        var zone = Zone(id);
        var changes = ChangesOf(zone, 2024, 2037).ToList();
        Assert.True(changes.Count > 20, $"{changes.Count} changes in {id}");
        foreach (var change in changes)
            foreach (var grid in new[] { SlotGrid.Quarter, SlotGrid.Hour, SlotGrid.Full })
            {
                var room = SlotPlace.InRoom(Individual);
                var a = new Availability
                {
                    Zone = zone,
                    Rules = new SlotRules(TimeSpan.FromHours(3), 40, grid),
                    Hours = [.. new[] { -1, 0, 1 }.Select(d => change.AddDays(d).DayOfWeek).SelectMany(d => new WeeklyHours[] { new(d, T("22:20"), T("4:05")), new(d, T("0:00"), T("6:00"), room) })],
                    Breaks = [new(change.DayOfWeek, T("2:10"), T("2:25"))],
                };
                var search = new SlotSearch(Individual, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(10), change.AddDays(-1), change.AddHours(-8), change.AddHours(10));
                var (found, expected) = (SlotFinder.Find(a, search), SlotOracle.Find(a, search));
                Assert.NotEmpty(expected);
                Assert.Equal(found.Count, found.Distinct().Count());
                Assert.True(expected.SetEquals(found), $"{id} {change:u} {grid}: {Times(found, zone)} but the wall says {Times(expected.OrderBy(s => s.StartUtc), zone)}");
            }
    }

    private static IEnumerable<DateTime> ChangesOf(TimeZoneInfo zone, int firstYear, int lastYear)
    {
        for (var at = new DateTime(firstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc); at.Year <= lastYear; at = at.AddMinutes(30))
            if (zone.GetUtcOffset(at) != zone.GetUtcOffset(at.AddMinutes(-30))) yield return at;
    }
}
