using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void What_is_announced_is_what_is_decided_for_any_terms_kind_and_place() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(AnyAgreedTerms.Arbitrary, terms =>
        {
            foreach (var kind in terms.Overrides.Select(o => o.Kind ?? "other").Append("other").Distinct())
            foreach (var place in Enum.GetValues<SessionPlace>())
            {
                var holds = terms.For(kind, place);
                var steps = NoticeSteps.Of(holds);
                foreach (var hours in steps.SelectMany(s => new[] { s.HoursBefore - 1, s.HoursBefore }).Append(0).Append(9000))
                {
                    Assert.Equal(steps.LastOrDefault(s => hours < s.HoursBefore)?.Amount ?? 0m, Decide(terms, hours, kind, place));
                }

                var card = Lines(holds, "en");
                Assert.All(steps, step => Assert.Contains(card, line => line.Contains(Money(step.Amount), StringComparison.Ordinal)));
                var absence = NoticeSteps.Absence(holds).Charge;
                Assert.Contains(card, line => line.StartsWith("Not coming without a word costs " + (absence == 0 ? "nothing" : Money(absence)), StringComparison.Ordinal));
            }
        }));

    [Fact]
    public void Every_exception_that_changes_an_amount_is_named_with_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(AnyAgreedTerms.Arbitrary, terms =>
        {
            var kinds = new Dictionary<string, string> { ["couple"] = "Couple session", ["individual"] = "Individual session" };
            var card = TermsCard.Of(terms, "en", kinds).Select(m => m.Text.Replace('\u00a0', ' ')).ToList();
            foreach (var over in terms.Overrides)
            {
                var holds = terms.For(over.Kind, over.Place);
                var name = string.Join(", ", new[]
                {
                    over.Kind is null ? null : kinds.GetValueOrDefault(over.Kind, "another kind of session"),
                    over.Place switch { null => null, SessionPlace.Online => "online", _ => "in person" },
                }.OfType<string>()) + ": ";
                if (NoticeSteps.Absence(holds).Charge is var absence && absence != NoticeSteps.Absence(terms).Charge)
                {
                    Assert.Contains(card, line => line.StartsWith(name + "Not coming without a word costs " + (absence == 0 ? "nothing" : Money(absence)), StringComparison.Ordinal));
                }

                foreach (var step in NoticeSteps.Of(holds).Except(NoticeSteps.Of(terms)))
                {
                    Assert.Contains(card, line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(Money(step.Amount), StringComparison.Ordinal));
                }
            }
        }));

    [Theory]
    [InlineData("en", "online: No payment in advance")]
    [InlineData("ru", "онлайн: ")]
    [InlineData("bs", "online: ")]
    [InlineData("fi", "etänä: ")]
    public void What_is_lifted_for_a_place_is_said(string language, string said)
    {
        var terms = Default with
        {
            Prepayment = new("4", PrepaymentScope.Always, 100, 24, WhenUnpaid.ReleaseSlot),
            Overrides = [TermsOverride.Of(null, SessionPlace.Online) with { Without = [LiftedPart.Prepayment] }],
        };

        Assert.Null(terms.For(null, SessionPlace.Online).Prepayment);
        Assert.NotNull(terms.For(null, SessionPlace.InPerson).Prepayment);
        Assert.Single(Lines(terms, language), line => line.StartsWith(said, StringComparison.Ordinal));
    }

    private static string Money(decimal amount) => Currencies.Format(amount, "EUR", PracticeApp.Platform.Languages.Culture("en")).Replace('\u00a0', ' ');

    private static List<string> Lines(Terms terms, string language) =>
        [.. TermsCard.Of(terms, language).Select(m => m.Text.Replace('\u00a0', ' '))];

    private static decimal Decide(Terms terms, int hours, string kind, SessionPlace place)
    {
        var start = new DateTime(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);
        var appointment = new AppointmentFacts(Guid.Empty, kind, place, start, start, null, 0, terms.For(kind, place).Fee.Amount);
        return AttendancePolicy.IfCancelledNow(appointment, [new AgreedTerms(Guid.Empty, 1, terms.WithoutHistory())], [], start.AddHours(-hours)).Charge;
    }

    private static decimal Decide(Terms terms, int hours)
    {
        var start = new DateTime(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);
        var appointment = new AppointmentFacts(Guid.Empty, "individual", SessionPlace.InPerson, start, start, null, 0, terms.Fee.Amount);
        return AttendancePolicy.IfCancelledNow(appointment, [new AgreedTerms(Guid.Empty, 1, terms)], [], start.AddHours(-hours)).Charge;
    }
}
