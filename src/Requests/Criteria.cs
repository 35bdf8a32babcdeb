namespace PracticeApp.Requests;

/// <summary>Judges the seven criteria of one utterance, each by words of the text or by the answers beside it.</summary>
internal sealed class Criteria(string text, MarkedText marked, Utterance utterance, LanguageData language)
{
    static readonly UtteranceKind[] WithoutWish = [UtteranceKind.Plea, UtteranceKind.ProblemList, UtteranceKind.AdviceSeeking];

    bool HasWish => !WithoutWish.Contains(utterance.Kind);

    public IReadOnlyList<Criterion> Judge(CoachAnswers answers) =>
        [Wish(), Positive(), Specific(), Own(), Effective(), Visible(answers, Place("sign")), WithinReach(answers, Place("measure"))];

    (int Start, int Length) Place(Stretch words)
    {
        if (words.IsEmpty || words.From >= marked.Count) return default;
        var last = Math.Min(words.To, marked.Count) - 1;
        return (marked[words.From].Start, Math.Min(marked[last].End, text.Length) - marked[words.From].Start);
    }

    /// <summary>From the sentence of the wish on: "for ten years" in the story before it says nothing of the goal.</summary>
    (int Start, int Length) Place(string signal)
    {
        if (!HasWish) return default;
        var from = utterance.Wish.IsEmpty ? utterance.Deciding.From : Math.Min(utterance.Wish.From, utterance.Deciding.From);
        while (from > 0 && !marked[from - 1].EndsSentence) from--;
        return marked.In(from, marked.Count, language.Book.Signal(signal)) is { } hit ? Place(new Stretch(hit.Start, hit.End)) : default;
    }

    Criterion Of(CriterionName name, Verdict verdict, Reason reason, Stretch words) =>
        Place(words) is var (start, length) ? new(name, verdict, start, length, reason) : null!;

    Criterion Wish() => utterance.Kind switch
    {
        UtteranceKind.Plea => Of(CriterionName.Wish, Verdict.Unclear, Reason.AsksToBeSaved, utterance.Deciding),
        UtteranceKind.ProblemList => Of(CriterionName.Wish, Verdict.NotMet, Reason.OnlyWhatIsWrong, default),
        UtteranceKind.AdviceSeeking => Of(CriterionName.Wish, Verdict.NotMet, Reason.AsksToBeTold, utterance.Deciding),
        _ => Of(CriterionName.Wish, Verdict.Met, Reason.SaysWhatIsWanted, utterance.Wish.IsEmpty ? utterance.Deciding : utterance.Wish),
    };

    Criterion Positive()
    {
        if (!HasWish) return Of(CriterionName.Positive, Verdict.NotMet, Reason.NothingWantedYet, default);
        return IsPositive()
            ? Of(CriterionName.Positive, Verdict.Met, Reason.Toward, utterance.Deciding)
            : Of(CriterionName.Positive, Verdict.NotMet, Reason.AwayFrom, utterance.Deciding);
    }

    bool IsPositive() => utterance.Kind == UtteranceKind.OtherDirected
        ? utterance.IsMet(CriterionName.Positive, utterance.IsPositive)
        : utterance.IsPositive;

    Criterion Specific()
    {
        if (utterance.Kind == UtteranceKind.VagueWish)
            return Of(CriterionName.Specific, Verdict.NotMet, Reason.NothingToPointAt, utterance.Deciding);
        var named = utterance.Kind == UtteranceKind.Goal ? Named(utterance.Deciding.From, utterance.Deciding.To) : default;
        if (named.IsEmpty) named = Named(0, marked.Count);
        return utterance.Kind != UtteranceKind.Goal && !utterance.IsMet(CriterionName.Specific, !named.IsEmpty)
            ? Of(CriterionName.Specific, Verdict.NotMet, Reason.NothingToPointAt, HasWish ? utterance.Deciding : default)
            : Of(CriterionName.Specific, Verdict.Met, Reason.Named, named.IsEmpty ? utterance.Deciding : named);
    }

    /// <summary>The longest run of words between two marks that begins and ends with one that can be pointed at.</summary>
    Stretch Named(int from, int to)
    {
        var reader = new ConcreteWords(marked, language);
        for (var at = from; at < to; at++)
        {
            if (!reader.IsAt(ref at)) continue;
            var (first, last) = (at, at);
            for (var next = at + 1; next < to && marked.IsWord(next); next++)
                if (reader.IsAt(ref next)) last = next;
            return new(first, last + 1);
        }
        return default;
    }

