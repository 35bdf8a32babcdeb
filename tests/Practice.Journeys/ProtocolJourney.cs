using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PracticeApp.Tests;

namespace PracticeApp.Journeys;

/// <summary>A protocol saves itself, survives a lost connection and a closed page, and tells the second of two tabs.</summary>
public sealed class ProtocolJourney(World world, Chromium chromium) : IClassFixture<World>
{
    private const string SaidField = "[name='Input.Sections[said]']", DoneField = "[name='Input.Sections[done]']";

    [Fact]
    public async Task What_is_typed_is_saved_without_a_button()
    {
        await using var desk = await SignedInAsync();
        var page = await OpenAsync(desk, await world.BookAsync(world.Emina, World.Start.AddHours(1)));
        Assert.Equal("Input.Sections[said]", await page.EvaluateAsync<string>("document.activeElement.name"));
        await page.Keyboard.TypeAsync("She said no on Monday.");
        await StateAsync(page, "saved");
        Assert.Equal(0, await page.EvaluateAsync<int>("Object.keys(localStorage).length"));

        await page.ReloadAsync();
        Assert.Equal("She said no on Monday.", await page.InputValueAsync(SaidField));
        await page.Keyboard.PressAsync("Control+Enter");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.hasAttribute('data-writing-sign')"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("text=Signed and locked.");
    }

    [Fact]
    public async Task Fields_left_faster_than_the_line_carries_are_no_second_tab()
    {
        await using var desk = await SignedInAsync();
        var page = await OpenAsync(desk, await world.BookAsync(world.Emina, World.Start.AddHours(7)));
        var delays = new ConcurrentQueue<int>([700, 300, 1500, 100]);
        await page.RouteAsync(new Regex("/protocols/.*save", RegexOptions.IgnoreCase), async route =>
        {
            await Task.Delay(delays.TryDequeue(out var delay) ? delay : 0);
            await route.ContinueAsync();
        });
        foreach (var id in new[] { "#s-said", "#note", "#s-done", "#s-agreed" }) await page.FillAsync(id, "told at once");
        await page.WaitForTimeoutAsync(1300);
        await page.FillAsync("#s-risk", "none seen, asked");
        await page.Locator("#s-risk").BlurAsync();
        await page.WaitForTimeoutAsync(2500);
        await StateAsync(page, "saved");
        await page.ReloadAsync();
        Assert.Equal(("told at once", "none seen, asked"), (await page.InputValueAsync("#s-agreed"), await page.InputValueAsync("#s-risk")));
    }

    [Fact]
    public async Task The_second_of_two_tabs_is_told_and_can_bring_both_together()
    {
        await using var desk = await SignedInAsync();
        var appointment = await world.BookAsync(world.Emina, World.Start.AddHours(3));
        var (one, two) = (await OpenAsync(desk, appointment), await OpenAsync(desk, appointment));
        await two.WaitForSelectorAsync("[data-autosave-elsewhere]:not([hidden])");
        await one.FillAsync(SaidField, "from the first");
        await one.FillAsync(DoneField, "done in the first");
        await StateAsync(one, "saved");

        await two.FillAsync(SaidField, "from the second");
        await two.WaitForSelectorAsync("[data-autosave-conflict]:not([hidden])");
        await two.ClickAsync("[data-autosave-join]");
        await StateAsync(two, "saved");
        Assert.Equal("from the first\n\nfrom the second", await two.InputValueAsync(SaidField));
        Assert.Equal("done in the first", await two.InputValueAsync(DoneField));
    }

    [Fact]
    public async Task A_lost_connection_and_a_closed_page_lose_no_word_and_leave_none_readable()
    {
        await using var desk = await SignedInAsync();
        var appointment = await world.BookAsync(world.Emina, World.Start.AddHours(5));
        var page = await OpenAsync(desk, appointment);
        await desk.SetOfflineAsync(true);
        await page.FillAsync(SaidField, "zebra in the dark");
        await page.FocusAsync(DoneField);
        await StateAsync(page, "offline");
        var kept = await page.EvaluateAsync<string>("JSON.stringify(localStorage)");
        Assert.Contains("draft:", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("zebra", kept, StringComparison.Ordinal);
        await page.CloseAsync();

        await desk.SetOfflineAsync(false);
        var again = await OpenAsync(desk, appointment);
        await Assertions.Expect(again.Locator(SaidField)).ToHaveValueAsync("zebra in the dark");
        await StateAsync(again, "saved");
        Assert.Equal(0, await again.EvaluateAsync<int>("Object.keys(localStorage).length"));
    }

    private async Task<IBrowserContext> SignedInAsync()
    {
        var context = await chromium.OpenAsync(world.App.Address);
        var (name, value) = await world.App.CookieAsync(world.Lejla.UserId, world.Lejla.PracticeId);
        await context.AddCookiesAsync([new() { Name = name, Value = value, Domain = world.App.Address.Host, Path = "/", Secure = true, HttpOnly = true }]);
        return context;
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, Guid appointment)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/protocols/{appointment}");
        await page.WaitForSelectorAsync("form[data-autosave][data-ready]");
        return page;
    }

    private static Task StateAsync(IPage page, string state) =>
        Assertions.Expect(page.Locator("[data-autosave-status]")).ToHaveAttributeAsync("data-state", state, new() { Timeout = 20_000 });
}
