using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PracticeApp.Platform;

namespace PracticeApp.Shared;

/// <summary>What every page stands on: Razor Pages under src/, texts, messages beside fields.</summary>
public static class Pages
{
    public static IMvcBuilder AddPages(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddLocalization();
        services.AddWebEncoders(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(o => o.SuppressXFrameOptionsHeader = true);
        services.AddScoped<Words>();
        services.AddSingleton<OpenPages>();
        return services.AddRazorPages(o => o.RootDirectory = "/src")
            .AddMvcOptions(o =>
            {
                o.ModelBinderProviders.Insert(0, new TypedTextBinderProvider());
                o.Filters.Add<StaleForm>();
            })
            .AddFieldMessages();
    }
}
