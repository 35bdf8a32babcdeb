using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Bench;

/// <summary>
/// The signed-in day page and the booking page under 32 connections, each against a bare endpoint in the same run: raw Npgsql
/// that sends the very statements the page sends, one after the other, and writes as many bytes.
/// </summary>
internal static class PagesBench
{
    private const int Connections = 32;

    private sealed record Line(string Page, int Bytes, int Statements, LoadResult Bare, LoadResult Product);

    public static async Task<int> RunAsync(string[] args)
    {
        var length = TimeSpan.FromSeconds(args is ["--seconds", var typed] ? double.Parse(typed, CultureInfo.InvariantCulture) : 10);
        var root = Installation.Root();
        var folder = Directory.CreateTempSubdirectory("practice-bench-").FullName;
        try
        {
            var app = Path.Combine(folder, "app");
            await Installation.PublishAsync(root, app);
            return await MeasureAsync(root, app, Path.Combine(folder, "data"), length);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string root, string app, string data, TimeSpan length)
    {
        Directory.CreateDirectory(data);
        // Held by the bench too, so that the database is warm when the app starts a second time.
        await using var postgres = await EmbeddedPostgres.StartAsync(root, data, null, CancellationToken.None);
        await using var product = new Installation(app, data);
        var first = await product.StartAsync(TimeSpan.FromMinutes(5));
        await product.StopAsync();
        var warm = await product.StartAsync(TimeSpan.FromMinutes(1));
        var before = product.ResidentMegabytes;

        var logins = await DatabaseRoles.EnsureAsync(postgres.SuperuserConnectionString(), "practice", data, CancellationToken.None);
        var people = await PeopleAsync(postgres.SuperuserConnectionString("practice"));
        var lines = new List<Line>();
        foreach (var (page, email) in new[] { ("/today", people.Psychologist), ("/book", people.Client) })
            lines.Add(await ComparedAsync(page, await product.SignInAsync(email), product, postgres, logins.App, Path.Combine(data, "postgres", "log"), length));
        Print(lines, first, warm, before, product.ResidentMegabytes);
        return lines.Exists(l => l.Product.Failed + l.Bare.Failed > 0) ? 1 : 0;
    }

    private static async Task<Line> ComparedAsync(string page, string cookie, Installation product, EmbeddedPostgres postgres, string login, string log, TimeSpan length)
    {
        using var http = new HttpClient { BaseAddress = product.Address };
        async Task<byte[]> GetAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Cookie", cookie } } };
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            if (answer.RequestMessage!.RequestUri!.AbsolutePath != page) throw new InvalidOperationException($"{page} led to {answer.RequestMessage.RequestUri}.");
            return await answer.Content.ReadAsByteArrayAsync();
        }

        // Jitted and prepared before it is looked at.
        for (var i = 0; i < 50; i++) await GetAsync();
        var statements = await Statements.CaptureAsync(postgres.SuperuserConnectionString(), log, GetAsync);
        if (statements.Count == 0) throw new InvalidOperationException($"No statement of {page} was seen in the server's log.");
        var body = await GetAsync();

        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(login) { MaxPoolSize = Math.Max(8, 4 * Environment.ProcessorCount), MaxAutoPrepare = 200, AutoPrepareMinUsages = 3 }.ConnectionString).Build();
        await using (source)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var bare = builder.Build();
            bare.Urls.Add("http://127.0.0.1:0");
            bare.MapGet("/bare", async context =>
            {
                await statements.SendAsync(source, context.RequestAborted);
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body, context.RequestAborted);
            });
            await bare.StartAsync();
            var warmUp = TimeSpan.FromSeconds(3);
            // Bare, product, bare: what the machine does meanwhile is in both.
            var once = await HttpLoad.RunAsync(new Uri(bare.Urls.First() + "/bare"), null, Connections, warmUp, length / 2);
            var measured = await HttpLoad.RunAsync(new Uri(product.Address, page), cookie, Connections, warmUp, length);
            var again = await HttpLoad.RunAsync(new Uri(bare.Urls.First() + "/bare"), null, Connections, warmUp, length / 2);
            await bare.StopAsync();
            var limit = new LoadResult((once.PerSecond + again.PerSecond) / 2, (once.P50 + again.P50) / 2, (once.P99 + again.P99) / 2, once.Failed + again.Failed);
            return new(page, body.Length, statements.Count, limit, measured);
        }
    }

    private static async Task<(string Psychologist, string Client)> PeopleAsync(string superuser)
    {
        await using var database = NpgsqlDataSource.Create(superuser);
        async Task<string> AskAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            return (string?)await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("The demo has nobody for: " + sql);
        }
        // Whoever has most to show, and a client who may book.
        return (await AskAsync("select m.email from memberships m join appointments a on a.practice_id = m.practice_id and a.psychologist_id = m.user_id where a.starts_at::date = current_date group by m.email order by count(*) desc, m.email limit 1"),
            await AskAsync("select m.email from memberships m join clients c on c.practice_id = m.practice_id and c.user_id = m.user_id join engagement_parties p on p.practice_id = c.practice_id and p.client_id = c.id join agreements a on a.practice_id = p.practice_id and a.engagement_id = p.engagement_id and a.state = 'InForce' where m.roles = array['Client'] order by m.email limit 1"));
    }

    private static void Print(List<Line> lines, TimeSpan first, TimeSpan warm, long before, long after)
    {
        Console.WriteLine($"\n{Environment.ProcessorCount} cores, {Connections} connections, everything on one machine, {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}\n");
        Console.WriteLine("| page | bytes | statements | bare req/s (p50, p99 ms) | product req/s (p50, p99 ms) | ratio | failed |\n|---|---|---|---|---|---|---|");
        foreach (var l in lines)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| `{l.Page}` | {l.Bytes:#,0} | {l.Statements} | {l.Bare.PerSecond:#,0} ({l.Bare.P50:0.0}, {l.Bare.P99:0.0}) | {l.Product.PerSecond:#,0} ({l.Product.P50:0.0}, {l.Product.P99:0.0}) | **{l.Product.PerSecond / l.Bare.PerSecond:0.00}** | {l.Product.Failed + l.Bare.Failed} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n| what | |\n|---|---|\n| first start, with making the database and the demo | {first.TotalSeconds:0.0} s |\n| start to first page, database warm | {warm.TotalSeconds:0.00} s |\n| resident memory after start | {before} MB |\n| resident memory after load | {after} MB |"));
    }
}
