using PracticeApp.Platform;

namespace PracticeApp.Clients;

/// <summary>A person the practice works with, as they want to be called and reached.</summary>
public sealed class Client : PracticeEntity
{
    /// <summary>Their portal account, once the invitation was accepted.</summary>
    public Guid? UserId { get; private set; }
    public string Name { get; private set; } = "";
    /// <summary>How they want to be called.</summary>
    public string CalledName { get; private set; } = "";
    /// <summary>Upper-case without diacritics, for look-up by prefix; see <see cref="SearchName"/>.</summary>
    public string NormalizedName { get; private set; } = "";
    /// <summary>The same with the family name first: whoever calls may say either.</summary>
    public string NormalizedTurned { get; private set; } = "";
    public string NormalizedCalled { get; private set; } = "";
    public string? Email { get; private set; }
    public string? Phone { get; private set; }
    /// <summary>The digits, last one first: a number is found by its end, however it begins (+387 61 …, 061 …).</summary>
    public string? PhoneFromEnd { get; private set; }
    public ContactRules Contact { get; private set; } = new();
    /// <summary>How they want to be reminded, where it is not as the practice does it.</summary>
    public ReminderChoice Reminders { get; private set; } = new();
    /// <summary>Nothing reminds them; kept apart because it is asked of every reminder that goes out.</summary>
    public bool NoReminders { get; private set; }
    /// <summary>Since when mail does not arrive at the address; null: nothing has come back.</summary>
    public DateTime? MailFailsSince { get; private set; }
    /// <summary>Since when text messages do not arrive, or were refused by an answer (STOP).</summary>
    public DateTime? TextFailsSince { get; private set; }
    public DateTime? TextStoppedAt { get; private set; }
    /// <summary>When they last sent STOP or START, by the gateway's clock: heard a second time it changes nothing.</summary>
    public DateTime? TextWordAt { get; private set; }
    public string Language { get; private set; } = "en";
    public string TimeZone { get; private set; } = "";
    public string Country { get; private set; } = "";
    public DateOnly? BornOn { get; private set; }
    /// <summary>The data key that seals this person's clinical text; destroying it is erasure.</summary>
    public Guid KeyId { get; private set; }
    public DateTime CreatedAt { get; private set; }

    private Client() { }

    public Client(Guid practiceId, string name, string calledName, string? email, string? phone, ContactRules contact,
        string language, string timeZone, string country, Guid keyId, DateTime createdAt) : base(practiceId)
    {
        (Language, TimeZone, Country, KeyId, CreatedAt) = (language, timeZone, country, keyId, createdAt);
        Rename(name, calledName);
        ReachAt(email, phone, contact);
    }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
    /// <summary>There is an address, and mailing it is safe.</summary>
    public bool CanBeMailed => Contact.Mail && Email is not null;
    public bool CanBeTexted => Contact.Text && Phone is not null && TextStoppedAt is null;

    public void Rename(string name, string calledName)
    {
        (Name, CalledName) = (name.Trim(), string.IsNullOrWhiteSpace(calledName) ? name.Trim() : calledName.Trim());
        (NormalizedName, NormalizedTurned, NormalizedCalled) = (SearchName(Name), Turned(SearchName(Name)), SearchName(CalledName));
    }

    public void ReachAt(string? email, string? phone, ContactRules contact)
    {
        Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        Phone = string.IsNullOrWhiteSpace(phone) ? null : phone.Trim();
        PhoneFromEnd = Phone is null ? null : FromEnd(Phone);
        Contact = contact;
        // Whoever gives or confirms an address asks for a new try.
        (MailFailsSince, TextFailsSince) = (null, null);
        if (contact.Text) TextStoppedAt = null;
    }

    public void WishReminders(ReminderChoice choice) => (Reminders, NoReminders) = (choice, choice.None);

    public void MailFails(DateTime since) => MailFailsSince ??= since;

