namespace PracticeApp.Requests;

/// <summary>What the coach makes of one text, for the psychologist's eyes: kind, criteria, and the words that decided.</summary>
/// <param name="Kind">Null without a verdict.</param>
/// <param name="Question">The coach's next question; null where it is not asked.</param>
public sealed record Assessed(string Text, string Language, UtteranceKind? Kind, IReadOnlyList<Criterion> Criteria, CoachQuestion? Question)
{
    /// <summary>A piece of the text; the criteria that it decided, if any.</summary>
    public sealed record Piece(string Text, IReadOnlyList<CriterionName> Decided);

    /// <param name="language">The language the text is taken for where it shows no other.</param>
    public static Assessed Of(string text, string language, CoachAnswers? answers = null)
    {
        var review = FormulationCoach.Review(text, language, answers);
        return new(text, review.Language ?? language, review.Kind, review.Criteria, review.Question);
    }

    /// <summary>The whole text in order, cut where deciding words begin and end.</summary>
    public IReadOnlyList<Piece> Pieces()
    {
        var decided = Criteria.Where(c => c.DecidingWords(Text).Length > 0).ToList();
        var cuts = decided.SelectMany(c => new[] { c.Start, c.Start + c.Length }).Append(0).Append(Text.Length).Distinct().Order().ToList();
        return [.. cuts.Zip(cuts.Skip(1), (from, to) => new Piece(Text[from..to], [.. decided.Where(c => c.Start <= from && to <= c.Start + c.Length).Select(c => c.Name)]))];
    }
}
