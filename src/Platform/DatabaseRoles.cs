using System.Security.Cryptography;
using Npgsql;

namespace PracticeApp.Platform;

/// <summary>Connection strings of the three logins to one database; what each may do stands in migrations/roles.sql.</summary>
/// <param name="Owner">Migrates; owns the tables.</param>
/// <param name="App">All work of the app, under row-level security.</param>
/// <param name="Backup">Reads every row of every practice.</param>
public sealed record DatabaseLogins(string Owner, string App, string Backup);

public static class DatabaseRoles
{
    const long OneAtATime = 0x70726163746963;

    /// <summary>
    /// Makes the roles and the database if they are missing, sets their rights and passwords, and returns how to sign
    /// in. Passwords are random and kept in files of mode 0600 below the data folder. May be repeated, also by several
    /// processes at once.
    /// </summary>
    public static async Task<DatabaseLogins> EnsureAsync(string superuserConnectionString, string database, string dataDirectory, CancellationToken stop)
    {
        var superuser = new NpgsqlConnectionStringBuilder(superuserConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(superuser.ConnectionString);
        await connection.OpenAsync(stop);
        await ExecuteAsync(connection, $"select pg_advisory_lock({OneAtATime})", stop);

        var folder = Path.Combine(Path.GetFullPath(dataDirectory), "postgres");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string PasswordOf(string role) => KeptPassword(Path.Combine(folder, role + ".password"));
        string Login(string role) => new NpgsqlConnectionStringBuilder
        {
            Host = superuser.Host,
            Port = superuser.Port,
            Database = database,
            Username = "practice_" + role,
            Password = PasswordOf(role),
        }.ConnectionString;

        await RunScriptAsync(superuser, new()
        {
            ["database"] = database,
            ["owner_password"] = PasswordOf("owner"),
            ["app_password"] = PasswordOf("app"),
            ["backup_password"] = PasswordOf("backup"),
        }, stop);
        return new DatabaseLogins(Login("owner"), Login("app"), Login("backup"));
    }

    /// <summary>Whoever may look past row-level security must not serve requests.</summary>
    /// <exception cref="InvalidOperationException">The login is stronger than <c>practice_app</c>; the message says in what.</exception>
    public static async Task AssertWeakAsync(string appConnectionString, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(appConnectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("""
            with tables as (
                select c.oid, c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname <> all (array['quartz', 'pg_catalog', 'information_schema']) and n.nspname !~ '^pg_')
            select current_user,
                   (select rolsuper from pg_roles where rolname = current_user),
                   exists (select from pg_roles where (rolbypassrls or rolsuper) and pg_has_role(current_user, oid, 'member')),
                   exists (select from pg_roles where rolcreaterole and pg_has_role(current_user, oid, 'member')),
                   exists (select from tables where pg_has_role(current_user, relowner, 'member')),
                   exists (select from tables where has_table_privilege(current_user, oid, 'truncate'))
            """, connection);
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        string[] strengths = ["is a superuser", "bypasses row-level security", "may create roles", "owns tables", "may truncate tables"];
        var found = strengths.Where((_, i) => row.GetBoolean(i + 1)).ToList();
        if (found.Count > 0)
            throw new InvalidOperationException(
                $"Refuse to start the app on a strong role: {row.GetString(0)} {string.Join(", ", found)}. ConnectionStrings__Practice must name practice_app, as migrations/roles.sql makes it.");
    }

    static string KeptPassword(string file)
    {
        if (!File.Exists(file)) EmbeddedPostgres.WriteSecret(file, RandomNumberGenerator.GetHexString(48, lowercase: true));
        return File.ReadAllText(file).Trim();
    }

    static async Task RunScriptAsync(NpgsqlConnectionStringBuilder superuser, Dictionary<string, string> variables, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(superuser.ConnectionString);
        try
        {
            await connection.OpenAsync(stop);
            foreach (var part in PsqlScript.Parts(PsqlScript.Embedded("roles.sql"), variables))
            {
                if (part.Kind == PsqlScript.Act.Connect)
                {
                    await connection.DisposeAsync();
                    connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(superuser.ConnectionString) { Database = part.Text }.ConnectionString);
                    await connection.OpenAsync(stop);
                }
                else if (part.Kind == PsqlScript.Act.ExecuteRows)
                {
                    foreach (var statement in await RowsAsync(connection, part.Text, stop)) await ExecuteAsync(connection, statement, stop);
                }
                else
                {
                    await ExecuteAsync(connection, part.Text, stop);
                }
            }
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    static async Task<List<string>> RowsAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(stop)) rows.Add(reader.GetString(0));
        return rows;
    }
}
