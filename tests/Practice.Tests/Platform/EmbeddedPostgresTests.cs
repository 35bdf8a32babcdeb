using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

public sealed class EmbeddedPostgresTests : IDisposable
{
    const string Fast = "-c fsync=off";
    readonly string data = Directory.CreateTempSubdirectory("practice-pg-").FullName;
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task It_starts_keeps_its_data_and_leaves_no_process_behind()
    {
        await using (var first = await StartAsync())
        {
            Assert.False(first.Adopted);
            await ExecuteAsync(first, "create table kept (word text); insert into kept values ('here')");
            await first.StopAsync();
            Assert.False(File.Exists(PidFile));
        }
        await using var again = await StartAsync();
        Assert.Equal("here", await ScalarAsync(again, "select word from kept"));
    }

    [Fact]
    public async Task A_second_user_adopts_it_and_the_last_one_stops_it()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        Assert.True(second.Adopted);

        await first.StopAsync();
        Assert.Equal(1, await ScalarAsync(second, "select 1"));

        await second.StopAsync();
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task Two_that_start_at_once_on_an_empty_folder_share_one_cluster()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());
        Assert.Single(both, p => p.Adopted);
        foreach (var postgres in both) await postgres.DisposeAsync();
    }

    [Fact]
    public async Task It_comes_back_by_itself_after_the_server_was_killed()
    {
        await using var postgres = await StartAsync();
        await ExecuteAsync(postgres, "create table kept as select 'said' as word");
        for (var times = 0; times < 2; times++)
        {
            Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture)).Kill();
            await Eventually.BecomesAsync("said", () => ScalarAsync(postgres, "select word from kept"));
        }
    }

    [Fact]
    public async Task A_lock_file_that_names_a_foreign_process_does_not_keep_it_out()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n", Stop);

        await using var again = await StartAsync();
        Assert.Equal(1, await ScalarAsync(again, "select 1"));
    }

    [Theory]
    [InlineData("a folder with spaces, and a comma")]
    [InlineData("a-folder-whose-name-is-far-too-long-for-the-hundred-and-seven-bytes-of-a-unix-socket-address")]
    [InlineData("Željkina mapa")]
    public async Task Any_ordinary_folder_will_do(string name)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(Repository.Root, Path.Combine(data, name), Fast, Stop);
        Assert.Equal(1, await ScalarAsync(postgres, "select 1"));
    }

    [Fact]
    public async Task A_cluster_of_another_version_is_refused_with_a_way_out()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(Path.Combine(data, "postgres/cluster/PG_VERSION"), "9\n", Stop);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(StartAsync);
        Assert.Contains("Install PostgreSQL 9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_on_the_machine_can_read_its_files()
    {
        await using var postgres = await StartAsync();
        foreach (var folder in new[] { "postgres", "postgres/cluster", "postgres/socket" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(data, folder)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "postgres/superuser.password")));
    }

    string PidFile => Path.Combine(data, "postgres/cluster/postmaster.pid");

    Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Repository.Root, data, Fast, Stop);

    static async Task ExecuteAsync(EmbeddedPostgres postgres, string sql) => await ScalarAsync(postgres, sql);

    static async Task<object?> ScalarAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.SuperuserConnectionString() + ";Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Stop);
    }
}
