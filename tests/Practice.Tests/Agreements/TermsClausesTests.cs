using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class TermsClausesTests
{
    private static readonly AgreementText Words = AgreementText.DefaultTemplate("en");

    [Fact]
    public void The_default_terms_rest_on_the_clauses_of_the_default_words() =>
        Assert.Equal(Terms.Default(80, "EUR"), Terms.Default(80, "EUR").WithClausesOf(Words));

    [Fact]
    public void When_clauses_change_places_the_terms_point_at_the_same_clauses_as_before()
    {
        var turned = Renumbered(Words with { Clauses = [.. Words.Clauses.Reverse()] });

        var terms = Terms.Default(80, "EUR").WithClausesOf(turned);

        Assert.Equal((turned.NumberOf(ClauseKind.Fee), turned.NumberOf(ClauseKind.Absence), turned.NumberOf(ClauseKind.Absence), turned.NumberOf(ClauseKind.Emergency)),
            (Number(terms.Fee.Clause), Number(terms.Absence.Clause), Number(terms.Escalations[0].Clause), Number(terms.Contact.Emergency.Clause)));
        Assert.Equal(Terms.Default(80, "EUR"), terms.WithClausesOf(Words));
    }

    [Fact]
    public void A_part_without_a_clause_of_its_own_rests_on_the_next_fitting_one_or_on_none()
    {
        var few = Renumbered(Words with { Clauses = [.. Words.Clauses.Where(c => c.Kind is ClauseKind.Fee or ClauseKind.Cancelling)] });

        var terms = Terms.Default(80, "EUR").WithClausesOf(few);

        Assert.Equal(("1", "2", "2", "1", null), (terms.Fee.Clause, terms.Cancellation.Clause, terms.Absence.Clause, terms.Booking.Clause, terms.Ending.Clause));
    }

    [Fact]
    public void A_number_within_the_right_clause_stays()
    {
        var terms = Terms.Default(80, "EUR") with { Moving = new("5.1", 2, 24, null), Absence = new("9", Cost.OfPercent(100)) };

        Assert.Equal(("5.1", "6"), (terms.WithClausesOf(Words).Moving.Clause, terms.WithClausesOf(Words).Absence.Clause));
    }

    [Fact]
    public void Whatever_the_terms_their_clauses_exist_and_nothing_else_changes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(AnyAgreedTerms.Arbitrary, terms =>
        {
            var pointed = terms.WithClausesOf(Words);
            Assert.Empty(pointed.Validate());
            Assert.Equal(pointed, pointed.WithClausesOf(Words));
            Assert.DoesNotContain("\"clause\":\"12.34\"", pointed.ToJson(), StringComparison.Ordinal);
            Assert.Equal(Bare(terms), Bare(pointed));
        }));

    private static string Bare(Terms terms) => System.Text.RegularExpressions.Regex.Replace(terms.ToJson(), "\"clause\":(null|\"[^\"]*\")", "");

    private static int? Number(string? clause) => clause is null ? null : int.Parse(clause, null);

    private static AgreementText Renumbered(AgreementText text) => text with { Clauses = [.. text.Clauses.Select((c, i) => c with { Number = i + 1 })] };
}
