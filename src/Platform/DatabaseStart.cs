using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Platform;

/// <summary>From nothing, or from a configured database, to a migrated one and the weak login that the app works with.</summary>
public sealed class DatabaseStart : IAsyncDisposable
{
    private const long MigrationLock = 0x6d696772617465;
    private EmbeddedPostgres? _embedded;

    public bool IsEmbedded => _embedded is not null;
    public required string App { get; init; }
    /// <summary>Reads everything, past row-level security; for backups and checks. Null when none is configured.</summary>
    public string? Backup { get; init; }

    private string? Owner { get; init; }

    /// <summary>Lets the planner know what was just written in bulk, rather than in a minute or two; nothing where the owner's login is not at hand.</summary>
    public async Task AnalyzeAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Owner)) return;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        // The server warns of the catalogues that only it may look at.
        await using var command = new NpgsqlCommand("set client_min_messages = error; analyze", connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<DatabaseStart> RunAsync(IConfiguration configuration, PracticeOptions options, string root, CancellationToken ct)
    {
        EmbeddedPostgres? embedded = null;
        var app = configuration.GetConnectionString("Practice");
        var owner = configuration.GetConnectionString("Owner");
        var backup = configuration.GetConnectionString("Backup");
        if (string.IsNullOrWhiteSpace(app))
        {
            embedded = await EmbeddedPostgres.StartAsync(root, options.DataDirectory, configuration["Practice:PostgresOptions"], ct);
            var logins = await DatabaseRoles.EnsureAsync(embedded.SuperuserConnectionString(), "practice", options.DataDirectory, ct);
            (app, owner, backup) = (logins.App, logins.Owner, logins.Backup);
        }
        try
        {
            await MigrateAsync(string.IsNullOrWhiteSpace(owner) ? null : owner, app, ct);
            await DatabaseRoles.AssertWeakAsync(app, ct);
        }
        catch
        {
            if (embedded is not null) await embedded.DisposeAsync();
            throw;
        }
        return new DatabaseStart { App = app, Backup = backup, Owner = owner, _embedded = embedded };
    }

    /// <summary>Brings the schema up to date, one instance at a time. Without the owner's login it only checks.</summary>
    public static async Task MigrateAsync(string? owner, string app, CancellationToken ct)
    {
        await using var db = Context(owner ?? app);
        if (owner is null)
        {
            var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
            if (pending.Count > 0)
                throw new InvalidOperationException(
                    $"The database lacks {pending.Count} migration(s), the first is {pending[0]}. Set ConnectionStrings__Owner to the login of practice_owner and start once.");
            return;
        }
        await using var alone = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await alone.OpenAsync(ct);
        await using (var command = new NpgsqlCommand($"select pg_advisory_lock({MigrationLock})", alone) { CommandTimeout = 300 })
            await command.ExecuteNonQueryAsync(ct);
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any()) await db.Database.MigrateAsync(ct);
    }

    /// <summary>Compares the master key with the one this database was sealed with, or remembers it on the first start.</summary>
    /// <exception cref="WrongMasterKeyException">It is another key: nothing could be read, so nothing is started.</exception>
    public static async Task VerifyMasterKeyAsync(string app, MasterKey master, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(app);
        await connection.OpenAsync(ct);
        await using (var insert = new NpgsqlCommand("insert into installation_keys (name, value, created_at) values ('master-key-check', $1, $2) on conflict do nothing", connection))
        {
            insert.Parameters.Add(new() { Value = Convert.ToBase64String(master.CheckValue) });
            insert.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
            await insert.ExecuteNonQueryAsync(ct);
        }
        await using var read = new NpgsqlCommand("select value from installation_keys where name = 'master-key-check'", connection);
        master.Verify(Convert.FromBase64String((string)(await read.ExecuteScalarAsync(ct))!));
    }

    internal static PracticeDb Context(string connectionString) => new(
        new DbContextOptionsBuilder<PracticeDb>().UseNpgsql(connectionString, o => o.CommandTimeout(300)).Options, new Current(), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (_embedded is null) return;
        NpgsqlConnection.ClearAllPools();
        await _embedded.DisposeAsync();
    }
}
