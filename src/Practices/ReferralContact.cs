using PracticeApp.Platform;

namespace PracticeApp.Practices;

public enum ContactKind { Psychologist, Psychiatrist, Doctor, CrisisOrSocial, Other }

/// <summary>Somebody outside to whom the practice refers: what they work with, how to reach them, what to know.</summary>
public sealed class ReferralContact : PracticeEntity
{
    public string Name { get; private set; } = "";
    public ContactKind Kind { get; private set; }
    /// <summary>"psychiatrist", "legal advice for families" …, in the practice's words.</summary>
    public string Field { get; private set; } = "";
    public Guid[] ThemeIds { get; private set; } = [];
    public string Phone { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Website { get; private set; } = "";
    /// <summary>For staff only: waiting times, what they do not take on.</summary>
    public string Notes { get; private set; } = "";
    /// <summary>From then on nobody is referred there any more; letters already written stay.</summary>
    public DateTime? RetiredAt { get; private set; }

    private ReferralContact() { }

    public ReferralContact(Guid practiceId, string name, ContactKind kind, string field, string notes, IEnumerable<Guid> themeIds) : base(practiceId) =>
        Describe(name, kind, field, notes, themeIds);

    /// <summary>How to reach them, as it will stand in a letter: address, phone, mail, web page.</summary>
    public string Contact => string.Join(", ", new[] { Address, Phone, Email, Website }.Where(part => part.Length > 0));
    /// <summary>They may examine and prescribe.</summary>
    public bool IsMedical => Kind is ContactKind.Psychiatrist or ContactKind.Doctor;

    public void Describe(string name, ContactKind kind, string field, string notes, IEnumerable<Guid> themeIds) =>
        (Name, Kind, Field, Notes, ThemeIds) = (name, kind, field, notes, themeIds.Distinct().ToArray());

    public ReferralContact At(string phone = "", string email = "", string address = "", string website = "")
    {
        (Phone, Email, Address, Website) = (phone, email, address, website);
        return this;
    }

    public void Retire(DateTime at) => RetiredAt ??= at;
    public void Restore() => RetiredAt = null;
}
