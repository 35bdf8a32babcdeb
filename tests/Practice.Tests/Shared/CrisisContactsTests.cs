using PracticeApp.Shared;

namespace PracticeApp.Tests.Shared;

public sealed class CrisisContactsTests
{
    [Theory]
    [InlineData("BA", "124", "122", "1265"), InlineData("RS", "194", "192"), InlineData("HR", "112"), InlineData("FI", "112", "09 2525 0111")]
    [InlineData("RU", "112"), InlineData("DE", "112", "110"), InlineData("GB", "999", "116 123"), InlineData("US", "911", "988"), InlineData("XX", "112"), InlineData("", "112")]
    public void Every_country_has_somebody_who_comes_at_once(string country, params string[] numbers)
    {
        var here = CrisisContacts.Of(country);
        Assert.Subset(here.Select(c => c.Number).ToHashSet(), numbers.ToHashSet());
        Assert.Contains(here, c => c.For is "emergency" or "ambulance" && c.Always);
        Assert.All(here, c => Assert.Matches(@"^\+?\d{3,15}$", c.Dial));
    }
}
