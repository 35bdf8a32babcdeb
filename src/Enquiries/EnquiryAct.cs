using PracticeApp.Platform;

namespace PracticeApp.Enquiries;

public enum EnquiryActKind
{
    Received, WrittenDown, CrisisContactsShown, RotaTold, NobodyOnRota, Taken, Answered, HandedTo, Accepted, Referred, Declined, Withdrawn,
    FlagAcknowledged, FlagClosed,
}

/// <summary>One line of an enquiry's timeline. Only ever added.</summary>
public sealed class EnquiryAct : PracticeEntity
{
    public Guid EnquiryId { get; private set; }
    public EnquiryActKind Kind { get; private set; }
    public DateTime At { get; private set; }
    /// <summary>Who did it; null for the person who wrote and for the house.</summary>
    public Guid? By { get; private set; }
    /// <summary>To whom it was handed, or whom the house told.</summary>
    public Guid? Whom { get; private set; }

    private EnquiryAct() { }

    internal EnquiryAct(Guid practiceId, Guid enquiryId, EnquiryActKind kind, DateTime at, Guid? by, Guid? whom) : base(practiceId) =>
        (EnquiryId, Kind, At, By, Whom) = (enquiryId, kind, at, by, whom);
}
