using System.Collections.Frozen;
using System.Text.Json;

namespace PracticeApp.Sessions;

/// <summary>The headings a protocol is written under, in order. Their words are the texts <c>Section.{format}.{heading}</c>.</summary>
public sealed record ProtocolFormat(string Key, IReadOnlyList<string> Headings)
{
    /// <summary>What was said, what was done, what was agreed until next time, risk, next step; the request and its step stand above.</summary>
    public static ProtocolFormat Default { get; } = new("request-centred", ["said", "done", "agreed", "risk", "next"]);

    private static readonly FrozenDictionary<string, ProtocolFormat> ByKey = new[] { Default }.ToFrozenDictionary(f => f.Key);

    public static ProtocolFormat Of(string key) => ByKey[key];
}

/// <summary>What stands under the headings of a protocol. Blank ones are left out; nothing else of what was written is touched.</summary>
public sealed class Sections
{
    public const int LongestText = 40_000;
    public static Sections Empty { get; } = new(FrozenDictionary<string, string>.Empty);

    private readonly FrozenDictionary<string, string> _texts;

    private Sections(FrozenDictionary<string, string> texts) => _texts = texts;

    public static Sections Of(IEnumerable<KeyValuePair<string, string?>> texts) =>
        new(texts.Where(t => !string.IsNullOrWhiteSpace(t.Value)).ToFrozenDictionary(t => t.Key, t => t.Value!));

    public string this[string heading] => _texts.GetValueOrDefault(heading, "");
    public bool IsBlank => _texts.Count == 0;

    internal Sections Only(ProtocolFormat format) => Of(_texts.Where(t => format.Headings.Contains(t.Key))!);

    public string ToJson() => JsonSerializer.Serialize(_texts.OrderBy(t => t.Key, StringComparer.Ordinal).ToDictionary());

    public static Sections FromJson(string json) => Of(JsonSerializer.Deserialize<Dictionary<string, string?>>(json)!);
}
