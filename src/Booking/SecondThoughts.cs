using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Booking;

/// <summary>For a few minutes after booking, moving or cancelling one tap takes it back; what follows from the act waits that long.</summary>
public static class SecondThoughts
{
    /// <summary>With less than this until the start everything is final at once: others have to know.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromHours(1);

    public static DateTime FinalAt(DateTime startsAt, DateTime now, TimeSpan minutes) => startsAt - now < TooLate ? now : now + minutes;

    internal static async Task<DateTime> FinalAtAsync(PracticeDb db, DateTime startsAt, DateTime now, CancellationToken ct)
    {
        var policy = await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct);
        return FinalAt(startsAt, now, TimeSpan.FromMinutes(policy.SecondThoughtsMinutes));
    }
}
