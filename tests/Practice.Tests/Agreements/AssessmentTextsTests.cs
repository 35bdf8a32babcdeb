using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PracticeApp.Tests.Agreements;

public partial class AssessmentTextsTests
{
    private static Dictionary<string, string> Read(string suffix) =>
        XDocument.Load(Path.Combine(Repository.Root, "src/Agreements", $"AssessmentTexts{suffix}.resx")).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    [Theory]
    [InlineData(".ru")]
    [InlineData(".bs")]
    [InlineData(".fi")]
    public void Every_sentence_is_there_in_every_language_and_names_the_same(string language)
    {
        var (english, other) = (Read(""), Read(language));

        Assert.Equal(english.Keys.Order(), other.Keys.Order());
        foreach (var (key, text) in english) Assert.Equal(Named().Matches(text).Select(m => m.Value).Order(), Named().Matches(other[key]).Select(m => m.Value).Order());
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Named();
}
