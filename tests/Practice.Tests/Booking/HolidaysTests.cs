using System.Globalization;
using System.Resources;
using PracticeApp.Booking;

namespace PracticeApp.Tests.Booking;

/// <summary>Public holidays by country, and the page that makes them days off.</summary>
public sealed class HolidaysTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("2000-04-23", "2000-04-30")]
    [InlineData("2008-03-23", "2008-04-27")]
    [InlineData("2011-04-24", "2011-04-24")]
    [InlineData("2024-03-31", "2024-05-05")]
    [InlineData("2025-04-20", "2025-04-20")]
    [InlineData("2026-04-05", "2026-04-12")]
    [InlineData("2027-03-28", "2027-05-02")]
    [InlineData("2038-04-25", "2038-04-25")]
    [InlineData("2049-04-18", "2049-04-25")]
    public void Both_Easters_fall_where_the_churches_say(string western, string orthodox) =>
        Assert.Equal((Slots.D(western), Slots.D(orthodox)), (Holidays.Easter(Slots.D(western).Year), Holidays.OrthodoxEaster(Slots.D(western).Year)));

    [Theory]
    [InlineData("FI", "midsummer-eve", "2026-06-19")]
    [InlineData("FI", "all-saints", "2026-10-31")]
    [InlineData("SE", "midsummer", "2027-06-26")]
    [InlineData("FI", "ascension", "2026-05-14")]
    [InlineData("DE", "whit-monday", "2026-05-25")]
    [InlineData("HR", "corpus-christi", "2026-06-04")]
    [InlineData("RS", "orthodox-good-friday", "2026-04-10")]
    [InlineData("RS", "instead", "2026-02-17")]
    [InlineData("RS", "instead", "2023-01-03")]
    [InlineData("EE", "restoration", "2026-08-20")]
    [InlineData("BA", "statehood", "2026-11-25")]
    [InlineData("BA", "ramazan-bajram", "2026-03-20")]
    [InlineData("BA", "kurban-bajram", "2026-05-27")]
    [InlineData("GB", "spring", "2026-05-25")]
    [InlineData("GB", "instead-weekend", "2026-12-28")]
    [InlineData("GB", "instead-weekend", "2022-12-27")]
    [InlineData("US", "thanksgiving", "2026-11-26")]
    [InlineData("US", "memorial", "2026-05-25")]
    [InlineData("US", "instead-weekend", "2026-07-03")]
    [InlineData("US", "instead-weekend", "2022-12-26")]
    public void Holidays_fall_where_the_law_says(string country, string key, string day) => Assert.Contains(Holidays.Of(country, Slots.D(day).Year), h => h.Key == key && h.Day == Slots.D(day));

    [Fact]
    public void Every_holiday_and_country_has_its_name_in_every_language()
    {
        var texts = new ResourceManager("PracticeApp.Booking.Texts", typeof(Holidays).Assembly);
        var keys = Holidays.Countries.SelectMany(c => Enumerable.Range(2024, 30).SelectMany(y => Holidays.Of(c, y))).SelectMany(h => new[] { $"Holiday.{h.Key}", h.Only is null ? "Holiday.christmas" : $"Holiday.Only.{h.Only}" })
            .Concat(Holidays.Countries.Select(c => $"Country.{c}")).Distinct();
        foreach (var key in keys)
            foreach (var language in new[] { "en", "ru", "bs", "fi" })
                Assert.False(string.IsNullOrEmpty(texts.GetString(key, CultureInfo.GetCultureInfo(language))), $"{key} in {language}");
    }

    [Fact]
    public async Task Ticked_days_become_days_off_once_and_say_who_is_booked()
    {
        await world.OpenHoursAsync(world.Lejla);
        await world.SignedAsync(world.Emina);
        Assert.True((await world.ConfirmAsync(world.Emina, Slots.Local("2026-05-01 10:00"))).IsDone);
        var page = await (await world.As(world.Lejla)).GetAsync("/hours/holidays?country=BA&year=2026");
        Assert.True(page.Says("1 session is booked and stays booked") && page.Says("Emina Hodžić"), page.Text);
        var form = page.Form("Take these days off");
        var days = page.FindAll("input[name=Take]").Where(i => i.HasAttribute("checked")).Select(i => i.GetAttribute("value")).Distinct().Count();
        var done = await form.SubmitAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => form.SubmitAsync(follow: false)));
        Assert.True(done.Says("The days are off.") && done.Says("already off"), done.Text);
        Assert.Equal(days, await world.ScalarAsync<long>("select count(*) from hours_exceptions"));
        Assert.Equal("May Day", await world.ScalarAsync<string>("select note from hours_exceptions where first = '2026-05-01'"));
        Assert.Equal("Booked", await world.ScalarAsync<string>("select state from appointments"));
    }

    [Theory]
    [InlineData("?country=XX&year=9")]
    [InlineData("?country=&year=abc")]
    public async Task Nonsense_is_the_home_country_and_this_year(string query) =>
        Assert.True((await (await world.As(world.Damir)).GetAsync("/hours/holidays" + query)).Says("Statehood Day"));
}