    Criterion Own()
    {
        if (utterance.Kind == UtteranceKind.OtherDirected)
            return Of(CriterionName.Own, Verdict.NotMet, Reason.SomebodyElseActs, utterance.Deciding);
        if (utterance.Kind == UtteranceKind.ProblemList && !utterance.IsMet(CriterionName.Own, SpeaksOfSelf()))
            return Of(CriterionName.Own, Verdict.NotMet, Reason.SomebodyElseActs, default);
        return Of(CriterionName.Own, Verdict.Met, Reason.ClientActs, HasWish ? utterance.Wish : default);
    }

    /// <summary>
    /// A list of what is wrong is about the client when "I" is in it, or nobody else. Where it begins with somebody else
    /// ("my mother rings my office to ask what I ate"), "I" must open a clause of its own.
    /// </summary>
    bool SpeaksOfSelf()
    {
        int self = language.Book.Class("self"), third = language.Book.Class("third");
        var (others, oneself) = (false, false);
        for (var at = 0; at < marked.Count; at++)
        {
            others |= marked.ClassLength(at, third) > 0;
            oneself |= marked.Is(at, self) && (!OpensWithOther() || OpensClause(at));
        }
        return oneself || !others;
    }

    /// <summary>Whether somebody else is the subject of the first words; languages with cases name the form of a subject.</summary>
    bool OpensWithOther()
    {
        var third = language.Book.Class("nominative") is >= 0 and var subject ? subject : language.Book.Class("third");
        for (var at = 0; at < Math.Min(3, marked.Count) && marked.IsWord(at); at++)
            if (marked.ClassLength(at, third) > 0) return true;
        return false;
    }

    bool OpensClause(int at) => at == 0 || !marked.IsWord(at - 1) || marked.Is(at - 1, language.Book.Class("link"));

    Criterion Effective() => utterance.Kind switch
    {
        _ when !HasWish => Of(CriterionName.Effective, Verdict.NotMet, Reason.NothingWantedYet, default),
        UtteranceKind.InsightWish => Of(CriterionName.Effective, Verdict.NotMet, Reason.OnlyKnowing, utterance.Deciding),
        _ when Acts() => Of(CriterionName.Effective, Verdict.Met, Reason.Doing, utterance.Deciding),
        _ => Of(CriterionName.Effective, Verdict.NotMet, Reason.OnlyBeing, utterance.Deciding),
    };

    bool Acts() => utterance.Kind == UtteranceKind.Goal ? utterance.Acts : utterance.IsMet(CriterionName.Effective, utterance.Acts);

    public static Criterion Visible(CoachAnswers answers, (int Start, int Length) said)
    {
        if (!string.IsNullOrWhiteSpace(answers.HowNoticed)) return new(CriterionName.Visible, Verdict.Met, 0, 0, Reason.SignGiven);
        return said.Length > 0
            ? new(CriterionName.Visible, Verdict.Met, said.Start, said.Length, Reason.SignInText)
            : new(CriterionName.Visible, Verdict.NotMet, 0, 0, Reason.NoSign);
    }

    public static Criterion WithinReach(CoachAnswers answers, (int Start, int Length) said)
    {
        if (!string.IsNullOrWhiteSpace(answers.ByWhen)) return new(CriterionName.WithinReach, Verdict.Met, 0, 0, Reason.DateGiven);
        if (said.Length > 0) return new(CriterionName.WithinReach, Verdict.Met, said.Start, said.Length, Reason.SizeInText);
        return string.IsNullOrWhiteSpace(answers.FirstStep)
            ? new(CriterionName.WithinReach, Verdict.NotMet, 0, 0, Reason.NoSize)
            : new(CriterionName.WithinReach, Verdict.Unclear, 0, 0, Reason.OnlyFirstStep);
    }
}

/// <summary>Tells words that can be pointed at from small words, feelings and "everything".</summary>
internal readonly struct ConcreteWords(MarkedText marked, LanguageData language)
{
    readonly int plain = language.Book.Class("plain");
    readonly HashSet<string> common = language.CommonFolded;

    /// <summary>Whether the word here is one; past a plain phrase of several words otherwise.</summary>
    public bool IsAt(ref int at)
    {
        if (!marked.IsWord(at)) return false;
        if (marked.ClassLength(at, plain) is > 1 and var length) { at += length - 1; return false; }
        return !marked.Is(at, plain) && !common.Contains(marked[at].Text);
    }
}
