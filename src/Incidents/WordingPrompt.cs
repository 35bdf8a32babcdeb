using PracticeApp.Platform;

namespace PracticeApp.Incidents;

/// <summary>The words that are pointed out under a text, and the memory of having done so.</summary>
public sealed record WordingPrompt(IReadOnlyList<string> Words)
{
    private const string Between = " | ";

    public static WordingPrompt Of(params string?[] texts) => new([.. texts.SelectMany(t => PersonWording.In(t ?? "", Languages.Current))
        .Select(f => f.Words.ToLowerInvariant()).Distinct()]);

    /// <summary>Everything in it was pointed out before: whoever presses again means it.</summary>
    public bool WasSeen(string? seen)
    {
        var before = (seen ?? "").Split(Between);
        return Words.All(before.Contains);
    }

    public string Seen => string.Join(Between, Words);
}
