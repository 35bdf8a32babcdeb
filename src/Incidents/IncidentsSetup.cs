namespace PracticeApp.Incidents;

public static class IncidentsSetup
{
    public static void AddIncidents(this IServiceCollection services)
    {
        services.AddScoped<WriteIncident>();
        services.AddScoped<CreditIncident>();
        services.AddScoped<TellOfIncident>();
    }
}
