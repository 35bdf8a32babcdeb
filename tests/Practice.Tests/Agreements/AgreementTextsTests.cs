using System.Globalization;
using System.Resources;
using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Agreements;

public sealed class AgreementTextsTests
{
    private static readonly ResourceManager Terms = new("PracticeApp.src.Agreements.TermsTexts", typeof(Agreement).Assembly);

    [Theory]
    [InlineData("ru")]
    [InlineData("bs")]
    [InlineData("fi")]
    public void Every_sentence_about_terms_is_there_in_every_language_with_its_plural_forms(string language)
    {
        var english = Keys("en");
        var wrong = english.Keys.Except(Keys(language).Keys).Select(k => $"{k} is missing").ToList();
        foreach (var (key, text) in english)
        {
            var forms = Keys(language).GetValueOrDefault(key)?.Split('|').Length ?? 0;
            var counted = text.Contains('|', StringComparison.Ordinal) && key != "UntilDays";
            if (counted && forms != 1 && forms != Plurals.CategoriesOf(language).Length) wrong.Add($"{key} has {forms} forms");
            if (key == "UntilDays" && forms != 7) wrong.Add($"{key} has {forms} days");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_kind_of_act_and_every_state_has_its_words()
    {
        var texts = new ResourceManager(typeof(Texts));
        foreach (var language in Languages.All)
        {
            var culture = Languages.Culture(language.Code);
            Assert.All(Enum.GetNames<ActKind>(), kind => Assert.NotNull(texts.GetString("Act." + kind, culture)));
            Assert.All(Enum.GetNames<AgreementState>(), state => Assert.NotNull(texts.GetString("State." + state, culture)));
        }
    }

    private static Dictionary<string, string> Keys(string language)
    {
        var set = Terms.GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : new CultureInfo(language), true, false)!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }
}
