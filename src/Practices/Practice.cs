namespace PracticeApp.Practices;

/// <summary>One organisation that uses the installation: the tenant. Its <see cref="Id"/> is the practice_id of every other row.</summary>
public sealed class Practice
{
    public Guid Id { get; private set; }
    /// <summary>The public address: /p/{slug}; unique in the installation.</summary>
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Tagline { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Phone { get; private set; } = "";
    /// <summary>ISO 3166-1 alpha-2; decides crisis contacts and holidays.</summary>
    public string Country { get; private set; } = "";
    /// <summary>IANA zone in which the practice works.</summary>
    public string TimeZone { get; private set; } = "";
    /// <summary>Default language: en, ru, bs or fi.</summary>
    public string Language { get; private set; } = "en";
    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "EUR";
    /// <summary>The name under which neutral mails and messages go out.</summary>
    public string SenderName { get; private set; } = "";
    public PracticePolicy Policy { get; private set; } = new();
    public BillingPolicy Billing { get; private set; } = new();
    /// <summary>When the practice's own words of notices last changed; null while it has none.</summary>
    public DateTime? WordingsChangedAt { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public uint Version { get; private set; }

    private Practice() { }

    public Practice(string slug, string name, string country, string timeZone, string language, string currency, DateTime createdAt)
    {
        Id = Platform.Ids.New();
        (Slug, Name, Country, TimeZone, Language, Currency, CreatedAt) = (slug, name, country, timeZone, language, currency, createdAt);
        SenderName = name;
    }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public void Describe(string name, string tagline, string address, string phone, string senderName)
    {
        (Name, Tagline, Address, Phone, SenderName) = (name, tagline, address, phone, senderName);
    }

    /// <summary>Changes the public address; links to the old one lead nowhere.</summary>
    public void MoveTo(string slug) => Slug = slug;

    public void Place(string country, string timeZone, string language, string currency)
    {
        (Country, TimeZone, Language, Currency) = (country, timeZone, language, currency);
    }

    public void Decide(PracticePolicy policy) => Policy = policy;
    public void Bill(BillingPolicy billing) => Billing = billing;

    /// <summary>Later than any change before it, so that whoever keeps the words sees every change.</summary>
    public void ChangeWordings(DateTime at) => WordingsChangedAt = WordingsChangedAt is { } last && at <= last ? last.AddMicroseconds(1) : at;
}

/// <summary>What a practice has decided for itself; defaults are what a careful practice would choose.</summary>
public sealed class PracticePolicy
{
    /// <summary>Working hours within which an enquiry is answered.</summary>
    public int PromiseHours { get; set; } = 4;
    public bool OperatorReadsEnquiries { get; set; }
    /// <summary>Whoever opens the public page may book a first talk there.</summary>
    public bool PublicFirstTalks { get; set; }
    /// <summary>What follows when an appointment is not settled after <see cref="SettleAfterHours"/>.</summary>
    public UnsettledChoice Unsettled { get; set; } = UnsettledChoice.AskAgain;
    public int SettleAfterHours { get; set; } = 24;
    /// <summary>Hours after which a proposed charge for a missed session stands by itself; null: only the psychologist confirms it.</summary>
    public int? ChargesStandAfterHours { get; set; }
    /// <summary>Hours before the start at which a reminder is sent by mail.</summary>
    public int[] MailReminderHours { get; set; } = [48, 24];
    public int[] TextReminderHours { get; set; } = [2];
    /// <summary>Hours before an unpaid prepayment is due at which it is reminded of; 0: never.</summary>
    public int PrepaymentReminderHours { get; set; } = 24;
    /// <summary>Hours before a first talk at which unanswered questions are reminded of; 0: never.</summary>
    public int QuestionsReminderHours { get; set; } = 36;
    /// <summary>Days after which a psychologist is told, once a week, how many protocols are still open; 0: never.</summary>
    public int ProtocolsOpenDays { get; set; } = 7;
    public TimeOnly QuietFrom { get; set; } = new(21, 0);
    public TimeOnly QuietUntil { get; set; } = new(8, 0);
    public int HoldMinutes { get; set; } = 10;
    public int SecondThoughtsMinutes { get; set; } = 3;
    /// <summary>How long a time that became free is kept for one of the waitlist; shorter when the start is near.</summary>
    public int OfferMinutes { get; set; } = 240;
    /// <summary>Sessions without movement after which the work on a request is looked back on; 0: never.</summary>
    public int LookBackAfterSessions { get; set; } = 8;
    /// <summary>How long records are kept after the work has ended.</summary>
    public int RecordsKeptYears { get; set; } = 10;
    /// <summary>Who does not want to sign may come once all the same: the fee for a kept session, cancelling free.</summary>
    public bool MinimalTerms { get; set; } = true;
    /// <summary>Days after which an unsigned agreement is first followed up, then how often and how many times; then it runs out.</summary>
    public int FollowUpFirstDays { get; set; } = 5;
    public int FollowUpEveryDays { get; set; } = 2;
    public int FollowUps { get; set; } = 5;
    public int AgreementWaitsDays { get; set; } = 90;
    /// <summary>Where quick exit leads: an ordinary page that tells nothing.</summary>
    public string QuickExitUrl { get; set; } = "https://www.wikipedia.org/";
    /// <summary>Address of the provider of video rooms, with <see cref="JoinAddress.Room"/> where the room of a session stands; null: psychologists use their own.</summary>
    public string? JoinPattern { get; set; }

    /// <summary>The same decisions with some of them changed.</summary>
    public PracticePolicy With(Action<PracticePolicy> change)
    {
        var changed = (PracticePolicy)MemberwiseClone();
        change(changed);
        return changed;
    }
}

/// <summary>What stands on invoices, and how what is unpaid is spoken of.</summary>
public sealed class BillingPolicy
{
    public string TaxNumber { get; set; } = "";
    /// <summary>Where to pay: an account number.</summary>
    public string Account { get; set; } = "";
    /// <summary>A sentence at the foot of every invoice, such as why there is no VAT.</summary>
    public string Note { get; set; } = "";
    /// <summary>Invoices name the kind of session; by default they say "session" and the date, since others may read them.</summary>
    public bool NamesKinds { get; set; }
    /// <summary>Days after the due date at which what is open is first mentioned, and then again; 0: never.</summary>
    public int RemindAfterDays { get; set; } = 7;
    public int Reminders { get; set; } = 3;
}

public enum UnsettledChoice { AskAgain, NoShow }
