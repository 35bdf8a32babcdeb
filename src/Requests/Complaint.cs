using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

[Flags]
public enum About { Unsaid = 0, Self = 1, Others = 2, Circumstances = 4 }
public enum WrittenBy { Client, Operator, Psychologist }
/// <summary>How often it happens, beside the free words.</summary>
public enum Frequency { Daily, Weekly, Monthly, SeveralTimesAYear, OnceInYears }
/// <summary>What it takes, beside the free words.</summary>
public enum Toll { ALot, Some, HardlyAnything }

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
    public Frequency? Frequency { get; private set; }
    public Toll? Toll { get; private set; }
    /// <summary>The form it came with: the same words sent twice with it are one complaint.</summary>
    public Guid? FormToken { get; private set; }
    /// <summary>Met once in several years and costing nothing, it is cheaper to walk around than to work on.</summary>
    public bool RarelyAndCheap => Frequency == Requests.Frequency.OnceInYears && Toll == Requests.Toll.HardlyAnything;

    private Complaint() { }

    public Complaint(Guid practiceId, DataKey key, string text, string language, WrittenBy writtenBy, DateTime writtenAt,
        About about, string? howOften, int? strength, string? cost, Guid? enquiryId, Guid? engagementId, Guid? clientId,
        Frequency? frequency = null, Toll? toll = null, Guid? formToken = null) : base(practiceId)
    {
        KeyId = key.OwnerId;
        Text = key.Seal(text, PlaceOf("text"));
        HowOften = string.IsNullOrWhiteSpace(howOften) ? null : key.Seal(howOften, PlaceOf("how_often"));
        Cost = string.IsNullOrWhiteSpace(cost) ? null : key.Seal(cost, PlaceOf("cost"));
        (Language, WrittenBy, WrittenAt, About, Strength, EnquiryId, EngagementId, ClientId) =
            (language, writtenBy, writtenAt, about, strength, enquiryId, engagementId, clientId);
        (Frequency, Toll, FormToken) = (frequency, toll, formToken);
    }

    public Place PlaceOf(string column) => new(PracticeId, "complaints", column, Id);
    public string Read(DataKey key) => key.Open(Text, PlaceOf("text"));
    public string? ReadHowOften(DataKey key) => HowOften is { IsEmpty: false } often ? key.Open(often, PlaceOf("how_often")) : null;
    public string? ReadCost(DataKey key) => Cost is { IsEmpty: false } cost ? key.Open(cost, PlaceOf("cost")) : null;
}

/// <summary>One party of a couple or family lets the others read a complaint, until it is taken back.</summary>
public sealed class ComplaintShare : PracticeEntity
{
    public Guid ComplaintId { get; private set; }
    public Guid EngagementId { get; private set; }
    /// <summary>Whose complaint it is, and who shares it.</summary>
    public Guid ClientId { get; private set; }
    public DateTime SharedAt { get; private set; }
    public DateTime? TakenBackAt { get; private set; }

    private ComplaintShare() { }

    public ComplaintShare(Complaint complaint, Guid engagementId, Guid clientId, DateTime at) : base(complaint.PracticeId) =>
        (ComplaintId, EngagementId, ClientId, SharedAt) = (complaint.Id, engagementId, clientId, at);

    public void TakeBack(DateTime at) => TakenBackAt ??= at;
}
