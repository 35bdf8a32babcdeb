using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Tests.Privacy;

public sealed class AuditTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private Task RecordAsync(string act) => _world.DoAsync(_world.Lejla, services =>
    {
        services.GetRequiredService<Audit>().Record(act, "client", _world.Emina.ClientId, _world.Emina.ClientId);
        return Task.CompletedTask;
    });

    private Task SealAsync() => _world.Services.GetRequiredService<SealAudit>().RunAsync(Stop);
    private Task<string?> CheckAsync() => _world.Services.GetRequiredService<CheckAudit>().RunAsync(_world.Lipa.Id, Stop);

    [Fact]
    public async Task A_row_is_written_with_what_it_records_or_not_at_all()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.DoAsync(_world.Lejla, services =>
        {
            services.GetRequiredService<Audit>().Record("client.read", "client", _world.Emina.ClientId);
            throw new InvalidOperationException("the act failed");
        }));
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from audit_entries"));
        await RecordAsync("client.read");
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from audit_entries where act = 'client.read' and user_id is not null"));
    }

    [Fact]
    public async Task Two_hundred_at_once_make_one_chain_without_forks_or_gaps()
    {
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            await RecordAsync($"act.{i}");
            if (i % 20 == 0) await SealAsync();
        });
        await Task.WhenAll(SealAsync(), SealAsync(), SealAsync());
        Assert.Equal(200, await _world.ScalarAsync<long>("select count(*) from audit_seals"));
        Assert.Equal(200, await _world.ScalarAsync<long>("select max(number) from audit_seals"));
        Assert.Null(await CheckAsync());
    }

    [Theory]
    [InlineData("update audit_entries set why = 'otherwise' where id = (select entry_id from audit_seals where number = 3)")]
    [InlineData("delete from audit_entries where id = (select entry_id from audit_seals where number = 3)")]
    [InlineData("delete from audit_seals where number = 3")]
    [InlineData("delete from audit_seals where number > 3")]
    [InlineData("update audit_seals set number = -number; update audit_seals set number = case number when -2 then 3 when -3 then 2 else -number end")]
    [InlineData("update audit_seals set hash = sha256('x') where number = 5")]
    public async Task Whatever_is_done_to_the_rows_is_found(string tampering)
    {
        for (var i = 0; i < 5; i++) await RecordAsync("client.read");
        await SealAsync();
        Assert.Null(await CheckAsync());
        await ExecuteAsync(_world.Superuser, "set session_replication_role = replica; " + tampering);
        Assert.NotNull(await CheckAsync());
    }

    [Theory]
    [InlineData("update audit_entries set why = 'otherwise'")]
    [InlineData("delete from audit_entries")]
    [InlineData("update audit_seals set number = 9")]
    [InlineData("delete from audit_seals")]
    public async Task The_app_cannot_change_what_was_recorded(string attempt)
    {
        await RecordAsync("client.read");
        await SealAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(_world.Logins.App,
            $"begin; select set_config('app.practice_id', '{_world.Lipa.Id}', true); {attempt}; commit"));
        Assert.Contains(refused.SqlState, new[] { "23001", "42501" });
    }

    private static async Task ExecuteAsync(string login, string sql)
    {
        await using var connection = new NpgsqlConnection(login + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
