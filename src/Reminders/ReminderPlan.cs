namespace PracticeApp.Reminders;

/// <summary>One wish to be reminded: by what, how many minutes before the start.</summary>
public sealed record ReminderOffset(Channel Channel, int MinutesBefore);

/// <summary>Hours, in the recipient's own zone, in which nothing is sent. Equal ends are no quiet hours.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    /// <summary>Sending takes a while: what is moved before the quiet hours goes out this much earlier.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    public bool Has(DateTime instant) => From != Until && TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, Zone)).IsBetween(From, Until);

    /// <summary>The same instant, or when the quiet hours that it falls into end.</summary>
    public DateTime After(DateTime instant)
    {
        if (!Has(instant)) return instant;
        var local = TimeZoneInfo.ConvertTimeFromUtc(instant, Zone);
        var ends = local.Date + Until.ToTimeSpan();
        return ToUtc(ends < local ? ends.AddDays(1) : ends);
    }

    /// <summary>The same instant, or shortly before the quiet hours it falls into.</summary>
    public DateTime Before(DateTime instant)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(instant, Zone);
        if (!Has(instant))
        {
            return instant;
        }
        var began = local.Date + From.ToTimeSpan();
        return ToUtc(began > local ? began.AddDays(-1) : began) - Ahead;
    }

    private DateTime ToUtc(DateTime local)
    {
        // Clocks jump over at most a few hours: the last moment before the gap is the beginning that was meant.
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(-15);
        }
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}

/// <param name="Start">Start of the appointment, UTC.</param>
/// <param name="FinalAt">Until then the booking may be taken back; nothing goes out before it.</param>
/// <param name="FreeUntilHours">From this many hours before the start on cancelling costs something; 0 where it never does.</param>
public sealed record ReminderWishes(
    DateTime Start, DateTime FinalAt, IReadOnlyList<ReminderOffset> Offsets, QuietHours Quiet, int FreeUntilHours);

/// <param name="OffsetMinutes">The offset it belongs to, whenever it goes out: never two of a kind for one.</param>
public sealed record PlannedReminder(Channel Channel, int OffsetMinutes, DateTime DueAt);

/// <summary>Why a reminder that was wished does not go out.</summary>
public enum LeftOut { PastAtBooking, BeforeBooking, TooClose }

/// <summary>What became of one wish: when it goes out and why not when it was wished, or why it does not.</summary>
/// <param name="DueAt">Null: it is left out.</param>
/// <param name="ForTimeToAct">Brought forward so that moving and cancelling is still free when it arrives.</param>
/// <param name="ForQuiet">Brought forward to before the quiet hours.</param>
public sealed record ConsideredReminder(
    Channel Channel, int OffsetMinutes, DateTime WishedAt, DateTime? DueAt, bool ForTimeToAct, bool ForQuiet, LeftOut? LeftOut);

/// <summary>When to remind of an appointment.</summary>
public static class ReminderPlan
{
    /// <summary>A reminder that may lead to moving or cancelling leaves this much time to do so free of charge.</summary>
    public static readonly TimeSpan TimeToAct = TimeSpan.FromHours(3);

    /// <summary>What had to be moved is dropped if it would come this close to another.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(4);

    /// <summary>The reminders, in the order they go out. What is past already is left out, never sent late.</summary>
    public static IReadOnlyList<PlannedReminder> Plan(ReminderWishes wishes) =>
        [.. Consider(wishes).Where(reminder => reminder.DueAt is not null)
            .Select(reminder => new PlannedReminder(reminder.Channel, reminder.OffsetMinutes, reminder.DueAt!.Value))];

    /// <summary>The same with what is left out, and why each comes when it comes.</summary>
    public static IReadOnlyList<ConsideredReminder> Consider(ReminderWishes wishes)
    {
        var lastUseful = wishes.Start.AddHours(-wishes.FreeUntilHours) - TimeToAct;
        var drafts = wishes.Offsets
            .Where(offset => offset.MinutesBefore > 0)
            .Distinct()
            .Select(offset => new Draft(offset, wishes.Start.AddMinutes(-offset.MinutesBefore)))
            .ToList();
        foreach (var draft in drafts.Where(draft => draft.Wished < wishes.FinalAt))
        {
            draft.LeftOut = LeftOut.PastAtBooking;
        }
        var planned = drafts.Where(draft => draft.LeftOut is null).ToList();
        if (wishes.FreeUntilHours > 0)
        {
            LeaveTimeToAct(planned, lastUseful, lastUseful + TimeToAct, wishes.FinalAt);
        }
        foreach (var draft in planned)
        {
            var due = wishes.Quiet.Before(draft.Due);
            (draft.ForQuiet, draft.Due) = (due != draft.Due, due);
            if (due < wishes.FinalAt) draft.LeftOut = LeftOut.BeforeBooking;
        }
        Spread(planned.Where(draft => draft.LeftOut is null), lastUseful);
        return [.. drafts.OrderBy(draft => draft.Due).Select(draft => new ConsideredReminder(draft.Offset.Channel, draft.Offset.MinutesBefore, draft.Wished,
            draft.LeftOut is null ? draft.Due : null, draft.ForTimeToAct, draft.ForQuiet, draft.LeftOut))];
    }

    /// <summary>
    /// Mail that would come in the last hours of the free window comes before them; where all would come after it, the
    /// earliest is brought forward, if there is still time for that.
    /// </summary>
    private static void LeaveTimeToAct(List<Draft> planned, DateTime lastUseful, DateTime closes, DateTime earliest)
    {
        var mails = planned.Where(draft => draft.Offset.Channel == Channel.Mail).OrderBy(draft => draft.Wished).ToList();
        foreach (var draft in mails.Where(draft => draft.Wished > lastUseful && draft.Wished <= closes))
        {
            (draft.Due, draft.ForTimeToAct) = (lastUseful, true);
        }
        if (lastUseful >= earliest && mails.Count > 0 && mails.TrueForAll(draft => draft.Due > lastUseful))
        {
            (mails[0].Due, mails[0].ForTimeToAct) = (lastUseful, true);
        }
    }

    private static void Spread(IEnumerable<Draft> drafts, DateTime lastUseful)
    {
        var kept = new List<Draft>();
        foreach (var draft in drafts.OrderBy(draft => draft.IsMoved && draft.Due > lastUseful).ThenBy(draft => draft.IsMoved).ThenBy(draft => draft.Due))
        {
            if (!draft.IsMoved || kept.TrueForAll(other => (other.Due - draft.Due).Duration() >= Apart)) kept.Add(draft);
            else draft.LeftOut = LeftOut.TooClose;
        }
    }

    private sealed class Draft(ReminderOffset offset, DateTime wished)
    {
        public ReminderOffset Offset { get; } = offset;
        public DateTime Wished { get; } = wished;
        public DateTime Due { get; set; } = wished;
        public bool ForTimeToAct { get; set; }
        public bool ForQuiet { get; set; }
        public LeftOut? LeftOut { get; set; }
        public bool IsMoved => Due != Wished;
    }
}
