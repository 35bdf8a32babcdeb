using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace PracticeApp.Tests.Caseload;

public sealed class JobsTests(Database database)
{
    [Fact]
    public async Task Where_no_jobs_run_the_page_says_so()
    {
        await using var world = await World.StartAsync(database);
        Assert.True((await (await world.As(world.Azra)).GetAsync("/jobs")).Says("No jobs run on this instance"));
    }

    [Fact]
    public async Task A_failing_job_is_shown_with_its_error_and_runs_again()
    {
        await using var world = await World.StartAsync(database, "--Practice:Jobs=true");
        // What the sealer needs is taken away: a fault of the installation, not of a row.
        await world.ScalarAsync<object>("alter function practices_with_unsealed_audit() rename to gone");
        var azra = await world.As(world.Azra);
        var page = await UntilAsync(azra, p => p.Text.Contains("in a row", StringComparison.Ordinal));
        Assert.True(page.Says("Seal the audit log"));
        Assert.True(page.Says("practices_with_unsealed_audit"));

        await world.ScalarAsync<object>("alter function gone() rename to practices_with_unsealed_audit");
        var started = await page.Form("form:has(input[value=seal-audit])").SubmitAsync();
        Assert.True(started.Says("Started at"));
        Assert.True((await UntilAsync(azra, p => p.Says("All jobs work"))).Says("has worked since"));

        var token = started.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await azra.PostAsync("/jobs", ("__RequestVerificationToken", token), ("job", "no-such-job"))).Status);
        await (await world.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken)).Shutdown(waitForJobsToComplete: true, TestContext.Current.CancellationToken);
    }

    private static async Task<Page> UntilAsync(Visitor visitor, Func<Page, bool> holds)
    {
        Page page;
        var tries = 0;
        do
        {
            await Task.Delay(500);
            page = await visitor.GetAsync("/jobs");
        } while (!holds(page) && ++tries < 60);
        Assert.True(holds(page), page.ToString());
        return page;
    }
}
