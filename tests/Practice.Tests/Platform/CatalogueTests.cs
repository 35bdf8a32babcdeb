using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

/// <summary>The schema itself proves that practices are sealed: asked of PostgreSQL's catalogue, for every table.</summary>
public sealed class CatalogueTests(Database database) : IAsyncLifetime
{
    private DatabaseLogins _logins = null!;

    // Rows that belong to the installation: credentials, sessions, attempts, its own keys.
    private const string Global = "'users', 'user_claims', 'user_logins', 'user_tokens', 'user_passkeys', 'sign_ins', 'attempt_counters', 'installation_keys', '__EFMigrationsHistory'";

    public async ValueTask InitializeAsync() => _logins = await database.CopyAsync();
    public async ValueTask DisposeAsync() => await database.DropAsync(_logins);

    [Fact]
    public async Task Every_table_is_a_practice_table_or_listed_as_global() => Assert.Empty(await ListAsync(
        $"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not in ({Global}, 'practices')
          and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'practice_id' and a.attnotnull)
        """));

    [Fact]
    public async Task Every_practice_table_forces_row_level_security_with_a_check() => Assert.Empty(await ListAsync(
        $"""
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not in ({Global})
          and not (c.relrowsecurity and c.relforcerowsecurity and exists (
            select 1 from pg_policies p where p.tablename = c.relname and p.policyname = 'practice' and p.cmd = 'ALL'
              and p.permissive = 'PERMISSIVE' and p.qual like '%app_practice()%' and p.with_check like '%app_practice()%'))
        """));

    [Fact]
    public async Task No_second_permissive_policy_opens_a_table_again() => Assert.Empty(await ListAsync(
        "select tablename || '.' || policyname from pg_policies where schemaname = 'public' and permissive = 'PERMISSIVE' and policyname <> 'practice'"));

    [Fact]
    public async Task Every_key_and_unique_index_begins_with_the_practice() => Assert.Empty(await ListAsync(
        $"""
        select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and (x.indisunique or x.indisprimary) and c.relname not in ({Global}, 'practices')
          and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]) <> 'practice_id'
        """));

    [Fact]
    public async Task Every_foreign_key_between_practice_tables_carries_the_practice() => Assert.Empty(await ListAsync(
        $"""
        select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and k.contype = 'f' and c.relname not in ({Global}) and r.relname not in ({Global})
          and not exists (select 1 from unnest(k.conkey) with ordinality s(att, i) join unnest(k.confkey) with ordinality t(att, i) using (i)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = s.att
            join pg_attribute b on b.attrelid = r.oid and b.attnum = t.att
            where a.attname = 'practice_id' and b.attname = case r.relname when 'practices' then 'id' else 'practice_id' end)
        """));

    [Fact]
    public async Task Every_exclusion_constraint_looks_at_one_practice() => Assert.Empty(await ListAsync(
        """
        select k.conname from pg_constraint k where k.contype = 'x' and k.connamespace = 'public'::regnamespace
          and (select a.attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) <> 'practice_id'
        """));

    [Fact]
    public async Task No_view_looks_with_its_owners_eyes() => Assert.Empty(await ListAsync(
        """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('v', 'm') and not coalesce(c.reloptions::text like '%security_invoker=true%', false)
        """));

    [Fact]
    public async Task Functions_that_look_past_the_seal_are_few_and_return_identifiers_only()
    {
        var found = await ListAsync(
            """
            select p.proname || ' → ' || pg_get_function_result(p.oid) || ' by ' || r.rolname
            from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1
            """);
        // Counts by month and theme for admins, who may not read the words they are counted from.
        Assert.Single(found, f => f.StartsWith("caseload_requests →", StringComparison.Ordinal));
        Assert.All(found.Where(f => !f.StartsWith("caseload_requests →", StringComparison.Ordinal)), f => Assert.Matches(@"→ (TABLE\((practice_id|id) uuid(, (practice_id|id) uuid)*\)|boolean) by practice_backup$", f));
        Assert.InRange(found.Count, 5, 24);
    }

    [Fact]
    public async Task The_app_role_can_neither_bypass_nor_truncate_nor_own() 
    {
        Assert.Empty(await ListAsync("select rolname from pg_roles where rolname = 'practice_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"));
        Assert.Empty(await ListAsync("select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'practice_app' and c.relnamespace = 'public'::regnamespace"));
        Assert.Empty(await ListAsync("select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege('practice_app', c.oid, 'TRUNCATE')"));
    }

    [Fact]
    public async Task Without_a_practice_nothing_is_seen_and_nothing_is_written()
    {
        await using var connection = new NpgsqlConnection(_logins.App);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var table in await ListAsync($"select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ({Global})"))
        {
            await using var count = new NpgsqlCommand($"select count(*) from \"{table}\"", connection);
            Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
        await using var insert = new NpgsqlCommand("insert into rooms (practice_id, id, name, active) values (gen_random_uuid(), gen_random_uuid(), 'x', true)", connection);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.Superuser(_logins) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
