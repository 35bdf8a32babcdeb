using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Bench;

/// <summary>
/// Whole booking requests (kept sign-in, antiforgery, rules, hold, appointment, occupancy, notices, audit) of clients of all the
/// demo's psychologists, against pgbench sending the very statements of such requests to the same tables in the same run.
/// </summary>
internal static partial class BookingBench
{
    private const int Connections = 16;
    private const int Clients = 32;
    private const int SlotMinutes = 15;

    internal sealed record Booker(string Email, Guid Engagement, Guid Psychologist)
    {
        public string Cookie { get; set; } = "";
        public string Token { get; set; } = "";
        public string Price { get; set; } = "";
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var length = TimeSpan.FromSeconds(args is ["--seconds", var typed] ? double.Parse(typed, CultureInfo.InvariantCulture) : 10);
        var root = Installation.Root();
        var folder = Directory.CreateTempSubdirectory("practice-bench-").FullName;
        try
        {
            var app = Path.Combine(folder, "app");
            await Installation.PublishAsync(root, app);
            return await MeasureAsync(root, app, Path.Combine(folder, "data"), folder, length);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string root, string app, string data, string folder, TimeSpan length)
    {
        Directory.CreateDirectory(data);
        await using var postgres = await EmbeddedPostgres.StartAsync(root, data, null, CancellationToken.None);
        await using var product = new Installation(app, data);
        await product.StartAsync(TimeSpan.FromMinutes(5));
        await using var server = NpgsqlDataSource.Create(postgres.SuperuserConnectionString("practice"));
        var (kind, bookers) = await PrepareAsync(server);
        var slots = new Slots();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = product.Address };
        bookers = await WhoMayAsync(bookers, kind, product, http, slots);

        var (scripts, statements) = (new List<string>(), 0);
        foreach (var booker in bookers)
        {
            async Task<(Statements, DateTime)> CapturedAsync()
            {
                var slot = slots.Next(booker.Psychologist);
                return (await Statements.CaptureAsync(postgres.SuperuserConnectionString(), Path.Combine(data, "postgres", "log"), () => BookAsync(http, booker, kind, slot)), slot);
            }
            // Statements are the same from a few bookings on, when everything is compiled and cached.
            for (var i = 0; i < 3; i++) await BookAsync(http, booker, kind, slots.Next(booker.Psychologist));
            var (one, at) = await CapturedAsync();
            var (other, then) = await CapturedAsync();
            for (var tries = 0; !one.All.Select(s => s.Sql).SequenceEqual(other.All.Select(s => s.Sql)); tries++)
            {
                if (tries == 5) throw new InvalidOperationException("No two bookings of one client sent the same statements.");
                ((one, at), (other, then)) = ((other, then), await CapturedAsync());
            }
            statements = one.Count;
            var file = Path.Combine(folder, $"booking-{scripts.Count}.sql");
            await File.WriteAllTextAsync(file, PgbenchScript.Write(one, at, other, then, SlotMinutes));
            scripts.Add(file);
        }

        var logins = await DatabaseRoles.EnsureAsync(postgres.SuperuserConnectionString(), "practice", data, CancellationToken.None);
        // pgbench, product, pgbench: what the machine does meanwhile is in both. What one leaves does not slow the next.
        var once = await PgbenchAsync(scripts, logins.App, 0, length / 2);
        await ClearAsync(server);
        var queues = Enumerable.Range(0, Connections).Select(n => bookers.Where((_, i) => i % Connections == n).ToArray()).ToArray();
        var turns = new int[Connections];
        byte[] Next(int n)
        {
            var booker = queues[n][turns[n]++ % queues[n].Length];
            return Request(product.Address, booker, kind, slots.Next(booker.Psychologist));
        }
        var measured = await HttpLoad.RunAsync(product.Address, Next, "302", Connections, TimeSpan.FromSeconds(5), length);
        await ClearAsync(server);
        var again = await PgbenchAsync(scripts, logins.App, 2_000_000, length / 2);

