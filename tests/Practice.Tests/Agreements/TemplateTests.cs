using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed partial class TemplateTests
{
    public static TheoryData<string> Languages => new("en", "ru", "bs", "fi");

    private static readonly AgreementSetting Setting = new(
        "Emina Salihović", "Emina", "Lejla Hadžić", "Lipa", "Titova 12, Sarajevo", "+387 33 000 000", ["Hitna pomoć 124"]);

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_default_template_has_every_kind_of_clause_once_and_promises_of_all_three_bearers(string language)
    {
        var text = AgreementText.DefaultTemplate(language);

        Assert.Equal(Enum.GetValues<ClauseKind>().Where(k => k != ClauseKind.Other), text.Clauses.Select(c => c.Kind));
        Assert.All(text.Clauses, c => Assert.True(c.Heading.Length > 3 && c.Text.Length > 10, $"clause {c.Number}"));
        Assert.Equal(Enum.GetValues<Bearer>().Order(), text.Responsibilities.Select(r => r.Bearer).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_says_the_same_with_the_same_placeholders(string language)
    {
        var (english, other) = (AgreementText.DefaultTemplate("en"), AgreementText.DefaultTemplate(language));

        Assert.Equal(english.Clauses.Select(c => Names(c.Text)), other.Clauses.Select(c => Names(c.Text)));
        Assert.Equal(english.Responsibilities.Select(r => (r.Bearer, Names(r.Text))), other.Responsibilities.Select(r => (r.Bearer, Names(r.Text))));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_number_stands_in_the_default_template_but_through_a_placeholder(string language)
    {
        AgreementText.DefaultTemplate(language).Map(part =>
        {
            Assert.DoesNotMatch(@"\d", part);
            return part;
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Filled_in_nothing_is_left_open(string language)
    {
        Fill(language, Terms.Default(80, "EUR")).Map(part =>
        {
            Assert.DoesNotMatch(@"\{\{|\}\}|  |\{\d", part);
            Assert.False(part.EndsWith(' '));
            return part;
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_text_shows_the_fee_the_window_and_the_address_of_the_terms(string language)
    {
        var text = Fill(language, Terms.Default(85, "EUR") with { Cancellation = new("5", [new(36, Cost.OfPercent(40))]) });

        Assert.Contains("85", text.Clauses.Single(c => c.Kind == ClauseKind.Fee).Text, StringComparison.Ordinal);
        Assert.Contains("36", text.Clauses.Single(c => c.Kind == ClauseKind.Cancelling).Text, StringComparison.Ordinal);
        Assert.Contains("40 %", text.Clauses.Single(c => c.Kind == ClauseKind.Cancelling).Text, StringComparison.Ordinal);
        Assert.Contains("Titova 12", text.Clauses.Single(c => c.Kind == ClauseKind.Place).Text, StringComparison.Ordinal);
        Assert.Contains("Hitna pomoć 124", text.Clauses.Single(c => c.Kind == ClauseKind.Emergency).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_placeholder_on_the_list_has_a_value(string language)
    {
        var values = TermsInWords.Values(Terms.Default(80, "EUR"), Setting, language);

        Assert.Equal(Placeholders.People.Concat(Placeholders.FromTerms).Order(), values.Keys.Order());
    }

    [Fact]
    public void An_unknown_placeholder_and_a_clause_that_is_not_there_are_named()
    {
        var text = AgreementText.Parse("# T\n\nHello {{client.nmae}}\n\n## fee: Fee\n\n{{fee}} {{clause.emergency}}");

        Assert.Equal(["client.nmae", "clause.emergency"], Placeholders.UnknownIn(text));
        Assert.Throws<FormatException>(() => Placeholders.Fill(text, TermsInWords.Values(Terms.Default(80, "EUR"), Setting, "en")));
    }

    [Fact]
    public void A_name_stays_a_name_whatever_signs_it_holds()
    {
        var text = AgreementText.Parse("# T\n\n{{client.name}}\n\n## fee: Fee\n\n{{fee}}");
        var values = TermsInWords.Values(Terms.Default(80, "EUR"), Setting with { ClientName = "*A* <b> [x](javascript:y) {{fee}}" }, "en");
        var opening = Placeholders.Fill(text, values).Opening;

        Assert.Equal("*A* <b> [x](javascript:y) {{fee}}", string.Concat(ClauseMarkdown.Read(opening).Single().Runs.Select(r => r.Text)));
    }

    [Fact]
    public void Clauses_count_themselves_and_are_referred_to_by_number()
    {
        var text = AgreementText.Parse("# T\n\nSee {{clause.fee}}\n\n## other: A\n\na\n\n## fee: Fee\n\nb");

        Assert.Equal("See 2", Placeholders.Fill(text, new Dictionary<string, string>()).Opening);
    }

    [Fact]
    public void Terms_that_name_clauses_name_those_of_the_default_template()
    {
        var text = AgreementText.DefaultTemplate("en");
        var terms = Terms.Default(80, "EUR");
        (string? Clause, ClauseKind Kind)[] named =
        [
            (terms.Fee.Clause, ClauseKind.Fee), (terms.Session.Clause, ClauseKind.Place), (terms.Cancellation.Clause, ClauseKind.Cancelling),
            (terms.Absence.Clause, ClauseKind.Absence), (terms.Lateness.Clause, ClauseKind.Lateness), (terms.FreePasses!.Clause, ClauseKind.Cancelling),
            (terms.Reasons.Clause, ClauseKind.ForceMajeure), (terms.Escalations[0].Clause, ClauseKind.Absence), (terms.Booking.Clause, ClauseKind.Prepayment),
            (terms.Moving.Clause, ClauseKind.Cancelling), (terms.Contact.Clause, ClauseKind.Contact), (terms.Contact.Emergency.Clause, ClauseKind.Emergency),
            (terms.Scope.Clause, ClauseKind.Changes), (terms.Psychologist.Clause, ClauseKind.Lateness), (terms.Ending.Clause, ClauseKind.Ending),
        ];

        Assert.All(named, pair => Assert.Equal($"{text.NumberOf(pair.Kind)}", pair.Clause));
    }

    [Theory]
    [InlineData("Title without a sign")]
    [InlineData("# T\n\n## nonsense: H\n\ntext")]
    [InlineData("# T\n\n## promises\n\n- nobody: I do")]
    public void What_is_no_template_is_refused(string markdown) =>
        Assert.Throws<FormatException>(() => AgreementText.Parse(markdown));

    internal static AgreementText Fill(string language, Terms terms) =>
        Placeholders.Fill(AgreementText.DefaultTemplate(language), TermsInWords.Values(terms, Setting, language));

    private static string Names(string text) => string.Join(' ', Name().Matches(text).Select(m => m.Value).Order());

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Name();
}
