using PracticeApp.Money;

namespace PracticeApp.Tests.Money;

public sealed class BalanceTests
{
    private static readonly Guid Practice = Guid.CreateVersion7();
    private static readonly DateTime Day = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_oldest_charge_is_covered_first() =>
        Assert.Equal([new Balance(50, "BAM", Day.AddDays(2))], Balance.Of([Charge(80, 1), Charge(80, 2)], [Paid(110)]));

    [Fact]
    public void Credits_cover_as_payments_do() =>
        Assert.Equal([new Balance(40, "BAM", Day.AddDays(1))], Balance.Of([Charge(80, 1), Charge(-40, 2)], []));

    [Fact]
    public void Proposed_and_waived_charges_are_not_owed()
    {
        var waived = Charge(80, 1);
        waived.Waive(Guid.CreateVersion7(), Day, "ill");
        Assert.Empty(Balance.Of([Charge(80, 1, confirmed: false), waived], []));
    }

    [Fact]
    public void What_is_paid_ahead_is_kept_and_currencies_stay_apart() =>
        Assert.Equal([new Balance(-20, "BAM", null), new Balance(10, "EUR", Day.AddDays(3))], Balance.Of([Charge(80, 1), Charge(10, 3, "EUR")], [Paid(100)]));

    private static Charge Charge(decimal amount, int day, string currency = "BAM", bool confirmed = true)
    {
        var charge = new Charge(Practice, Practice, Practice, null, ChargeKind.Session, amount, currency, null, null, Day);
        if (confirmed) charge.Confirm(null, Day.AddDays(day));
        return charge;
    }

    private static Payment Paid(decimal amount) => new(Practice, Practice, amount, "BAM", PaymentMethod.Cash, Day, Practice, Guid.CreateVersion7());
}
