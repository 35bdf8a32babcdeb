using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Privacy;

namespace PracticeApp.Tests.Caseload;

public sealed class AuditLogTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        if (await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'protocol.read'") > 0) return;
        await RecordAsync(world.Lejla, world.Emina);
        await RecordAsync(world.Damir, world.Tarik);
        await RecordAsync(world.Mikko, world.Aino);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task RecordAsync(Person who, Person whose) => world.DoAsync(who, services =>
    {
        services.GetRequiredService<Audit>().Record("protocol.read", "protocol", Guid.CreateVersion7(), whose.ClientId);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task An_admin_sees_who_what_whose_and_when_for_the_whole_practice()
    {
        var page = await (await world.As(world.Azra)).GetAsync("/audit");
        var rows = page.FindAll("tbody tr").Select(r => string.Join(' ', r.Children.Skip(1).Take(3).Select(c => c.TextContent.Trim()))).ToList();
        Assert.Contains("Lejla Hadžić protocol read Emina Hodžić", rows);
        Assert.Contains("Damir Kovač protocol read Tarik Delić", rows);
        Assert.DoesNotContain("Aino", page.Html);
    }

    [Fact]
    public async Task A_psychologist_sees_what_concerns_the_own_clients()
    {
        var page = await (await world.As(world.Lejla)).GetAsync("/audit");
        Assert.True(page.Says("Emina Hodžić"));
        Assert.DoesNotContain("Tarik", page.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Visitor.GetAsync($"/audit?client={world.Tarik.ClientId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Visitor.GetAsync($"/audit?client={world.Aino.ClientId}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await page.Visitor.GetAsync($"/audit?client={world.Emina.ClientId}")).Status);
    }

    [Fact]
    public async Task It_narrows_by_person_client_and_days()
    {
        var azra = await world.As(world.Azra);
        Assert.DoesNotContain((await azra.GetAsync($"/audit?who={world.Damir.UserId}")).FindAll("tbody tr"), r => r.TextContent.Contains("Emina", StringComparison.Ordinal));
        Assert.NotEmpty((await azra.GetAsync("/audit?from=2026-03-16&to=2026-03-16")).FindAll("tbody tr"));
        Assert.Empty((await azra.GetAsync("/audit?from=2026-03-17")).FindAll("tbody tr"));
        Assert.Empty((await azra.GetAsync("/audit?to=2026-03-15")).FindAll("tbody tr"));
    }

    [Theory]
    [InlineData("?from=yesterday"), InlineData("?to=9999-12-31"), InlineData("?from=0001-01-01"), InlineData("?who=nobody"), InlineData("?p=-1"), InlineData("?client="), InlineData("?who=00000000-0000-0000-0000-000000000000")]
    public async Task Nonsense_in_the_address_shows_a_page(string query) => Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Azra)).GetAsync("/audit" + query)).Status);
}
