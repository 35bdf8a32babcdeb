using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PracticeApp.Demo;

namespace PracticeApp.Journeys;

/// <summary>The pages of the main path in the languages it is not walked in: they fit, and no sentence of the house stays English.</summary>
public sealed partial class LanguagesJourney(DemoPractice demo) : IClassFixture<DemoPractice>
{
    private static readonly string[] s_languages = ["ru", "bs", "fi"];
    /// <summary>What people wrote and no class of type tells apart.</summary>
    private static readonly HashSet<string> s_written = [Cast.Lipa.Tagline, .. Cast.Lipa.Staff.Select(p => p.About),
        .. new[] { StoriesEnglish.All, StoriesBosnian.All, StoriesRussian.All, StoriesFinnish.All }.SelectMany(all => all).Select(s => s.Title)];

    private readonly Sight _sight = new();
    private readonly List<string> _left = [];

    [Fact]
    public async Task Nothing_sticks_out_and_nothing_stays_English()
    {
        var stranger = await demo.StrangerAsync(_sight, 390);
        await SeeAsync(stranger, "/p/lipa", "/sign-in", "/verify");

        var emina = await demo.SignInAsync(_sight, "emina@lipa.example", 390);
        await SeeAsync(emina, "/me", "/me/request", "/me/sessions", "/me/money", "/me/agreement", "/me/complaint", "/book");
        var katherine = await demo.SignInAsync(_sight, "katherine@lipa.example", 390);
        await SeeAsync(katherine, "/me", "/me/request", "/me/agreement");

        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", 1440);
        // A request has an identifier, which begins with the time.
        var workspace = await FirstAsync(lejla, "/requests", "/requests/0");
        await SeeAsync(lejla, "/today", await FirstAsync(lejla, "/today", "/protocols/"), "/calendar", "/clients", await FirstAsync(lejla, "/today", "/clients/"),
            "/requests", workspace, workspace + "/refer", await FirstAsync(lejla, "/requests", "/requests/choose/"), "/requests/months", "/directory", "/profile", "/protocols", "/agreements", "/attendance");

        var sanela = await demo.SignInAsync(_sight, "sanela@lipa.example", 1440);
        var enquiry = await FirstAsync(sanela, "/board", "/board/");
        await SeeAsync(sanela, "/board", enquiry, enquiry + "/accept");
        var azra = await demo.SignInAsync(_sight, "azra@lipa.example", 1440);
        await SeeAsync(azra, "/caseload", "/settings/directory");
        var amra = await demo.SignInAsync(_sight, "amra@lipa.example", 390);
        await SeeAsync(amra, "/me/request");

        Assert.True(_left.Count == 0, string.Join('\n', _left));
        _sight.HasFoundNothing();
    }

    private static async Task<string> FirstAsync(IPage page, string list, string start)
    {
        await page.GotoAsync(list);
        return (await page.Locator($"main a[href^='{start}']").First.GetAttributeAsync("href"))!;
    }

    private async Task SeeAsync(IPage page, params string[] paths)
    {
        foreach (var path in paths)
        {
            await page.GotoAsync(path + "?lang=en");
            var english = await SaidAsync(page);
            Assert.NotEmpty(english);
            foreach (var language in s_languages)
            {
                await page.GotoAsync($"{path}?lang={language}");
                Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
                await _sight.GlanceAsync(page, language);
                _left.AddRange((await SaidAsync(page)).Where(line => english.Contains(line) || Key().IsMatch(line)).Select(line => $"{path} ({language}): {line}"));
            }
        }
        await page.Context.CloseAsync();
    }

    /// <summary>What the house says in sentences; what people wrote stands in serif, or says which language it is in.</summary>
    private static async Task<HashSet<string>> SaidAsync(IPage page)
    {
        var lines = await page.EvaluateAsync<string[]>("""
            () => {
              const lines = [], nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (nodes.nextNode()) if (!nodes.currentNode.parentElement.closest("[lang]:not(html), [translate=no], .say, .say-l, .say-xl, blockquote, q, dd, script, style, textarea, template")) lines.push(nodes.currentNode.data.replace("·", "").trim());
              return lines;
            }
            """);
        return [.. lines.Where(line => Sentence().IsMatch(line) && !s_written.Contains(line) || Key().IsMatch(line))];
    }

    [GeneratedRegex("[a-z]{2,} [a-z]{2,}")]
    private static partial Regex Sentence();

    /// <summary>A text that was looked up and not found: "Level.−1".</summary>
    [GeneratedRegex(@"^[A-Z]\w+\.[\w.−-]+$")]
    private static partial Regex Key();
}
