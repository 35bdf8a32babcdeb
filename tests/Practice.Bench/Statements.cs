using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace PracticeApp.Bench;

/// <summary>What one request sends to the database, taken from the server's own log, and sent again without the product.</summary>
internal sealed partial class Statements(IReadOnlyList<(string Sql, string?[] Values)> all)
{
    private const string Prefix = "BENCH|";

    public int Count => all.Count;
    public IReadOnlyList<(string Sql, string?[] Values)> All => all;

    /// <param name="superuser">Of the cluster; its log is the file <paramref name="log"/>.</param>
    public static async Task<Statements> CaptureAsync(string superuser, string log, Func<Task> request)
    {
        await using var server = NpgsqlDataSource.Create(superuser);
        await SetAsync(server, "log_line_prefix = 'BENCH|%a|%p|'", "log_statement = 'all'");
        await Task.Delay(700);
        var from = new FileInfo(log).Length;
        await request();
        await Task.Delay(300);
        await SetAsync(server, "log_statement = 'none'", "log_line_prefix = '%m [%p] '");
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        return Read(await new StreamReader(file).ReadToEndAsync());
    }

    /// <summary>The statements of the one transaction that looked the sign-in up; what jobs sent at the same moment is left out.</summary>
    public static Statements Read(string log)
    {
        var sessions = new Dictionary<string, List<(string Sql, string?[] Values)>>();
        foreach (var entry in log.Split(Prefix).Where(e => e.StartsWith("practice|", StringComparison.Ordinal)))
        {
            var parts = entry.Split('|', 3);
            if (!sessions.TryGetValue(parts[1], out var found)) sessions[parts[1]] = found = [];
            var text = parts[2].TrimEnd().Replace("\n\t", "\n", StringComparison.Ordinal);
            if (Execute().Match(text) is { Success: true } execute) found.Add((execute.Groups[1].Value, []));
            else if (Detail().Match(text) is { Success: true } detail && found.Count > 0)
                found[^1] = (found[^1].Sql, [.. Value().Matches(detail.Groups[1].Value).Select(v => v.Groups[2].Success ? v.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal) : null)]);
        }
        var own = sessions.Values.First(s => s.Exists(x => x.Sql.Contains("sign_ins", StringComparison.OrdinalIgnoreCase)));
        var at = own.FindIndex(x => x.Sql.Contains("sign_ins", StringComparison.OrdinalIgnoreCase));
        var begin = own.FindLastIndex(at, x => x.Sql.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase));
        var end = own.FindIndex(at, x => x.Sql.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase));
        return new([.. own[Math.Max(0, begin)..(end < 0 ? own.Count : end)].Where(s => !IsDriver(s.Sql))]);
    }

    /// <summary>As hand-written Npgsql would: one transaction, one round trip a statement, audit rows in one batch.</summary>
    public async Task SendAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var together in Trips)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var (sql, values) in together)
            {
                var command = new NpgsqlBatchCommand(sql);
                for (var i = 0; i < values.Length; i++)
                    command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Unknown, Value = Fresh(sql, i, values[i]) ?? (object)DBNull.Value });
                batch.BatchCommands.Add(command);
            }
            await using var reader = await batch.ExecuteReaderAsync(ct);
            do
            {
                while (await reader.ReadAsync(ct))
                    for (var f = 0; f < reader.FieldCount; f++) _ = reader.IsDBNull(f) ? null : reader.GetValue(f);
            } while (await reader.NextResultAsync(ct));
        }
        await transaction.CommitAsync(ct);
    }

    private List<List<(string Sql, string?[] Values)>> Trips { get; } = Together(all);

    private static List<List<(string, string?[])>> Together(IReadOnlyList<(string Sql, string?[] Values)> all)
    {
        var trips = new List<List<(string Sql, string?[])>>();
        foreach (var statement in all)
        {
            if (trips.Count > 0 && IsAudit(statement.Sql) && IsAudit(trips[^1][0].Sql)) trips[^1].Add(statement);
            else trips.Add([statement]);
        }
        return trips;
    }

    private static bool IsAudit(string sql) => sql.StartsWith("insert into audit_entries", StringComparison.OrdinalIgnoreCase);

    // The pool's reset and the transaction's ends are the driver's, here as there.
    private static bool IsDriver(string sql) => sql.StartsWith("BEGIN", StringComparison.Ordinal) || sql.StartsWith("COMMIT", StringComparison.Ordinal) || sql.StartsWith("SET SESSION AUTHORIZATION", StringComparison.Ordinal);

    // An audit row is written once; sent again it needs an identifier of its own.
    private static string? Fresh(string sql, int i, string? value) =>
        i == 1 && IsAudit(sql) ? Guid.CreateVersion7().ToString() : value;

    private static async Task SetAsync(NpgsqlDataSource server, params string[] settings)
    {
        foreach (var setting in settings) await using (var command = server.CreateCommand($"alter system set {setting}")) await command.ExecuteNonQueryAsync();
        await using var reload = server.CreateCommand("select pg_reload_conf()");
        await reload.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"^LOG:\s+(?:execute [^:]+|statement): (.*)$", RegexOptions.Singleline)]
    private static partial Regex Execute();

    [GeneratedRegex(@"^DETAIL:\s+[Pp]arameters: (.*)$", RegexOptions.Singleline)]
    private static partial Regex Detail();

    [GeneratedRegex(@"\$(\d+) = (?:'((?:[^']|'')*)'|NULL)", RegexOptions.Singleline)]
    private static partial Regex Value();
}
