using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Platform;

[assembly: AssemblyFixture(typeof(PracticeApp.Tests.Database))]

namespace PracticeApp.Tests;

/// <summary>
/// One private cluster per run, without fsync. Databases are copies of templates that are made once: migrated ones, and
/// whatever else tests want to start from (30 ms each).
/// </summary>
public sealed class Database : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("practice-tests-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<DatabaseLogins>>> _templates = new();
    private readonly SemaphoreSlim _copying = new(1);
    private EmbeddedPostgres _postgres = null!;
    private int _copies;

    public string Folder => _folder;
    /// <summary>A test that kills the server keeps what makes a commit durable.</summary>
    public string ServerOptions { get; init; } = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300";

    public async ValueTask InitializeAsync() =>
        _postgres = await EmbeddedPostgres.StartAsync(Repository.Root, _folder, ServerOptions, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A fresh database with every migration and no row.</summary>
    public async Task<DatabaseLogins> CopyAsync() => await CopyAsync(await TemplateAsync("migrated", MigrateAsync));

    /// <summary>A fresh copy of a template. The template is made by <paramref name="fill"/> the first time its name is asked for.</summary>
    public async Task<DatabaseLogins> CopyAsync(string name, Func<DatabaseLogins, Task> fill) =>
        await CopyAsync(await TemplateAsync(name, async logins =>
        {
            await MigrateAsync(logins);
            await fill(logins);
        }));

    /// <summary>Past all rules, for what only a test may do.</summary>
    public string Superuser(DatabaseLogins database) => _postgres.SuperuserConnectionString(new NpgsqlConnectionStringBuilder(database.App).Database!);

    public async Task DropAsync(DatabaseLogins database)
    {
        foreach (var login in new[] { database.App, database.Owner, database.Backup })
            await using (var connection = new NpgsqlConnection(login)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"drop database \"{new NpgsqlConnectionStringBuilder(database.App).Database}\" with (force)");
    }

    private Task<DatabaseLogins> TemplateAsync(string name, Func<DatabaseLogins, Task> fill) =>
        _templates.GetOrAdd(name, _ => new(async () =>
        {
            var logins = await DatabaseRoles.EnsureAsync(_postgres.SuperuserConnectionString(), "template_" + name, _folder, CancellationToken.None);
            await fill(logins);
            await AnalyzeAsync(logins);
            NpgsqlConnection.ClearAllPools();
            return logins;
        })).Value;

    private async Task<DatabaseLogins> CopyAsync(DatabaseLogins template)
    {
        var copy = $"test_{Interlocked.Increment(ref _copies)}";
        await _copying.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {copy} template {new NpgsqlConnectionStringBuilder(template.App).Database} owner practice_owner strategy file_copy");
        }
        finally
        {
            _copying.Release();
        }
        string In(string login) => new NpgsqlConnectionStringBuilder(login) { Database = copy, MaxPoolSize = 20 }.ConnectionString;
        return new DatabaseLogins(In(template.Owner), In(template.App), In(template.Backup));
    }

    private static async Task MigrateAsync(DatabaseLogins logins)
    {
        var options = new DbContextOptionsBuilder<PracticeDb>().UseNpgsql(logins.Owner + ";Pooling=false").Options;
        await using var db = new PracticeDb(options, new Current(), TimeProvider.System);
        await db.Database.MigrateAsync();
    }

    private async Task AnalyzeAsync(DatabaseLogins logins)
    {
        await using var connection = new NpgsqlConnection(Superuser(logins) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("analyze", connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_postgres.SuperuserConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
