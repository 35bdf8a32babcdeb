using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

[Flags]
public enum About { Unsaid = 0, Self = 1, Others = 2, Circumstances = 4 }
public enum WrittenBy { Client, Operator, Psychologist }

/// <summary>What somebody says is wrong, verbatim. Never changed: the database refuses. One written with an enquiry belongs to the engagement that came of it (by EnquiryId).</summary>
public sealed class Complaint : PracticeEntity
{
    public Guid? EnquiryId { get; private set; }
    public Guid? EngagementId { get; private set; }
    public Guid? ClientId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Text { get; private set; }
    /// <summary>Language of the words, as detected or said.</summary>
    public string Language { get; private set; } = "en";
    public WrittenBy WrittenBy { get; private set; }
    public DateTime WrittenAt { get; private set; }
    public About About { get; private set; }
    /// <summary>0–10, as said; null when not said.</summary>
    public int? Strength { get; private set; }
    public Sealed? HowOften { get; private set; }
    public Sealed? Cost { get; private set; }

    private Complaint() { }

    public Complaint(Guid practiceId, DataKey key, string text, string language, WrittenBy writtenBy, DateTime writtenAt,
        About about, string? howOften, int? strength, string? cost, Guid? enquiryId, Guid? engagementId, Guid? clientId) : base(practiceId)
    {
        KeyId = key.OwnerId;
        Text = key.Seal(text, PlaceOf("text"));
        HowOften = string.IsNullOrWhiteSpace(howOften) ? null : key.Seal(howOften, PlaceOf("how_often"));
        Cost = string.IsNullOrWhiteSpace(cost) ? null : key.Seal(cost, PlaceOf("cost"));
        (Language, WrittenBy, WrittenAt, About, Strength, EnquiryId, EngagementId, ClientId) =
            (language, writtenBy, writtenAt, about, strength, enquiryId, engagementId, clientId);
    }

    public Place PlaceOf(string column) => new(PracticeId, "complaints", column, Id);
    public string Read(DataKey key) => key.Open(Text, PlaceOf("text"));
}
