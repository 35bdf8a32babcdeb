using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Requests;

/// <summary>
/// Screens a text that a client wrote, in the transaction that keeps it. A flag belongs to the text; it never blocks or delays
/// what was written.
/// </summary>
public sealed class ScreenText(PracticeDb db, PublicAddress address, TimeProvider clock)
{
    /// <param name="source">The table, and where a row has several texts the column: "complaints", "client_requests.how_noticed".</param>
    /// <returns>What the text may tell of; none when nothing was found.</returns>
    public async Task<Danger> RunAsync(string source, Guid sourceId, string text, string language, Guid? enquiryId, Guid? engagementId, Guid? clientId, CancellationToken ct)
    {
        var danger = SafetyScreen.Read(text, language);
        if (danger == Danger.None) return danger;
        // A text that is saved again keeps its flag; a flag that a person closed is opened anew by new words only.
        if (db.SafetyFlags.Local.Any(f => f.Source == source && f.SourceId == sourceId)
            || await db.SafetyFlags.AnyAsync(f => f.Source == source && f.SourceId == sourceId && f.ClosedAt == null, ct)) return danger;
        var now = clock.GetUtcNow().UtcDateTime;
        var flag = new SafetyFlag(db.Current.PracticeId, source, sourceId, danger, now, enquiryId, engagementId, clientId);
        db.SafetyFlags.Add(flag);
        if (danger.ComesFirst()) await TellAsync(flag, now, ct);
        return danger;
    }

    // The client's own psychologist and whoever is on duty are told, without a word of what was written; where nobody is, every psychologist.
    private async Task TellAsync(SafetyFlag flag, DateTime now, CancellationToken ct)
    {
        var own = flag.EngagementId is { } id ? await db.Engagements.Where(e => e.Id == id).Select(e => (Guid?)e.PsychologistId).SingleOrDefaultAsync(ct) : null;
        var zone = (await db.Practices.AsNoTracking().SingleAsync(ct)).Zone;
        var onDuty = (await db.RotaAsync(zone, ct)).On(now);
        var staff = await db.Memberships.AsNoTracking().Where(m => m.Active).ToListAsync(ct);
        var readers = staff.Where(m => m.UserId == own || onDuty.Contains(m.UserId)).ToList();
        if (readers.Count == 0) readers = staff.Where(m => m.Is(Role.Psychologist)).ToList();
        foreach (var reader in readers) db.Tell(flag, reader, address, now);
    }
}
