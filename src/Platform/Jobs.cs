using Npgsql;
using Quartz;

namespace PracticeApp.Platform;

/// <summary>Quartz on the same database, in its own schema "quartz": any number of instances, each tick on one of them.</summary>
public static class Jobs
{
    public static void AddJobs(this IServiceCollection services, string connectionString, Action<IQuartzBuilder> schedule)
    {
        var store = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "quartz", MaxPoolSize = 6, ApplicationName = "practice-jobs" }.ConnectionString;
        services.AddQuartzExecutionHistory(o => { o.Retention = TimeSpan.FromDays(30); o.MaxEntriesPerJob = 100; });
        services.AddQuartz(quartz =>
        {
            // "AUTO" would be taken for a name here, and every instance for the same one.
            quartz.ConfigureScheduler(o => { o.InstanceName = "Practice"; o.InstanceId = $"{Environment.MachineName}-{Guid.CreateVersion7():N}"; o.IdleWaitTime = TimeSpan.FromSeconds(2); });
            quartz.UsePersistentStore(s =>
            {
                s.UsePostgres(NpgsqlFactory.Instance, store);
                s.UseSystemTextJsonSerializer();
                s.UseClustering(c => { c.CheckinInterval = TimeSpan.FromSeconds(2); c.CheckinMisfireThreshold = TimeSpan.FromSeconds(4); });
                s.UseExecutionHistory();
                s.ConfigureStore(o => o.AcceptEnlistedTransactions = true);
                s.ProvisionSchema();
            });
            schedule(quartz);
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }
}
