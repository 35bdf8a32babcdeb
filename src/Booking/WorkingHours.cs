using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>A psychologist's weekly hours, or a break in them, on one day of the week; wall clock in their zone. See <see cref="WeeklyHours"/>.</summary>
public sealed class WorkingHours : PracticeEntity
{
    public Guid PsychologistId { get; private set; }
    public DayOfWeek Day { get; private set; }
    public TimeOnly From { get; private set; }
    public TimeOnly To { get; private set; }
    public bool IsBreak { get; private set; }
    public MeetingPlace Place { get; private set; }
    public Guid? RoomId { get; private set; }
    /// <summary>Session kinds offered in these hours; empty: all.</summary>
    public Guid[] KindIds { get; private set; } = [];
    public DateOnly? ValidFrom { get; private set; }
    public DateOnly? ValidUntil { get; private set; }

    private WorkingHours() { }

    public WorkingHours(Guid practiceId, Guid psychologistId, DayOfWeek day, TimeOnly from, TimeOnly to, MeetingPlace place, Guid? roomId = null,
        DateOnly? validFrom = null, DateOnly? validUntil = null, IEnumerable<Guid>? kindIds = null) : base(practiceId) =>
        (PsychologistId, Day, From, To, Place, RoomId, ValidFrom, ValidUntil, KindIds) =
            (psychologistId, day, from, to, place, place == MeetingPlace.Room ? roomId : null, validFrom, validUntil, kindIds?.Distinct().ToArray() ?? []);

    public static WorkingHours Break(Guid practiceId, Guid psychologistId, DayOfWeek day, TimeOnly from, TimeOnly to, DateOnly? validFrom = null, DateOnly? validUntil = null) =>
        new(practiceId, psychologistId, day, from, to, MeetingPlace.Room, null, validFrom, validUntil) { IsBreak = true };

    /// <summary>The last day on which these hours hold.</summary>
    public void EndOn(DateOnly day) => ValidUntil = day;

    /// <summary>The same hours for other dates.</summary>
    public WorkingHours During(DateOnly? from, DateOnly? until) => new(PracticeId, PsychologistId, Day, From, To, Place, RoomId, from, until, KindIds) { IsBreak = IsBreak };

    public bool HoldsOn(DateOnly day) => (ValidFrom is null || ValidFrom <= day) && (ValidUntil is null || day <= ValidUntil);

    public WeeklyHours ToHours() => new(Day, From, To, new SlotPlace(Place, RoomId), ValidFrom, ValidUntil, KindIds.Length == 0 ? null : KindIds);

    public WeeklyBreak ToBreak() => new(Day, From, To, ValidFrom, ValidUntil);
}

public enum ExceptionOf { DaysOff, TimeOff, ExtraHours }

/// <summary>A departure from the weekly hours on given dates: a holiday, an hour at the dentist's, an extra Saturday.</summary>
public sealed class HoursException : PracticeEntity
{
    public Guid PsychologistId { get; private set; }
    public ExceptionOf Of { get; private set; }
    public DateOnly First { get; private set; }
    public DateOnly Last { get; private set; }
    public TimeOnly? From { get; private set; }
    public TimeOnly? To { get; private set; }
    public MeetingPlace Place { get; private set; }
    public Guid? RoomId { get; private set; }
    /// <summary>For the calendar of staff only; clients never see it.</summary>
    public string? Note { get; private set; }

    private HoursException() { }

    private HoursException(Guid practiceId, Guid psychologistId, ExceptionOf of, DateOnly first, DateOnly last, string? note) : base(practiceId) =>
        (PsychologistId, Of, First, Last, Note) = (psychologistId, of, first, last, note);

    public static HoursException DaysOff(Guid practiceId, Guid psychologistId, DateOnly first, DateOnly last, string? note = null) =>
        new(practiceId, psychologistId, ExceptionOf.DaysOff, first, last, note);

    public static HoursException TimeOff(Guid practiceId, Guid psychologistId, DateOnly day, TimeOnly from, TimeOnly to, string? note = null) =>
        new(practiceId, psychologistId, ExceptionOf.TimeOff, day, day, note) { From = from, To = to };

    public static HoursException ExtraHours(Guid practiceId, Guid psychologistId, DateOnly day, TimeOnly from, TimeOnly to, MeetingPlace place, Guid? roomId, string? note = null) =>
        new(practiceId, psychologistId, ExceptionOf.ExtraHours, day, day, note) { From = from, To = to, Place = place, RoomId = place == MeetingPlace.Room ? roomId : null };

    public DayChange ToChange() => Of switch
    {
        ExceptionOf.TimeOff => new TimeOff(First, From!.Value, To!.Value),
        ExceptionOf.ExtraHours => new ExtraHours(First, From!.Value, To!.Value, new SlotPlace(Place, RoomId)),
        _ => new DayOff(First, Last),
    };
}

/// <summary>How a psychologist lets themselves be booked; who has none is booked by <see cref="Default"/>.</summary>
public sealed class BookingRules : PracticeEntity
{
    public Guid PsychologistId { get; private set; }
    public int NoticeHours { get; private set; } = 12;
    public int HorizonDays { get; private set; } = 60;
    public SlotGrid Grid { get; private set; } = SlotGrid.Half;
    public int? MaxPerDay { get; private set; }
    public int? MaxPerWeek { get; private set; }
    /// <summary>The longest run of sessions with less than <see cref="PauseMinutes"/> between them.</summary>
    public int? MaxInRow { get; private set; }
    public int PauseMinutes { get; private set; } = 30;
    /// <summary>A hard limit refuses staff too; the others bind clients, and staff are told.</summary>
    public bool DayIsHard { get; private set; }
    public bool WeekIsHard { get; private set; }
    public bool RowIsHard { get; private set; }
    /// <summary>Future sessions one client may have booked at a time; null is no limit. Staff may book more.</summary>
    public int? MaxOpenPerClient { get; private set; } = 8;

    private BookingRules() { }

    public BookingRules(Guid practiceId, Guid psychologistId) : base(practiceId) => PsychologistId = psychologistId;

    public static BookingRules Default(Guid practiceId, Guid psychologistId) => new(practiceId, psychologistId);

    public void Change(int noticeHours, int horizonDays, SlotGrid grid, int? maxPerDay, int? maxPerWeek, int? maxOpenPerClient) =>
        (NoticeHours, HorizonDays, Grid, MaxPerDay, MaxPerWeek, MaxOpenPerClient) = (noticeHours, horizonDays, grid, maxPerDay, maxPerWeek, maxOpenPerClient);

    public void Limit(int? maxInRow, int pauseMinutes, bool dayIsHard, bool weekIsHard, bool rowIsHard) =>
        (MaxInRow, PauseMinutes, DayIsHard, WeekIsHard, RowIsHard) = (maxInRow, pauseMinutes, dayIsHard, weekIsHard, rowIsHard);

    public int MostOf(BookingLimit limit) => limit switch { BookingLimit.Day => MaxPerDay, BookingLimit.Week => MaxPerWeek, _ => MaxInRow } ?? 0;
    public bool IsHard(BookingLimit limit) => limit switch { BookingLimit.Day => DayIsHard, BookingLimit.Week => WeekIsHard, _ => RowIsHard };

    public SlotRules ToRules() => new(TimeSpan.FromHours(NoticeHours), HorizonDays, Grid, MaxPerDay, MaxPerWeek, MaxInRow, TimeSpan.FromMinutes(PauseMinutes));
}
