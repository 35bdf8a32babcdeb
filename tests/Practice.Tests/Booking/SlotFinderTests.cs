using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.Slots;

namespace PracticeApp.Tests.Booking;

public sealed class SlotFinderTests
{
    private static readonly Guid RoomA = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid RoomB = new("00000000-0000-0000-0000-00000000000b");
    private static readonly DateTime Sunday = Utc("2026-11-22 12:00");

    private static readonly Availability Lejla = new()
    {
        Zone = Sarajevo,
        Rules = new SlotRules(TimeSpan.Zero, 60, SlotGrid.Hour),
        Hours = [new(DayOfWeek.Monday, T("9:00"), T("12:00"))],
    };

    private static string Monday(Availability a, SlotSearch? search = null) => Readings(a, search ?? On("2026-11-23"));

    private static SlotSearch On(string day, int length = 50, int buffer = 10) =>
        new(Individual, TimeSpan.FromMinutes(length), TimeSpan.FromMinutes(buffer), Sunday, Local(day), Local(day).AddDays(1));

    private static SlotRules Rules(SlotGrid grid = SlotGrid.Hour, int noticeHours = 0, int horizon = 60, int? perDay = null, int? perWeek = null) =>
        new(TimeSpan.FromHours(noticeHours), horizon, grid, perDay, perWeek);

    [Fact]
    public void Slots_stand_on_the_grid_inside_the_hours() => Assert.Equal("9:00 10:00 11:00", Monday(Lejla));

    [Fact]
    public void A_slot_ends_with_the_session_and_not_with_the_buffer()
    {
        var slot = SlotFinder.Find(Lejla, On("2026-11-23"))[0];
        Assert.Equal(new Slot(Utc("2026-11-23 08:00"), Utc("2026-11-23 08:50"), default(SlotPlace)), slot);
    }

    [Fact]
    public void The_buffer_must_fit_inside_the_hours_too() => Assert.Equal("9:00 10:00", Monday(Lejla, On("2026-11-23", 50, 15)));

    [Fact]
    public void A_session_that_fills_the_hours_exactly_fits() => Assert.Equal("9:00", Monday(Lejla, On("2026-11-23", 180, 0)));

    [Fact]
    public void A_session_longer_than_the_hours_does_not_fit() => Assert.Equal("", Monday(Lejla, On("2026-11-23", 180, 1)));

    [Theory]
    [InlineData(SlotGrid.Quarter, "9:20 9:35 9:50 10:05 10:20")]
    [InlineData(SlotGrid.Half, "9:20 9:50 10:20")]
    [InlineData(SlotGrid.Hour, "9:20 10:20")]
    public void The_grid_counts_from_the_start_of_the_hours(SlotGrid grid, string expected) =>
        Assert.Equal(expected, Monday(Lejla with { Rules = Rules(grid), Hours = [new(DayOfWeek.Monday, T("9:20"), T("11:20"))] }));

    [Fact]
    public void Nothing_is_offered_on_other_days() => Assert.Equal("", Readings(Lejla, On("2026-11-24")));

    [Fact]
    public void Nothing_is_offered_in_a_break() =>
        Assert.Equal("9:00 11:00", Monday(Lejla with { Breaks = [new(DayOfWeek.Monday, T("10:30"), T("10:40"))] }));

    [Fact]
    public void A_break_that_touches_costs_nothing() =>
        Assert.Equal("9:00 11:00", Monday(Lejla with { Breaks = [new(DayOfWeek.Monday, T("10:00"), T("11:00"))] }));

    [Fact]
    public void A_break_holds_only_while_it_is_valid() =>
        Assert.Equal("9:00 10:00 11:00", Monday(Lejla with { Breaks = [new(DayOfWeek.Monday, T("9:00"), T("12:00"), ValidUntil: D("2026-11-22"))] }));

    [Fact]
    public void Taken_time_is_not_offered_and_time_beside_it_is() =>
        Assert.Equal("9:00 11:00", Monday(Lejla with { Busy = [new(Local("2026-11-23 10:00"), Local("2026-11-23 11:00"))] }));

    [Fact]
    public void One_taken_minute_is_enough() =>
        Assert.Equal("10:00 11:00", Monday(Lejla with { Busy = [new(Local("2026-11-23 9:59"), Local("2026-11-23 10:00"))] }));

