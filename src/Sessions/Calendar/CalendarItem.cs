using PracticeApp.Booking;

namespace PracticeApp.Sessions.Calendar;

public enum ItemOf { Session, Free, Away, Break }

/// <summary>Something to know of an item: a picture and a word, never a colour alone.</summary>
public sealed record Mark(string Kind, string Icon, string Text);

/// <summary>One thing in a calendar.</summary>
/// <param name="Column">The psychologist or the room whose column it stands in.</param>
public sealed record CalendarItem(ItemOf Of, Guid Column, DateTime StartsAt, DateTime EndsAt, string Title)
{
    public Guid? AppointmentId { get; init; }
    public string? Href { get; init; }
    /// <summary>Can be moved: booked and ahead.</summary>
    public bool CanMove { get; init; }
    public SessionForm? Form { get; init; }
    /// <summary>The name of the kind.</summary>
    public string Kind { get; init; } = "";
    public string Place { get; init; } = "";
    public bool IsHeld { get; init; }
    public bool IsCancelled { get; init; }
    public bool IsOver { get; init; }
    public Mark? State { get; init; }
    public IReadOnlyList<Mark> Marks { get; init; } = [];

    public bool Takes => Of == ItemOf.Session && !IsCancelled;
    public bool Overlaps(CalendarItem other) => StartsAt < other.EndsAt && other.StartsAt < EndsAt;

    /// <summary>Classes that colour it by kind and state.</summary>
    public string Css => Of switch
    {
        ItemOf.Free => "ev-open",
        ItemOf.Away => "ev-off",
        ItemOf.Break => "ev-break",
        _ => (Form switch
        {
            SessionForm.Couple or SessionForm.Family => "ev-couple",
            SessionForm.Group => "ev-group",
            SessionForm.FirstTalk => "ev-first",
            _ => "ev-one",
        }) + (IsHeld ? " ev-held" : "") + (IsCancelled ? " ev-gone" : "") + (IsOver || IsCancelled ? " ev-past" : "") + (State?.Kind == "waiting" && !IsHeld ? " ev-unsure" : ""),
    };
}

/// <summary>The free and the closed time of one psychologist, in UTC, and the limits they set.</summary>
public sealed record WorkDays(IReadOnlyList<(DateTime From, DateTime To)> Open, IReadOnlyList<HoursException> DaysOff, BookingRules Rules)
{
    public HoursException? OffOn(DateOnly day) => DaysOff.FirstOrDefault(x => x.First <= day && day <= x.Last);
}
