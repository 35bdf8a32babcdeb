using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData("Ne vidim više smisla.", "Ne vidim više smisla.")]
    [InlineData("one\r\ntwo\tthree", "one\ntwo\tthree")]
    [InlineData("nul\0bell\u0007", "nulbell")]
    [InlineData("whole \ud83d\ude42", "whole \ud83d\ude42")]
    public void A_text_keeps_its_words_and_loses_what_no_text_holds(string typed, string kept) =>
        Assert.Equal(kept, TypedText.Clean(typed));

    [Fact]
    public void Half_a_character_becomes_a_mark_that_something_was_there() =>
        Assert.Equal("half \ufffd pair", TypedText.Clean("half \ud83d pair"));
}
