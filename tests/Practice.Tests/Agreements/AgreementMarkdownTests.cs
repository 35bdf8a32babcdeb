using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>What the editor keeps is what it shows again.</summary>
public sealed class AgreementMarkdownTests
{
    private static readonly string[] Pieces =
        ["## fee: no clause", @"\## marked", @"\\## twice", "## promises", "- a point", "# no title", "a: b", "{{fee}}", "{{clause.fee}}", "  ", "", "*x*", "1. one", "- client: nobody", "ž–🙂", "## ", "\\", "---", "\t"];

    private static Gen<string> Text => Gen.Elements(Pieces).ListOf().Select(pieces => string.Join('\n', pieces.Take(12)));

    private static Arbitrary<EditedText> Typed => (
        from title in Text
        from opening in Text
        from clauses in (from kind in Gen.Elements(Enum.GetValues<ClauseKind>()) from heading in Text from text in Text select new EditedClause { Kind = kind, Heading = heading, Text = text }).ListOf()
        from promises in (from bearer in Gen.Elements(Enum.GetValues<Bearer>()) from text in Text select new EditedPromise { Bearer = bearer, Text = text }).ListOf()
        select new EditedText { Title = title, Opening = opening, Clauses = [.. clauses.Take(6)], Promises = [.. promises.Take(6)] }).ToArbitrary();

    [Fact]
    public void What_is_written_is_read_again_word_by_word() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Typed, typed =>
    {
        var text = typed.ToText();
        var again = AgreementText.Parse(text.ToMarkdown());
        return again.Title == text.Title && again.Opening == text.Opening && again.Clauses.SequenceEqual(text.Clauses) && again.Responsibilities.SequenceEqual(text.Responsibilities);
    }));

    [Theory]
    [InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public void The_default_text_comes_back_unchanged(string language)
    {
        var text = AgreementText.DefaultTemplate(language);
        var again = AgreementText.Parse(text.ToMarkdown());

        Assert.Equal((text.Title, text.Opening), (again.Title, again.Opening));
        Assert.Equal(text.Clauses, again.Clauses);
        Assert.Equal(text.Responsibilities, again.Responsibilities);
        Assert.Equal(text.ToMarkdown(), again.ToMarkdown());
    }

    [Fact]
    public void A_line_that_looks_like_a_clause_stays_in_its_own()
    {
        var text = AgreementText.Parse("# T\n\n## fee: What it costs: {{fee}}\n\nx") with { Opening = "## fee: not a clause\n- client: no promise" };
        var again = AgreementText.Parse(text.ToMarkdown());

        Assert.Equal("## fee: not a clause\n- client: no promise", again.Opening);
        Assert.Equal("What it costs: {{fee}}", Assert.Single(again.Clauses).Heading);
        Assert.Empty(again.Responsibilities);
    }
}
