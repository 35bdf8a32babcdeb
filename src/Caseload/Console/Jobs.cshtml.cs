using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;
using Quartz;
using Quartz.Extensibility;

namespace PracticeApp.Caseload;

/// <summary>The installation's recurring jobs: when each ran last, what failed, and run again.</summary>
[Access(Role.Admin)]
public sealed class JobsModel(IServiceProvider services, Audit audit, TimeProvider clock, Words words, IStringLocalizer<Texts> t) : PageModel
{
    /// <param name="Title">What the job does, in words.</param>
    /// <param name="Failures">How often it failed in a row; 0 while it works.</param>
    public sealed record JobLine(string Name, string Title, TimeSpan Every, DateTime? LastAt, TimeSpan? Took, DateTime? NextAt, int Failures, string? Error, DateTime? FailedAt)
    {
        public bool Fails => Failures > 0;
    }

    [TempData] public string? Done { get; set; }
    /// <summary>False where this instance runs no jobs, as in tests and on web-only instances.</summary>
    public bool Runs { get; private set; }
    public IReadOnlyList<JobLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (await SchedulerAsync(ct) is not { } scheduler) return;
        Runs = true;
        var history = services.GetRequiredService<IExecutionHistoryStore>();
        var lines = new List<JobLine>();
        foreach (var job in Schedule.Jobs)
        {
            var status = await history.GetJobRunStatus(scheduler.SchedulerName, new JobKey(job.Name), ct);
            var triggers = await scheduler.GetTriggersOfJob(new JobKey(job.Name), ct);
            lines.Add(new(job.Name, t[$"Job.{job.Name}"] is { ResourceNotFound: false } title ? title : job.Name, job.Every,
                status?.LastFiredAtUtc.UtcDateTime, status?.LastDuration, triggers.Min(x => x.NextFireTimeUtc)?.UtcDateTime,
                status?.ConsecutiveFailures ?? 0, status?.LastFailureMessage, status?.LastFailedAtUtc?.UtcDateTime));
        }
        Lines = [.. lines.OrderByDescending(l => l.Fails)];
    }

    public async Task<IActionResult> OnPostAsync(string? job, CancellationToken ct)
    {
        if (Schedule.Jobs.All(j => j.Name != job) || await SchedulerAsync(ct) is not { } scheduler) return NotFound();
        await scheduler.TriggerJob(new JobKey(job!), cancellationToken: ct);
        audit.Record("job.run-again", "job", null, why: job);
        Done = t["Jobs.Started", words.Time(clock.GetUtcNow().UtcDateTime)];
        return RedirectToPage();
    }

    public string Pace(TimeSpan every) => every < TimeSpan.FromMinutes(1) ? t["Jobs.Seconds", (int)every.TotalSeconds] : words.Length(every);

    private async Task<IScheduler?> SchedulerAsync(CancellationToken ct) =>
        services.GetService<ISchedulerFactory>() is { } factory ? await factory.GetScheduler(ct) : null;
}
