using PracticeApp.Enquiries;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Enquiries;

public sealed class AgeBarTests
{
    // Eight to four in UTC, Monday to Friday.
    private static readonly Rota Rota = new([.. Enumerable.Range(1, 5).Select(d => new RotaShift(Guid.CreateVersion7(), Guid.CreateVersion7(), (DayOfWeek)d, new(8, 0), new(16, 0)))],
        new HashSet<DateOnly>(), TimeZoneInfo.Utc);

    private static readonly DateTime Tuesday = new(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(10, 14, 12, PromiseState.Waiting, 0.5)]
    [InlineData(10, 14, 13.25, PromiseState.Soon, 0.8125)]
    [InlineData(10, 14, 14, PromiseState.Late, 1)]
    [InlineData(15, 35, 33, PromiseState.Waiting, 0.5)] // the night between does not count
    public void The_bar_fills_while_somebody_could_answer(double received, double due, double now, PromiseState state, double share)
    {
        var bar = AgeBar.Of(Rota, Tuesday.AddHours(received), Tuesday.AddHours(due), null, Tuesday.AddHours(now));
        Assert.Equal(state, bar.State);
        Assert.Equal(share, bar.Share, 4);
    }

    [Fact]
    public void What_was_answered_is_kept_or_broken_for_good()
    {
        Assert.Equal(PromiseState.Kept, AgeBar.Of(Rota, Tuesday.AddHours(9), Tuesday.AddHours(13), Tuesday.AddHours(13), Tuesday.AddDays(3)).State);
        Assert.Equal(PromiseState.Broken, AgeBar.Of(Rota, Tuesday.AddHours(9), Tuesday.AddHours(13), Tuesday.AddHours(13.1), Tuesday.AddDays(3)).State);
    }

    [Fact]
    public void Nothing_promised_is_nothing_broken() =>
        Assert.Equal(PromiseState.Unpromised, AgeBar.Of(Rota, Tuesday, null, null, Tuesday.AddDays(9)).State);
}
