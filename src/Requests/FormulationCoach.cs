namespace PracticeApp.Requests;

/// <summary>
/// Says what a text is, which of the seven criteria it meets by which words, and asks one question. Never proposes a
/// wording: what it says is a reviewed sentence of the language file, with nothing but the client's own words quoted in it.
/// Pure; time linear in the length of the text; no string makes it fail.
/// </summary>
public static class FormulationCoach
{
    public const string QuotePlace = "{quote}";
    public const int LongestText = 10_000;
    const int FewestWordsToRecognise = 4;
    const int FewestWordsOfAnother = 3;
    const double Recognised = 0.2, RecognisedInFew = 0.1, SurelyAnother = 0.35, Margin = 0.2, OneOfItsWords = 0.6, ShareOfAnother = 0.3;
    const string AskedWithoutVerdict = "open";

    /// <summary>Every pool of questions, and how many variants of it a language file must have at least.</summary>
    public static IReadOnlyList<(string Pool, int Least)> Pools { get; } =
    [
        ("wish", 4), ("wish.plea", 3), ("wish.problems", 3), ("wish.advice", 3),
        ("positive", 3), ("positive.other", 3), ("specific", 3), ("specific.stuck", 3), ("own", 3),
        ("effective", 2), ("effective.insight", 3), ("visible", 3), ("reach", 3),
        ("several", 2), ("walkaround", 2), ("settled", 2), (AskedWithoutVerdict, 4),
    ];

    /// <summary>Reviews one text. Questions come in <paramref name="language"/> (English when there is no file for it).</summary>
    /// <param name="text">What the client wrote, up to <see cref="LongestText"/> characters; what is beyond is not read.</param>
    public static Review Review(string text, string language, CoachAnswers? answers = null)
    {
        text ??= "";
        if (text.Length > LongestText) text = text[..LongestText];
        answers ??= CoachAnswers.None;
        var asking = LanguageData.All.GetValueOrDefault(Neutral(language)) ?? LanguageData.All["en"];
        var cut = WordCut.Cut(text);
        var judging = answers.WrittenIn is { } said ? LanguageData.All.GetValueOrDefault(Neutral(said)) : Judging(cut, asking);
        if (judging is not { HasRules: true } || cut.Count == 0) return WithoutVerdict(text, asking, answers);

        var marked = judging.Book.Read(text);
        var (utterance, wishes) = Utterances.Read(marked, judging);
        var criteria = new Criteria(text, marked, utterance, judging).Judge(answers);
        var question = new Questions(asking, text, answers).Next(PoolsFor(utterance, wishes, criteria, answers));
        return new Review(utterance.Kind, judging.Language, criteria, question);
    }

    static Review WithoutVerdict(string text, LanguageData asking, CoachAnswers answers)
    {
        var criteria = Enum.GetValues<CriterionName>().Select(n => new Criterion(n, Verdict.Unclear, 0, 0, Reason.NotJudged)).ToArray();
        criteria[(int)CriterionName.Visible] = Criteria.Visible(answers, default);
        criteria[(int)CriterionName.WithinReach] = Criteria.WithinReach(answers, default);
        var pools = new List<PoolOfQuestions> { new(string.IsNullOrWhiteSpace(text) ? "wish" : AskedWithoutVerdict, "") };
        if (!criteria[(int)CriterionName.Visible].IsMet) pools.Add(new("visible", ""));
        if (!criteria[(int)CriterionName.WithinReach].IsMet) pools.Add(new("reach", ""));
        pools.Add(new("settled", ""));
        return new Review(null, null, criteria, new Questions(asking, text, answers).Next(pools));
    }

    static string Neutral(string? language) => language?.Split('-', '_')[0].ToLowerInvariant() ?? "";

    /// <summary>The language a text is written in, as the coach sees it; null when it is none that it knows, or several at once.</summary>
    public static string? LanguageOf(string text, string language)
    {
        text ??= "";
        var asking = LanguageData.All.GetValueOrDefault(Neutral(language)) ?? LanguageData.All["en"];
        return Judging(WordCut.Cut(text.Length > LongestText ? text[..LongestText] : text), asking)?.Language;
    }

    /// <summary>The language a text is written in: the one given, unless its words are those of another.</summary>
    static LanguageData? Judging(List<Word> cut, LanguageData given)
    {
        var words = cut.Where(w => !w.IsMark).Select(w => w.Text).ToList();
        var familiar = LanguageData.All.Values.ToDictionary(l => l, l => words.ConvertAll(l.Familiarity));
        if (IsMixed(familiar.Values, words.Count)) return null;
        var likeGiven = Share(familiar[given]);
        var (other, likeOther) = familiar.Where(f => f.Key != given).Select(f => (f.Key, Share(f.Value))).MaxBy(s => s.Item2);
        if (words.Count >= FewestWordsToRecognise && likeOther >= SurelyAnother && likeOther > likeGiven + Margin) return other;
        return likeGiven >= (words.Count < FewestWordsToRecognise ? RecognisedInFew : Recognised) ? given : null;
    }

    /// <summary>Two languages in one text: a good part of the words that only one language has are another's.</summary>
    static bool IsMixed(IReadOnlyCollection<List<double>> familiar, int words)
    {
        var owned = familiar.Select(f => Enumerable.Range(0, words).Count(i => f[i] >= OneOfItsWords && familiar.All(o => o == f || o[i] < OneOfItsWords))).Where(c => c > 0).OrderDescending().ToList();
        return owned.Count > 1 && owned[1] >= FewestWordsOfAnother && owned[1] >= ShareOfAnother * owned.Sum();
    }

    static double Share(List<double> familiar) => familiar.Count == 0 ? 0 : familiar.Average();

    /// <summary>Where the next question may come from: the first criterion not met, then the others in their order.</summary>
    static IEnumerable<PoolOfQuestions> PoolsFor(Utterance utterance, int wishes, IReadOnlyList<Criterion> criteria, CoachAnswers answers)
    {
        if (answers.RarelyAndCheap) yield return new("walkaround", "");
        if (wishes > 1) yield return new("several", "");
        foreach (var criterion in criteria.Where(c => !c.IsMet))
            foreach (var pool in PoolsFor(criterion, utterance))
                yield return pool;
        yield return new("settled", "");
    }

    static IEnumerable<PoolOfQuestions> PoolsFor(Criterion criterion, Utterance utterance)
    {
        var (name, kind) = (criterion.Name, utterance.Kind);
        string? special = (name, kind) switch
        {
            (CriterionName.Wish, UtteranceKind.Plea) => "wish.plea",
            (CriterionName.Wish, UtteranceKind.ProblemList) => "wish.problems",
            (CriterionName.Wish, UtteranceKind.AdviceSeeking) => "wish.advice",
            (CriterionName.Positive, UtteranceKind.OtherDirected) => "positive.other",
            (CriterionName.Specific, UtteranceKind.VagueWish) when utterance.IsStuck => "specific.stuck",
            (CriterionName.Effective, UtteranceKind.InsightWish) => "effective.insight",
            _ => null,
        };
        var hasNoWish = kind is UtteranceKind.Plea or UtteranceKind.ProblemList or UtteranceKind.AdviceSeeking;
        if (special is not null) yield return new(special, criterion);
        if (hasNoWish && name != CriterionName.Wish) yield break;
        if (special is null or "wish.plea" or "wish.problems" or "wish.advice")
            yield return new(name == CriterionName.WithinReach ? "reach" : name.ToString().ToLowerInvariant(), criterion);
    }
}
