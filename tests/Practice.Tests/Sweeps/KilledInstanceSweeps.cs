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
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
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
            // They know of one another, and share what may be sent in a second.
            await Eventually.BecomesAsync(2L, () => world.ScalarAsync<long>($"select count(*) from quartz.qrtz_scheduler_state where last_checkin_time > {TimeProvider.System.GetUtcNow().AddSeconds(-15).UtcTicks}"));
            for (int kill = 0, victim = 0; kill < Kills; kill++, victim = 1 - victim)
            {
                await DueAsync(world, NoticesEach);
                var (process, before) = (await instances[victim], sinks.Select(s => s.Count).ToArray());
                bool Sends(int which) => sinks[which].Count >= before[which] + 3 + kill;
                var began = Stopwatch.GetTimestamp();
                for (var looks = 0; !Sends(victim); looks++, await Task.Delay(20, TestContext.Current.CancellationToken))
                {
                    Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, $"Instance {victim} sends nothing: {process.Said}");
                    // Whoever begins is killed first, then they take turns.
                    if (kill == 0 && Sends(1)) process = await instances[victim = 1];
                    // The other one may have been quicker.
                    if (looks % 20 == 0 && await TickSoonAsync(world) == 0) await DueAsync(world, 10);
                }
                await process.KillAsync();
                // The last of each stays dead.
                if (kill + instances.Length < Kills) instances[victim] = AppProcess.StartAsync(world.Logins, world.App.Data, sinks[victim].Port);
            }
        }
        finally
        {
            foreach (var instance in instances) (await instance).Dispose();
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
        Assert.InRange(tally.Repeated, 0, Kills * 2 * new SmtpOptions().Connections);
    }

    private async Task DueAsync(World world, int count)
    {
        world.Clock.Set(TimeProvider.System.GetUtcNow().UtcDateTime);
        var from = _made;
        _made += count;
        await world.DueAsync(count, i => $"kill{from + i:000}@example.org");
    }

    // The schedule's seconds add up to a minute.
    /// <returns>How many notices nobody has claimed.</returns>
    private static Task<long> TickSoonAsync(World world) => world.ScalarAsync<long>($"""
        with soon as (update quartz.qrtz_triggers set next_fire_time = {TimeProvider.System.GetUtcNow().UtcTicks} where trigger_name = 'send-due-notices' and trigger_state = 'WAITING')
        select count(*) from notices where state = 'Due' and claimed_until is null
        """);

    private static Task<long> CountAsync(World world, string where) => world.ScalarAsync<long>($"select count(*) from notices where {where}");
}
