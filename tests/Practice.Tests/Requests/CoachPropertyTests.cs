using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Evaluation;
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

    private static readonly Labelled[] Samples = [.. Labelled.Read(Path.Combine(Repository.Root, "tests", "Practice.Evaluation", "data", "formulations.tsv"))];

    [Fact]
    public void More_space_and_other_capitals_do_not_change_the_kind() =>
        Prop.ForAll(Gen.Elements(Samples).ToArbitrary(), ArbMap.Default.ArbFor<PositiveInt>(), (line, n) =>
        {
            var kind = FormulationCoach.Review(line.Text, line.Language).Kind;
            var wide = new string(' ', n.Get % 4) + line.Text.Replace(" ", new string(' ', 1 + (n.Get % 5)), StringComparison.Ordinal) + "  ";
            foreach (var other in (string[])[wide, line.Text.ToUpperInvariant(), line.Text.ToLowerInvariant()])
                Assert.Equal((line.Id, kind), (line.Id, FormulationCoach.Review(other, line.Language).Kind));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Whatever_it_says_is_a_sentence_of_the_file_with_the_clients_own_words_in_it() =>
        Prop.ForAll(Gen.Elements(Samples).ToArbitrary(), Gen.Elements("en", "ru", "bs", "fi").ToArbitrary(), (line, asking) =>
        {
            var question = FormulationCoach.Review(line.Text, asking).Question;
            var template = question.Quote.Length == 0 ? question.Before : question.Before + FormulationCoach.QuotePlace + question.After;
            Assert.Contains(template, LanguageData.All[asking].Questions.Values.SelectMany(q => q));
            Assert.Contains(question.Quote, line.Text, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public void Time_grows_with_the_length_of_the_text_and_no_faster(string language)
    {
        var text = string.Concat(Enumerable.Repeat(string.Join(' ', Samples.Where(s => s.Language == language).Select(s => s.Text)) + " ", 10));
        double Least(int length)
        {
            var least = double.MaxValue;
            for (var i = 0; i < 15; i++)
            {
                var start = System.Diagnostics.Stopwatch.GetTimestamp();
                FormulationCoach.Review(text[..length], language);
                least = Math.Min(least, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            return least;
        }
        Least(2_000);
        var (some, four) = (Least(2_500), Least(10_000));
        // Four times as long; were it to grow with the square, it would be sixteen times.
        Assert.True(four < (some * 11) + 5, $"{some:0.00} ms for 2,500 characters, {four:0.00} ms for 10,000");
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
