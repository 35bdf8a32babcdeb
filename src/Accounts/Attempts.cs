using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PracticeApp.Accounts;

/// <summary>Bounds how often something may be tried from one address or at one account, across all instances.</summary>
public sealed class Attempts(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Counts one attempt.</summary>
    /// <param name="what">"sign-in/address", "enquiry/address" …</param>
    /// <param name="whom">The address or account; kept as a hash only.</param>
    /// <returns>False when more than <paramref name="atMost"/> were made in the window.</returns>
    public async Task<bool> AllowAsync(string what, string? whom, int atMost, TimeSpan window, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var start = new DateTime(now.Ticks - now.Ticks % window.Ticks, DateTimeKind.Utc);
        var subject = what + "/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whom ?? "")))[..32];
        // Outside the request's transaction: an attempt counts even when the request fails.
        await using var command = database.CreateCommand(
            """
            insert into attempt_counters (subject, window_start, count) values ($1, $2, 1)
            on conflict (subject, window_start) do update set count = attempt_counters.count + 1
            returning count
            """);
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = start });
        return (int)(await command.ExecuteScalarAsync(ct))! <= atMost;
    }
}
