using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Enquiries;

/// <summary>What the practice wrote to somebody it did not take on: where help is instead. Read by a signed link or handed over on paper.</summary>
public sealed class EnquiryLetter : PracticeEntity
{
    public const string Purpose = "enquiry.letter";
    public static readonly TimeSpan Readable = TimeSpan.FromDays(30);

    public Guid EnquiryId { get; private set; }
    public Guid? ReferralContactId { get; private set; }
    public Sealed Text { get; private set; }
    public string Language { get; private set; } = "en";
    public Guid WrittenBy { get; private set; }
    public DateTime WrittenAt { get; private set; }

    private EnquiryLetter() { }

    public EnquiryLetter(Enquiry enquiry, DataKey key, string text, Guid? referralContactId, Guid writtenBy, DateTime writtenAt) : base(enquiry.PracticeId)
    {
        (EnquiryId, ReferralContactId, Language, WrittenBy, WrittenAt) = (enquiry.Id, referralContactId, enquiry.Language, writtenBy, writtenAt);
        Text = key.Seal(text, Place);
    }

    public string Read(DataKey key) => key.Open(Text, Place);

    private Place Place => new(PracticeId, "enquiry_letters", "text", Id);
}
