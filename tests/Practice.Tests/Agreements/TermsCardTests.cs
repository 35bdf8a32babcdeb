using System.Collections.Immutable;
using PracticeApp.Agreements;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Agreements;

public sealed class TermsCardTests
{
    private static readonly Terms Default = Terms.Default(80, "EUR");

    [Theory]
    [InlineData("en", "€40", "€80", "Wednesday at 10:00")]
    [InlineData("ru", "40 €", "80 €", "среды, 10:00")]
    [InlineData("bs", "40 €", "80 €", "srijede u 10:00")]
    [InlineData("fi", "40 €", "80 €", "keskiviikkona klo 10.00")]
    public void The_default_terms_read_in_every_language(string language, string half, string full, string until)
    {
        var card = Lines(Default, language);

        Assert.Contains(card, line => line.Contains(until, StringComparison.Ordinal));
        Assert.Contains(card, line => line.Contains("24", StringComparison.Ordinal) && line.Contains(half, StringComparison.Ordinal));
        Assert.Contains(card, line => line.Contains(full, StringComparison.Ordinal) && !line.Contains("50", StringComparison.Ordinal));
        Assert.Contains(card, line => line.Contains("365", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_that_cost_no_more_than_an_earlier_one_are_not_steps()
    {
        var terms = Default with { Cancellation = new("5", [new(2, Cost.OfPercent(10)), new(48, Cost.OfPercent(25)), new(24, Cost.OfAmount(60)), new(72, Cost.OfPercent(0))]) };

        Assert.Equal([(48, 20m), (24, 60m)], NoticeSteps.Of(terms).Select(s => (s.HoursBefore, s.Amount)));
    }

    [Fact]
    public void The_card_says_what_the_policy_decides_just_inside_and_just_outside_every_limit()
    {
        var terms = Default with
        {
            FreePasses = null,
            Room = new RoomTerms("5", 30, 6),
            Cancellation = new("5", [new(72, Cost.OfPercent(15)), new(24, Cost.OfAmount(37.5m)), new(3, Cost.OfPercent(90))]),
        };
        var steps = NoticeSteps.Of(terms);
        foreach (var hours in Enumerable.Range(1, 100))
        {
            var announced = steps.LastOrDefault(s => hours < s.HoursBefore)?.Amount ?? 0m;
            Assert.Equal(announced, Decide(terms, hours));
        }

        Assert.All(steps, step => Assert.Contains(Lines(terms, "en"), line => line.Contains(
            $"less than {step.HoursBefore} hours' notice it costs {Currencies.Format(step.Amount, "EUR", PracticeApp.Platform.Languages.Culture("en"))}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_cancelling_never_costs_the_card_and_the_text_say_so()
    {
        var terms = Default with { Cancellation = new("5", []) };

        Assert.Contains("Cancelling before the start costs nothing.", Lines(terms, "en"));
        Assert.Contains("at any time before the start", TemplateTests.Fill("en", terms).Clauses[4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_psychologist_s_side_stands_there_too()
    {
        var card = Lines(Default, "en");

        Assert.Contains("If your psychologist is more than 10 minutes late, €20 is credited to you.", card);
        Assert.Contains("If your psychologist does not come, you pay nothing and one session is free of charge.", card);
    }

    [Fact]
    public void Every_line_belongs_to_a_clause_of_the_agreement() =>
        Assert.All(TermsCard.Of(Default, "en"), meaning => Assert.InRange(int.Parse(meaning.Clause!, null), 1, 16));

    private static List<string> Lines(Terms terms, string language) =>
        [.. TermsCard.Of(terms, language).Select(m => m.Text.Replace('\u00a0', ' '))];

    private static decimal Decide(Terms terms, int hours)
    {
        var start = new DateTime(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);
        var appointment = new AppointmentFacts(Guid.Empty, "individual", SessionPlace.InPerson, start, start, null, 0, terms.Fee.Amount);
        return AttendancePolicy.IfCancelledNow(appointment, [new AgreedTerms(Guid.Empty, 1, terms)], [], start.AddHours(-hours)).Charge;
    }
}
