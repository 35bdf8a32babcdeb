using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;
using PracticeApp.Tests;

namespace PracticeApp.Bench;

/// <summary>
/// A backlog of due reminders of several practices, each of an appointment and a client of its own: claimed, begun, put into words,
/// handed over by SMTP and marked, against the bare loop in SQL that only claims and marks.
/// </summary>
internal static class RemindersBench
{
    private const int Practices = 4, Clients = 500, Connections = 16;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args is ["--notices", var typed] ? int.Parse(typed, CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("practice-bench-").FullName;
        try
        {
            return await MeasureAsync(folder, count);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string folder, int count)
    {
        await using var app = await Program.BuildAsync(
            [$"--Practice:DataDirectory={folder}", "--Practice:Demo=false", "--Practice:Jobs=false", "--Practice:PublicUrl=http://localhost:5080", "--Logging:LogLevel:Default=Warning"]);
        for (var i = 0; i < Practices; i++) await SettleAsync(app.Services, i);
        await using var postgres = await EmbeddedPostgres.StartAsync(Installation.Root(), folder, null, CancellationToken.None);
        await using var server = NpgsqlDataSource.Create(postgres.SuperuserConnectionString("practice") + ";CommandTimeout=600");
        await FillAsync(server, count);
        await using var sink = new SmtpSink(keep: false);
        var options = new PracticeOptions { Mail = "smtp", Smtp = new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Tls = false, From = "mail@practice.example", Connections = Connections, PerSecond = 0 } };

        var lines = new List<(string What, double PerSecond)>();
        async Task MeasuredAsync(string what, string channel, Func<Task<int>> send)
        {
            await ExecuteAsync(server, $"update notices set state = 'Due', attempts = 0, claimed_until = null, sent_at = null, error = null, channel = '{channel}'");
            await ExecuteAsync(server, "vacuum analyze notices");
            await ExecuteAsync(server, "checkpoint");
            using var self = Process.GetCurrentProcess();
            var served = await ServedAsync(server);
            var (began, before) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
            var sent = await send();
            var took = Stopwatch.GetElapsedTime(began);
            self.Refresh();
            var own = self.TotalProcessorTime - before;
            if (sent != count) throw new InvalidOperationException($"{what}: {sent} of {count}");
            lines.Add((what, count / took.TotalSeconds));
            Console.Error.WriteLine($"{what}: {count / took.TotalSeconds:#,0}/s; of each {took.TotalMicroseconds / count:0} µs the app was busy for {own.TotalMicroseconds / count:0}, the server for {(await ServedAsync(server) - served) * 1000 / count:0}");
        }
        SendDueNotices Instance(IMailChannel mail) => ActivatorUtilities.CreateInstance<SendDueNotices>(app.Services, mail, Options.Create(options), NullLogger<SendDueNotices>.Instance);
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();

        await MeasuredAsync("bare loop: claim and mark in one statement", "Mail", () => BareAsync(database));
        await MeasuredAsync("claimed, begun, marked; nothing to say (in the app)", "InApp", () => Instance(new Nowhere()).RunAsync(CancellationToken.None));
        await MeasuredAsync("the same, put into words", "Mail", () => Instance(new Nowhere()).RunAsync(CancellationToken.None));
        using (var smtp = new SmtpMail(Options.Create(options)))
            await MeasuredAsync("the same, handed over by SMTP", "Mail", () => Instance(smtp).RunAsync(CancellationToken.None));
        using (var smtp = new SmtpMail(Options.Create(options)))
        {
            var mail = new Mail("<a@b>", "a@example.org", "Us", "Reminder", "Text", "<p>Text</p>", default);
            await MeasuredAsync("SMTP alone, a short mail", "Mail", async () =>
            {
                await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (_, ct) => await smtp.SendAsync(mail, ct));
                return count;
            });
        }

        Console.WriteLine($"\n{Environment.ProcessorCount} cores, everything on one machine, {count:#,0} notices of {Practices} practices, {Connections} SMTP connections, load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}\n");
        Console.WriteLine("| what | notices/s | ratio to the bare loop |\n|---|---|---|");
        foreach (var (what, perSecond) in lines) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {perSecond:#,0} | {perSecond / lines[0].PerSecond:0.000} |"));
        return 0;
    }

    /// <summary>Milliseconds of statements so far.</summary>
    private static async Task<double> ServedAsync(NpgsqlDataSource server)
    {
        // Backends report once a second.
        await Task.Delay(1200);
        await using var ask = server.CreateCommand("select active_time from pg_stat_database where datname = 'practice'");
        return (double)(await ask.ExecuteScalarAsync())!;
    }

