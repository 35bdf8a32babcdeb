using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public class TermsTests
{
    private static readonly Terms Usual = Terms.Default(80m, "EUR");

    [Fact]
    public void The_default_terms_are_valid() => Assert.Empty(Usual.Validate());

    [Fact]
    public void Terms_survive_the_round_trip_and_keep_one_form()
    {
        var terms = Usual with
        {
            Fee = new("3", 80.50m, 14),
            Cancellation = new("5", [new(48, Cost.OfAmount(25.10m)), new(2, Cost.OfPercent(100))]),
            Repeats = new("6", 180, [0, 25, 100]),
            Prepayment = new("4", PrepaymentScope.FirstSession, 50, 48, WhenUnpaid.ReleaseSlot),
            Overrides = [TermsOverride.Of("couple", SessionPlace.Online) with { Absence = new("6", Cost.OfPercent(70)) }],
        };

        var again = Terms.Parse(terms.ToJson());

        Assert.Equal(terms, again);
        Assert.Equal(terms.ToJson(), again.ToJson());
        Assert.Contains("\"amount\":80.5,", terms.ToJson(), StringComparison.Ordinal);
        Assert.Empty(terms.Validate());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"schemaVersion\":1}")]
    [InlineData("{\"schemaVersion\":2}")]
    public void What_is_not_terms_is_refused(string json) => Assert.Throws<FormatException>(() => Terms.Parse(json));

    [Theory]
    [InlineData("\"schemaVersion\":3", "\"schemaVersion\":4")]
    [InlineData("\"schemaVersion\":3", "\"schemaVersion\":2")]
    [InlineData("\"schemaVersion\":3", "\"schemaVersion\":1")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":null")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"currency\":\"USD\"")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"surcharge\":5")]
    [InlineData("\"amount\":80", "\"amount\":\"80\"")]
    [InlineData("\"amount\":80", "\"amount\":1e99")]
    [InlineData("\"effect\":\"asks\"", "\"effect\":7")]
    [InlineData("\"tiers\":[", "\"tier\":[")]
    public void An_altered_shape_is_refused(string from, string to)
    {
        var json = Usual.ToJson();
        Assert.Contains(from, json, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => Terms.Parse(json.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_problem_is_named_by_its_field()
    {
        var terms = Usual with
        {
            Currency = "euro",
            Fee = new("3a", -1m, 7),
            Cancellation = new("5", [new(24, Cost.OfPercent(50)), new(24, Cost.OfPercent(120)), new(0, new(50, 10))]),
            Lateness = new("7", 90, true),
            Repeats = new("6", 90, []),
            Contact = Usual.Contact with { Hours = new([1, 1, 8], new(18, 0), new(9, 0)) },
            Psychologist = Usual.Psychologist with { Late = new(Cost.OfPercent(25), FreeSession: true) },
            Overrides = [TermsOverride.Of(null, null), TermsOverride.Of("Couple!", null)],
        };

        var fields = terms.Validate().Select(problem => problem.Field).ToHashSet();

        Assert.Superset(new HashSet<string>
        {
            "currency", "fee.clause", "fee.amount", "cancellation.tiers[1].hoursBefore", "cancellation.tiers[1].cost.percent",
            "cancellation.tiers[2].hoursBefore", "cancellation.tiers[2].cost", "lateness.graceMinutes", "repeats.percents",
            "contact.hours.days[1]", "contact.hours.days[2]", "contact.hours.to", "psychologist.late", "overrides[0]", "overrides[1].kind",
        }, fields);
    }

    [Fact]
    public void A_hole_in_a_list_is_a_problem_and_not_a_crash()
    {
        var terms = Terms.Parse(Usual.ToJson().Replace("\"channels\":[\"messages\"", "\"channels\":[null", StringComparison.Ordinal));

        Assert.Contains(terms.Validate(), problem => problem.Field == "contact.channels[0]");
    }

    [Fact]
    public void The_closest_override_counts()
    {
        var terms = Usual with
        {
            Overrides =
            [
                TermsOverride.Of("couple", SessionPlace.InPerson) with { Absence = new("6.3", Cost.OfPercent(30)) },
                TermsOverride.Of("couple", null) with { Absence = new("6.2", Cost.OfPercent(20)), Fee = new("3.2", 120m, 7) },
                TermsOverride.Of(null, SessionPlace.InPerson) with { Absence = new("6.1", Cost.OfPercent(10)), Room = new("2.1", 15m, 48) },
            ],
        };

        Assert.Equal("6.3", terms.For("couple", SessionPlace.InPerson).Absence.Clause);
        Assert.Equal(120m, terms.For("couple", SessionPlace.InPerson).Fee.Amount);
        Assert.Equal("6.2", terms.For("couple", SessionPlace.Online).Absence.Clause);
        Assert.Equal("6", terms.For("individual", SessionPlace.Online).Absence.Clause);
        Assert.Equal(48, terms.For("individual", SessionPlace.InPerson).FreeUntilHours());
        Assert.Equal(24, terms.For("individual", SessionPlace.Online).FreeUntilHours());
    }

    [Theory]
    [InlineData("EUR", 75.55, 50, 37.77, 37.78)]
    [InlineData("JPY", 7555, 50, 3777, 3778)]
    [InlineData("EUR", 80, 100, 80, 80)]
    public void Rounding_favours_the_client(string currency, decimal fee, decimal percent, decimal charged, decimal owed)
    {
        Assert.Equal(charged, Cost.OfPercent(percent).Of(fee, currency));
        Assert.Equal(owed, Cost.OfPercent(percent).OwedOf(fee, currency));
    }

    [Fact]
    public void A_fixed_amount_never_exceeds_the_fee() => Assert.Equal(20m, Cost.OfAmount(25m).Of(20m, "EUR"));
}
