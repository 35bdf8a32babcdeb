using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Booking;

/// <summary>Replaces a psychologist's weekly hours from a day on, or from one day until another; what held before and after is kept.</summary>
public sealed class SetHours(PracticeDb db)
{
    public async Task RunAsync(Guid psychologistId, IReadOnlyList<IReadOnlyList<TypedHours>> week, DateOnly from, DateOnly? until, CancellationToken ct)
    {
        var rows = await db.WorkingHours.Where(h => h.PsychologistId == psychologistId && (h.ValidUntil == null || h.ValidUntil >= from)
            && (until == null || h.ValidFrom == null || h.ValidFrom <= until)).ToListAsync(ct);
        foreach (var row in rows)
        {
            if (until is { } last && (row.ValidUntil is null || row.ValidUntil > last)) db.Add(row.During(last.AddDays(1), row.ValidUntil));
            if (row.ValidFrom >= from) db.Remove(row);
            else row.EndOn(from.AddDays(-1));
        }
        var practice = db.Current.PracticeId;
        for (var i = 0; i < week.Count; i++)
            foreach (var hours in week[i])
                db.Add(hours.IsBreak
                    ? WorkingHours.Break(practice, psychologistId, DayAt(i), hours.From, hours.To, from, until)
                    : new WorkingHours(practice, psychologistId, DayAt(i), hours.From, hours.To, hours.Place.Kind, hours.Place.RoomId, from, until, hours.Kinds));
    }

    /// <summary>Monday is 0.</summary>
    public static DayOfWeek DayAt(int index) => (DayOfWeek)((index + 1) % 7);
}
