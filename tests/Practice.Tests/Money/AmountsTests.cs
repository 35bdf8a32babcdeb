using PracticeApp.Booking;
using PracticeApp.Money;

namespace PracticeApp.Tests.Money;

public class AmountsTests
{
    [Theory]
    [InlineData("80", 80)]
    [InlineData("80.5", 80.5)]
    [InlineData("80,50", 80.5)]
    [InlineData(" 1 250,00 ", 1250)]
    [InlineData("1 250", 1250)]
    [InlineData("0,01", 0.01)]
    public void What_people_type_is_read_in_every_language(string typed, decimal amount)
    {
        Assert.True(Amounts.TryRead(typed, "BAM", out var read));
        Assert.Equal(amount, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.250,00")]
    [InlineData("1,250")]
    [InlineData("80,555")]
    [InlineData("80,")]
    [InlineData(",50")]
    [InlineData("eighty")]
    [InlineData("1e3")]
    [InlineData("٨٠")]
    [InlineData("100000.01")]
    [InlineData("9999999999999999999999999999999")]
    public void What_could_mean_two_things_or_nothing_is_refused(string? typed) => Assert.False(Amounts.TryRead(typed, "BAM", out _));

    [Fact]
    public void A_currency_without_cents_has_no_cents()
    {
        Assert.True(Amounts.TryRead("8000", "JPY", out _));
        Assert.False(Amounts.TryRead("80.5", "JPY", out _));
    }

    [Fact]
    public void Couples_share_a_price_to_the_last_coin()
    {
        var (one, two, three) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var start = new DateTime(2026, 3, 19, 14, 0, 0, DateTimeKind.Utc);
        var appointment = new Appointment(Guid.CreateVersion7(), one, two, three, MeetingPlace.Online, null, start, start.AddMinutes(80), 100m, "BAM", [one, two, three], null);

        var shares = new[] { one, two, three }.Select(c => appointment.ShareOf(c, shared: true)).Order();

        Assert.Equal([33.33m, 33.33m, 33.34m], shares);
        Assert.Equal(100m, appointment.ShareOf(one, shared: false));
    }
}
