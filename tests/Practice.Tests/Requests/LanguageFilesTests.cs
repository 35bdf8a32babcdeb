using PracticeApp.Evaluation;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>A language is a file; what a file lacks is said here, in words a translator understands.</summary>
public sealed class LanguageFilesTests
{
    [Fact]
    public void Every_language_of_the_house_has_a_file_and_a_safety_lexicon()
    {
        Assert.Equal(Languages.All.Select(l => l.Code).Order(), LanguageData.All.Keys.Order());
        Assert.Equal(Languages.All.Select(l => l.Code).Order(), SafetyScreen.Languages.Order());
    }

    [Fact]
    public void No_file_lacks_anything() => Assert.All(LanguageData.All.Values, l => Assert.Empty(l.Lacks()));

    [Fact]
    public void A_file_that_lacks_something_is_told_what()
    {
        var file = LanguageData.Parse("""{ "language": "xx", "common": ["a"], "questions": { "wish": ["What?"], "whish": ["?"], "own": ["{quote}?", "{quote}!", "{quote}."] } }""");
        var lacks = file.Lacks().ToList();
        Assert.Contains("questions: wish has 1 of 4", lacks);
        Assert.Contains("questions: whish is asked nowhere", lacks);
        Assert.Contains("questions: own has none without a quotation", lacks);
        Assert.Contains("there: no words for Visible", lacks);
    }

    [Fact]
    public void Questions_never_praise_press_or_name_a_kind()
    {
        string[] unwanted = ["!", "why", "зачем", "почему", "zašto", "miksi", "must", "plea", "vague", "goal"];
        foreach (var (language, file) in LanguageData.All)
            foreach (var question in file.Questions.Values.SelectMany(v => v))
                foreach (var word in unwanted.Where(w => question.Contains(w, StringComparison.OrdinalIgnoreCase)))
                    Assert.True(question is "When you know why, what changes in an ordinary day?" or "Kad budete znali zašto, šta će se promijeniti u običnom danu?", $"{language}: {question} ({word})");
    }

    [Fact]
    public void The_floors_hold_in_every_language()
    {
        var directory = Path.Combine(Repository.Root, "tests", "Practice.Evaluation");
        var scores = Labelled.Read(Path.Combine(directory, "data", "formulations.tsv")).GroupBy(l => l.Language).Select(g => new Scores(g.Key, g)).ToList();
        var floors = Floor.Read(Path.Combine(directory, "floor.txt"));
        using var said = new StringWriter();
        Assert.All(LanguageData.All.Keys, l => Assert.Contains(floors, f => f.Language == l && f.Figure == "macro-F1"));
        Assert.True(floors.All(f => f.Holds(scores, said)), said.ToString());
    }
}
