using Microsoft.Extensions.Options;
using PracticeApp.Accounts;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

public static class DemoSetup
{
    public static void AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoMode>();
        services.AddSingleton<SeedDemo>();
    }

    /// <summary>Writes the demo on its first start, where it may be, and offers its people on the sign-in page.</summary>
    public static async Task ShowDemoAsync(this WebApplication app)
    {
        // Made now, so that a wrong setting is said at the start.
        app.Services.GetRequiredService<Money.CardProvider>();
        var wanted = app.Services.GetRequiredService<IOptions<PracticeOptions>>().Value.Demo;
        if (!await app.Services.GetRequiredService<DemoMode>().DecideAsync(wanted, CancellationToken.None)) return;
        await app.Services.GetRequiredService<SeedDemo>().RunAsync(CancellationToken.None);
        app.Services.GetRequiredService<SignInExtras>().Partial = "/src/Demo/_SignIns.cshtml";
        app.Services.GetRequiredService<Money.CardProvider>().Pretend(FakeCardModel.Path);
    }
}
