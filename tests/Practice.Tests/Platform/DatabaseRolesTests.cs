using System.Diagnostics;
using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

public sealed class DatabaseRolesTests(DatabaseRolesTests.Cluster cluster) : IClassFixture<DatabaseRolesTests.Cluster>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public sealed class Cluster : IAsyncLifetime
    {
        public string Data { get; } = Directory.CreateTempSubdirectory("practice-roles-").FullName;
        public EmbeddedPostgres Postgres { get; private set; } = null!;
        public DatabaseLogins Logins { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Postgres = await EmbeddedPostgres.StartAsync(Repository.Root, Data, "-c fsync=off", Stop);
            Logins = await DatabaseRoles.EnsureAsync(Postgres.SuperuserConnectionString(), "practice", Data, Stop);
            await ExecuteAsync(Logins.Owner, """
                create table notes (practice_id uuid not null, word text);
                alter table notes enable row level security;
                alter table notes force row level security;
                create policy own on notes using (practice_id = nullif(current_setting('app.practice_id', true), '')::uuid);
                """);
            await ExecuteAsync(Postgres.SuperuserConnectionString("practice"), "insert into notes values ('00000000-0000-7000-8000-000000000001', 'theirs')");
        }

        public async ValueTask DisposeAsync()
        {
            await Postgres.DisposeAsync();
            Directory.Delete(Data, recursive: true);
        }
    }

    readonly DatabaseLogins logins = cluster.Logins;

    [Fact]
    public async Task The_app_writes_its_own_rows_and_sees_no_others()
    {
        const string own = "00000000-0000-7000-8000-000000000002";
        await ExecuteAsync(logins.App, $"select set_config('app.practice_id', '{own}', false); insert into notes values ('{own}', 'ours')");
        Assert.Equal("ours", await ScalarAsync(logins.App, $"select set_config('app.practice_id', '{own}', false); select string_agg(word, ',') from notes", last: true));
        Assert.Equal(0L, await ScalarAsync(logins.App, "select count(*) from notes"));
        Assert.Equal("ours,theirs", await ScalarAsync(logins.Backup, "select string_agg(word, ',' order by word) from notes"));
    }

    [Theory]
    [InlineData("truncate notes")]
    [InlineData("drop table notes")]
    [InlineData("alter table notes disable row level security")]
    [InlineData("create table other (id int)")]
    [InlineData("set role practice_owner")]
    [InlineData("set role practice_backup")]
    public async Task The_app_cannot(string act) => Assert.Equal("42501", await RefusedAsync(logins.App, act));

    [Fact]
    public async Task The_backup_login_only_reads() =>
        Assert.Equal("25006", await RefusedAsync(logins.Backup, "insert into notes values (gen_random_uuid(), 'x')"));

    [Fact]
    public async Task The_owner_may_hand_a_look_up_to_the_backup_role_and_the_app_may_call_it()
    {
        await ExecuteAsync(logins.Owner, """
            create function find_theirs() returns text language sql stable security definer set search_path = public return (select word from notes where word = 'theirs');
            grant create on schema public to practice_backup;
            alter function find_theirs() owner to practice_backup;
            revoke create on schema public from practice_backup;
            """);
        Assert.Equal("theirs", await ScalarAsync(logins.App, "select find_theirs()"));
    }

    [Fact]
    public async Task The_scheduler_has_a_schema_of_its_own_which_the_backup_reads()
    {
        await ExecuteAsync(logins.App, "create table quartz.triggers as select 1 as id");
        Assert.Equal(1, await ScalarAsync(logins.Backup, "select id from quartz.triggers"));
        await DatabaseRoles.AssertWeakAsync(logins.App, Stop);
    }

    [Fact]
    public async Task It_may_be_repeated_and_serves_several_databases()
    {
        Assert.Equal(logins, await EnsureAsync("practice"));
        var other = await EnsureAsync("another");
        Assert.Equal("another", await ScalarAsync(other.App, "select current_database()::text"));
    }

    [Fact]
    public async Task An_administrator_gets_the_same_by_psql()
    {
        if (!File.Exists("/usr/bin/psql")) Assert.Skip("psql is not installed");
        var superuser = new NpgsqlConnectionStringBuilder(cluster.Postgres.SuperuserConnectionString());
        var kept = new NpgsqlConnectionStringBuilder(logins.Owner).Password;
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-h", superuser.Host!, "-U", superuser.Username!, "-d", "postgres",
            "-v", "database=by psql", "-v", $"owner_password={kept}", "-v", $"app_password={new NpgsqlConnectionStringBuilder(logins.App).Password}",
            "-v", $"backup_password={new NpgsqlConnectionStringBuilder(logins.Backup).Password}", "-f", Path.Combine(Repository.Root, "migrations/roles.sql")]);
        start.Environment["PGPASSWORD"] = superuser.Password;
        start.Environment["PGOPTIONS"] = "-c client_min_messages=warning";
        using var psql = Process.Start(start)!;
        await psql.WaitForExitAsync(Stop);
        Assert.Equal(0, psql.ExitCode);

        const string rights = "select string_agg(concat(defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl), ' ' order by 1) from (select * from pg_default_acl order by defaclrole, defaclnamespace, defaclobjtype) d";
        var byPsql = cluster.Postgres.SuperuserConnectionString("by psql");
        Assert.Equal(await ScalarAsync(cluster.Postgres.SuperuserConnectionString("practice"), rights), await ScalarAsync(byPsql, rights));
        Assert.Equal("practice_owner", await ScalarAsync(byPsql, "select pg_get_userbyid(datdba)::text from pg_database where datname = current_database()"));
    }

    [Fact]
    public async Task Five_at_once_do_not_disturb_one_another() =>
        Assert.Single((await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EnsureAsync("crowd")))).Distinct());

    [Fact]
    public async Task The_app_refuses_to_start_on_a_strong_role()
    {
        await DatabaseRoles.AssertWeakAsync(logins.App, Stop);
        foreach (var (login, why) in new[] { (logins.Owner, "owns tables"), (logins.Backup, "bypasses row-level security"), (cluster.Postgres.SuperuserConnectionString("practice"), "is a superuser") })
        {
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => DatabaseRoles.AssertWeakAsync(login, Stop));
            Assert.StartsWith("Refuse to start the app on a strong role", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Passwords_are_kept_where_only_the_app_can_read_them()
    {
        foreach (var role in new[] { "owner", "app", "backup" })
        {
            var file = Path.Combine(cluster.Data, $"postgres/{role}.password");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Contains((await File.ReadAllTextAsync(file, Stop)).Trim(), $"{logins}", StringComparison.Ordinal);
        }
    }

    Task<DatabaseLogins> EnsureAsync(string database) => DatabaseRoles.EnsureAsync(cluster.Postgres.SuperuserConnectionString(), database, cluster.Data, Stop);

    static async Task<string?> RefusedAsync(string login, string sql) => (await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(login, sql))).SqlState;

    static async Task ExecuteAsync(string login, string sql) => await ScalarAsync(login, sql);

    static async Task<object?> ScalarAsync(string login, string sql, bool last = false)
    {
        await using var connection = new NpgsqlConnection(login + ";Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        if (last) await reader.NextResultAsync(Stop);
        return await reader.ReadAsync(Stop) ? reader.GetValue(0) : null;
    }
}
