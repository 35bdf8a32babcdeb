using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PracticeApp.Journeys;

/// <summary>
/// Looks at a page as four people would: on a phone and at a desk, by day and by night. Each time axe must find nothing,
/// nothing may stick out sideways, and the page's own scripts must not have failed. With PRACTICE_PICTURES set it also keeps
/// the pictures it is asked for in that folder, with PRACTICE_SIGHTS whatever it sees, whole pages, four for each.
/// </summary>
public sealed class Sight
{
    private static readonly string? s_pictures = Environment.GetEnvironmentVariable("PRACTICE_PICTURES"), s_sights = Environment.GetEnvironmentVariable("PRACTICE_SIGHTS");
    private static readonly (string Name, int Width, int Height)[] s_sizes = [("phone", 390, 844), ("desk", 1440, 960)];
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();
    private static readonly object s_rules = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } };
    private static readonly object s_colours = new { type = "rule", values = new[] { "color-contrast" } };
    private readonly List<string> _faults = [];
    private int _seen;

    /// <summary>Listens to a page from now on.</summary>
    public void Watch(IPage page)
    {
        page.PageError += (_, error) => _faults.Add($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) _faults.Add($"{page.Url}: {message.Text}");
        };
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500) _faults.Add($"{answer.Request.Method} {answer.Url}: {answer.Status}");
        };
    }

    /// <param name="pictures">Names of the pictures to keep, with how to take them: "5-booking-phone-light".</param>
    public async Task LookAsync(IPage page, params string[] pictures)
    {
        await page.WaitForLoadStateAsync();
        var (size, path) = (page.ViewportSize!, new Uri(page.Url).AbsolutePath);
        _seen++;
        foreach (var (name, width, height) in s_sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                if (s_pictures is not null && Array.Find(pictures, p => p.EndsWith($"-{name}-{scheme}", StringComparison.OrdinalIgnoreCase)) is { } picture)
                    await KeepAsync(page, s_pictures, picture, false);
                if (s_sights is not null) await KeepAsync(page, s_sights, $"{_seen:00}{path.Replace('/', '-')}.{name}.{scheme}", true);
                // By night only the colours are others.
                foreach (var fault in await AxeAsync(page, scheme == ColorScheme.Light ? s_rules : s_colours)) _faults.Add($"{path} ({name}, {scheme}): {fault}");
            }
            await FitsAsync(page, $"{path} ({name})");
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Null });
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Whether a page fits a phone and a desk, for one that was looked at in another language already.</summary>
    public async Task GlanceAsync(IPage page, string language)
    {
        await page.WaitForLoadStateAsync();
        var path = new Uri(page.Url).AbsolutePath;
        _seen++;
        foreach (var (name, width, height) in s_sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            if (s_sights is not null) await KeepAsync(page, s_sights, $"{language}.{_seen:00}{path.Replace('/', '-')}.{name}", true);
            await FitsAsync(page, $"{path} ({name}, {language})");
        }
    }

    private async Task FitsAsync(IPage page, string where)
    {
        var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (excess <= 0) return;
        var which = await page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
              .map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`).slice(0, 4).join(" | ")
            """);
        _faults.Add($"{where}: {excess} px stick out sideways: {which}");
    }

    /// <summary>Everything that was found, at the end, so that one walk shows all.</summary>
    public void HasFoundNothing() => Assert.True(_faults.Count == 0, string.Join('\n', _faults.Distinct()));

    private static Task<byte[]> KeepAsync(IPage page, string folder, string name, bool whole) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });

    private static async Task<IEnumerable<string>> AxeAsync(IPage page, object rules)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window")) await page.EvaluateAsync(s_axe);
        var found = await page.EvaluateAsync<JsonElement>("""
            async runOnly => (await axe.run(document, { runOnly, resultTypes: ["violations"] })).violations
              .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(" | ")}`)
            """, rules);
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }
}
