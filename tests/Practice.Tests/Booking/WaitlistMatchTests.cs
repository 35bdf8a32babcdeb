using PracticeApp.Booking;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Booking;

/// <summary>Whose turn it is and how long they have: by given facts alone.</summary>
public sealed class WaitlistMatchTests
{
    private static readonly DateTime Now = Slots.Local("2026-03-16 10:00");
    private static readonly Guid Kind = Guid.NewGuid();

    private static Waiting Somebody(string name, int days = 1, bool named = true, int[]? times = null, MeetingPlace? place = null, string until = "2026-04-30", int notice = 24, int? last = 10, string zone = "Europe/Sarajevo") =>
        new(new Guid(name.PadRight(32, '0')), Guid.NewGuid(), Guid.NewGuid(), [Kind], named, place, times is null ? WeekTimes.All : WeekTimes.Of(times), Slots.Zone(zone), Slots.D(until), TimeSpan.FromHours(notice),
            Now.AddDays(-days), last is { } ago ? Now.AddDays(-ago) : null);

    private static OpenSlot At(string local, bool fills = true, MeetingPlace place = MeetingPlace.Online) =>
        new(Kind, new Slot(Slots.Local(local), Slots.Local(local).AddMinutes(50), new SlotPlace(place, null)), fills);

    private static string Turns(IEnumerable<OpenSlot> slots, params Waiting[] waiting) =>
        string.Join(' ', WaitlistMatch.InTurn(waiting, [.. slots], Now).Select(t => $"{t.Who.WishId.ToString()[0]}{TimeZoneInfo.ConvertTimeFromUtc(t.What.Slot.StartUtc, Slots.Sarajevo):HH}"));

    [Fact]
    public void Fit_comes_first_then_waiting_then_how_long_ago_the_last_session_was()
    {
        OpenSlot[] slot = [At("2026-03-19 10:00")];
        Assert.Equal("b10 a10", Turns(slot, Somebody("a", days: 1), Somebody("b", days: 9)));
        Assert.Equal("a10 b10", Turns(slot, Somebody("a", days: 1, named: true), Somebody("b", days: 9, named: false)));
        Assert.Equal("c10 b10 a10", Turns(slot, Somebody("a", last: 3), Somebody("b", last: 30), Somebody("c", last: null)));
        Assert.Equal("a10 b10", Turns(slot, Somebody("b"), Somebody("a")));
        Assert.Equal("b11 a10", Turns([At("2026-03-19 10:00", fills: false), At("2026-03-20 11:00")], Somebody("a", days: 9, times: [9]), Somebody("b", days: 1, times: [12])));
    }

    [Fact]
    public void Only_who_wished_for_this_time_comes_into_question()
    {
        // 19 March is a Thursday: its morning, afternoon and evening are 9, 10 and 11.
        Assert.Equal("a10 a12 a17", Turns([At("2026-03-19 10:00"), At("2026-03-19 12:00"), At("2026-03-19 17:00")], Somebody("a", times: [9, 10, 11])));
        Assert.Equal("a12", Turns([At("2026-03-19 10:00"), At("2026-03-19 12:00"), At("2026-03-19 17:00")], Somebody("a", times: [10])));
        Assert.Equal("", Turns([At("2026-03-19 10:00")], Somebody("a", times: [6])));
        Assert.Equal("", Turns([At("2026-03-19 10:00")], Somebody("a", until: "2026-03-18")));
        Assert.Equal("a10", Turns([At("2026-03-19 10:00")], Somebody("a", until: "2026-03-19")));
        Assert.Equal("", Turns([At("2026-03-17 09:00")], Somebody("a", notice: 24)));
        Assert.Equal("a09", Turns([At("2026-03-17 09:00")], Somebody("a", notice: 23)));
        Assert.Equal("", Turns([At("2026-03-19 10:00", place: MeetingPlace.Room)], Somebody("a", place: MeetingPlace.Online)));
        Assert.Equal("", Turns([At("2026-03-19 10:00") with { KindId = Guid.NewGuid() }], Somebody("a")));
        // By the client's own clock: 10:00 in Sarajevo is 18:00 in Tokyo.
        Assert.Equal("a10", Turns([At("2026-03-19 10:00")], Somebody("a", times: [11], zone: "Asia/Tokyo")));
    }

    [Theory]
    [InlineData("2026-03-16 10:00", "2026-03-20 10:00", 240, "2026-03-16 14:00")]
    [InlineData("2026-03-16 10:00", "2026-03-16 14:00", 240, "2026-03-16 12:00")]
    [InlineData("2026-03-16 10:00", "2026-03-16 10:20", 240, "2026-03-16 10:15")]
    [InlineData("2026-03-16 10:00", "2026-03-16 10:14", 240, null)]
    [InlineData("2026-03-16 10:00", "2026-03-20 10:00", 5, "2026-03-16 10:15")]
    [InlineData("2026-03-16 20:00", "2026-03-20 10:00", 240, "2026-03-17 11:00")]
    [InlineData("2026-03-16 20:00", "2026-03-17 12:00", 240, "2026-03-17 04:00")]
    public void An_offer_stands_as_long_as_agreed_never_past_half_of_what_is_left_and_the_night_does_not_count(string now, string noticeEnds, int minutes, string? until) =>
        Assert.Equal(until is null ? null : Slots.Local(until),
            OfferLength.Until(Slots.Local(now), TimeSpan.FromMinutes(minutes), Slots.Local(noticeEnds), new QuietHours(Slots.T("21:00"), Slots.T("8:00"), Slots.Sarajevo)));

    [Fact]
    public void Fields_of_the_week_are_read_as_they_are_written()
    {
        Assert.Equal([0, 20], WeekTimes.Of([20, 0, 21, -1, 500]).Fields());
        Assert.True(WeekTimes.Of([21, -4]).IsEmpty);
        Assert.Equal(20, WeekTimes.Field(DayOfWeek.Sunday, PartOfDay.Evening));
    }
}
