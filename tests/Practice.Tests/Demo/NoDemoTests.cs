using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Demo;

namespace PracticeApp.Tests.Demo;

public sealed class NoDemoTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Without_the_demo_there_is_no_such_page_and_nothing_on_the_sign_in_page()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync("/demo")).Status);
        Assert.DoesNotContain("demo", (await world.Stranger().GetAsync("/sign-in")).Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task On_a_database_of_ones_own_it_is_never_shown() =>
        Assert.False(await world.Services.GetRequiredService<DemoMode>().DecideAsync(wanted: true, TestContext.Current.CancellationToken));
}
