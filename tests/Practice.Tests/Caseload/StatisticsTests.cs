using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Caseload;

namespace PracticeApp.Tests.Caseload;

public sealed class StatisticsTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Guid Lejla = new(1, 0, 0, new byte[8]), Damir = new(2, 0, 0, new byte[8]);

    [Fact]
    public void A_year_ends_with_the_current_month()
    {
        var year = Period.Last(12, Today);
        Assert.Equal((new DateOnly(2025, 12, 1), new DateOnly(2026, 12, 1), 12), (year.From, year.To, year.Months));
    }

    [Theory]
    [InlineData("3", 3), InlineData("24", 24), InlineData("7", 12), InlineData("-3", 12), InlineData("", 12), InlineData(null, 12), InlineData("9999999999", 12), InlineData("x'--", 12)]
    public void An_unreadable_period_is_the_usual_one(string? asked, int months) => Assert.Equal(months, Period.Read(asked, Today).Months);

    [Fact]
    public void A_column_is_never_cut_by_a_period()
    {
        var columns = Period.Last(3, Today).Columns(Grain.Week);
        Assert.Equal(new DateOnly(2026, 8, 31), columns[0]);
        Assert.Equal(new DateOnly(2026, 11, 30), columns[^1]);
    }

    [Theory]
    [InlineData(Grain.Week, "2026-11-23"), InlineData(Grain.Month, "2026-11-01"), InlineData(Grain.Quarter, "2026-10-01"), InlineData(Grain.Year, "2026-01-01")]
    public void Every_day_has_one_column_of_each_length(Grain grain, string start) => Assert.Equal(start, grain.StartOf(Today).ToString("O", CultureInfo.InvariantCulture));

    [Fact]
    public void Columns_follow_one_another_without_a_gap() =>
        Prop.ForAll(Gen.Choose(0, 40000).Select(d => new DateOnly(1990, 1, 1).AddDays(d)).ToArbitrary(), Gen.Elements(Enum.GetValues<Grain>()).ToArbitrary(), (day, grain) =>
        {
            var start = grain.StartOf(day);
            return start <= day && day < grain.Next(start) && grain.StartOf(start) == start && grain.StartOf(grain.Next(start)) == grain.Next(start);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Months_too_thin_to_be_told_become_quarters()
    {
        IEnumerable<Entry<int>> Each(int amonth) => Enumerable.Range(0, 12).SelectMany(m => Enumerable.Range(0, amonth)
            .Select(i => new Entry<int>(new DateOnly(2026, 1, 1).AddMonths(m), i % 2, Lejla, new Guid(m, (short)i, 0, new byte[8]), 1)));
        Assert.Equal(Grain.Month, Grains.Finest([.. Each(10)]));
        Assert.Equal(Grain.Quarter, Grains.Finest([.. Each(4)]));
        Assert.Equal(Grain.Year, Grains.Finest([.. Each(1)]));
    }

    private static Wait After(double hours, Guid? psychologist = null, bool? kept = true, int month = 1) =>
        new(new(2026, month, 1), psychologist, Guid.CreateVersion7(), TimeSpan.FromHours(hours), kept);

    [Fact]
    public void Half_and_nine_of_ten_are_waits_that_happened()
    {
        var spread = Spread.Of(Enumerable.Range(1, 10).Select(h => After(h, kept: h <= 4)))!;
        Assert.Equal((10, TimeSpan.FromHours(5), TimeSpan.FromHours(9), 0.4), (spread.Count, spread.Median, spread.Ninetieth, spread.WithinPromise));
        Assert.Equal(TimeSpan.FromHours(7), Spread.Of([After(7, kept: null)])!.Ninetieth);
        Assert.Null(Spread.Of([After(7, kept: null)])!.WithinPromise);
        Assert.Null(Spread.Of([]));
    }

    [Fact]
    public void A_percentile_is_the_smallest_wait_that_so_many_did_not_exceed() =>
        Prop.ForAll(Gen.NonEmptyListOf(Gen.Choose(0, 500)).ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), (minutes, percent) =>
        {
            var ordered = minutes.Order().Select(m => TimeSpan.FromMinutes(m)).ToList();
            var p = Spread.Percentile(ordered, percent);
            return ordered.Count(w => w <= p) * 100 >= percent * ordered.Count && ordered.Count(w => w < p) * 100 < percent * ordered.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Waits_of_a_thin_month_stay_out_of_every_figure()
    {
        Wait[] waits = [.. Enumerable.Range(0, 6).Select(_ => After(2, Lejla)), .. Enumerable.Range(0, 4).Select(_ => After(90, Lejla, month: 2))];
        Assert.Equal(TimeSpan.FromHours(2), Spread.Of(Spread.Suppressed(waits, null))!.Ninetieth);
    }

    [Fact]
    public void Waits_of_one_psychologist_stay_out_when_they_would_tell_of_a_colleagues_few()
    {
        Wait[] waits = [.. Enumerable.Range(0, 6).Select(_ => After(2, Lejla)), After(3, Damir)];
        Assert.Empty(Spread.Suppressed(waits, Lejla));
        Assert.Equal(7, Spread.Suppressed(waits, null).Count());
    }
}
