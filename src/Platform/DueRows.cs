using Npgsql;

namespace PracticeApp.Platform;

/// <summary>What the clock has made due, in whatever practice. Looking needs no practice and sees identifiers only; acting opens one.</summary>
public sealed class DueRows(NpgsqlDataSource database, UnderPractice underPractice, TimeProvider clock, ILogger<DueRows> log)
{
    /// <param name="due">A function of the database: (now, at most) → practice_id, id.</param>
    public async Task<List<(Guid Practice, Guid Id)>> ListAsync(string due, int atMost, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select practice_id, id from {due}($1, $2)");
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new() { Value = atMost });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(ct)) rows.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return rows;
    }

    /// <summary>
    /// Acts on each row in a unit of work of its own. One that fails does not hold up the others: it stays due and is tried again.
    /// Instances that run at once see the same rows, so <paramref name="act"/> locks and looks again.
    /// </summary>
    /// <param name="act">Says whether there was still something to do.</param>
    /// <returns>In how many there was.</returns>
    public async Task<int> EachAsync(string due, int atMost, Func<IServiceProvider, Guid, CancellationToken, Task<bool>> act, CancellationToken ct)
    {
        var done = 0;
        foreach (var (practice, id) in await ListAsync(due, atMost, ct))
        {
            try
            {
                if (await underPractice.RunAsync(practice, (services, stop) => act(services, id, stop), ct)) done++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "{Due}: {Id} could not be seen to", due, id);
            }
        }
        return done;
    }

    public Task EachAsync(string due, int atMost, Func<IServiceProvider, Guid, CancellationToken, Task> act, CancellationToken ct) =>
        EachAsync(due, atMost, async (services, id, stop) => { await act(services, id, stop); return true; }, ct);
}
