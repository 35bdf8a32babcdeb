using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Shared;

/// <summary>Headers and error pages, over HTTP, on the shell alone.</summary>
public sealed class FaceTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Practice" });
        builder.Logging.ClearProviders();
        builder.Services.AddPages();
        builder.Services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.AddFixedWindowLimiter("never", w => { w.PermitLimit = 1; w.Window = TimeSpan.FromHours(1); });
        });
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseSecurityHeaders();
        _app.UseErrorPages();
        _app.UseRouting();
        _app.UseLanguages(_ => Task.FromResult<string?>(null));
        _app.UseAppearance();
        _app.UseRateLimiter();
        _app.MapGet("/fault", string () => throw new InvalidOperationException("secret detail"));
        _app.MapGet("/plain", () => "plain");
        _app.MapGet("/once", () => "once").RequireRateLimiting("never");
        _app.MapRazorPages();
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/plain", 200), InlineData("/nothing-here", 404), InlineData("/fault", 500), InlineData("/error/404", 404)]
    public async Task Every_answer_carries_the_security_headers(string path, int status)
    {
        using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var part in new[] { "script-src 'self' 'nonce-", "style-src 'self';", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'" })
        {
            Assert.Contains(part, policy);
        }

        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("no-store", answer.Headers.GetValues("Cache-Control").Single());
    }

    [Fact]
    public async Task The_nonce_is_new_on_every_answer()
    {
        var policies = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _http.GetAsync("/plain", TestContext.Current.CancellationToken);
            policies.Add(answer.Headers.GetValues("Content-Security-Policy").Single());
        }

        Assert.NotEqual(policies[0], policies[1]);
    }

    [Theory]
    [InlineData("en", "There is no such page here"), InlineData("ru", "Такой страницы здесь нет")]
    [InlineData("bs", "Takve stranice ovdje nema"), InlineData("fi", "Tällaista sivua ei ole täällä")]
    public async Task A_missing_page_helps_in_the_readers_language(string language, string heading)
    {
        using var answer = await _http.GetAsync($"/nothing-here?lang={language}", TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\"", page);
        Assert.Contains($"{heading}</h1>", page);
        Assert.Contains("href=\"/nothing-here?lang=", page);
    }

    [Fact]
    public async Task A_fault_says_what_to_do_and_nothing_of_its_cause()
    {
        using var answer = await _http.GetAsync("/fault", TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Something failed on our side", page);
        Assert.DoesNotContain("secret detail", page);
        Assert.DoesNotContain("InvalidOperation", page);
    }

    [Fact]
    public async Task Too_many_tries_are_told_to_wait_and_whom_to_call()
    {
        await _http.GetAsync("/once", TestContext.Current.CancellationToken);
        using var answer = await _http.GetAsync("/once", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("call the emergency number", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
