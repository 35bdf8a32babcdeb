using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

public sealed class AssessedTests
{
    private static Criterion Decided(CriterionName name, int start, int length) => new(name, Verdict.Met, start, length, Reason.Named);

    [Fact]
    public void The_pieces_are_the_whole_text_cut_where_deciding_words_begin_and_end()
    {
        var assessed = new Assessed("I want to sleep", "en", UtteranceKind.Goal, [Decided(CriterionName.Wish, 0, 9), Decided(CriterionName.Positive, 2, 13)], null);
        var pieces = assessed.Pieces();
        Assert.Equal(["I ", "want to", " sleep"], pieces.Select(p => p.Text));
        Assert.Equal([CriterionName.Wish, CriterionName.Positive], pieces[1].Decided);
        Assert.Equal([CriterionName.Positive], pieces[2].Decided);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I want to say no to my boss 🙂 by Friday")]
    [InlineData("Хочу спокойно спать ночью до конца месяца")]
    public void Nothing_is_lost(string text) => Assert.Equal(text, string.Concat(Assessed.Of(text, "en").Pieces().Select(p => p.Text)));
}
