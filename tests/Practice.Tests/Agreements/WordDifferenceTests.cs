using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class WordDifferenceTests
{
    [Theory]
    [InlineData("a b c", "a b c", "a b c")]
    [InlineData("a b c", "a x c", "a -b +x c")]
    [InlineData("", "a b", "+a+b")]
    [InlineData("a b", "", "-a-b")]
    [InlineData("pay half of the fee", "pay the whole fee", "pay -half-of the +whole fee")]
    public void Marks_what_went_and_what_came(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join(' ', WordDifference.Between(before, after).Select(Shown)));

    [Fact]
    public void Both_texts_can_be_read_off_what_differs()
    {
        var random = new Random(5);
        string Text() => string.Join(' ', Enumerable.Range(0, random.Next(30)).Select(_ => "abcde"[random.Next(5)].ToString()));
        for (var i = 0; i < 300; i++)
        {
            var (before, after) = (Text(), Text());
            var runs = WordDifference.Between(before, after);
            Assert.Equal(before, string.Join(' ', runs.Where(r => r.Change != WordChange.Added).Select(r => r.Text)));
            Assert.Equal(after, string.Join(' ', runs.Where(r => r.Change != WordChange.Removed).Select(r => r.Text)));
        }
    }

    private static string Shown(WordRun run) => run.Change switch
    {
        WordChange.Added => string.Concat(run.Text.Split(' ').Select(w => "+" + w)),
        WordChange.Removed => string.Concat(run.Text.Split(' ').Select(w => "-" + w)),
        _ => run.Text,
    };
}