    [Fact]
    public void Taken_times_may_overlap_and_come_in_any_order() =>
        Assert.Equal("11:00", Monday(Lejla with
        {
            Busy = [new(Local("2026-11-23 9:30"), Local("2026-11-23 10:10")), new(Local("2026-11-23 9:00"), Local("2026-11-23 10:05")), new(Local("2026-11-20"), Local("2026-11-21"))],
        }));

    [Fact]
    public void A_taken_room_closes_only_that_room()
    {
        var busy = Lejla with { Hours = [new(DayOfWeek.Monday, T("9:00"), T("11:00"), SlotPlace.InRoom(RoomA)), new(DayOfWeek.Monday, T("9:00"), T("11:00"))], Busy = [new(Local("2026-11-23 9:00"), Local("2026-11-23 10:00"), RoomA)] };
        var slots = SlotFinder.Find(busy, On("2026-11-23"));
        Assert.Equal([(9, default(SlotPlace)), (10, default), (10, SlotPlace.InRoom(RoomA))], slots.Select(s => (s.StartUtc.Hour + 1, s.Place)));
    }

    [Fact]
    public void A_session_stays_in_one_place()
    {
        var moves = Lejla with { Hours = [new(DayOfWeek.Monday, T("9:00"), T("10:30"), SlotPlace.InRoom(RoomA)), new(DayOfWeek.Monday, T("10:30"), T("12:00"), SlotPlace.InRoom(RoomB))] };
        Assert.Equal("9:00 10:30", Monday(moves));
    }

    [Fact]
    public void A_session_may_run_from_one_stretch_of_hours_into_the_next()
    {
        var split = Lejla with { Hours = [new(DayOfWeek.Monday, T("9:00"), T("10:30")), new(DayOfWeek.Monday, T("10:30"), T("12:00"))] };
        Assert.Equal("9:00 10:00 10:30", Monday(split));
    }

    [Fact]
    public void Hours_that_overlap_offer_a_time_once() =>
        Assert.Equal("9:00 10:00 11:00 12:00", Monday(Lejla with { Hours = [.. Lejla.Hours, new(DayOfWeek.Monday, T("10:00"), T("13:00"))] }));

    [Fact]
    public void Only_the_places_asked_for_are_offered()
    {
        var both = Lejla with { Hours = [.. Lejla.Hours, new(DayOfWeek.Monday, T("14:00"), T("15:00"), SlotPlace.InRoom(RoomA))] };
        Assert.Equal("14:00", Monday(both, On("2026-11-23") with { Places = [SlotPlace.InRoom(RoomA)] }));
    }

    [Fact]
    public void Only_hours_that_offer_the_kind_count()
    {
        var groups = Lejla with { Hours = [new(DayOfWeek.Monday, T("9:00"), T("10:00"), Kinds: [RoomA]), new(DayOfWeek.Monday, T("10:00"), T("11:00"), Kinds: [Individual])] };
        Assert.Equal("10:00", Monday(groups));
    }

    [Theory]
    [InlineData("2026-11-23", null, "9:00 10:00 11:00")]
    [InlineData("2026-11-24", null, "")]
    [InlineData(null, "2026-11-23", "9:00 10:00 11:00")]
    [InlineData(null, "2026-11-22", "")]
    public void Hours_hold_on_the_days_they_are_valid(string? from, string? until, string expected) =>
        Assert.Equal(expected, Monday(Lejla with { Hours = [Lejla.Hours[0] with { ValidFrom = from is null ? null : D(from), ValidUntil = until is null ? null : D(until) }] }));

    [Fact]
    public void A_day_off_closes_the_weekly_hours() =>
        Assert.Equal("", Monday(Lejla with { Changes = [new DayOff(D("2026-11-20"), D("2026-11-23"))] }));

    [Fact]
    public void An_extra_day_opens_a_closed_one() =>
        Assert.Equal("14:00", Readings(Lejla with { Changes = [new ExtraHours(D("2026-11-24"), T("14:00"), T("15:00"))] }, On("2026-11-24")));

    [Fact]
    public void Other_hours_on_one_day_are_a_day_off_with_extra_hours() =>
        Assert.Equal("15:00", Monday(Lejla with { Changes = [new DayOff(D("2026-11-23"), D("2026-11-23")), new ExtraHours(D("2026-11-23"), T("15:00"), T("16:00"))] }));

