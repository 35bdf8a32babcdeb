using PracticeApp.Evaluation;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>The second opinion: what the rules do not know, texts like it tell.</summary>
public sealed class LikenessTests
{
    [Fact]
    public void Every_language_has_one_with_a_weight_in_every_column() =>
        Assert.All(LanguageData.All.Values, l =>
        {
            Assert.NotNull(l.Likeness);
            Assert.All(l.Likeness.Lines, line => Assert.Equal(Likeness.Columns, line.Weights.Length));
            Assert.True(l.Likeness.Lines.Count() > 5_000, l.Language);
        });

    [Theory]
    [InlineData("en", "Tell me why my teenage daughter hates me so much", UtteranceKind.InsightWish)]
    [InlineData("en", "There's a decision to be made and I've been running from it for a year.", UtteranceKind.VagueWish)]
    [InlineData("bs", "Došla sam naučiti prihvatiti kćerkinu pomoć u kupovini.", UtteranceKind.Goal)]
    [InlineData("bs", "Miran život hoću.", UtteranceKind.VagueWish)]
    [InlineData("fi", "Kunpa korvien soiminen jättäisi minut rauhaan.", UtteranceKind.NegativeWish)]
    [InlineData("fi", "Mihin ikään asti lasta pitäisi imettää?", UtteranceKind.AdviceSeeking)]
    public void It_reads_what_the_rules_alone_do_not(string language, string text, UtteranceKind kind)
    {
        var file = LanguageData.Embedded("Languages/").Single(f => f.Name == language).Text;
        var rulesAlone = LanguageData.Parse(file.Replace($"\"language\": \"{language}\"", "\"language\": \"xx\"", StringComparison.Ordinal));
        Assert.Null(rulesAlone.Likeness);
        Assert.NotEqual(kind, Utterances.Read(rulesAlone.Book.Read(text), rulesAlone).Best.Kind);
        var review = FormulationCoach.Review(text, language);
        Assert.Equal(kind, review.Kind);
        Assert.All(review.Criteria, c => Assert.InRange(c.Start + c.Length, 0, text.Length));
        Assert.Contains(review.Criteria, c => c.Length > 0);
    }

    [Fact]
    public void A_long_text_is_judged_by_its_best_sentence_and_not_by_the_mass_of_its_words()
    {
        var troubles = string.Join(' ', Enumerable.Repeat("My husband drinks every evening and the children cry. I cannot sleep and nothing helps.", 20));
        Assert.Equal(UtteranceKind.ProblemList, FormulationCoach.Review(troubles, "en").Kind);
        Assert.Equal(UtteranceKind.Goal, FormulationCoach.Review($"{troubles} I want to learn to say no to my boss without shouting.", "en").Kind);
    }

    [Fact]
    public void The_same_texts_always_give_the_same_weights()
    {
        var lines = Labelled.Read(Path.Combine(Repository.Root, "tests", "Practice.Evaluation", "data", "formulations.tsv")).Where(l => l.Language == "fi").ToList();
        string Counted()
        {
            var folder = Directory.CreateTempSubdirectory();
            try
            {
                Training.Write(lines, folder.FullName, TextWriter.Null);
                return File.ReadAllText(Path.Combine(folder.FullName, "fi.tsv"));
            }
            finally { folder.Delete(recursive: true); }
        }
        Assert.Equal(Counted(), Counted());
    }
}