    /// <summary>They answered STOP: no more text messages until they allow them again.</summary>
    /// <returns>Whether this is new.</returns>
    public bool StopTexts(DateTime said)
    {
        if (said <= TextWordAt) return false;
        TextWordAt = said;
        if (TextStoppedAt is not null) return false;
        TextStoppedAt = said;
        return true;
    }

    /// <summary>They answered START after a STOP. What else the contact rules say stays as it is.</summary>
    public bool StartTexts(DateTime said)
    {
        if (said <= TextWordAt) return false;
        TextWordAt = said;
        if (TextStoppedAt is null) return false;
        TextStoppedAt = null;
        return true;
    }

    /// <summary>Somebody sends again by hand: the address gets another chance.</summary>
    public void TryAgain() => (MailFailsSince, TextFailsSince) = (null, null);

    public void Born(DateOnly? on) => BornOn = on;
    public void OpenPortal(Guid userId) => UserId = userId;
    public void Prefer(string language, string timeZone) => (Language, TimeZone) = (language, timeZone);

    /// <summary>The name they are known by here: as they want to be called, with the family name so that nobody is taken for another.</summary>
    public static string Shown(string name, string calledName)
    {
        var family = name[(name.LastIndexOf(' ') + 1)..];
        return calledName.Contains(' ', StringComparison.Ordinal) || calledName == family || !name.Contains(' ', StringComparison.Ordinal)
            ? calledName : $"{calledName} {family}";
    }

    /// <summary>Upper case, letters and digits only, diacritics folded, words kept apart by one space.</summary>
    public static string SearchName(string name)
    {
        var folded = name.Normalize(System.Text.NormalizationForm.FormD);
        var kept = folded.Where(c => char.IsLetterOrDigit(c) || c == ' ').Select(c => c is 'đ' or 'Đ' ? 'D' : char.ToUpperInvariant(c));
        return string.Join(' ', new string(kept.ToArray()).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>For links that dial.</summary>
    public static string Digits(string phone) => new(phone.Where(char.IsAsciiDigit).ToArray());

    /// <summary>So many last digits tell a number, whether it is kept with its country code or without.</summary>
    public const int TellingDigits = 8;

    /// <summary>For look-up by the last digits, as whoever calls is shown without a country code.</summary>
    public static string FromEnd(string phone) => new(phone.Where(char.IsAsciiDigit).Reverse().ToArray());

    private static string Turned(string name) =>
        name.LastIndexOf(' ') is >= 0 and var space ? $"{name[(space + 1)..]} {name[..space]}" : name;
}

/// <summary>How this person may be reached without telling anybody what it should not. Asked first, obeyed everywhere.</summary>
public sealed class ContactRules
{
    public bool Mail { get; set; } = true;
    public bool Text { get; set; }
    public bool Call { get; set; }
    public bool Voicemail { get; set; }
    /// <summary>When calling is safe, in their words.</summary>
    public string? When { get; set; }
    /// <summary>The name messages come from; null is the practice's neutral sender.</summary>
    public string? SenderName { get; set; }
}

/// <summary>Who said how a client is reminded.</summary>
public enum RemindersBy { Practice, Agreed, Own }

/// <summary>Which reminders by which way, how long before: as the practice does it, as agreed with the psychologist, or as the client wants it.</summary>
public sealed class ReminderChoice
{
    public RemindersBy By { get; set; }
    public int[] MailHours { get; set; } = [];
    public int[] TextHours { get; set; } = [];
    /// <summary>Own quiet hours; null: those of the practice.</summary>
    public TimeOnly? QuietFrom { get; set; }
    public TimeOnly? QuietUntil { get; set; }
    public DateTime? Since { get; set; }

    public bool None => By != RemindersBy.Practice && MailHours.Length + TextHours.Length == 0;

    public static ReminderChoice Nothing(RemindersBy by, DateTime since) => new() { By = by, Since = since };
}
