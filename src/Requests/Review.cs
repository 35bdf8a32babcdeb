namespace PracticeApp.Requests;

/// <summary>What is known beside the text: the fields that ask for sign, date and first step, and what was asked before.</summary>
/// <param name="Asked">Ids of the questions asked so far, oldest first.</param>
/// <param name="WrittenIn">The language the writer says the text is in, where the coach took it for another; null to let it see for itself.</param>
/// <param name="RarelyAndCheap">It happens once in years and costs nothing: walking around it may be enough.</param>
public sealed record CoachAnswers(
    string? HowNoticed = null,
    string? ByWhen = null,
    string? FirstStep = null,
    bool RarelyAndCheap = false,
    IReadOnlyList<string>? Asked = null,
    string? WrittenIn = null)
{
    public static CoachAnswers None { get; } = new();
}

/// <summary>One question of the coach: a reviewed sentence, with the client's own words between its two halves.</summary>
/// <param name="Id">Names pool and variant ("positive/2"), so that it is not asked again too soon.</param>
/// <param name="Quote">The client's words, verbatim; empty when the question quotes nothing.</param>
public sealed record CoachQuestion(string Id, string Before, string Quote, string After)
{
    public override string ToString() => Quote.Length == 0 ? Before : $"{Before}“{Quote}”{After}";
}

/// <summary>The coach's assessment of one text.</summary>
/// <param name="Kind">Null when no language file with rules fits the text: then there is no verdict.</param>
/// <param name="Language">The language whose rules judged; null without a verdict.</param>
/// <param name="Criteria">Always the seven, in order.</param>
public sealed record Review(UtteranceKind? Kind, string? Language, IReadOnlyList<Criterion> Criteria, CoachQuestion Question)
{
    public bool HasVerdict => Kind is not null;

    public Criterion this[CriterionName name] => Criteria[(int)name];
}
