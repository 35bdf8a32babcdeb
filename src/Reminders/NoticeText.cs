using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;

namespace PracticeApp.Reminders;

/// <summary>
/// A notice in words. The kind names its texts: "accounts.invitation" stands in Accounts/Texts as
/// Notice.invitation.Subject and Notice.invitation.Body; {name} in them is filled from the notice's data.
/// </summary>
public static partial class NoticeText
{
    // Reading a file of texts takes longer than all else about a notice.
    private static readonly ConcurrentDictionary<string, ResourceManager> s_resources = new();

    public static string Subject(string kind, CultureInfo culture, IReadOnlyDictionary<string, string> values) => Fill(Find(kind, "Subject", culture), values);

    public static string Body(string kind, CultureInfo culture, IReadOnlyDictionary<string, string> values) => Fill(Find(kind, "Body", culture), values);

    /// <summary>What a text message says: short, plain, nothing that tells what it is about.</summary>
    public static string Short(string kind, CultureInfo culture, IReadOnlyDictionary<string, string> values) => Fill(Find(kind, "Short", culture), values);

    /// <summary>A sentence that a notice is put together from: "reminders.free-until" stands in Reminders/Texts as Notice.free-until.</summary>
    public static string Part(string kind, CultureInfo culture) => Find(kind, null, culture);

    /// <summary>Paragraphs and links of the plain text, nothing else: the same words in both.</summary>
    public static string Html(string text, CultureInfo culture)
    {
        return $"<!doctype html><html lang=\"{culture.TwoLetterISOLanguageName}\"><meta charset=\"utf-8\"><body>{Paragraphs(text)}</body></html>";
    }

    public static string Paragraphs(string text)
    {
        var html = new StringBuilder();
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            html.Append("<p>").Append(Link().Replace(WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal), "<a href=\"$0\">$0</a>")).Append("</p>");
        return html.ToString();
    }

    private static string Find(string kind, string? part, CultureInfo culture)
    {
        var dot = kind.IndexOf('.', StringComparison.Ordinal);
        var feature = char.ToUpperInvariant(kind[0]) + kind[1..dot];
        var resources = s_resources.GetOrAdd(feature, name => new ResourceManager($"PracticeApp.{name}.Texts", typeof(NoticeText).Assembly));
        var key = $"Notice.{kind[(dot + 1)..]}{(part is null ? "" : "." + part)}";
        return resources.GetString(key, culture) ?? throw new InvalidOperationException($"{feature}/Texts lacks {key}.");
    }

    /// <summary>The words as they are written, without values.</summary>
    public static string Written(string kind, string part, CultureInfo culture) => Find(kind, part, culture);

    /// <exception cref="InvalidOperationException">A placeholder has no value.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var filled = Placeholder().Replace(template, match =>
            values.TryGetValue(match.Groups[1].Value, out var value) ? value
                : throw new InvalidOperationException($"The placeholder {match.Value} has no value."));
        // What has nothing to say this time leaves no hole.
        return Hole().Replace(filled, "\n\n");
    }

    public static IEnumerable<string> PlaceholdersOf(string text) => Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct();

    public static string Without(string text) => Placeholder().Replace(text, " ");

    [GeneratedRegex(@"\{([a-z][a-z.]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"https?://[^\s<]+")]
    private static partial Regex Link();
}
