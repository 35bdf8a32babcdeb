using System.Net;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Caseload;

public sealed class OutboxTests(Database database)
{
    private static async Task WriteAsync(World world)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.App.Data, "outbox")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "one@practice.eml"),
            "Message-ID: <one@practice>\nDate: Mon, 16 Mar 2026 09:00:00 GMT\nFrom: Lipa\nTo: <b>x@example.org</b>\nSubject: Hello\n\nOpen this:\nhttps://elsewhere.example/invitation/abc?x=1\n\n<script>alert(1)</script>");
    }

    [Fact]
    public async Task Outside_development_and_demo_there_is_no_such_page()
    {
        await using var world = await World.StartAsync(database);
        await WriteAsync(world);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync("/outbox")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync("/outbox/one@practice")).Status);
    }

    [Fact]
    public async Task The_demo_setting_alone_opens_nothing_the_data_must_be_a_demos()
    {
        // A database of one's own: the setting is on by default and means nothing there.
        await using var world = await World.StartAsync(database, "--Practice:Demo=true");
        await WriteAsync(world);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync("/outbox")).Status);
        await world.ScalarAsync<object>("insert into installation_keys (name, value, created_at) values ('demo', 'invented', now())");
        Assert.Equal(HttpStatusCode.OK, (await world.Stranger().GetAsync("/outbox")).Status);
    }

    [Fact]
    public async Task In_development_a_mail_can_be_read_and_its_link_followed_on_this_machine()
    {
        await using var world = await World.StartAsync(database, "--environment=Development");
        await WriteAsync(world);
        var page = await (await world.Stranger().GetAsync("/outbox")).FollowAsync("Hello");
        Assert.Equal("/invitation/abc?x=1", page.Link("/invitation").GetAttribute("href"));
        Assert.DoesNotContain("<script>alert", page.Html);
        Assert.DoesNotContain("<b>x@example", page.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Visitor.GetAsync("/outbox/..%2Fmaster")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Visitor.GetAsync("/outbox/two")).Status);
    }

    [Fact]
    public async Task A_sent_mail_stands_there_as_it_went_out()
    {
        await using var world = await World.StartAsync(database, "--environment=Development");
        var options = Microsoft.Extensions.Options.Options.Create(new PracticeOptions { DataDirectory = world.App.Data });
        await new OutboxFolder(options).SendAsync(new Mail("<two@practice>", "emina@example.org", "Lipa", "Two", "First line", "<p>First line</p>", World.Start), CancellationToken.None);
        var page = await (await world.Stranger().GetAsync("/outbox")).FollowAsync("Two");
        Assert.True(page.Says("First line"));
        Assert.True(page.Says("emina@example.org"));
    }
}
