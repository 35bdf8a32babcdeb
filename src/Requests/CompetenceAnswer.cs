using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

public enum CompetenceChoice { UnderSupervision, TakenBecause }

public sealed partial class ClientRequest
{
    private readonly List<CompetenceAnswer> _competenceAnswers = [];
    public IReadOnlyList<CompetenceAnswer> CompetenceAnswers => _competenceAnswers;

    /// <summary>What this psychologist last answered for the theme the request has now.</summary>
    public CompetenceAnswer? CompetenceAnswerOf(Guid psychologist) =>
        _competenceAnswers.Where(a => a.ThemeId == ThemeId && a.By == psychologist).MaxBy(a => a.At);

    /// <summary>The theme lies outside what this psychologist works with, and they have not yet said how they take it.</summary>
    public bool Asks(Competence? competence, Guid psychologist) => competence is { IsOutside: true } && CompetenceAnswerOf(psychologist) is null;

    /// <param name="words">With whom, or because of what.</param>
    public RequestOutcome AnswerCompetence(DataKey key, CompetenceChoice choice, string? words, DateOnly? since, Guid by, DateTime at)
    {
        if (!IsOpen) return RequestOutcome.NotInThisState;
        if (ThemeId is not { } theme) return RequestOutcome.NeedsTheme;
        if (string.IsNullOrWhiteSpace(words) || (choice == CompetenceChoice.UnderSupervision && since is null)) return RequestOutcome.NeedsReason;
        _competenceAnswers.Add(new CompetenceAnswer(this, theme, choice, key, words, choice == CompetenceChoice.UnderSupervision ? since : null, by, at));
        return RequestOutcome.Done;
    }
}

/// <summary>How a psychologist takes a theme outside their own: under supervision, or for a reason. Theirs and their supervisor's, never the client's; never changed.</summary>
public sealed class CompetenceAnswer : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid ThemeId { get; private set; }
    public CompetenceChoice Choice { get; private set; }
    public Sealed Words { get; private set; }
    /// <summary>Since when there is supervision.</summary>
    public DateOnly? Since { get; private set; }
    public Guid By { get; private set; }
    public DateTime At { get; private set; }

    private CompetenceAnswer() { }

    internal CompetenceAnswer(ClientRequest request, Guid themeId, CompetenceChoice choice, DataKey key, string words, DateOnly? since, Guid by, DateTime at) : base(request.PracticeId)
    {
        (RequestId, EngagementId, ThemeId, Choice, Since, By, At) = (request.Id, request.EngagementId, themeId, choice, since, by, at);
        Words = key.Seal(words.Trim(), WordsPlace);
    }

    public string Read(DataKey key) => key.Open(Words, WordsPlace);
    private Place WordsPlace => new(PracticeId, "competence_answers", "words", Id);
}