        var limit = (once.PerSecond + again.PerSecond) / 2;
        Console.WriteLine($"\n{Environment.ProcessorCount} cores, {Connections} connections, {bookers.Count} clients of {bookers.DistinctBy(b => b.Psychologist).Count()} psychologists, {statements} statements a booking, {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}\n");
        Console.WriteLine("| pgbench bookings/s (mean ms) | product bookings/s (p50, p99 ms) | ratio | failed |\n|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {limit:#,0} ({(once.Mean + again.Mean) / 2:0.0}) | {measured.PerSecond:#,0} ({measured.P50:0.0}, {measured.P99:0.0}) | **{measured.PerSecond / limit:0.00}** | {measured.Failed + once.Failed + again.Failed} |"));
        return measured.Failed + once.Failed + again.Failed > 0 ? 1 : 0;
    }

    /// <summary>Slots that nobody else is given, from the day after tomorrow on.</summary>
    internal sealed class Slots
    {
        private static readonly DateTime s_first = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2);
        private readonly ConcurrentDictionary<Guid, int> _taken = new();

        // By the hour of the day first: a month of slots is gone through before a year is.
        public DateTime Next(Guid psychologist) => s_first.AddMinutes(SlotMinutes * (_taken.AddOrUpdate(psychologist, 0, (_, n) => n + 1) % (360 * 24 * 60 / SlotMinutes)));
    }

    /// <summary>Hours around the clock, a short kind that every client may book, and nothing in the way.</summary>
    internal static async Task<(Guid Kind, IReadOnlyList<Booker> Bookers)> PrepareAsync(NpgsqlDataSource server)
    {
        var kind = Guid.CreateVersion7();
        await using (var prepare = server.CreateCommand($$"""
            insert into session_kinds select (jsonb_populate_record(null::session_kinds, to_jsonb(k) || jsonb_build_object('id', '{{kind}}', 'minutes', {{SlotMinutes}}, 'buffer_minutes', 0, 'form', 'Individual', 'who_may_book', 'OwnClients', 'needs_agreement', false, 'needs_prepayment', false))).*
                from session_kinds k where form = 'FirstTalk' and practice_id = (select practice_id from memberships where email = 'lejla@lipa.example');
            delete from hours_exceptions;
            update working_hours set "from" = '0:00', "to" = '0:00', place = 'Online', room_id = null, valid_from = null, valid_until = null, kind_ids = '{}' where not is_break;
            delete from working_hours where is_break;
            insert into working_hours select (jsonb_populate_record(null::working_hours, to_jsonb(w) || jsonb_build_object('id', gen_random_uuid(), 'day', d))).*
                from (select distinct on (practice_id, psychologist_id) * from working_hours) w, unnest(array['Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) d;
            update booking_rules set notice_hours = 0, horizon_days = 365, grid = 'Quarter', max_per_day = null, max_per_week = null, max_in_row = null, max_open_per_client = 1000000;
            delete from occupancies;
            update appointments set state = 'TakenBack' where starts_at > now();
            """)) await prepare.ExecuteNonQueryAsync();
        await using var ask = server.CreateCommand($"""
            select email, engagement, psychologist from (
                select m.email, e.id as engagement, e.psychologist_id as psychologist, row_number() over (partition by e.psychologist_id order by m.email) as n
                from memberships m join clients c on c.practice_id = m.practice_id and c.user_id = m.user_id
                join engagement_parties p on p.practice_id = c.practice_id and p.client_id = c.id and p.role = 'Client'
                join engagements e on e.practice_id = p.practice_id and e.id = p.engagement_id and e.ended_at is null and e.ends_at is null and e.kind = 'Individual'
                where m.practice_id = (select practice_id from session_kinds where id = '{kind}') and m.roles = array['Client']) x order by n, psychologist limit {2 * Clients}
            """);
        await using var rows = await ask.ExecuteReaderAsync();
        var bookers = new List<Booker>();
        while (await rows.ReadAsync()) bookers.Add(new(rows.GetString(0), rows.GetGuid(1), rows.GetGuid(2)));
        return (kind, bookers);
    }

    /// <summary>Some of the demo's clients may not book by themselves at the moment; they stay out.</summary>
    internal static async Task<IReadOnlyList<Booker>> WhoMayAsync(IReadOnlyList<Booker> all, Guid kind, Installation product, HttpClient http, Slots slots)
    {
        var ready = new List<Booker>();
        foreach (var booker in all)
            if (ready.Count < Clients && await IsReadyAsync(booker, kind, product, http, slots)) ready.Add(booker);
        return ready.Count >= Connections ? ready : throw new InvalidOperationException($"Only {ready.Count} clients of the demo may book.");
    }

    private static async Task<bool> IsReadyAsync(Booker booker, Guid kind, Installation product, HttpClient http, Slots slots)
    {
        booker.Cookie = await product.SignInAsync(booker.Email);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(booker, kind, slots.Next(booker.Psychologist))) { Headers = { { "Cookie", booker.Cookie } } };
        using var answer = await http.SendAsync(request);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        if (Token().Match(page) is not { Success: true } token || Price().Match(page) is not { Success: true } price)
            return false;
        (booker.Token, booker.Price) = (token.Groups[1].Value, price.Groups[1].Value);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            booker.Cookie = string.Join("; ", booker.Cookie.Split("; ").Concat(set.Select(c => c.Split(';')[0])).GroupBy(c => c.Split('=')[0]).Select(g => g.Last()));
        return true;
    }

    internal static async Task BookAsync(HttpClient http, Booker booker, Guid kind, DateTime slot)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(booker, kind, slot)) { Headers = { { "Cookie", booker.Cookie } }, Content = new StringContent(Body(booker), Encoding.ASCII, "application/x-www-form-urlencoded") };
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"{booker.Email} could not book {slot:u} ({(int)answer.StatusCode}): " + Regex.Replace(await answer.Content.ReadAsStringAsync(), "<[^>]*>|\\s+", " "));
    }

    private static byte[] Request(Uri address, Booker booker, Guid kind, DateTime slot)
    {
        var body = Body(booker);
        return Encoding.ASCII.GetBytes($"POST {Address(booker, kind, slot)} HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {booker.Cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static string Address(Booker booker, Guid kind, DateTime slot) => $"/book/confirm?with={booker.Engagement}&kind={kind}&slot={Uri.EscapeDataString($"{slot:yyyy-MM-ddTHH:mm}Z/Online")}";

    private static string Body(Booker booker) => $"price={booker.Price}&__RequestVerificationToken={booker.Token}";

    private static async Task ClearAsync(NpgsqlDataSource server)
    {
        await using var clear = server.CreateCommand("""
            delete from notices where appointment_id in (select id from appointments where starts_at > now() and state in ('Booked', 'Held'));
            delete from appointments where starts_at > now() and state in ('Booked', 'Held');
            """);
        await clear.ExecuteNonQueryAsync();
        await using var vacuum = server.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 120;
        await vacuum.ExecuteNonQueryAsync();
    }

    private static async Task<(double PerSecond, double Mean, long Failed)> PgbenchAsync(List<string> scripts, string login, int @base, TimeSpan length)
    {
        var to = new NpgsqlConnectionStringBuilder(login);
        var program = Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order().Last();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PGPASSWORD"] = to.Password } };
        string[] arguments = ["-h", to.Host!, "-p", to.Port.ToString(CultureInfo.InvariantCulture), "-U", to.Username!, "-n", "-M", "prepared", "-c", $"{Connections}", "-j", "2",
            "-T", ((int)Math.Ceiling(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture), "-D", "i=0", "-D", $"base={@base}"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var script in scripts) start.ArgumentList.Add($"-f{script}");
        start.ArgumentList.Add(to.Database!);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("pgbench failed: " + (await errors)[..Math.Min(2000, (await errors).Length)]);
        double Figure(string pattern) => double.Parse(Regex.Match(output, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
        return (Figure(@"tps = ([\d.]+)"), Figure(@"latency average = ([\d.]+)"), (long)Figure(@"failed transactions: (\d+)"));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"price\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Price();
}
