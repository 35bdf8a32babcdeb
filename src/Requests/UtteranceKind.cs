namespace PracticeApp.Requests;

/// <summary>What a text is, as the psychologist names it; never shown to a client.</summary>
public enum UtteranceKind
{
    /// <summary>A call for pity or rescue.</summary>
    Plea,

    /// <summary>What is wrong, and no wish.</summary>
    ProblemList,

    /// <summary>Hands the decision over.</summary>
    AdviceSeeking,

    /// <summary>Away from something, toward nothing.</summary>
    NegativeWish,

    /// <summary>A wish that nobody could check.</summary>
    VagueWish,

    /// <summary>To understand, not to do.</summary>
    InsightWish,

    /// <summary>Somebody else is to change.</summary>
    OtherDirected,

    /// <summary>A result that is wanted: positive, specific, one's own.</summary>
    Goal,
}
