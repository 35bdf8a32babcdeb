using PracticeApp.Platform;

namespace PracticeApp.Requests;

/// <summary>What a client sees of the coach: what is there, in their words, one question and the language that was read; never what is missing, never a kind.</summary>
/// <param name="Prefix">Name of the input the words belong to.</param>
/// <param name="Reads">Something was read, so that its language can be said.</param>
/// <param name="Read">The language of the words; null when it is none the coach knows, or several.</param>
/// <param name="Route">What the buttons add to their address, where a page has several such fields.</param>
public sealed record ReviewView(string Prefix, WordsInput Input, IReadOnlyList<(string Name, string Words)> There, CoachQuestion? Question, string QuestionLanguage, bool Reads, string? Read, string Route = "")
{
    public string Id => Prefix.Replace('.', '_').Replace('[', '_').Replace(']', '_');
    public string NameOf(string field) => $"{Prefix}.{field}";

    /// <summary>While somebody may be in danger or grieves there is nothing to ask.</summary>
    public static ReviewView Silent(string prefix, WordsInput input, string route = "") => new(prefix, input, [], null, Languages.Current, false, null, route);

    /// <param name="text">What is looked at; the words of the input, or what was written before.</param>
    public static ReviewView Of(Review review, string text, string prefix, WordsInput input, string route = "")
    {
        var names = (LanguageData.All.GetValueOrDefault(Languages.Current) ?? LanguageData.All[Languages.Fallback]).There;
        var there = review.Criteria.Where(c => c.IsMet && (c.Length > 0 || c.Name >= CriterionName.Visible) && names.ContainsKey(c.Name)).Select(c => (names[c.Name], c.DecidingWords(text))).ToList();
        return new ReviewView(prefix, input, there, review.Question, Languages.Current, !string.IsNullOrWhiteSpace(text), review.Language, route);
    }

    /// <summary>A language by the name its speakers give it.</summary>
    public static string NameOfLanguage(string code) => Languages.All.FirstOrDefault(l => l.Code == code)?.Name ?? System.Globalization.CultureInfo.GetCultureInfo(code).NativeName;
}
