namespace PracticeApp.Tests.Platform;

public sealed class TrustedProxiesTests(Database database)
{
    [Theory]
    [InlineData("192.0.2.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "203.0.113.7")]
    public async Task Only_a_listed_proxy_says_where_somebody_came_from(string trusted, string recorded)
    {
        await using var world = await World.StartAsync(database, $"--Practice:TrustedProxies:0={trusted}");
        var visitor = world.Stranger();
        visitor.Headers["X-Forwarded-For"] = "203.0.113.7";
        await (await visitor.GetAsync("/sign-in")).SubmitAsync("Sign in", ("Email", world.Lejla.Email), ("Password", Person.Password));
        Assert.Equal(recorded, await world.ScalarAsync<string>("select address from sign_ins"));
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_named_at_start()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => World.StartAsync(database, "--Practice:TrustedProxies:0=the one in the hall"));
        Assert.Contains("the one in the hall", refusal.Message, StringComparison.Ordinal);
    }
}
