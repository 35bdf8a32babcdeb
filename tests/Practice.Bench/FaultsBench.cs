using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Reminders;
using PracticeApp.Tests;

namespace PracticeApp.Bench;

/// <summary>
/// What is promised of faults, at length: instances killed while they send reminders, and PostgreSQL killed under bookings, against
/// what a mail server got and what people were answered. A line for each promise.
/// </summary>
internal static class FaultsBench
{
    private const int Notices = 1000, InstanceKills = 50, ServerKills = 20, Connections = 4, FasterBy = 30;
    private static readonly TimeSpan s_killsAtMost = TimeSpan.FromMinutes(3), s_atMost = TimeSpan.FromMinutes(4.5);
    private static int s_failed;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] or ["reminders"]) await InFolderAsync(RemindersAsync);
        if (args is [] or ["bookings"]) await InFolderAsync(BookingsAsync);
        Console.WriteLine(s_failed == 0 ? "\nEverything held." : $"\n{s_failed} did not hold.");
        return s_failed == 0 ? 0 : 1;
    }

    private static async Task InFolderAsync(Func<string, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("practice-faults-").FullName;
        try
        {
            await measure(folder);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Say(bool holds, string what)
    {
        if (!holds) s_failed++;
        Console.WriteLine($"{(holds ? "PASS" : "FAIL")}  {what}");
    }

    // Reminders

    /// <summary>Two processes that do nothing but send; one of them is killed again and again, then the other.</summary>
    private static async Task RemindersAsync(string folder)
    {
        var began = TimeProvider.System.GetUtcNow();
        await using var app = await Program.BuildAsync([$"--Practice:DataDirectory={folder}", "--Practice:Demo=false", "--Practice:Jobs=false", "--Logging:LogLevel:Default=Warning"]);
        for (var i = 0; i < 2; i++) await RemindersBench.SettleAsync(app.Services, i);
        await using var postgres = await EmbeddedPostgres.StartAsync(Installation.Root(), folder, null, CancellationToken.None);
        await using var server = NpgsqlDataSource.Create(postgres.SuperuserConnectionString("practice"));
        await RemindersBench.FillAsync(server, Notices);
        // Each has a mail server of its own, which tells that it is at work.
        await using var one = new SmtpSink();
        await using var other = new SmtpSink();

        var (kills, clock, random) = (0, Stopwatch.StartNew(), new Random(1));
        async Task InstanceAsync(SmtpSink sink)
        {
            while (await LeftAsync(server) > 0 && clock.Elapsed < s_atMost)
            {
                using var process = Start(folder, sink.Port, began);
                // The last ones are let live.
                var isLast = Volatile.Read(ref kills) >= InstanceKills || clock.Elapsed > s_killsAtMost;
                await UntilAsync(() => isLast || sink.IsBusyWithin(TimeSpan.FromMilliseconds(300)) || process.HasExited, clock, server);
                if (isLast) await UntilAsync(() => process.HasExited, clock, server);
                else await Task.Delay(random.Next(50, 700));
                var isOver = await LeftAsync(server) == 0;
                process.Kill();
                await process.WaitForExitAsync();
                if (!isOver) Interlocked.Increment(ref kills);
            }
        }
        await Task.WhenAll(InstanceAsync(one), InstanceAsync(other));

        var ids = new List<Guid>();
        await using (var ask = server.CreateCommand("select id from notices"))
        await using (var rows = await ask.ExecuteReaderAsync())
            while (await rows.ReadAsync()) ids.Add(rows.GetGuid(0));
        var tally = MailTally.Of(ids, "practice.example", [one, other]);
        Console.WriteLine($"\n{Notices:#,0} reminders, two instances of {Connections} connections, {clock.Elapsed.TotalSeconds:0} s");
        Say(kills >= InstanceKills, $"kill -9 of an instance while it sends: {kills} times");
        Say(tally.Lost == 0, $"lost: {tally.Lost}");
        Say(tally.Foreign == 0, $"under another Message-ID: {tally.Foreign}");
        Say(tally.Repeated <= kills * 2 * Connections, $"repeated: {tally.Repeated}; on their way at most {2 * Connections} for each kill, {(double)tally.Repeated / Math.Max(1, kills):0.00} were");
        Say(await CountAsync(server, "notices where state <> 'Sent'") == 0, $"not marked as sent at the end: {await CountAsync(server, "notices where state <> 'Sent'")}");
    }

    private static async Task UntilAsync(Func<bool> holds, Stopwatch clock, NpgsqlDataSource server)
    {
        for (var looks = 0; !holds() && clock.Elapsed < s_atMost; looks++)
        {
            if (looks % 10 == 0 && await LeftAsync(server) == 0) return;
            await Task.Delay(20);
        }
    }

    private static Process Start(string folder, int port, DateTimeOffset began)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { typeof(FaultsBench).Assembly.Location, "instance", folder, port.ToString(CultureInfo.InvariantCulture), began.UtcTicks.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>One instance, which sends until it is killed. Its clock goes faster, so that claims of the dead run out in seconds.</summary>
    public static async Task<int> InstanceAsync(string[] args)
    {
        var clock = new FastClock(new DateTimeOffset(long.Parse(args[2], CultureInfo.InvariantCulture), TimeSpan.Zero));
        await using var app = await Program.BuildAsync(
            [
                $"--Practice:DataDirectory={args[0]}", "--Practice:Demo=false", "--Practice:Jobs=false", "--Practice:PublicUrl=http://localhost:5080", "--Logging:LogLevel:Default=None", "--Practice:Mail=smtp", "--Practice:Smtp:Host=127.0.0.1",
                $"--Practice:Smtp:Port={args[1]}", "--Practice:Smtp:Tls=false", "--Practice:Smtp:From=mail@practice.example", "--Practice:Smtp:PerSecond=20", $"--Practice:Smtp:Connections={Connections}",
            ], services => services.AddSingleton<TimeProvider>(clock));
        var send = app.Services.GetRequiredService<SendDueNotices>();
        while (true)
        {
            await send.RunAsync(CancellationToken.None);
            await Task.Delay(100);
        }
    }

    private sealed class FastClock(DateTimeOffset began) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => began + (System.GetUtcNow() - began) * FasterBy;
    }

    private static Task<long> LeftAsync(NpgsqlDataSource server) => CountAsync(server, "notices where state = 'Due'");

    // Bookings

    /// <summary>Clients book while the server is killed; what they were answered is written down beside it.</summary>
    private static async Task BookingsAsync(string folder)
    {
        var (root, published, data) = (Installation.Root(), Path.Combine(folder, "app"), Path.Combine(folder, "data"));
        await Installation.PublishAsync(root, published);
        Directory.CreateDirectory(data);
        await using var postgres = await EmbeddedPostgres.StartAsync(root, data, null, CancellationToken.None);
        await using var product = new Installation(published, data);
        await product.StartAsync(TimeSpan.FromMinutes(5));
        await using var server = NpgsqlDataSource.Create(postgres.SuperuserConnectionString("practice") + ";Pooling=false");
        var (kind, all) = await BookingBench.PrepareAsync(server);
        var slots = new BookingBench.Slots();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = product.Address, Timeout = TimeSpan.FromSeconds(20) };
        var bookers = await BookingBench.WhoMayAsync(all, kind, product, http, slots);

        var (ledger, unanswered, stop) = (new ConcurrentBag<(Guid Engagement, DateTime Slot)>(), 0, new CancellationTokenSource());
        var booking = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++)
            {
                var booker = bookers[(n + 8 * turn) % bookers.Count];
                var slot = slots.Next(booker.Psychologist);
                try
                {
                    await BookingBench.BookAsync(http, booker, kind, slot);
                    ledger.Add((booker.Engagement, slot));
                }
                catch (Exception e) when (e is HttpRequestException or InvalidOperationException or OperationCanceledException)
                {
                    // Nobody was answered: it may or may not have happened.
                    Interlocked.Increment(ref unanswered);
                    await Task.Delay(100);
                }
            }
        })).ToList();
        var (kills, longest, clock) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        while (kills < ServerKills && clock.Elapsed < s_killsAtMost)
        {
            var booked = ledger.Count;
            while (ledger.Count < booked + 5 && clock.Elapsed < s_killsAtMost) await Task.Delay(10);
            await Task.Delay(Random.Shared.Next(300));
            using (var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(data, "postgres/cluster/postmaster.pid")).First(), CultureInfo.InvariantCulture))) postmaster.Kill();
            kills++;
            var down = Stopwatch.StartNew();
            while (!(await AnswersAsync(server) && await IsReadyAsync(http)) && down.Elapsed < TimeSpan.FromMinutes(1)) await Task.Delay(50);
            if (down.Elapsed > longest) longest = down.Elapsed;
        }
        await stop.CancelAsync();
        await Task.WhenAll(booking);
        stop.Dispose();

        var missing = 0;
        foreach (var (engagement, slot) in ledger)
            if (await CountAsync(server, $"appointments a where engagement_id = '{engagement}' and starts_at = '{slot:yyyy-MM-dd HH:mm}Z' and state = 'Booked' and exists (select from occupancies o where o.appointment_id = a.id and o.resource_id = a.psychologist_id and o.expires_at is null)") != 1) missing++;
        var made = $"starts_at > now() and kind_id = '{kind}'";
        var halves = await CountAsync(server, $"appointments a where {made} and state = 'Booked' and (not exists (select from occupancies o where o.appointment_id = a.id and o.resource_id = a.psychologist_id and o.expires_at is null) or not exists (select from appointment_participants p where p.appointment_id = a.id))")
            + await CountAsync(server, "occupancies o where expires_at is null and not exists (select from appointments a where a.id = o.appointment_id)")
            + await CountAsync(server, $"(select from appointments where {made} and state = 'Booked' group by psychologist_id, starts_at having count(*) > 1) doubled");
        Console.WriteLine($"\n{ledger.Count:#,0} bookings answered, {unanswered:#,0} not, {clock.Elapsed.TotalSeconds:0} s");
        Say(kills >= ServerKills, $"kill -9 of PostgreSQL while clients book: {kills} times");
        Say(missing == 0, $"answered and missing: {missing}");
        Say(halves == 0, $"halves: {halves}");
        Say(longest <= TimeSpan.FromSeconds(30), $"ready again after at most {longest.TotalSeconds:0.0} s; 30 are promised");
    }

    /// <summary>By a new connection: those that stand may outlive the server by a moment.</summary>
    private static async Task<bool> AnswersAsync(NpgsqlDataSource server)
    {
        try
        {
            return await CountAsync(server, "(select 1) one") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource server, string from)
    {
        await using var command = server.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
