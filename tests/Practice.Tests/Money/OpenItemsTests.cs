using PracticeApp.Money;

namespace PracticeApp.Tests.Money;

public sealed class OpenItemsTests
{
    private static readonly Guid Practice = Guid.CreateVersion7();
    private static readonly DateTime Day = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 6, 1);

    private static Charge Charge(decimal amount, int day, string currency = "BAM")
    {
        var charge = new Charge(Practice, Practice, Practice, null, ChargeKind.Session, amount, currency, null, null, Day.AddDays(day));
        charge.Confirm(null, Day.AddDays(day));
        return charge;
    }

    private static Payment Paid(decimal amount) => new(Practice, Practice, amount, "BAM", PaymentMethod.Cash, Day, Practice, Guid.CreateVersion7());

    private static DateOnly Due(Charge c) => DateOnly.FromDateTime(c.DecidedAt!.Value).AddDays(7);

    private static PaymentPlan Plan(decimal total, int day, params DateOnly[] days) => new(Practice, Practice, total, "BAM", days, Practice, Day.AddDays(day), Guid.CreateVersion7());

    [Fact]
    public void The_earliest_due_is_paid_first() =>
        Assert.Equal([new OpenItem(new(2026, 3, 9), 50, "BAM"), new OpenItem(new(2026, 3, 10), 80, "BAM")], OpenItems.Of([Charge(80, 2), Charge(80, 1), Charge(80, 0)], [Paid(110)], Due, []));

    [Fact]
    public void What_was_agreed_later_goes_before_the_first_dates_and_new_charges_keep_theirs()
    {
        Charge[] charges = [Charge(100, 0), Charge(80, 20)];
        var plan = Plan(100, 10, new(2026, 5, 1), new(2026, 6, 1));
        Assert.Equal([new OpenItem(new(2026, 3, 28), 80, "BAM"), new OpenItem(new(2026, 5, 1), 50, "BAM"), new OpenItem(new(2026, 6, 1), 50, "BAM")], OpenItems.Of(charges, [], Due, [plan]));
        Assert.Equal([new OpenItem(new(2026, 5, 1), 40, "BAM"), new OpenItem(new(2026, 6, 1), 50, "BAM")], OpenItems.Of(charges, [Paid(90)], Due, [plan]));
    }

    [Fact]
    public void More_open_than_was_agreed_on_is_due_with_the_first_part() =>
        Assert.Equal(130m, OpenItems.Of([Charge(130, 0)], [], Due, [Plan(100, 10, new DateOnly(2026, 5, 1))]).Sum(i => i.Amount));

    [Theory]
    [InlineData(0, "not"), InlineData(1, "30"), InlineData(30, "30"), InlineData(31, "60"), InlineData(60, "60"), InlineData(61, "90"), InlineData(90, "90"), InlineData(91, "more"), InlineData(-5, "not")]
    public void Amounts_age_by_the_days_since_they_were_due(int late, string where)
    {
        var age = Assert.Single(Ageing.Of([new OpenItem(Today.AddDays(-late), 10, "BAM")], Today));
        Assert.Equal(where, age.NotDue > 0 ? "not" : age.To30 > 0 ? "30" : age.To60 > 0 ? "60" : age.To90 > 0 ? "90" : "more");
        Assert.Equal(10, age.Total);
    }

    [Fact]
    public void Currencies_age_apart() => Assert.Equal(["BAM", "EUR"], Ageing.Of([new OpenItem(Today, 1, "EUR"), new OpenItem(Today, 1, "BAM")], Today).Select(a => a.Currency));

    [Fact]
    public void Parts_are_the_whole_to_the_last_coin_in_every_currency()
    {
        foreach (var (total, currency) in new[] { (100m, "BAM"), (0.05m, "EUR"), (100_000m, "JPY"), (99.99m, "EUR"), (7m, "JPY") })
            for (var parts = 1; parts <= 5; parts++)
            {
                var split = PaymentPlan.Split(total, currency, parts);
                Assert.Equal(total, split.Sum());
                Assert.True(split.Max() - split.Min() <= (currency == "JPY" ? 1m : 0.01m));
                if (currency == "JPY") Assert.All(split, amount => Assert.Equal(decimal.Truncate(amount), amount));
            }
    }

    [Fact]
    public void Months_that_are_too_short_end_on_their_last_day() =>
        Assert.Equal([new(2026, 1, 31), new(2026, 2, 28), new DateOnly(2026, 3, 31)], PaymentPlan.Monthly(new(2026, 1, 31), 3));
}
