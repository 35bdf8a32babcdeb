using Microsoft.AspNetCore.Mvc;

namespace PracticeApp.Sessions;

/// <summary>What the pages of this feature have injected.</summary>
public static class SessionsSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services) =>
        services.AddScoped<ProtocolReading>().AddScoped<DayReading>().AddScoped<AgreedTalks>().AddSingleton<RemindOfProtocols>().AddScoped<TimelineReading>().AddScoped<Calendar.CalendarReading>()
            .Configure<MvcOptions>(o => o.Filters.Add<CountWork>(order: 10));
}
