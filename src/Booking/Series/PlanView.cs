namespace PracticeApp.Booking;

/// <summary>A series before it is saved: every session with what stands in its way, to be taken, left out or put elsewhere.</summary>
/// <param name="Taken">What was ticked when it was sent; null at the first look, when all that is free is taken.</param>
public sealed record PlanView(IReadOnlyList<PlannedSession> Sessions, TimeZoneInfo Zone, IReadOnlyList<string>? Taken)
{
    public bool IsTaken(PlannedSession planned, Slot slot, bool first) => Taken?.Contains(ValueOf(planned, slot)) ?? first;

    /// <summary>The appointment that moves there, if one does, and the slot.</summary>
    public static string ValueOf(PlannedSession planned, Slot slot) =>
        planned.AppointmentId is { } id ? $"{id:N}@{SlotValue.Of(slot)}" : SlotValue.Of(slot).ToString();

    /// <summary>Reads what <see cref="ValueOf"/> wrote; null for anything else.</summary>
    public static (Guid? AppointmentId, DateTime StartUtc)? Read(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        var id = Guid.Empty;
        if (at >= 0 && !Guid.TryParseExact(value[..at], "N", out id)) return null;
        return SlotValue.Parse(value[(at + 1)..]) is { } slot ? (at < 0 ? null : id, slot.StartUtc) : null;
    }
}
