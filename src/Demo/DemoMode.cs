using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>
/// Whether this installation shows the demo. It is only ever made on the embedded database, where nobody else's practice
/// stands, and only shown to the machine itself: everybody knows its password.
/// </summary>
public sealed class DemoMode(DatabaseStart database, NpgsqlDataSource source, IConfiguration configuration, TimeProvider clock)
{
    private const string Mark = "demo";

    public bool On { get; private set; }

    /// <param name="wanted">The setting <c>Practice:Demo</c>.</param>
    /// <returns>True when the demo is to be written and shown.</returns>
    /// <exception cref="InvalidOperationException">The data are a demo's and the address is public.</exception>
    public async Task<bool> DecideAsync(bool wanted, CancellationToken ct)
    {
        var marked = await IsMarkedAsync(ct);
        var loopback = ListensOnLoopbackOnly(configuration);
        if (marked && !loopback)
            throw new InvalidOperationException("This data folder holds the demo, whose passwords everybody knows: it is shown on a loopback address only. Start with another --data folder and --no-demo.");
        if (!wanted || !database.IsEmbedded || !loopback) return On = false;
        if (!marked && await HoldsPracticesAsync(ct)) return On = false;
        if (!marked) await MarkAsync(ct);
        return On = true;
    }

    /// <summary>Every address of the configuration is this machine's own.</summary>
    internal static bool ListensOnLoopbackOnly(IConfiguration configuration)
    {
        if (configuration["Practice:PublicUrl"] is { Length: > 0 } address && !(Uri.TryCreate(address, UriKind.Absolute, out var known) && known.IsLoopback)) return false;
        var listed = configuration["urls"] ?? "http://localhost:5080";
        var kestrel = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? "");
        return !configuration.GetSection("http_ports").Exists() && listed.Split(';', StringSplitOptions.RemoveEmptyEntries).Concat(kestrel)
            .All(url => Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) && uri.IsLoopback);
    }

    private async Task<bool> IsMarkedAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select exists (select from installation_keys where name = '{Mark}')");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<bool> HoldsPracticesAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from practice_ids())");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task MarkAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand($"insert into installation_keys (name, value, created_at) values ('{Mark}', 'these practices are invented', $1) on conflict do nothing");
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }
}
