using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>Whatever is typed: nothing crashes, and every place the coach names lies inside the text.</summary>
public sealed class CoachPropertyTests
{
    private static readonly string[] Pieces =
    [
        "I want to ", "help me ", "my husband ", "stop ", "why ", "?", "!", "...", ",", "\n", "\r\n", "\0", "\u0001", "\u200d", "\u00ad", "\ud83d\ude05", "\ud83d", "\ude05",
        "й", "ё", "đ", "ß", "İ", "ﬃ", "e\u0301", "\u202e", "’", "'", "n't", "don't", "-", " - ", "1,000.50", "{quote}", "|<>*", "a", "хочу ", "želim ", "haluan ",
    ];

    private static readonly Gen<string> Mixed =
        from parts in Gen.Elements(Pieces).ListOf()
        from noise in ArbMap.Default.GeneratorFor<string>()
        select string.Concat(parts) + noise + string.Concat(Enumerable.Reverse(parts));

    private static void CheckReview(string? text)
    {
        foreach (var language in (string[])["en", "ru", "bs", "fi", "xx", ""])
        {
            var review = FormulationCoach.Review(text!, language);
            Assert.Equal(7, review.Criteria.Count);
            Assert.NotEqual("", review.Question.Before + review.Question.Quote);
            if (review.Question.Quote.Length > 0) Assert.Contains(review.Question.Quote, text, StringComparison.Ordinal);
            foreach (var c in review.Criteria) Assert.True(c.Start >= 0 && c.Length >= 0 && c.Start + c.Length <= (text ?? "").Length, c.ToString());
        }
        foreach (var finding in SafetyScreen.Screen(text).Findings)
            Assert.True(finding.Start >= 0 && finding.Length > 0 && finding.Start + finding.Length <= text!.Length, finding.ToString());
    }

    [Fact]
    public void No_text_makes_the_coach_or_the_screen_fail() =>
        Prop.ForAll(Mixed.ToArbitrary(), CheckReview).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Any_characters_at_all_are_read() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), CheckReview).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("!!!???...")]
    [InlineData("\ud83d")]
    [InlineData("''''")]
    public void Next_to_nothing_is_met_with_a_question(string text)
    {
        CheckReview(text);
        Assert.False(FormulationCoach.Review(text, "en").HasVerdict);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("I want to stop my husband or ")]
    [InlineData("help ")]
    [InlineData("'")]
    [InlineData("really just so ")]
    [InlineData("my my my ")]
    [InlineData("не хочу жить ")]
    public void Ten_thousand_characters_of_the_same_are_read(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 10_000 / piece.Length + 1).ToString();
        CheckReview(text);
    }

    [Fact]
    public void Control_characters_and_every_plane_are_read()
    {
        var text = new StringBuilder();
        for (var c = 0; c < 0x3000; c++) text.Append((char)c);
        for (var c = 0xD7F0; c < 0xE010; c++) text.Append((char)c);
        CheckReview(text.ToString());
        CheckReview(string.Concat(Enumerable.Range(0x1F600, 80).Select(char.ConvertFromUtf32)));
    }

    [Fact]
    public void What_is_found_does_not_depend_on_the_culture_of_the_thread()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal(UtteranceKind.InsightWish, FormulationCoach.Review("I WANT TO FIND OUT WHY I QUIT", "en").Kind);
        }
        finally { CultureInfo.CurrentCulture = before; }
    }
}
