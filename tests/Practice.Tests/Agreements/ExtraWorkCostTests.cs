using System.Globalization;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class ExtraWorkCostTests
{
    internal static Terms Priced(decimal? contact = 10) => Terms.Default(80, "BAM") is var terms ? terms with
    {
        Contact = terms.Contact with { PricePer15Minutes = contact },
        Scope = terms.Scope with { ExtraWork = [new("letter", 60, PricedPer.Piece), new("third-party-call", 20, PricedPer.Started15Minutes), new("own-1", 50, PricedPer.Hour, "translation")] },
    } : throw new InvalidOperationException();

    [Theory]
    [InlineData("letter", 1, 60), InlineData("letter", 3, 180)]
    [InlineData("third-party-call", 1, 20), InlineData("third-party-call", 15, 20), InlineData("third-party-call", 16, 40), InlineData("third-party-call", 45, 60)]
    [InlineData("own-1", 60, 50), InlineData("own-1", 90, 75), InlineData("own-1", 20, 16.66), InlineData("own-1", 1, 0.83)]
    [InlineData(ExtraWorkCost.Contact, 15, 0), InlineData(ExtraWorkCost.Contact, 16, 10), InlineData(ExtraWorkCost.Contact, 30, 10), InlineData(ExtraWorkCost.Contact, 31, 20)]
    public void It_costs_what_the_terms_say(string key, int amount, double total) => Assert.Equal((decimal)total, ExtraWorkCost.Of(Priced(), key, amount)!.Total);

    [Fact]
    public void Hours_are_never_rounded_up_and_thirds_lose_nothing()
    {
        for (var minutes = 1; minutes <= 600; minutes++) Assert.True(ExtraWorkCost.Of(Priced(), "own-1", minutes)!.Total * 60m <= 50m * minutes);
        Assert.Equal(10m, ExtraWorkCost.Of(Priced() with { Scope = new ScopeTerms("14", 2, [new("report", 30, PricedPer.Hour)]) }, "report", 20)!.Total);
    }

    [Fact]
    public void What_has_no_price_is_not_charged_and_nonsense_is_refused()
    {
        Assert.Null(ExtraWorkCost.Of(Priced(), "report", 1));
        Assert.Null(ExtraWorkCost.Of(Priced(contact: null), ExtraWorkCost.Contact, 500));
        Assert.Null(ExtraWorkCost.Of(AgreedTerms.None("BAM").Terms, "letter", 1));
        foreach (var amount in new[] { 0, -1, ExtraWorkCost.MostPieces + 1 }) Assert.Throws<ArgumentOutOfRangeException>(() => ExtraWorkCost.Of(Priced(), "letter", amount));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExtraWorkCost.Of(Priced(), ExtraWorkCost.Contact, ExtraWorkCost.MostMinutes + 1));
    }

    [Fact]
    public void It_rests_on_the_clause_of_the_price_list_or_of_contact()
    {
        Assert.Equal("14", ExtraWorkCost.Of(Priced(), "letter", 1)!.Clause);
        Assert.Equal("8", ExtraWorkCost.Of(Priced(), ExtraWorkCost.Contact, 40)!.Clause);
    }

    [Theory]
    [InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public void It_is_said_in_words_with_nothing_left_open(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        foreach (var (key, amount) in new[] { ("letter", 2), ("third-party-call", 20), ("own-1", 90), (ExtraWorkCost.Contact, 40), (ExtraWorkCost.Contact, 10) })
        {
            var cost = ExtraWorkCost.Of(Priced(), key, amount)!;
            var said = ExtraWorkWords.Record(cost, 3, culture);
            Assert.DoesNotContain('{', said);
            Assert.Contains(PracticeApp.Shared.Currencies.Format(cost.Total, "BAM", culture), said, StringComparison.Ordinal);
            Assert.Contains("3", said, StringComparison.Ordinal);
        }
        Assert.All(Enum.GetValues<PricedPer>(), per => Assert.DoesNotContain('{', ExtraWorkWords.Price(20, per, "BAM", culture)));
    }
}
