using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>What somebody typed who asks for a first talk; becomes a client when the address is verified, and is forgotten otherwise.</summary>
public sealed class TalkWish : PracticeEntity
{
    public const string Purpose = "first-talk";
    /// <summary>How long the link opens what was typed, so that another hour can be chosen; afterwards it is forgotten (talks_unconfirmed).</summary>
    public static readonly TimeSpan Readable = TimeSpan.FromDays(1);

    public Guid HoldId { get; private set; }
    public Guid KindId { get; private set; }
    public string CalledName { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string? Phone { get; private set; }
    public ContactRules Contact { get; private set; } = new();
    public string Language { get; private set; } = "en";
    public string TimeZone { get; private set; } = "";
    /// <summary>They would like an account of their own.</summary>
    public bool WishesPortal { get; private set; }
    public Guid KeyId { get; private set; }
    /// <summary>What brings them, if they said so and it is not an enquiry already.</summary>
    public Sealed? Words { get; private set; }
    /// <summary>Words that tell of danger went to the board at once.</summary>
    public Guid? EnquiryId { get; private set; }
    public Guid FormToken { get; private set; }
    public DateTime ConsentAt { get; private set; }
    public ForWhom ForWhom { get; private set; }
    public Guid? ClientId { get; private set; }
    public Guid? AppointmentId { get; private set; }

    private TalkWish() { }

    public TalkWish(Guid practiceId, Guid holdId, Guid kindId, string calledName, string email, string? phone, ContactRules contact,
        string language, string timeZone, bool wishesPortal, Guid keyId, Guid? enquiryId, Guid formToken, DateTime at) : base(practiceId) =>
        (HoldId, KindId, CalledName, Email, Phone, Contact, Language, TimeZone, WishesPortal, KeyId, EnquiryId, FormToken, ConsentAt) =
            (holdId, kindId, calledName, email, phone, contact, language, timeZone, wishesPortal, keyId, enquiryId, formToken, at);

    public void For(ForWhom whom) => ForWhom = whom;
    public void Say(DataKey key, string words) => Words = key.Seal(words, PlaceOfWords);
    public string? Read(DataKey key) => Words is { IsEmpty: false } words ? key.Open(words, PlaceOfWords) : null;
    /// <summary>Everything typed that is read for danger.</summary>
    public string Typed(string? words) => SafetyScreen.Telling(words, Contact.When, CalledName);
    public void Book(Guid clientId, Guid appointmentId) => (ClientId, AppointmentId) = (clientId, appointmentId);

    private Place PlaceOfWords => new(PracticeId, "talk_wishes", "words", Id);
}
