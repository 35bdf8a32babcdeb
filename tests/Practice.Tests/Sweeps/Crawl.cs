using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PracticeApp.Tests.Sweeps;

/// <summary>Follows every link and form a person sees, a few of each kind.</summary>
internal sealed partial class Crawl(int opened, int kept)
{
    private readonly Dictionary<string, int> _opened = [];
    private readonly Dictionary<string, HashSet<string>> _addresses = [];

    /// <summary>Pages that answered.</summary>
    public List<Page> Pages { get; } = [];
    /// <summary>Every address that a link or a form named, at most some of each kind.</summary>
    public IReadOnlyList<string> Addresses => [.. _addresses.Values.SelectMany(a => a).Order(StringComparer.Ordinal)];

    /// <param name="opened">How many pages of each kind are opened; pages that differ only in identifiers, days or pages of a list are of one kind.</param>
    /// <param name="kept">How many addresses of each kind are remembered.</param>
    public static async Task<Crawl> RunAsync(Visitor visitor, int opened = 3, int kept = 6, params string[] from)
    {
        var crawl = new Crawl(opened, kept);
        var waiting = new Queue<string>(from.Length > 0 ? from : ["/", "/account", "/clients", "/verify"]);
        while (waiting.TryDequeue(out var path))
        {
            if (!crawl.IsWanted(path)) continue;
            var page = await visitor.GetAsync(path);
            crawl.Pages.Add(page);
            if (page.Path != path) crawl.Keep(page.Path);
            foreach (var link in Links(page))
            {
                crawl.Keep(link);
                waiting.Enqueue(link);
            }
            foreach (var action in page.FindAll("form").SelectMany(Actions)) crawl.Keep(new Uri(page.Url, action.Length > 0 ? action : page.Path).PathAndQuery);
        }
        return crawl;
    }

    /// <summary>Route templates of all pages, without the leading slash.</summary>
    public static IReadOnlyList<string> Routes(IServiceProvider services) => services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal).ToList();

    /// <summary>What kind of page an address leads to.</summary>
    public static string Shape(string path) => Token().Replace(Value().Replace(Town.Guids().Replace(path, "{id}"), m => m.Value.StartsWith("handler=", StringComparison.Ordinal) ? m.Value : m.Groups[1].Value + "="), "$1{token}");

    private bool IsWanted(string path)
    {
        var shape = Shape(path);
        if (path.Contains("/sign-out", StringComparison.Ordinal)) return false;
        _opened[shape] = _opened.GetValueOrDefault(shape) + 1;
        if (_opened[shape] > opened || Pages.Exists(p => p.Path == path)) return false;
        Keep(path);
        return true;
    }

    private void Keep(string path)
    {
        if (!_addresses.TryGetValue(Shape(path), out var same)) _addresses[Shape(path)] = same = new(StringComparer.Ordinal);
        if (same.Count < kept) same.Add(path);
    }

    private static List<string> Links(Page page) => [.. page.FindAll("a[href]").Select(a => new Uri(page.Url, a.GetAttribute("href")!))
        .Where(u => u.Authority == page.Url.Authority).Select(u => u.PathAndQuery)
        .Where(p => !p.Contains("lang=", StringComparison.Ordinal) && !p.Contains("theme=", StringComparison.Ordinal)).Distinct()];

    private static IEnumerable<string> Actions(AngleSharp.Dom.IElement form) =>
        Page.Buttons((IHtmlFormElement)form).Select(b => b.GetAttribute("formaction")).Append(form.GetAttribute("action")).Select(a => a ?? "");

    [GeneratedRegex("([a-zA-Z._]+)=[^&]*")]
    private static partial Regex Value();

    [GeneratedRegex("^(/(?:a|letter|invitation|reset|p/[a-z]+/sent|outbox)/)[^/?]+")]
    private static partial Regex Token();
}
