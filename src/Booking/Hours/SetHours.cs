using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Booking;

/// <summary>Replaces a psychologist's weekly hours from a day on; what held before is kept with its end.</summary>
public sealed class SetHours(PracticeDb db)
{
    public async Task RunAsync(Guid psychologistId, IReadOnlyList<IReadOnlyList<TypedHours>> week, DateOnly from, CancellationToken ct)
    {
        var rows = await db.WorkingHours.Where(h => h.PsychologistId == psychologistId && (h.ValidUntil == null || h.ValidUntil >= from)).ToListAsync(ct);
        foreach (var row in rows)
        {
            if (row.ValidFrom >= from) db.Remove(row);
            else row.EndOn(from.AddDays(-1));
        }
        var practice = db.Current.PracticeId;
        for (var i = 0; i < week.Count; i++)
            foreach (var hours in week[i])
                db.Add(hours.IsBreak
                    ? WorkingHours.Break(practice, psychologistId, DayAt(i), hours.From, hours.To, from)
                    : new WorkingHours(practice, psychologistId, DayAt(i), hours.From, hours.To, hours.Place.Kind, hours.Place.RoomId, from));
    }

    /// <summary>Monday is 0.</summary>
    public static DayOfWeek DayAt(int index) => (DayOfWeek)((index + 1) % 7);
}
