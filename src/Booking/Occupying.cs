using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PracticeApp.Booking;

/// <summary>
/// Runs acts that take time from psychologists, rooms and participants. They queue for each of these in one order, so that
/// people who reach for the same slot wait a moment instead of tripping over one another; that no two ever get it is the
/// database's constraint, not this.
/// </summary>
public sealed class Occupying(PracticeDb db, TimeProvider clock)
{
    private const int Tries = 4;
    private const string Before = "before_occupying";

    /// <param name="resources">Psychologist, room and clients, of before and after.</param>
    /// <param name="act">Reads what it changes itself; may run again. Returns false to give up, with nothing changed.</param>
    /// <returns>False when the act gave up or somebody else holds the time; nothing is changed then.</returns>
    public async Task<bool> TryAsync(IEnumerable<Guid> resources, Func<DateTime, Task<bool>> act, CancellationToken ct)
    {
        var all = resources.Distinct().Order().ToArray();
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Time is occupied inside a unit of work.");
        for (var tries = 1; ; tries++)
        {
            await transaction.CreateSavepointAsync(Before, ct);
            var audited = db.Current.PendingAudit.Count;
            try
            {
                await QueueAsync(all, ct);
                var now = clock.GetUtcNow().UtcDateTime;
                await ClearAsync(all, now, ct);
                if (await act(now))
                {
                    await db.SaveChangesAsync(ct);
                    return true;
                }
                await UndoAsync(transaction, audited, ct);
                return false;
            }
            catch (Exception e) when (Cause(e) is PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation)
            {
                await UndoAsync(transaction, audited, ct);
                return false;
            }
            catch (Exception e) when (Cause(e) is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && tries < Tries)
            {
                await UndoAsync(transaction, audited, ct);
            }
            // A room's time ran out between being read and being written, and somebody else cleared it.
            catch (DbUpdateConcurrencyException e) when (tries < Tries && e.Entries.All(entry => entry.Entity is Occupancy))
            {
                await UndoAsync(transaction, audited, ct);
            }
        }
    }

    private Task<int> QueueAsync(Guid[] resources, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"select pg_advisory_xact_lock(hashtextextended({db.Current.PracticeId.ToString()} || r::text, 0)) from unnest({resources}) as r", ct);

    /// <summary>
    /// Holds that ran out and time that was kept for second thoughts; an exclusion constraint cannot know what time it is. Of rooms
    /// all of it goes: which one is taken shows only in the act. What somebody else is clearing just now is left to them.
    /// </summary>
    private async Task ClearAsync(Guid[] resources, DateTime now, CancellationToken ct)
    {
        var practice = db.Current.PracticeId;
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from appointments where practice_id = {practice} and id in (
              select a.id from appointments a where a.practice_id = {practice} and a.state = 'Held' and a.hold_until <= {now}
                and exists (select 1 from occupancies o where o.practice_id = a.practice_id and o.appointment_id = a.id
                  and o.expires_at <= {now} and (o.of = 'Room' or o.resource_id = any({resources})))
              order by a.id for update skip locked)
            """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from occupancies where practice_id = {practice} and id in (
              select o.id from occupancies o where o.practice_id = {practice} and o.expires_at <= {now} and (o.of = 'Room' or o.resource_id = any({resources}))
                and not exists (select 1 from appointments a where a.practice_id = o.practice_id and a.id = o.appointment_id and a.state = 'Held')
              order by o.id for update skip locked)
            """, ct);
    }

    private async Task UndoAsync(IDbContextTransaction transaction, int audited, CancellationToken ct)
    {
        await transaction.RollbackToSavepointAsync(Before, ct);
        db.Current.PendingAudit.RemoveRange(audited, db.Current.PendingAudit.Count - audited);
        db.ChangeTracker.Clear();
    }

    private static string? Cause(Exception e) => ((e as PostgresException) ?? e.InnerException as PostgresException)?.SqlState;
}
