using System.Text.Json;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Enquiries;

/// <summary>A question as it was asked, and what was answered.</summary>
public sealed record TalkAnswer(Guid QuestionId, string Question, string Answer);

/// <summary>What a client answered before a first talk. Answered again it is a new row; the latest counts, the earlier stay.</summary>
public sealed class TalkAnswers : PracticeEntity
{
    public const int LongestAnswer = 4_000;

    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid AppointmentId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Words { get; private set; }
    public string Language { get; private set; } = "en";
    public DateTime AnsweredAt { get; private set; }
    /// <summary>The same form sent twice is one answer.</summary>
    public Guid FormToken { get; private set; }

    private TalkAnswers() { }

    public TalkAnswers(Guid practiceId, Guid engagementId, Guid clientId, Guid appointmentId, DataKey key, IReadOnlyList<TalkAnswer> answers, string language, Guid formToken, DateTime at)
        : base(practiceId)
    {
        (EngagementId, ClientId, AppointmentId, KeyId, Language, FormToken, AnsweredAt) = (engagementId, clientId, appointmentId, key.OwnerId, language, formToken, at);
        Words = key.Seal(JsonSerializer.Serialize(answers), PlaceOfWords);
    }

    public IReadOnlyList<TalkAnswer> Read(DataKey key) => JsonSerializer.Deserialize<List<TalkAnswer>>(key.Open(Words, PlaceOfWords)) ?? [];

    private Place PlaceOfWords => new(PracticeId, "talk_answers", "words", Id);
}
