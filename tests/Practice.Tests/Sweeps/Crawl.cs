using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace PracticeApp.Tests.Sweeps;

/// <summary>Every page of the app: by its routes, and by following every link a person sees.</summary>
internal static class Crawl
{
    private const int AtMost = 400;

    /// <summary>Route templates of all pages, without the leading slash.</summary>
    public static IReadOnlyList<string> Routes(World world) => world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => e.RoutePattern.RawText!).Distinct().Order(StringComparer.Ordinal).ToList();

    /// <summary>Pages reachable by links from where this person starts.</summary>
    public static async Task<List<Page>> PagesAsync(Visitor visitor, params string[] from)
    {
        var (pages, seen, waiting) = (new List<Page>(), new HashSet<string>(StringComparer.Ordinal), new Queue<string>(from));
        while (waiting.TryDequeue(out var path) && pages.Count < AtMost)
        {
            if (!seen.Add(Shape(path))) continue;
            var page = await visitor.GetAsync(path);
            pages.Add(page);
            foreach (var link in page.FindAll("a[href]").OfType<IHtmlAnchorElement>().Select(a => a.GetAttribute("href")!))
                if (link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !link.Contains("lang=", StringComparison.Ordinal) && !link.Contains("theme=", StringComparison.Ordinal))
                    waiting.Enqueue(link.Split('#')[0]);
        }
        return pages;
    }

    /// <summary>Every id of every row of a practice, with its table.</summary>
    public static async Task<List<(string Table, Guid Id)>> IdsAsync(World world, Guid practice)
    {
        await using var connection = new NpgsqlConnection(world.Superuser + ";Pooling=false");
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand(
            "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'practice_id' and table_name not in ('audit_entries', 'audit_seals', 'sign_ins')", connection))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        var ids = new List<(string, Guid)>();
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand($"select id from \"{table}\" where practice_id = $1 limit 3", connection);
            command.Parameters.Add(new() { Value = practice });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) ids.Add((table, reader.GetGuid(0)));
        }
        await using (var command = new NpgsqlCommand("select user_id from memberships where practice_id = $1", connection))
        {
            command.Parameters.Add(new() { Value = practice });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) ids.Add(("users", reader.GetGuid(0)));
        }
        return ids;
    }

    // Pages that differ only in ids, days or pages of a list are one page.
    private static string Shape(string path) => System.Text.RegularExpressions.Regex.Replace(
        System.Text.RegularExpressions.Regex.Replace(path, "[0-9a-f]{8}-[0-9a-f-]{27}", "{id}"), @"=[^&]*", "=");

    public static bool IsFault(Page page) => (int)page.Status >= 500;
    public static bool IsHidden(Page page) => page.Status == HttpStatusCode.NotFound;
}
