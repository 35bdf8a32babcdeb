namespace PracticeApp.Requests;

/// <summary>The seven things a request has once it can be worked on, in the order in which they are asked for.</summary>
public enum CriterionName { Wish, Positive, Specific, Own, Effective, Visible, WithinReach }

public enum Verdict { Unclear, NotMet, Met }

/// <summary>Why a criterion was judged as it was; the pages word it.</summary>
public enum Reason
{
    NotJudged, SaysWhatIsWanted, OnlyWhatIsWrong, AsksToBeSaved, AsksToBeTold,
    Toward, AwayFrom, NothingWantedYet,
    Named, NothingToPointAt,
    ClientActs, SomebodyElseActs,
    Doing, OnlyKnowing, OnlyBeing,
    SignInText, SignGiven, NoSign,
    SizeInText, DateGiven, OnlyFirstStep, NoSize,
}

/// <summary>One criterion of one text.</summary>
/// <param name="Start">Where the deciding words begin (UTF-16 units); with <paramref name="Length"/> 0 when no words decided.</param>
public sealed record Criterion(CriterionName Name, Verdict Verdict, int Start, int Length, Reason Reason)
{
    public bool IsMet => Verdict == Verdict.Met;

    /// <summary>The client's own words that decided it.</summary>
    public string DecidingWords(string text) =>
        Start >= 0 && Length > 0 && Start + Length <= text.Length ? text.Substring(Start, Length) : "";
}
