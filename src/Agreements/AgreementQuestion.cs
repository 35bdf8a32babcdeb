using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Agreements;

public enum QuestionKind { Question, Proposal, Answer }

/// <summary>What was asked, proposed or answered on one clause. Stays with the version it was said of; never changed, never deleted.</summary>
public sealed class AgreementQuestion : PracticeEntity
{
    public const int LongestText = 2000;

    public Guid AgreementId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid KeyId { get; private set; }
    public int Clause { get; private set; }
    public QuestionKind Kind { get; private set; }
    /// <summary>Whose words these are; null is the psychologist.</summary>
    public Guid? ClientId { get; private set; }
    public Sealed Text { get; private set; }
    public DateTime At { get; private set; }

    private AgreementQuestion() { }

    public AgreementQuestion(Agreement agreement, int clause, QuestionKind kind, Guid? clientId, string text, DataKey key, DateTime at) : base(agreement.PracticeId)
    {
        (AgreementId, EngagementId, KeyId) = (agreement.Id, agreement.EngagementId, agreement.KeyId);
        (Clause, Kind, ClientId, At) = (clause, kind, clientId, at);
        Text = key.Seal(text, TextPlace);
    }

    public Place TextPlace => new(PracticeId, "agreement_questions", "text", Id);

    public string Open(DataKey key) => key.Open(Text, TextPlace);
}
