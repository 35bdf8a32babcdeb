using PracticeApp.Platform.Encryption;
using PracticeApp.Sessions;

namespace PracticeApp.Tests.Sessions;

public sealed class DayTests
{
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");

    [Fact]
    public void A_day_has_23_or_25_hours_when_clocks_change()
    {
        Assert.Equal(TimeSpan.FromHours(23), Length(new DateOnly(2026, 3, 29), Sarajevo));
        Assert.Equal(TimeSpan.FromHours(25), Length(new DateOnly(2026, 10, 25), Sarajevo));
        Assert.Equal(TimeSpan.FromHours(24), Length(new DateOnly(2026, 6, 1), Sarajevo));
    }

    [Fact]
    public void A_day_begins_after_a_jump_at_midnight_and_days_leave_no_hole()
    {
        var cairo = TimeZoneInfo.FindSystemTimeZoneById("Africa/Cairo");
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
            Assert.Equal(LocalDay.Of(day, cairo).To, LocalDay.Of(day.AddDays(1), cairo).From);
        Assert.Equal(TimeSpan.FromHours(23), Length(new DateOnly(2026, 4, 24), cairo));
    }

    [Fact]
    public void The_day_of_an_instant_is_the_readers_day()
    {
        var late = new DateTime(2026, 3, 16, 23, 30, 0, DateTimeKind.Utc);
        Assert.Equal(LocalDay.Of(new DateOnly(2026, 3, 17), Sarajevo), LocalDay.At(late, Sarajevo));
    }

    [Fact]
    public void Gaps_are_breaks_one_of_them_lunch_and_short_ones_are_not_told()
    {
        var day = new DateTime(2026, 3, 16, 0, 0, 0, DateTimeKind.Utc);
        (DateTime, DateTime) At(int fromHour, int fromMinute, int minutes) => (day.AddHours(fromHour).AddMinutes(fromMinute), day.AddHours(fromHour).AddMinutes(fromMinute + minutes));
        var gaps = Gap.Between([At(8, 0, 50), At(9, 0, 50), At(10, 30, 50), At(12, 30, 50), At(15, 0, 50)], Sarajevo);
        Assert.Equal([(2, false), (3, true), (4, false)], gaps.OrderBy(g => g.Key).Select(g => (g.Key, g.Value.IsLunch)));
        Assert.Empty(Gap.Between([], Sarajevo));
    }

    [Fact]
    public void Sections_keep_words_as_they_were_and_leave_blanks_out()
    {
        var sections = Sections.Of(new Dictionary<string, string?> { ["said"] = " a\n b ", ["done"] = " \n", ["smuggled"] = "x" });
        Assert.Equal(" a\n b ", Sections.FromJson(sections.ToJson())["said"]);
        Assert.DoesNotContain("done", sections.ToJson(), StringComparison.Ordinal);
        Assert.True(Sections.Of([]).IsBlank);
    }

    [Fact]
    public void A_protocol_takes_only_its_headings_and_nothing_after_signing()
    {
        var practice = Guid.CreateVersion7();
        using var key = DataKey.New(practice, Guid.CreateVersion7());
        var now = new DateTime(2026, 3, 16, 9, 0, 0, DateTimeKind.Utc);
        var protocol = new Protocol(practice, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), key, null, now);
        Assert.Equal(SignOutcome.NothingWritten, protocol.Sign(key, now));
        Assert.Throws<InvalidOperationException>(() => new Addendum(protocol, key, "too early", now, Guid.CreateVersion7()));

        protocol.Write(key, Sections.Of(new Dictionary<string, string?> { ["said"] = "yes", ["smuggled"] = "x" }), null, now);
        Assert.Equal("", protocol.Read(key)["smuggled"]);
        Assert.Equal(SignOutcome.Signed, protocol.Sign(key, now));
        Assert.Equal(SignOutcome.AlreadySigned, protocol.Sign(key, now.AddHours(1)));
        Assert.Equal(now, protocol.SignedAt);
        Assert.Throws<InvalidOperationException>(() => protocol.Write(key, Sections.Empty, null, now));
    }

    private static TimeSpan Length(DateOnly day, TimeZoneInfo zone) => LocalDay.Of(day, zone).To - LocalDay.Of(day, zone).From;
}