    /// <summary>As fast as it can be: batches of 500, practice after practice, nothing counted, nothing looked at.</summary>
    private static async Task<int> BareAsync(NpgsqlDataSource database)
    {
        var (all, practices) = (0, new List<Guid>());
        await using (var ask = database.CreateCommand("select practice_id from practice_ids()"))
        await using (var rows = await ask.ExecuteReaderAsync())
            while (await rows.ReadAsync()) practices.Add(rows.GetGuid(0));
        foreach (var practice in practices)
        {
            for (var marked = 1; marked > 0; all += marked)
            {
                await using var connection = await database.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await using var batch = new NpgsqlBatch(connection, transaction);
                batch.BatchCommands.Add(new("select set_config('app.practice_id', $1, true)") { Parameters = { new() { Value = practice.ToString() } } });
                batch.BatchCommands.Add(new("""
                    with due as (select id from notices where practice_id = $1 and channel = 'Mail' and state = 'Due' and due_at <= now() order by due_at limit 500 for update skip locked)
                    update notices n set state = 'Sent', sent_at = now(), attempts = 1 from due where n.practice_id = $1 and n.id = due.id
                    """) { Parameters = { new() { Value = practice, NpgsqlDbType = NpgsqlDbType.Uuid } } });
                await batch.ExecuteNonQueryAsync();
                marked = (int)batch.BatchCommands[1].Rows;
                await transaction.CommitAsync();
            }
        }
        return all;
    }

    public static async Task SettleAsync(IServiceProvider services, int number)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<PracticeDb>(), TimeProvider.System.GetUtcNow().UtcDateTime);
        var practice = new Practice($"bench-{number}", "Bench", "BA", "Europe/Sarajevo", "en", "EUR", now);
        await db.OpenAsync(practice.Id);
        db.Add(practice);
        await db.SaveChangesAsync();
        var key = await scope.ServiceProvider.GetRequiredService<Vault>().NewKeyAsync();
        for (var i = 0; i < Clients; i++)
            db.Add(new Client(practice.Id, $"Client {i}", "Client", $"client{i}@practice{number}.example", null, new ContactRules { Mail = true }, "en", "Europe/Sarajevo", "BA", key.OwnerId, now));
        await db.SaveChangesAsync();
        await db.CommitAsync();
    }

    /// <summary>Appointments tomorrow and a reminder of each that was due an hour ago, past the rules that tie an appointment to an engagement.</summary>
    public static Task FillAsync(NpgsqlDataSource server, int count) => ExecuteAsync(server, $$"""
        set session_replication_role = replica;
        create temp table made as
        select row_number() over () as n, gen_random_uuid() as id, c.practice_id, c.id as client_id, c.email
        from generate_series(1, {{count}}) g cross join lateral (select * from clients where g <= {{count}}) c limit {{count}};
        insert into appointments (practice_id, id, engagement_id, psychologist_id, kind_id, place, starts_at, ends_at, buffer_minutes, original_starts_at, state, final_at, last_act, changed_at, changes, booked_at, moves, price, currency, on_minimal_terms, prepayment_releases, join_room)
        select practice_id, id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Room', date_trunc('hour', now()) + interval '1 day', now() + interval '25 hours', 10, now(), 'Booked', now(), 'Booked', now(), 0, now(), 0, 80, 'EUR', false, false, md5(random()::text) from made;
        insert into notices (practice_id, id, kind, channel, recipient, client_id, appointment_id, offset_minutes, appointment_at, language, data, due_at, state, attempts, created_at, bounced)
        select practice_id, gen_random_uuid(), 'reminders.appointment', 'Mail', email, client_id, id, 1440, date_trunc('hour', now()) + interval '1 day', (array['en', 'bs', 'fi', 'ru'])[1 + n % 4],
          jsonb_build_object('name', 'Client', 'when', 'Thursday 26 March 2026, 15:00', 'terms', 'Until Tuesday 24 March 2026, 15:00 moving and cancelling cost nothing.',
            'link.path', '/a', 'link.purpose', 'appointment', 'link.subject', id, 'link.expires', '2099-01-01T00:00:00.0000000Z'),
          now() - interval '1 hour' + n * interval '1 millisecond', 'Due', 0, now(), false from made;
        analyze
        """);

    private static async Task ExecuteAsync(NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Nowhere : IMailChannel
    {
        public Task SendAsync(Mail mail, CancellationToken ct) => Task.CompletedTask;
    }
}
