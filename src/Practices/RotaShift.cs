using PracticeApp.Platform;

namespace PracticeApp.Practices;

/// <summary>A weekly stretch in which a member of staff answers enquiries and safety flags, by the practice's clock.</summary>
public sealed class RotaShift : PracticeEntity
{
    public Guid UserId { get; private set; }
    public DayOfWeek Day { get; private set; }
    public TimeOnly From { get; private set; }
    /// <summary>Midnight is the end of the day.</summary>
    public TimeOnly Until { get; private set; }

    private RotaShift() { }

    public RotaShift(Guid practiceId, Guid userId, DayOfWeek day, TimeOnly from, TimeOnly until) : base(practiceId)
    {
        if (!IsStretch(from, until)) throw new ArgumentException("A shift ends after it begins.", nameof(until));
        (UserId, Day, From, Until) = (userId, day, from, until);
    }

    public static bool IsStretch(TimeOnly from, TimeOnly until) => until == TimeOnly.MinValue || until > from;
}

/// <summary>A holiday or other day on which nobody is on the rota.</summary>
public sealed class ClosedDay : PracticeEntity
{
    public DateOnly Day { get; private set; }
    public string Name { get; private set; } = "";

    private ClosedDay() { }

    public ClosedDay(Guid practiceId, DateOnly day, string name) : base(practiceId) => (Day, Name) = (day, name);
}
