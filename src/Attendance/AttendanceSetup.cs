namespace PracticeApp.Attendance;

public static class AttendanceSetup
{
    public static void AddAttendance(this IServiceCollection services)
    {
        services.AddScoped<LinkedAppointment>();
        services.AddScoped<AssessEvents>();
        services.AddScoped<SettleAttendance>();
        services.AddScoped<DecideCharge>();
        services.AddScoped<TellOfAttendance>();
        services.AddScoped<FollowClock>();
        services.AddSingleton<WatchAttendance>();
        services.AddScoped<LetChargeStand>();
        services.AddSingleton<LetChargesStand>();
    }
}
