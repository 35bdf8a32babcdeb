using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Enquiries;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Enquiries;

public sealed class AnswerPromiseTests
{
    private static readonly Guid Practice = Guid.CreateVersion7();
    private static readonly Guid Lejla = Guid.CreateVersion7();
    private static readonly Guid Damir = Guid.CreateVersion7();
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");

    // Weekdays 9 to 17 in Sarajevo, one hour before UTC in winter.
    private static readonly RotaShift[] Weekdays = [.. Enumerable.Range(1, 5).Select(d => Shift(Lejla, (DayOfWeek)d, "09:00", "17:00"))];

    [Theory]
    [InlineData("2026-11-24T10:37", "2026-11-24T14:40", true)] // Tuesday 11:37: by 15:40, in round minutes
    [InlineData("2026-11-24T14:00", "2026-11-25T10:00", true)] // 15:00: two hours today, two tomorrow
    [InlineData("2026-11-24T19:00", "2026-11-25T12:00", false)] // 20:00: from tomorrow 9:00
    [InlineData("2026-11-27T15:30", "2026-11-30T11:30", true)] // Friday 16:30: Monday 12:30
    [InlineData("2026-11-28T08:00", "2026-11-30T12:00", false)] // Saturday: Monday 13:00
    [InlineData("2026-11-24T12:00", "2026-11-24T16:00", true)] // exactly until closing
    public void The_promise_runs_only_while_somebody_answers(string now, string due, bool somebodyReads)
    {
        var promise = AnswerPromise.From(new Rota(Weekdays, new HashSet<DateOnly>(), Sarajevo), 4, Utc(now));
        Assert.Equal(Utc(due), promise.DueAt);
        Assert.Equal(somebodyReads, promise.SomebodyReads);
    }

    [Fact]
    public void A_holiday_is_passed_over()
    {
        var closed = new HashSet<DateOnly> { new(2026, 11, 25) };
        var promise = AnswerPromise.From(new Rota(Weekdays, closed, Sarajevo), 4, Utc("2026-11-24T14:00"));
        Assert.Equal(Utc("2026-11-26T10:00"), promise.DueAt);
    }

    [Fact]
    public void An_empty_rota_promises_nothing_and_says_so()
    {
        var promise = AnswerPromise.From(new Rota([], new HashSet<DateOnly>(), Sarajevo), 4, Utc("2026-11-24T10:00"));
        Assert.Equal(new AnswerPromise(null, false, null), promise);
    }

    [Fact]
    public void Two_people_at_once_do_not_make_the_hour_twice_as_long()
    {
        RotaShift[] both = [.. Weekdays, .. Enumerable.Range(1, 5).Select(d => Shift(Damir, (DayOfWeek)d, "08:00", "13:00"))];
        var rota = new Rota(both, new HashSet<DateOnly>(), Sarajevo);
        Assert.Equal(TimeSpan.FromHours(9), rota.Answered(Utc("2026-11-24T00:00"), Utc("2026-11-25T00:00")));
        Assert.Equal([Lejla, Damir], rota.On(Utc("2026-11-24T09:00")).OrderBy(id => id == Damir));
        Assert.Equal([Lejla], rota.On(Utc("2026-11-24T12:00")));
    }

    [Theory]
    [InlineData("2026-03-28T20:00", "2026-03-29T20:00", 23)] // the night that is an hour shorter
    [InlineData("2026-10-24T20:00", "2026-10-25T20:00", 24)]
    public void A_shift_around_the_clock_is_as_long_as_the_day(string from, string until, int hours)
    {
        RotaShift[] always = [.. Enum.GetValues<DayOfWeek>().Select(d => Shift(Lejla, d, "00:00", "00:00"))];
        var rota = new Rota(always, new HashSet<DateOnly>(), Sarajevo);
        var local = TimeZoneInfo.ConvertTimeFromUtc(Utc(until), Sarajevo) - TimeZoneInfo.ConvertTimeFromUtc(Utc(from), Sarajevo);
        Assert.Equal(Utc(until) - Utc(from), rota.Answered(Utc(from), Utc(until)));
        Assert.Equal(hours == 23 ? 25 : 23, local.TotalHours);
    }

    [Fact]
    public void For_any_moment_the_promise_lies_ahead_within_answered_time_and_never_earlier_than_a_later_one() =>
        Prop.ForAll(Gen.Choose(0, 60 * 24 * 400).Two().ToArbitrary(), pair =>
        {
            var rota = new Rota(Weekdays, new HashSet<DateOnly> { new(2026, 12, 25), new(2027, 1, 1) }, Sarajevo);
            var (early, late) = (Utc("2026-03-01T00:00").AddMinutes(Math.Min(pair.Item1, pair.Item2)), Utc("2026-03-01T00:00").AddMinutes(Math.Max(pair.Item1, pair.Item2)));
            var (first, second) = (AnswerPromise.From(rota, 4, early).DueAt!.Value, AnswerPromise.From(rota, 4, late).DueAt!.Value);
            var run = rota.Answered(early, first);
            return first > early && first <= second && run >= TimeSpan.FromHours(4) && run < TimeSpan.FromHours(4) + TimeSpan.FromMinutes(5);
        }).QuickCheckThrowOnFailure();

    private static RotaShift Shift(Guid user, DayOfWeek day, string from, string until) =>
        new(Practice, user, day, TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture));

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
