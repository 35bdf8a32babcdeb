using PracticeApp.Platform;

namespace PracticeApp.Booking;

public enum PartOfDay { Morning, Afternoon, Evening }

/// <summary>Days of the week and parts of the day: a bit for each of 21 fields, Monday morning first.</summary>
public readonly record struct WeekTimes(int Bits)
{
    public const int Count = 21;
    private const int Every = (1 << Count) - 1;
    public static readonly WeekTimes All = new(Every);

    /// <summary>Numbers that name no field are left out.</summary>
    public static WeekTimes Of(IEnumerable<int> fields) => new(fields.Where(f => f is >= 0 and < Count).Aggregate(0, (bits, field) => bits | 1 << field));

    public static int Field(DayOfWeek day, PartOfDay part) => ((int)day + 6) % 7 * 3 + (int)part;

    /// <summary>Morning ends at noon, the evening begins at 17:00.</summary>
    public static PartOfDay Part(TimeOnly time) => time.Hour < 12 ? PartOfDay.Morning : time.Hour < 17 ? PartOfDay.Afternoon : PartOfDay.Evening;

    public bool IsEmpty => (Bits & Every) == 0;
    public bool Has(int field) => (Bits >> field & 1) == 1;
    public bool Has(DateTime local) => Has(Field(local.DayOfWeek, Part(TimeOnly.FromDateTime(local))));
    public IEnumerable<int> Fields() => Enumerable.Range(0, Count).Where(Has);
}

public enum WishEnd { ByClient, ByPractice, Booked }

/// <summary>What a client waits for, because no free time suited: kinds, with whom, when. One that stands for each client.</summary>
public sealed class WaitlistWish : PracticeEntity
{
    public Guid ClientId { get; private set; }
    /// <summary>Null: with any psychologist they work with.</summary>
    public Guid? PsychologistId { get; private set; }
    public Guid[] KindIds { get; private set; } = [];
    /// <summary>Null: in person or online.</summary>
    public MeetingPlace? Place { get; private set; }
    /// <summary><see cref="WeekTimes"/>, by the client's own clock.</summary>
    public int Times { get; private set; }
    /// <summary>The last day that comes into question.</summary>
    public DateOnly Until { get; private set; }
    /// <summary>How many hours before the start they have to know.</summary>
    public int NoticeHours { get; private set; }
    /// <summary>Since when they wait; changing the wish does not move it.</summary>
    public DateTime Since { get; private set; }
    /// <summary>The member of staff who wrote it down; null for the client.</summary>
    public Guid? AddedBy { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public WishEnd? EndedWhy { get; private set; }

    private WaitlistWish() { }

    public WaitlistWish(Guid practiceId, Guid clientId, DateTime since, Guid? addedBy = null) : base(practiceId) => (ClientId, Since, AddedBy) = (clientId, since, addedBy);

    public void Want(Guid? psychologistId, IEnumerable<Guid> kindIds, MeetingPlace? place, WeekTimes times, DateOnly until, int noticeHours) =>
        (PsychologistId, KindIds, Place, Times, Until, NoticeHours) = (psychologistId, [.. kindIds.Distinct()], place, times.Bits, until, noticeHours);

    public WeekTimes WeekTimes => new(Times);

    /// <summary>What it was ended for did not come to be.</summary>
    public void GoOn() => (EndedAt, EndedWhy) = (null, null);

    public void End(DateTime at, WishEnd why)
    {
        if (EndedAt is null) (EndedAt, EndedWhy) = (at, why);
    }
}

public enum OfferState { Open, Accepted, Declined, Expired, Withdrawn }

/// <summary>
/// A freed time that is kept for one client of the waitlist for a while. The time is taken by an appointment in the state
/// <see cref="AppointmentState.Offered"/>, so that the database keeps everybody else off it.
/// </summary>
public sealed class SlotOffer : PracticeEntity
{
    public Guid WishId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid AppointmentId { get; private set; }
    public Guid PsychologistId { get; private set; }
    public DateTime StartsAt { get; private set; }
    /// <summary>Which place in a group, where it is one.</summary>
    public int? Seat { get; private set; }
    public DateTime OfferedAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public OfferState State { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    private SlotOffer() { }

    public SlotOffer(WaitlistWish wish, Appointment kept, DateTime offeredAt, DateTime expiresAt) : base(wish.PracticeId) =>
        (WishId, ClientId, EngagementId, AppointmentId, PsychologistId, StartsAt, Seat, OfferedAt, ExpiresAt) =
            (wish.Id, wish.ClientId, kept.EngagementId, kept.Id, kept.PsychologistId, kept.StartsAt, kept.Seat, offeredAt, expiresAt);

    public bool IsOpen(DateTime now) => State == OfferState.Open && now < ExpiresAt;

    public void Close(OfferState state, DateTime at)
    {
        if (State == OfferState.Open) (State, ClosedAt) = (state, at);
    }
}

/// <summary>Time that became free and is offered to whoever waits: a cancelled or moved session, an offer nobody took, extra hours.</summary>
public sealed class FreedTime : PracticeEntity
{
    public Guid PsychologistId { get; private set; }
    /// <summary>The appointment, move or extra hours it came from; each frees its time once.</summary>
    public Guid SourceId { get; private set; }
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    /// <summary>When it is looked at the next time.</summary>
    public DateTime CheckAt { get; private set; }

    private FreedTime() { }

    public FreedTime(Guid practiceId, Guid psychologistId, Guid sourceId, DateTime startsAt, DateTime endsAt, DateTime checkAt) : base(practiceId) =>
        (PsychologistId, SourceId, StartsAt, EndsAt, CheckAt) = (psychologistId, sourceId, startsAt, endsAt, checkAt);

    public void CheckAgain(DateTime at) => CheckAt = at;
}
