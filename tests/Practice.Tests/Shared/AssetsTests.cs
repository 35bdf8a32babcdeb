namespace PracticeApp.Tests.Shared;

public sealed class AssetsTests(World world) : IClassFixture<World>
{
    [Theory, InlineData("/css/tokens.css", "--honey"), InlineData("/css/components.css", ".crisis"), InlineData("/js/app.js", "quick-exit"), InlineData("/img/icons.svg", "i-check")]
    public async Task Style_and_script_arrive_whole_plain_and_compressed(string path, string word)
    {
        foreach (var encoding in new[] { "identity", "gzip" })
        {
            using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All }) { BaseAddress = world.App.Address };
            http.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);
            Assert.Contains(word, await http.GetStringAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_page_weighs_less_than_was_promised()
    {
        using var stranger = world.Stranger();
        var page = await stranger.GetAsync("/p/lipa");
        var (css, js) = (0L, 0L);
        using var http = new HttpClient { BaseAddress = world.App.Address };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        foreach (var link in page.FindAll("link[rel=stylesheet], script[src]"))
        {
            var size = (await http.GetByteArrayAsync(link.GetAttribute("href") ?? link.GetAttribute("src"), TestContext.Current.CancellationToken)).Length;
            if (link.LocalName == "link") css += size;
            else js += size;
        }

        // A stored gzip would be larger than the file: what is promised is what travels.
        Assert.InRange(css, 1000, 25 * 1024);
        Assert.InRange(js, 100, 60 * 1024);
    }
}
