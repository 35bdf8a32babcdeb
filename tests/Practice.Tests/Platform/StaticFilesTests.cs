using System.Net;
using System.Net.Http.Headers;

namespace PracticeApp.Tests.Platform;

public sealed class StaticFilesTests(World world) : IClassFixture<World>
{
    [Theory, InlineData("gzip"), InlineData("identity")]
    public async Task Style_sheets_scripts_and_pictures_arrive_whole_compressed_or_not(string encoding)
    {
        using var visitor = world.Stranger();
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = world.App.Address };
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        var page = await visitor.GetAsync("/sign-in");
        var addresses = page.FindAll("link[rel=stylesheet], link[rel=icon]").Select(l => l.GetAttribute("href")!)
            .Concat(page.FindAll("script[src]").Select(s => s.GetAttribute("src")!)).Append("/lib/fonts/literata-latin-wght-normal.woff2").ToList();
        Assert.True(addresses.Count >= 5);
        foreach (var address in addresses)
        {
            var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }
}
