using PracticeApp.Platform;

namespace PracticeApp.Practices;

/// <summary>Somebody outside to whom the practice refers: what they work with, how to reach them, what to know.</summary>
public sealed class ReferralContact : PracticeEntity
{
    public string Name { get; private set; } = "";
    /// <summary>"psychiatrist", "legal advice for families" …, in the practice's words.</summary>
    public string Field { get; private set; } = "";
    public Guid[] ThemeIds { get; private set; } = [];
    /// <summary>Phone, address, mail or web page, as it will stand in the letter.</summary>
    public string Contact { get; private set; } = "";
    /// <summary>For staff only: waiting times, what they do not take on.</summary>
    public string Notes { get; private set; } = "";
    public bool Active { get; private set; } = true;

    private ReferralContact() { }

    public ReferralContact(Guid practiceId, string name, string field, string contact, string notes, IEnumerable<Guid> themeIds) : base(practiceId) =>
        Describe(name, field, contact, notes, themeIds);

    public void Describe(string name, string field, string contact, string notes, IEnumerable<Guid> themeIds) =>
        (Name, Field, Contact, Notes, ThemeIds) = (name, field, contact, notes, themeIds.Distinct().ToArray());

    public void Retire() => Active = false;
    public void Restore() => Active = true;
}
