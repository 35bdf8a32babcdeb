using System.ComponentModel.DataAnnotations;

namespace PracticeApp.Requests;

/// <summary>Words that are being written, and what goes along with them: the question beside them, those asked before, and the language the writer says they are in.</summary>
public class WordsInput
{
    /// <summary>None of the coach's languages, or several at once.</summary>
    public const string OtherLanguage = "und";
    /// <summary>Asked of each of several who take part.</summary>
    public const string OwnPart = "own-part/1";
    private const int MostAsked = 60, MostVariants = 99;

    [StringLength(FormulationCoach.LongestText)] public string? Text { get; set; }
    /// <summary>The question that stands beside the words.</summary>
    public string? QuestionId { get; set; }
    /// <summary>Questions that were answered or put aside on this page, oldest first, a space between.</summary>
    public string? Asked { get; set; }
    /// <summary>What was answered to the question where it stands; the writer's own words, which only the writer adds to the text.</summary>
    [StringLength(FormulationCoach.LongestText)] public string? Answer { get; set; }
    /// <summary>A language code where the writer corrected what was read.</summary>
    public string? WrittenIn { get; set; }

    public string Words => Text?.Trim() ?? "";
    /// <summary>The language the writer named; null to read it from the words.</summary>
    public string? Language => WrittenIn is { } said && (said == OtherLanguage || LanguageData.All.ContainsKey(said)) ? said : null;
    public IReadOnlyList<string> AskedIds => [.. (Asked ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(IsId).TakeLast(MostAsked)];
    public bool WasAsked => IsId(QuestionId) || AskedIds.Count > 0;

    /// <summary>The answer joins the words as it was written.</summary>
    public void Append()
    {
        var answer = Answer?.Trim() ?? "";
        if (answer.Length > 0) (Text, Answer) = (Words.Length == 0 ? answer : $"{Words}\n{answer}", null);
        PutAside();
    }

    /// <summary>The question that stands here has been asked; the next review brings another.</summary>
    public void PutAside()
    {
        if (!IsId(QuestionId)) return;
        (Asked, QuestionId) = (string.Join(' ', AskedIds.Where(id => id != QuestionId).Append(QuestionId)), null);
    }

    // Only questions that there are: what is remembered of a form is not for the form to make up.
    private static bool IsId(string? id) => id == OwnPart || (id?.Split('/') is [var pool, var variant] && FormulationCoach.Pools.Any(p => p.Pool == pool)
        && int.TryParse(variant, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && n is > 0 and <= MostVariants);
}
