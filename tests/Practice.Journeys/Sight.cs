using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PracticeApp.Journeys;

/// <summary>
/// Looks at a page as four people would: on a phone and at a desk, by day and by night. Each time axe must find nothing,
/// nothing may stick out sideways, and the page's own scripts must not have failed. With PRACTICE_PICTURES set it also keeps
/// the pictures it is asked for.
/// </summary>
public sealed class Sight
{
    private static readonly string? s_pictures = Environment.GetEnvironmentVariable("PRACTICE_PICTURES");
    private static readonly (string Name, int Width, int Height)[] s_sizes = [("phone", 390, 844), ("desk", 1440, 960)];
    private static readonly AxeRunOptions s_rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
    private static readonly AxeRunOptions s_colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };
    private readonly List<string> _faults = [];

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

    /// <param name="picture">Name of the picture to keep, with how to take it: "5-booking-phone-light"; null keeps none.</param>
    public async Task LookAsync(IPage page, string? picture = null)
    {
        var size = page.ViewportSize!;
        foreach (var (name, width, height) in s_sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var where = $"{new Uri(page.Url).AbsolutePath} ({name}, {scheme})";
                if (s_pictures is not null && picture?.EndsWith($"-{name}-{scheme}", StringComparison.OrdinalIgnoreCase) == true)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(s_pictures, picture + ".png"), Animations = ScreenshotAnimations.Disabled });
                // By night only the colours are others.
                var found = await page.RunAxe(scheme == ColorScheme.Light ? s_rules : s_colours);
                _faults.AddRange(found.Violations.Select(v => $"{where}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            }
            var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (excess > 0) _faults.Add($"{new Uri(page.Url).AbsolutePath} ({name}): {excess} px stick out sideways");
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Null });
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Everything that was found, at the end, so that one walk shows all.</summary>
    public void HasFoundNothing() => Assert.True(_faults.Count == 0, string.Join('\n', _faults.Distinct()));
}
