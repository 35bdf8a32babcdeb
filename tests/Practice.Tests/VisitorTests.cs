using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PracticeApp.Tests;

public sealed class VisitorTests : IAsyncLifetime
{
    private WebApplication _site = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Logging:LogLevel:Default=Warning"]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.MapGet("/", () => Results.Content("""
            <h1>Hello</h1><a href="/there">Over there</a>
            <form method="post" action="/said"><input type="hidden" name="token" value="t"><input name="Input.Name" value="old">
              <input type="checkbox" name="Agree" value="true"><input type="hidden" name="Agree" value="false">
              <input type="radio" name="How" value="mail" checked><input type="radio" name="How" value="call">
              <select name="Day"><option value="1">Mon</option><option value="2" selected>Tue</option></select>
              <textarea name="Words">kept</textarea><input name="Off" value="x" disabled><button name="act" value="save">Save it</button><button name="act" value="drop">Drop it</button></form>
            """, "text/html"));
        _site.MapPost("/said", (HttpRequest request) => string.Join('&', request.Form.SelectMany(f => f.Value.Select(v => $"{f.Key}={v}"))));
        _site.MapGet("/in", (HttpResponse response) => { response.Cookies.Append("__Host-who", "me", new() { Secure = true, Path = "/" }); response.Redirect("/there"); });
        _site.MapGet("/out", (HttpResponse response) => { response.Cookies.Delete("__Host-who"); });
        _site.MapGet("/there", (HttpRequest request) => request.Cookies["__Host-who"] ?? "nobody");
        await _site.StartAsync();
        _visitor = new Visitor(new Uri(_site.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_form_goes_out_as_a_browser_would_send_it()
    {
        var page = await _visitor.GetAsync("/");
        var said = await page.SubmitAsync("Save it", ("Name", "Emina"), ("Agree", "true"), ("How", "call"), ("Day", "1"));
        Assert.Equal("token=t&Input.Name=Emina&Agree=true&Agree=false&How=call&Day=1&Words=kept&act=save", said.Html);
    }

    [Fact]
    public async Task What_is_not_filled_stays_as_the_page_had_it()
    {
        var said = await (await _visitor.GetAsync("/")).SubmitAsync("Drop it");
        Assert.Equal("token=t&Input.Name=old&Agree=false&How=mail&Day=2&Words=kept&act=drop", said.Html);
    }

    [Fact]
    public async Task A_field_that_is_not_there_cannot_be_filled()
    {
        var page = await _visitor.GetAsync("/");
        Assert.Throws<InvalidOperationException>(() => page.Form("Save it").Fill("Price", "1"));
        Assert.Throws<InvalidOperationException>(() => page.Form("Save it").Fill("How", "pigeon"));
        Assert.Throws<InvalidOperationException>(() => page.Form("Burn it"));
    }

    [Fact]
    public async Task Cookies_are_kept_over_redirects_until_they_are_deleted()
    {
        Assert.Equal("me", (await _visitor.GetAsync("/in")).Html);
        await _visitor.GetAsync("/out");
        Assert.Equal("nobody", (await (await _visitor.GetAsync("/")).FollowAsync("Over there")).Html);
        Assert.Equal(HttpStatusCode.Redirect, (await _visitor.GetWithoutFollowingAsync("/in")).Status);
    }
}
