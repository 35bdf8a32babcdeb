using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Reminders;
using PracticeApp.Tests.Reminders;

namespace PracticeApp.Tests.Sweeps;

/// <summary>Two processes of the app on one database, killed in turn while they send: nobody is forgotten, and little is said twice.</summary>
public sealed class KilledInstanceSweeps(Database database)
{
    private const int Kills = 4, NoticesEach = 50;
    private const string Domain = "lipa.example";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private int _made;

    [Fact]
    public async Task Two_instances_killed_in_turn_lose_none_and_repeat_only_what_was_on_its_way()
    {
        await using var world = await World.StartAsync(database, $"--Practice:Smtp:From=mail@{Domain}");
        // Each has a mail server of its own, which tells that it is at work.
        await using SmtpSink one = new(), other = new(), last = new();
        SmtpSink[] sinks = [one, other];
        var instances = sinks.Select(s => AppProcess.StartAsync(world.Logins, world.App.Data, s.Port)).ToArray();
        try
        {
            await Task.WhenAll(instances);
            for (var kill = 0; kill < Kills; kill++)
            {
                await DueAsync(world, NoticesEach);
                var (victim, sink) = (kill % 2, sinks[kill % 2]);
                using var process = await instances[victim];
                var before = sink.Count;
                for (var began = Stopwatch.GetTimestamp(); sink.Count < before + 3 + kill; await Task.Delay(10, TestContext.Current.CancellationToken))
                {
                    Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, $"Instance {victim} sends nothing: {process.Said}");
                    // The other one may have been quicker.
                    if (await CountAsync(world, "state = 'Due' and claimed_until is null") == 0) await DueAsync(world, 10);
                }
                await process.KillAsync();
                instances[victim] = AppProcess.StartAsync(world.Logins, world.App.Data, sink.Port);
            }
            // In the middle of what they are doing.
            foreach (var instance in await Task.WhenAll(instances)) await instance.KillAsync();
        }
        finally
        {
            foreach (var instance in instances.Where(i => i.IsCompletedSuccessfully)) (await instance).Dispose();
        }
        Assert.NotEqual(0, await CountAsync(world, "state = 'Due'"));

        // When the claims of the dead have run out, whoever is there goes on.
        world.Clock.Set(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(6));
        using var smtp = Dispatch.Smtp(last);
        await world.Instance(smtp).RunAsync(CancellationToken.None);

        var notices = await world.InDbAsync(world.Lejla, db => db.Notices.AsNoTracking().Where(n => n.Recipient.StartsWith("kill")).ToListAsync());
        Assert.Equal(_made, notices.Count);
        Assert.All(notices, n => Assert.Equal(NoticeState.Sent, n.State));
        var tally = MailTally.Of(notices.Select(n => n.Id), Domain, [one, other, last]);
        Assert.Equal((0, 0), (tally.Lost, tally.Foreign));
        Assert.InRange(tally.Repeated, 0, (Kills + 2) * 2 * new SmtpOptions().Connections);
    }

    private async Task DueAsync(World world, int count)
    {
        world.Clock.Set(TimeProvider.System.GetUtcNow().UtcDateTime);
        var from = _made;
        _made += count;
        await world.DueAsync(count, i => $"kill{from + i:000}@example.org");
    }

    private static Task<long> CountAsync(World world, string where) => world.ScalarAsync<long>($"select count(*) from notices where {where}");
}
