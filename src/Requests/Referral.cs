using System.Text.Json;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

/// <summary>The letter as it was written, letterhead and all: read and drawn from this alone.</summary>
/// <param name="Client">Named only where the psychologist ticked it.</param>
public sealed record ReferralLetter(
    string Practice, string Address, string Phone, DateOnly Day, string Language,
    string Recipient, string Reach, string? Client, string Salutation, string Body, string Signed)
{
    /// <summary>A letter says nothing of the client when it does not name them and its text is the neutral one; everything else goes out with their yes.</summary>
    public static bool SaysSomething(bool named, string body, IEnumerable<string> neutral) => named || !neutral.Any(text => Same(text, body));

    public static bool Same(string one, string other) => string.Join(' ', Words(one)) == string.Join(' ', Words(other));

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A request recommended to somebody outside: to whom, the letter, whether the client agreed to it and got a copy. Never changed.</summary>
public sealed class Referral : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    /// <summary>The entry of the directory; null for somebody who is not in it.</summary>
    public Guid? ContactId { get; private set; }
    public Sealed Letter { get; private set; }
    public string Language { get; private set; } = "en";
    /// <summary>The client may read and keep the letter.</summary>
    public bool Shared { get; private set; }
    /// <summary>When the psychologist noted the client's yes to this letter; null where it says nothing of the client.</summary>
    public DateTime? ConsentAt { get; private set; }
    public Guid? ConsentNotedBy { get; private set; }
    public Guid By { get; private set; }
    public DateTime At { get; private set; }
    /// <summary>From the form: sent twice is one letter.</summary>
    public Guid FormToken { get; private set; }

    private Referral() { }

    public Referral(ClientRequest request, DataKey key, ReferralLetter letter, Guid? contactId, bool consent, bool shared, Guid by, DateTime at, Guid formToken) : base(request.PracticeId)
    {
        (RequestId, EngagementId, ContactId, Language, Shared, By, At, FormToken) = (request.Id, request.EngagementId, contactId, letter.Language, shared, by, at, formToken);
        if (consent) (ConsentAt, ConsentNotedBy) = (at, by);
        Letter = key.Seal(JsonSerializer.Serialize(letter), LetterPlace);
    }

    public ReferralLetter Read(DataKey key) => JsonSerializer.Deserialize<ReferralLetter>(key.Open(Letter, LetterPlace))!;
    private Place LetterPlace => new(PracticeId, "referrals", "letter", Id);
}
