using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Requests;

namespace PracticeApp.Tests;

public sealed class WorldTests(World world, Database database) : IClassFixture<World>
{
    [Fact]
    public async Task The_app_answers_and_is_ready()
    {
        Assert.Equal("ready", (await world.Stranger().GetAsync("/health/ready")).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync("/no-such-page")).Status);
    }

    [Fact]
    public async Task Each_sees_their_own_practice_alone()
    {
        Assert.Equal(["Emina Hodžić", "Tarik Delić"], await world.InDbAsync(world.Lejla, db => db.Clients.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync()));
        Assert.Equal(["Aino Laine"], await world.InDbAsync(world.Mikko, db => db.Clients.Select(c => c.Name).ToListAsync()));
    }

    [Fact]
    public async Task A_world_of_ones_own_begins_untouched_and_its_clock_can_be_moved()
    {
        await using var own = await World.StartAsync(database);
        own.Clock.Advance(TimeSpan.FromDays(1));
        await own.InDbAsync(own.Lejla, async db => db.Add(new ClientRequest(own.Lipa.Id, own.Emina.EngagementId, own.Emina.ClientId, own.Emina.KeyId, own.Clock.Now)));
        Assert.Equal(1L, await own.ScalarAsync<long>("select count(*) from client_requests"));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from client_requests"));
        Assert.Equal(World.Start.AddDays(1), await own.ScalarAsync<DateTime>("select created_at from client_requests"));
    }
}
