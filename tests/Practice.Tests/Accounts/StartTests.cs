namespace PracticeApp.Tests.Accounts;

public sealed class StartTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_bare_address_leads_everybody_to_where_their_work_begins()
    {
        foreach (var (person, place) in new[] { (world.Lejla, "/today"), (world.Sanela, "/board"), (world.Azra, "/caseload"), (world.Emina, "/me"), (world.Nora, "/today") })
        {
            using var visitor = await world.As(person);
            var answer = await visitor.GetWithoutFollowingAsync("/");
            Assert.Equal(place, answer.Response.Headers.Location!.ToString());
        }

        using var stranger = world.Stranger();
        Assert.StartsWith("/sign-in", (await stranger.GetAsync("/")).Path);
    }
}