    [Fact]
    public void Part_of_a_day_off_closes_extra_hours_as_well() =>
        Assert.Equal("9:00 13:00", Monday(Lejla with { Changes = [new ExtraHours(D("2026-11-23"), T("12:00"), T("14:00")), new TimeOff(D("2026-11-23"), T("10:00"), T("13:00"))] }));

    [Fact]
    public void Notice_is_counted_to_the_minute()
    {
        var search = On("2026-11-23") with { NowUtc = Local("2026-11-22 10:00") };
        Assert.Equal("10:00 11:00", Monday(Lejla with { Rules = Rules(noticeHours: 24) }, search));
        Assert.Equal("11:00", Monday(Lejla with { Rules = Rules(noticeHours: 24) }, search with { NowUtc = search.NowUtc.AddMinutes(1) }));
    }

    [Fact]
    public void The_past_is_not_offered() => Assert.Equal("11:00", Monday(Lejla, On("2026-11-23") with { NowUtc = Local("2026-11-23 10:01") }));

    [Fact]
    public void The_horizon_takes_in_its_whole_last_day()
    {
        var (late, search) = (Lejla with { Hours = [new(DayOfWeek.Monday, T("22:00"), T("23:00"))] }, On("2026-11-23") with { NowUtc = Local("2026-11-22 0:30") });
        Assert.Equal("22:00", Monday(late with { Rules = Rules(horizon: 1) }, search));
        Assert.Equal("", Monday(late with { Rules = Rules(horizon: 0) }, search));
    }

    [Fact]
    public void A_full_day_and_a_full_week_offer_nothing()
    {
        var booked = Lejla with { Booked = [Taken("2026-11-23 16:00"), Taken("2026-11-29 23:30")] };
        Assert.Equal("", Monday(booked with { Rules = Rules(perDay: 1) }));
        Assert.Equal("9:00 10:00 11:00", Monday(booked with { Rules = Rules(perDay: 2) }));
        Assert.Equal("", Monday(booked with { Rules = Rules(perWeek: 2) }));
        Assert.Equal("9:00 10:00 11:00", Monday(booked with { Rules = Rules(perWeek: 3) }));
        Assert.Equal("9:00 10:00 11:00", Readings(booked with { Rules = Rules(perWeek: 1) }, On("2026-11-30")));
    }

    [Fact]
    public void Full_slots_stand_back_to_back()
    {
        var full = Lejla with { Rules = Rules(SlotGrid.Full), Hours = [new(DayOfWeek.Monday, T("9:00"), T("13:00"))] };
        Assert.Equal("9:00 10:30", Times(SlotFinder.Find(full, On("2026-11-23", 80, 10)).OrderBy(s => s.StartUtc)));
    }

    [Fact]
    public void Full_slots_start_where_taken_time_ends_and_strand_the_least_first()
    {
        var full = Lejla with
        {
            Rules = Rules(SlotGrid.Full),
            Hours = [new(DayOfWeek.Monday, T("9:00"), T("15:00"))],
            Busy = [new(Local("2026-11-23 10:30"), Local("2026-11-23 11:00")), new(Local("2026-11-23 12:00"), Local("2026-11-23 12:00"))],
        };
        // 9:00 strands half an hour; 11:00 and 14:00 touch an edge, 12:00 and 13:00 split what is left.
        Assert.Equal("11:00 14:00 12:00 13:00 9:00", Monday(full));
    }

    [Fact]
    public void Bad_questions_are_refused()
    {
        var search = On("2026-11-23");
        Assert.Throws<ArgumentException>(() => SlotFinder.Find(Lejla, search with { Length = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => SlotFinder.Find(Lejla, search with { BufferAfter = TimeSpan.FromMinutes(-1) }));
        Assert.Throws<ArgumentException>(() => SlotFinder.Find(Lejla, search with { NowUtc = DateTime.SpecifyKind(search.NowUtc, DateTimeKind.Local) }));
    }

    [Fact]
    public void An_endless_or_empty_window_is_answered()
    {
        var always = On("2026-11-23") with { FromUtc = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), UntilUtc = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) };
        Assert.Equal(9 * 3, SlotFinder.Find(Lejla, always).Count);
        Assert.Empty(SlotFinder.Find(Lejla, always with { FromUtc = always.UntilUtc }));
        Assert.Empty(SlotFinder.Find(Lejla with { Hours = [] }, always));
    }
}
