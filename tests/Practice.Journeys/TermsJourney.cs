using Microsoft.Playwright;

namespace PracticeApp.Journeys;

/// <summary>A psychologist changes the terms of a draft by keyboard: rows come and go under the hand, and what they mean follows while it is typed.</summary>
public sealed class TermsJourney(DemoPractice demo) : IClassFixture<DemoPractice>
{
    private readonly Sight _sight = new();

    [Fact]
    public async Task What_the_terms_mean_follows_while_they_are_typed()
    {
        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", 1440);
        await lejla.GotoAsync("/clients");
        var client = (await lejla.Locator("main a[href^='/clients/0']").First.GetAttributeAsync("href"))!;
        await lejla.GotoAsync($"/agreements/new?client={client.Split('/')[2]}");
        await lejla.ClickAsync("main form button.btn-act");
        await lejla.ClickAsync("main a[href$='/terms']");
        var card = lejla.Locator("#terms-card");
        await card.Locator("button[value=en]").ClickAsync();
        await card.Locator("ul[lang=en]").WaitForAsync();
        Assert.Equal("en", await FocusedAsync(lejla, "value"));

        await lejla.FillAsync("[name='Form.fee.amount']", "77,50");
        await card.GetByText("77.50").First.WaitForAsync();
        await lejla.FocusAsync("button[value='add cancellation.tiers']");
        await lejla.Keyboard.PressAsync("Enter");
        await lejla.WaitForSelectorAsync("[name='Form.cancellation.tiers[1].hoursBefore']");
        Assert.Equal("Form.cancellation.tiers[1].hoursBefore", await FocusedAsync(lejla, "name"));
        await lejla.Keyboard.TypeAsync("2");
        await lejla.Keyboard.PressAsync("Tab");
        await lejla.Keyboard.TypeAsync("100");
        await card.GetByText("less than 2 hours' notice it costs").WaitForAsync();
        // Enter shows what it means; it removes nothing and saves nothing.
        await lejla.Keyboard.PressAsync("Enter");
        Assert.Equal(2, await lejla.Locator("button[value^='remove cancellation.tiers']").CountAsync());
        await lejla.CheckAsync("[name='Form.prepayment.on']");
        await lejla.Locator("[name='Form.prepayment.percent']").WaitForAsync();
        await lejla.ClickAsync("button[value='add overrides']");
        await lejla.SelectOptionAsync("[name='Form.overrides[0].place']", "Online");
        foreach (var part in new[] { "cancellation", "psychologist", "repeats" }) await lejla.ClickAsync($"button[value='add overrides[0].{part}']");
        await lejla.WaitForSelectorAsync("[name='Form.overrides[0].repeats.windowDays']");
        await _sight.LookAsync(lejla);

        await lejla.FillAsync("[name='Form.absence.cost.value']", "everything");
        await lejla.ClickAsync(".deed .btn-act");
        await lejla.Locator(".err").First.WaitForAsync();
        Assert.Equal("everything", await lejla.InputValueAsync("[name='Form.absence.cost.value']"));
        await _sight.LookAsync(lejla);
        await lejla.FillAsync("[name='Form.absence.cost.value']", "100");
        await lejla.ClickAsync(".deed .btn-act");
        await lejla.WaitForURLAsync(url => !url.EndsWith("/terms", StringComparison.Ordinal));
        _sight.HasFoundNothing();
    }

    private static Task<string?> FocusedAsync(IPage page, string attribute) => page.EvaluateAsync<string?>($"document.activeElement?.getAttribute('{attribute}')");
}
