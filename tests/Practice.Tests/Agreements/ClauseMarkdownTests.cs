using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class ClauseMarkdownTests
{
    [Fact]
    public void Paragraphs_lists_and_emphasis_are_kept()
    {
        var blocks = ClauseMarkdown.Read("One *two* **three**\nfour\n\n- a\n- b\n\n3. c\n4. d");

        Assert.Equal([null, "•", "•", "3.", "4."], blocks.Select(b => b.Mark));
        Assert.Equal([new("One ", false, false), new("two", true, false), new(" ", false, false), new("three", false, true), new ClauseRun(" four", false, false)], blocks[0].Runs);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b", "a <img src=x onerror=alert(1)> b")]
    [InlineData("[press](javascript:alert(1))", "press")]
    [InlineData("![picture](https://example.org/x.png)", "picture")]
    [InlineData("# heading", "heading")]
    [InlineData("    code", "code")]
    [InlineData("&lt;b&gt;", "<b>")]
    public void Everything_else_is_its_plain_words(string markdown, string words) =>
        Assert.Equal(words, string.Concat(ClauseMarkdown.Read(markdown).SelectMany(b => b.Runs).Select(r => r.Text)));
}
