using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Sessions;

namespace PracticeApp.Tests.Sessions;

public sealed class RemindOfProtocolsTests(World world) : IClassFixture<World>
{
    private Task<int> RunAsync() => world.Services.GetRequiredService<RemindOfProtocols>().RunAsync(CancellationToken.None);

    [Fact]
    public async Task Once_a_week_the_psychologist_is_told_how_many_are_open_and_nothing_else()
    {
        var start = new DateTime(2026, 3, 17, 9, 0, 0, DateTimeKind.Utc);
        await world.BookAsync(world.Emina, start);
        await world.BookAsync(world.Emina, start.AddDays(1));
        world.Clock.Set(start.AddDays(6));
        Assert.Equal(0, await RunAsync());

        // In the middle of the night it waits for the morning.
        world.Clock.Set(new DateTime(2026, 3, 26, 1, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        Assert.DoesNotContain(await world.DeliverAsync(), m => m.To == world.Lejla.Email && m.Text.Contains("/protocols", StringComparison.Ordinal));
        world.Clock.Set(new DateTime(2026, 3, 26, 8, 0, 0, DateTimeKind.Utc));
        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Lejla.Email && m.Text.Contains("/protocols", StringComparison.Ordinal));
        Assert.Contains("not signed yet: 2.", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Emina", mail.Subject + mail.Text, StringComparison.Ordinal);
        Assert.True((await (await world.As(world.Lejla)).GetAsync("/today")).Says("2 protocols have waited for long."));

        world.Clock.Set(new DateTime(2026, 4, 3, 8, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, await RunAsync());
        // A practice that does not want it is left alone.
        await world.InDbAsync(world.Azra, async db => { var practice = await db.Practices.SingleAsync(); practice.Decide(practice.Policy.With(p => p.ProtocolsOpenDays = 0)); });
        world.Clock.Set(new DateTime(2026, 4, 12, 8, 0, 0, DateTimeKind.Utc));
        Assert.Equal(0, await RunAsync());
    }
}
