using System.IO.Compression;
using System.Net;

namespace PracticeApp.Tests;

public sealed class StaticFilesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Styles_and_scripts_of_a_page_arrive_whole_also_compressed()
    {
        var visitor = world.Stranger();
        var page = await visitor.GetAsync("/sign-in");
        var files = page.FindAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).Concat(page.FindAll("script[src]").Select(s => s.GetAttribute("src")!)).ToList();
        Assert.True(files.Count >= 3, page.Html);
        foreach (var file in files)
        {
            visitor.Headers.Remove("Accept-Encoding");
            var plain = await visitor.GetAsync(file);
            visitor.Headers["Accept-Encoding"] = "gzip";
            var packed = await visitor.GetAsync(file);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (plain.Status, packed.Status));
            using var unpacked = new GZipStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress);
            using var whole = new MemoryStream();
            await unpacked.CopyToAsync(whole, TestContext.Current.CancellationToken);
            Assert.Equal(plain.Bytes, whole.ToArray());
        }
    }
}
