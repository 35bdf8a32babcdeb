using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Practices;

/// <summary>Reads the practice's rota.</summary>
public static class RotaAccess
{
    public static async Task<Rota> RotaAsync(this PracticeDb db, TimeZoneInfo zone, CancellationToken ct) => new(
        await db.RotaShifts.AsNoTracking().Where(s => db.Memberships.Any(m => m.UserId == s.UserId && m.Active)).ToListAsync(ct),
        (await db.ClosedDays.AsNoTracking().Select(d => d.Day).ToListAsync(ct)).ToHashSet(), zone);
}
