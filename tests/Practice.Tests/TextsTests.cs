using System.Text.RegularExpressions;
using System.Xml.Linq;
using PracticeApp.Platform;

namespace PracticeApp.Tests;

/// <summary>Every text is there in every language, and every key that code and pages name exists.</summary>
public sealed partial class TextsTests
{
    private static readonly string Source = Path.Combine(Root(), "src");

    public static TheoryData<string> Features() => [.. Directory.GetFiles(Source, "Texts.resx", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Source, Path.GetDirectoryName(file)!)).Order()];

    [Theory, MemberData(nameof(Features))]
    public void Every_text_is_there_in_all_languages_with_the_same_placeholders(string feature)
    {
        var neutral = Read(feature, "");
        Assert.NotEmpty(neutral);
        var missing = Languages.All.Where(l => l.Code != Languages.Fallback)
            .SelectMany(l => Differences(neutral, Read(feature, $".{l.Code}"), l.Code)).ToList();
        Assert.True(missing.Count == 0, $"{feature}:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void Every_key_that_is_named_in_code_or_on_a_page_exists()
    {
        var shared = Read("Shared", "").Keys.ToHashSet();
        var missing = new List<string>();
        foreach (var file in Directory.GetFiles(Source, "*.cs*", SearchOption.AllDirectories))
        {
            var feature = Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar)[0];
            var own = File.Exists(Path.Combine(Source, feature, "Texts.resx")) ? Read(feature, "").Keys.ToHashSet() : [];
            foreach (Match use in Use().Matches(File.ReadAllText(file)))
            {
                var (texts, plural, key) = (use.Groups["texts"].Value, use.Groups["plural"].Success, use.Groups["key"].Value);
                var keys = texts is "S" or "s" or "shared" || feature == "Shared" ? shared : own;
                if (!keys.Contains(plural ? key + ".other" : key))
                {
                    missing.Add($"{Path.GetRelativePath(Source, file)}: {key}");
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    private static IEnumerable<string> Differences(Dictionary<string, string> neutral, Dictionary<string, string> translated, string language)
    {
        var wanted = neutral.Keys.Where(k => !IsPlural(neutral, k)).ToHashSet();
        var plurals = neutral.Keys.Where(k => IsPlural(neutral, k)).Select(BaseOf).Distinct().ToList();
        wanted.UnionWith(plurals.SelectMany(p => Plurals.CategoriesOf(language).Select(c => $"{p}.{c}")));
        foreach (var key in wanted)
        {
            if (!translated.TryGetValue(key, out var text) || string.IsNullOrWhiteSpace(text))
            {
                yield return $"{language}: {key} is missing";
            }
            else if (!key.EndsWith(".one", StringComparison.Ordinal)
                && !Placeholders(neutral.GetValueOrDefault(key) ?? neutral[$"{BaseOf(key)}.other"]).SetEquals(Placeholders(text)))
            {
                yield return $"{language}: {key} has other placeholders than the English text";
            }
        }

        foreach (var key in translated.Keys.Except(wanted))
        {
            yield return $"{language}: {key} is not in the English texts";
        }
    }

    private static bool IsPlural(Dictionary<string, string> neutral, string key) =>
        Plurals.CategoriesOf(Languages.Fallback).All(c => neutral.ContainsKey($"{BaseOf(key)}.{c}"))
        && Plurals.CategoriesOf(Languages.Fallback).Contains(key[(key.LastIndexOf('.') + 1)..]);

    private static string BaseOf(string key) => key.LastIndexOf('.') is > 0 and var dot ? key[..dot] : key;

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    private static Dictionary<string, string> Read(string feature, string suffix)
    {
        var file = Path.Combine(Source, feature, $"Texts{suffix}.resx");
        return File.Exists(file)
            ? XDocument.Load(file).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value)
            : [];
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Practice.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("""\b(?<texts>[TtSs]|texts|shared)(?:\[|\.(?:(?<plural>Plural)|Html)\()"(?<key>[A-Za-z][\w.]*)"(?=[\],)])""")]
    private static partial Regex Use();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Placeholder();
}
