namespace PracticeApp.Booking;

/// <summary>Where a session takes place: in one of the practice's rooms, in person without a room to reserve (<c>default</c>), or online.</summary>
public readonly record struct SlotPlace(MeetingPlace Kind, Guid? RoomId) : IComparable<SlotPlace>
{
    public static readonly SlotPlace Online = new(MeetingPlace.Online, null);
    public static SlotPlace InRoom(Guid id) => new(MeetingPlace.Room, id);

    /// <summary>In person before online, then by room; any order will do, but it must be one.</summary>
    public int CompareTo(SlotPlace other) => (Kind, RoomId ?? default).CompareTo((other.Kind, other.RoomId ?? default));

    public static bool operator <(SlotPlace left, SlotPlace right) => left.CompareTo(right) < 0;
    public static bool operator >(SlotPlace left, SlotPlace right) => left.CompareTo(right) > 0;
    public static bool operator <=(SlotPlace left, SlotPlace right) => left.CompareTo(right) <= 0;
    public static bool operator >=(SlotPlace left, SlotPlace right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// Hours that come back every week. Times are wall clock in the psychologist's zone; <paramref name="To"/> at or before
/// <paramref name="From"/> lies on the next day (midnight is 00:00), so equal times are a whole day.
/// Validity dates are inclusive and look at the day on which the hours begin; null is open.
/// <paramref name="Kinds"/> are the session kinds offered in these hours; null means all.
/// </summary>
public sealed record WeeklyHours(
    DayOfWeek Day, TimeOnly From, TimeOnly To, SlotPlace Place = default,
    DateOnly? ValidFrom = null, DateOnly? ValidUntil = null, IReadOnlyCollection<Guid>? Kinds = null);

/// <summary>A weekly break inside working hours; same conventions as <see cref="WeeklyHours"/>. Nothing is offered in it.</summary>
public sealed record WeeklyBreak(DayOfWeek Day, TimeOnly From, TimeOnly To, DateOnly? ValidFrom = null, DateOnly? ValidUntil = null);

/// <summary>A departure from the weekly pattern on given dates.</summary>
public abstract record DayChange;

/// <summary>Whole days without weekly hours, both dates included. <see cref="ExtraHours"/> on such a day still stand.</summary>
public sealed record DayOff(DateOnly First, DateOnly Last) : DayChange;

/// <summary>Part of a day on which nothing is offered, extra hours included; <paramref name="To"/> at or before <paramref name="From"/> is next day.</summary>
public sealed record TimeOff(DateOnly Day, TimeOnly From, TimeOnly To) : DayChange;

/// <summary>Hours on one date beside, or instead of (with <see cref="DayOff"/>), the weekly ones.</summary>
public sealed record ExtraHours(DateOnly Day, TimeOnly From, TimeOnly To, SlotPlace Place = default, IReadOnlyCollection<Guid>? Kinds = null) : DayChange;

/// <summary>Taken time, buffers included, half open, UTC. With a room only that room is taken, without one the people are.</summary>
public readonly record struct Busy(DateTime StartUtc, DateTime EndUtc, Guid? RoomId = null);

/// <summary>When a room can be used: weekly, by the clock of its own zone (none: always), and not on days that are closed.</summary>
public sealed record RoomOpening(TimeZoneInfo Zone, IReadOnlyList<OpenHours> Hours, IReadOnlyCollection<DateOnly> Closed);

/// <summary>Same conventions as <see cref="WeeklyHours"/>.</summary>
public readonly record struct OpenHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>On which minutes a session may begin.</summary>
public enum SlotGrid
{
    /// <summary>Every 15 minutes of wall clock, counted from the start of the hours.</summary>
    Quarter = 15,
    /// <summary>Every 30 minutes of wall clock, counted from the start of the hours.</summary>
    Half = 30,
    /// <summary>Every 60 minutes of wall clock, counted from the start of the hours.</summary>
    Hour = 60,
    /// <summary>Back to back (length and buffer) from the start of each free stretch, so that no choice costs a later session.</summary>
    Full = 0,
}

/// <summary>
/// A psychologist's booking rules. <paramref name="Notice"/> is elapsed time before the start. <paramref name="HorizonDays"/>
/// counts whole days in the psychologist's zone, today being 0. Limits count sessions by local date of start, by week from Monday,
/// and in a row: a run of sessions with less than <paramref name="Pause"/> between each and the next.
/// </summary>
public sealed record SlotRules(TimeSpan Notice, int HorizonDays, SlotGrid Grid = SlotGrid.Half, int? MaxPerDay = null, int? MaxPerWeek = null, int? MaxInRow = null, TimeSpan Pause = default)
{
    public bool HasLimits => (MaxPerDay ?? MaxPerWeek ?? MaxInRow) is not null;
}

/// <summary>All that decides when one psychologist can be met.</summary>
public sealed record Availability
{
    public required TimeZoneInfo Zone { get; init; }
    public required SlotRules Rules { get; init; }
    public IReadOnlyList<WeeklyHours> Hours { get; init; } = [];
    public IReadOnlyList<WeeklyBreak> Breaks { get; init; } = [];
    public IReadOnlyList<DayChange> Changes { get; init; } = [];

    /// <summary>Occupied time of the psychologist, of the client who looks, and of rooms; any order, overlaps allowed.</summary>
    public IReadOnlyList<Busy> Busy { get; init; } = [];

    /// <summary>The psychologist's sessions that count against the limits, held ones too.</summary>
    public IReadOnlyList<TakenSession> Booked { get; init; } = [];

    /// <summary>The rooms that are not always open.</summary>
    public IReadOnlyDictionary<Guid, RoomOpening> Rooms { get; init; } = new Dictionary<Guid, RoomOpening>();
}

/// <summary>
/// What is looked for: a kind with its length and the buffer after it, at one of <paramref name="Places"/> (null: anywhere),
/// beginning in [<paramref name="FromUtc"/>, <paramref name="UntilUtc"/>), seen at <paramref name="NowUtc"/>.
/// </summary>
public sealed record SlotSearch(
    Guid KindId, TimeSpan Length, TimeSpan BufferAfter, DateTime NowUtc, DateTime FromUtc, DateTime UntilUtc,
    IReadOnlyCollection<SlotPlace>? Places = null);

/// <summary>A time that can be booked: UTC, half open, the buffer after it not included.</summary>
public readonly record struct Slot(DateTime StartUtc, DateTime EndUtc, SlotPlace Place);
