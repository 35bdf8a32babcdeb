using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

public sealed class PoolTests(Database database)
{
    [Fact]
    public async Task A_practice_never_sticks_to_a_connection()
    {
        await using var world = await World.StartAsync(database, "--Practice:PoolSize=2");
        var (mikko, lejla) = (world.Mikko, world.Lejla);
        var wrong = 0;
        await Parallel.ForAsync(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var person = i % 2 == 0 ? lejla : mikko;
            using var cancel = new CancellationTokenSource();
            if (i % 7 == 0) cancel.CancelAfter(TimeSpan.FromMilliseconds(i % 5));
            await using var scope = world.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
            try
            {
                if (i % 11 == 0)
                {
                    // Nobody's request: sees nothing of whoever used the connection before.
                    if (await db.Clients.IgnoreQueryFilters().AnyAsync(cancel.Token)) Interlocked.Increment(ref wrong);
                    return;
                }
                await db.OpenAsync(person.PracticeId, cancel.Token);
                var rows = await db.Clients.IgnoreQueryFilters().Select(c => c.PracticeId).ToListAsync(cancel.Token);
                if (rows.Count == 0 || rows.Exists(p => p != person.PracticeId)) Interlocked.Increment(ref wrong);
                if (i % 3 == 0) await db.CommitAsync(cancel.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or NpgsqlException { InnerException: OperationCanceledException or TimeoutException or null })
            {
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task When_every_connection_is_taken_it_says_so_and_what_was_typed_can_be_sent_again()
    {
        await using var world = await World.StartAsync(database, "--Practice:PoolSize=1");
        await using var hurried = await App.StartAsync(world.Logins, world.Clock, "--Practice:PoolSize=1", $"--ConnectionStrings:Practice={world.Logins.App};Timeout=1");
        var lejla = await hurried.SignedInAsync(world.Lejla.UserId, world.Lejla.PracticeId);
        lejla.Headers["Sec-Fetch-Site"] = "same-origin";
        var form = (await lejla.GetAsync($"/calendar/new?client={world.Emina.ClientId}")).Form("Book").Fill("Time", "12:34");
        await using var scope = hurried.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        await db.OpenAsync(world.Lipa.Id, TestContext.Current.CancellationToken);

        var busy = await form.SubmitAsync();
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, busy.Status);
        Assert.True(busy.Says("It is very busy here at the moment") && busy.Says("Nothing has changed"), busy.Text);
        await db.CommitAsync(TestContext.Current.CancellationToken);
        await scope.DisposeAsync();

        var again = await busy.Form("Send it again").SubmitAsync();
        Assert.True(again.Status == System.Net.HttpStatusCode.OK, again.Text);
        Assert.True(again.Says("12:34"), again.Text);
    }

    [Fact]
    public async Task A_unit_of_work_stays_in_one_practice()
    {
        await using var world = await World.StartAsync(database);
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        await db.OpenAsync(world.Lipa.Id, TestContext.Current.CancellationToken);
        await db.CommitAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.OpenAsync(world.Saaristo.Id, TestContext.Current.CancellationToken));
    }
}
