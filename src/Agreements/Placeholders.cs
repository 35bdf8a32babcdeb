using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PracticeApp.Agreements;

/// <summary>
/// The names that stand for something in a template, as <c>{{client.name}}</c>. Everything that the terms decide is
/// written through them, so that the text and the terms cannot say different things. Listed in docs/agreements.md.
/// </summary>
public static partial class Placeholders
{
    /// <summary>Names of people and of the practice.</summary>
    public static readonly ImmutableArray<string> People =
        ["client.name", "client.called", "psychologist.name", "practice.name", "practice.address", "practice.phone"];

    /// <summary>Words made from the terms: values ("fee"), phrases ("cancel.free") and whole sentences, which may be empty.</summary>
    public static readonly ImmutableArray<string> FromTerms =
    [
        "session.rule", "review.rule", "place.rule", "fee", "fee.due", "prepayment.rule", "booking.rule",
        "cancel.free", "cancel.tiers", "cancel.room", "cancel.pass", "move.rule", "reminders.rule",
        "absence.rule", "absence.repeats", "absence.steps", "late.rule",
        "psychologist.late", "psychologist.absent", "psychologist.notice", "psychologist.holidays",
        "contact.channels", "contact.hours", "contact.answer", "contact.included", "contact.beyond",
        "emergency.what", "emergency.where", "reasons.waive", "reasons.ask",
        "scope.rule", "extra.rule", "ending.notice", "ending.closing",
    ];

    /// <summary><c>clause.ending</c> is the number of the first clause of that kind.</summary>
    public static readonly ImmutableArray<string> Clauses =
        [.. Enum.GetValues<ClauseKind>().Where(k => k != ClauseKind.Other).Select(ClauseName)];

    public static ImmutableArray<string> All { get; } = [.. People, .. FromTerms, .. Clauses];

    /// <summary>Names in the text that stand for nothing: not on the list, or a clause the text does not have.</summary>
    public static IReadOnlyList<string> UnknownIn(AgreementText text)
    {
        var unknown = new List<string>();
        text.Map(part =>
        {
            unknown.AddRange(UnknownIn(part, text));
            return part;
        });
        return [.. unknown.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The same of one part of a text.</summary>
    public static IReadOnlyList<string> UnknownIn(string part, AgreementText text) => [.. Name().Matches(part).Select(m => m.Groups[1].Value.Trim())
        .Where(name => !People.Contains(name) && !FromTerms.Contains(name) && !text.Clauses.Any(c => c.Kind != ClauseKind.Other && ClauseName(c.Kind) == name)).Distinct(StringComparer.Ordinal)];

    /// <summary>Fills the text in. Sentences that are empty leave no gap behind, and paragraphs of nothing else vanish.</summary>
    /// <exception cref="FormatException">A placeholder without a value.</exception>
    public static AgreementText Fill(AgreementText text, IReadOnlyDictionary<string, string> values)
    {
        var numbers = text.Clauses.GroupBy(c => ClauseName(c.Kind)).ToDictionary(g => g.Key, g => $"{g.First().Number}", StringComparer.Ordinal);
        return text.Map(part => Tidy(Name().Replace(part, match =>
        {
            var name = match.Groups[1].Value.Trim();
            return values.GetValueOrDefault(name) ?? numbers.GetValueOrDefault(name)
                ?? throw new FormatException($"'{name}' stands for nothing.");
        })));
    }

    /// <summary>A name or an address as it is, whatever signs of Markdown it holds.</summary>
    public static string Literal(string value) => MarkdownSigns().Replace(value.ReplaceLineEndings(" ").Trim(), @"\$0");

    private static string ClauseName(ClauseKind kind) => $"clause.{kind}".ToLowerInvariant();

    private static string Tidy(string text) => string.Join("\n\n", text
        .Split("\n\n")
        .Select(paragraph => Blanks().Replace(paragraph, " ").Trim())
        .Where(paragraph => paragraph.Length > 0));

    [GeneratedRegex(@"\{\{([^{}]*)\}\}")]
    private static partial Regex Name();

    [GeneratedRegex(@"[\\`*_\[\]<>{}#|]")]
    private static partial Regex MarkdownSigns();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
