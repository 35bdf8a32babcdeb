namespace PracticeApp.Endings;

public static class EndingsSetup
{
    public static void AddEndings(this IServiceCollection services)
    {
        services.AddScoped<EndingTerms>();
        services.AddScoped<DecideEnding>();
        services.AddScoped<TellOfEnding>();
        services.AddScoped<ShowEnding>();
        services.AddScoped<WriteLetter>();
        services.AddScoped<CarryOut>();
        services.AddSingleton<CarryOutEndings>();
    }
}
