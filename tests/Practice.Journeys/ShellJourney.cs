using PracticeApp.Tests;

namespace PracticeApp.Journeys;

/// <summary>The pages that need nobody's data.</summary>
public sealed class ShellJourney(World world, Chromium chromium) : IClassFixture<World>
{
    [Fact]
    public async Task Signing_in_getting_lost_and_finding_help_can_be_seen_by_everybody()
    {
        var sight = new Sight();
        await using var browser = await chromium.OpenAsync(world.App.Address);
        var page = await browser.NewPageAsync();
        sight.Watch(page);
        foreach (var path in new[] { "/sign-in", "/forgot", "/no-such-page" })
        {
            await page.GotoAsync(path);
            await sight.LookAsync(page);
        }
        sight.HasFoundNothing();
    }
}
