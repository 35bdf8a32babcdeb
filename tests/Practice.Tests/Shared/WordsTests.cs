using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Shared;

public sealed class WordsTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 11, 0, 0, DateTimeKind.Utc);
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");

    [Theory]
    [InlineData("en", "Thursday 26 November, 10:00–10:50")]
    [InlineData("ru", "четверг, 26 ноября, 10:00–10:50")]
    [InlineData("bs", "četvrtak, 26. novembra, 10:00–10:50")]
    [InlineData("fi", "torstai 26. marraskuuta, 10.00–10.50")]
    public void A_span_reads_as_people_say_it(string language, string expected) =>
        Assert.Equal(expected, In(language, w => w.Span(Noon.AddDays(2).AddHours(-2), Noon.AddDays(2).AddHours(-2).AddMinutes(50), Sarajevo)));

    [Theory]
    [InlineData("en", 160, "today by 14:40")]
    [InlineData("fi", 160, "tänään klo 14.40 mennessä")]
    [InlineData("ru", 1440, "завтра до 12:00")]
    [InlineData("bs", 2880, "do 26. novembra, 12:00")]
    [InlineData("en", 60 * 24 * 60, "by Saturday 23 January 2027, 12:00")]
    public void A_promise_names_its_hour(string language, int minutes, string expected) =>
        Assert.Equal(expected, In(language, w => w.By(Noon.AddMinutes(minutes), Sarajevo)));

    [Theory]
    [InlineData(0, "0 min"), InlineData(59, "59 min"), InlineData(60, "1 h"), InlineData(205, "3 h 25 min"), InlineData(1500, "1 d 1 h")]
    public void An_age_is_never_finer_than_minutes(int minutes, string expected) =>
        Assert.Equal(expected, In("en", w => w.Length(TimeSpan.FromMinutes(minutes))));

    [Theory]
    [InlineData("en", "80", "BAM", false, "80 KM")]
    [InlineData("fi", "80", "EUR", true, "80,00 €")]
    [InlineData("bs", "1280.5", "BAM", false, "1.280,50 KM")]
    [InlineData("en", "80.5", "GBP", false, "£80.50")]
    public void Money_has_its_currency_and_only_the_cents_it_needs(string language, string amount, string currency, bool exact, string expected) =>
        Assert.Equal(expected, In(language, _ => Words.Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency, exact)).Replace('\u00a0', ' '));

    private static string In(string language, Func<Words, string> say)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var words = new Words(services.GetRequiredService<IStringLocalizer<Texts>>(), new Stopped(), new HttpContextAccessor());
        return Languages.In(language, () => say(words));
    }

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(Noon);
    }
}
