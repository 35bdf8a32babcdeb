using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PracticeApp.Journeys.Chromium))]

namespace PracticeApp.Journeys;

/// <summary>The system's Chromium, started once. Contexts are what people hold in their hands: a phone or a desk.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PRACTICE_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    /// <param name="width">390 is a phone, 1024 a tablet, 1440 a desk.</param>
    public async Task<IBrowserContext> OpenAsync(Uri address, int width = 1440, bool dark = false, string language = "en-GB")
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 960 },
            HasTouch = width <= 1024,
            IsMobile = width < 600,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = language,
            TimezoneId = "Europe/Sarajevo",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(40_000);
        return context;
    }
}
