using System.Net;

namespace PracticeApp.Tests.Caseload;

public sealed class ConsoleAccessTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Pages => ["/people", "/settings", "/settings/themes", "/settings/rooms", "/settings/directory", "/jobs", "/notices", "/audit"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Admins_open_it_and_for_everybody_else_it_is_not_there(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Azra)).GetAsync(path)).Status);
        var others = new List<Person> { world.Sanela, world.Nora, world.Emina };
        if (path != "/audit") others.AddRange([world.Lejla, world.Mikko]);
        foreach (var person in others)
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(person)).GetAsync(path)).Status);
        Assert.Equal("/sign-in", (await world.Stranger().GetAsync(path)).Url.AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_reads_in_every_language(string path)
    {
        foreach (var language in new[] { "en", "ru", "bs", "fi" })
        {
            var page = await (await world.As(world.Azra, language)).GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.NotEqual("", page.Heading);
            Assert.DoesNotContain("{0}", page.Html);
            Assert.Empty(page.FindAll("[style], [onclick]"));
        }
    }

    [Fact]
    public async Task Posts_of_others_and_posts_to_another_practices_rows_find_nothing()
    {
        var azra = await world.As(world.Azra);
        var saaristo = world.Saaristo;
        var foreignMember = await world.ScalarAsync<Guid>($"select id from memberships where user_id = '{world.Mikko.UserId}'");
        Assert.Equal(HttpStatusCode.NotFound, (await azra.GetAsync($"/people/{foreignMember}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await azra.GetAsync($"/settings/themes/{saaristo.Themes.Values.First()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await azra.GetAsync($"/settings/rooms/{saaristo.Rooms[0]}")).Status);
        // A form of her own page, sent to what is not hers.
        var page = await azra.GetAsync("/settings/rooms/" + world.Lipa.Rooms[0]);
        var token = page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var path in new[] { $"/settings/rooms/{saaristo.Rooms[0]}?handler=Retire", $"/settings/themes/{saaristo.Themes.Values.First()}?handler=Retire", $"/people/{foreignMember}?handler=Disable" })
            Assert.Equal(HttpStatusCode.NotFound, (await azra.PostAsync(path, ("__RequestVerificationToken", token), ("Act.Password", Person.Password))).Status);
        Assert.True(await world.ScalarAsync<bool>($"select active from memberships where user_id = '{world.Mikko.UserId}'"));
    }
}
