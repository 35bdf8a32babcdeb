using PracticeApp.Platform;

namespace PracticeApp.Booking;

public enum WhoMayBook { Public, OwnClients, StaffOnly }
public enum SessionForm { Individual, Couple, Family, Group, FirstTalk, Supervision }

/// <summary>Individual, couple, first talk …: length, buffer, price, places, who may book it and what it needs.</summary>
public sealed class SessionKind : PracticeEntity
{
    /// <summary>Name by language (en, ru, bs, fi).</summary>
    public LocalizedName Name { get; private set; } = new();
    public SessionForm Form { get; private set; }
    public int Minutes { get; private set; }
    public int BufferMinutes { get; private set; }
    public decimal Price { get; private set; }
    public string Currency { get; private set; } = "EUR";
    public bool InPerson { get; private set; } = true;
    public bool Online { get; private set; } = true;
    public bool NeedsAgreement { get; private set; } = true;
    public bool NeedsPrepayment { get; private set; }
    public WhoMayBook WhoMayBook { get; private set; } = WhoMayBook.OwnClients;
    public int Position { get; private set; }
    public bool Active { get; private set; } = true;

    private SessionKind() { }

    public SessionKind(Guid practiceId, LocalizedName name, int minutes, int bufferMinutes, decimal price, string currency, WhoMayBook who, bool needsAgreement, int position,
        SessionForm form = SessionForm.Individual)
        : base(practiceId) =>
        (Name, Minutes, BufferMinutes, Price, Currency, WhoMayBook, NeedsAgreement, Position, Form) = (name, minutes, bufferMinutes, price, currency, who, needsAgreement, position, form);

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);
    public TimeSpan Buffer => TimeSpan.FromMinutes(BufferMinutes);

    public IEnumerable<MeetingPlace> Places => (InPerson ? [MeetingPlace.Room] : Array.Empty<MeetingPlace>()).Concat(Online ? [MeetingPlace.Online] : []);

    /// <summary>What is booked already keeps the length and the price it was booked with.</summary>
    public void Change(LocalizedName name, SessionForm form, int minutes, int bufferMinutes, decimal price, bool inPerson, bool online, WhoMayBook who, bool needsAgreement, bool needsPrepayment) =>
        (Name, Form, Minutes, BufferMinutes, Price, InPerson, Online, WhoMayBook, NeedsAgreement, NeedsPrepayment) =
            (name, form, minutes, bufferMinutes, price, inPerson, online, who, needsAgreement, needsPrepayment);

    /// <summary>What a new practice begins with: a first talk without charge, a session for one, a session for two.</summary>
    public static IReadOnlyList<SessionKind> Defaults(Guid practiceId, string currency, decimal price, decimal couplePrice) =>
    [
        new(practiceId, new() { En = "First talk", Ru = "Первая беседа", Bs = "Prvi razgovor", Fi = "Ensimmäinen keskustelu" }, 20, 10, 0, currency, WhoMayBook.Public, false, 0, SessionForm.FirstTalk),
        new(practiceId, new() { En = "Individual session", Ru = "Индивидуальная встреча", Bs = "Individualni susret", Fi = "Yksilötapaaminen" }, 50, 10, price, currency, WhoMayBook.OwnClients, true, 1, SessionForm.Individual),
        new(practiceId, new() { En = "Session for two", Ru = "Встреча для двоих", Bs = "Susret za dvoje", Fi = "Paritapaaminen" }, 80, 10, couplePrice, currency, WhoMayBook.OwnClients, true, 2, SessionForm.Couple),
    ];

    public void Retire() => Active = false;
    public void Restore() => Active = true;
}

/// <summary>One name in the product's four languages.</summary>
public sealed class LocalizedName
{
    public string En { get; set; } = "";
    public string Ru { get; set; } = "";
    public string Bs { get; set; } = "";
    public string Fi { get; set; } = "";

    public string In(string language) => language switch { "ru" => Ru, "bs" => Bs, "fi" => Fi, _ => En };
}

public sealed class Room : PracticeEntity
{
    public string Name { get; private set; } = "";
    public bool Active { get; private set; } = true;
    /// <summary>Days on which it cannot be used; its weekly times are <see cref="RoomHours"/>.</summary>
    public DateOnly[] ClosedDays { get; private set; } = [];

    private Room() { }

    public Room(Guid practiceId, string name) : base(practiceId) => Name = name;

    public void Rename(string name) => Name = name;
    public void CloseOn(IEnumerable<DateOnly> days) => ClosedDays = days.Distinct().Order().ToArray();
    public void Retire() => Active = false;
    public void Restore() => Active = true;
}
