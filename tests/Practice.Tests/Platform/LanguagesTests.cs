using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PracticeApp.Platform;
using System.Security.Claims;

namespace PracticeApp.Tests.Platform;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData("?lang=fi", "ru", "bs", "en", "ru", "fi")]
    [InlineData("", "ru", "bs", "fi", "en", "bs")]
    [InlineData("", "ru", null, "fi", "en", "ru")]
        [InlineData("", null, null, "de-AT, fi;q=0.4, ru;q=0.8", "bs", "ru")]
    [InlineData("", null, null, "hr-HR,hr", "fi", "bs")]
    [InlineData("", null, null, "de", "fi", "fi")]
    [InlineData("?lang=xx", null, "../..", "q=;;", null, "en")]
    public async Task The_switch_wins_then_an_earlier_switch_then_the_users_choice_then_the_browser_then_the_practice(
        string query, string? preference, string? cookie, string accepted, string? practice, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new(query);
        context.Request.Headers.AcceptLanguage = accepted;
        context.Request.Headers.Cookie = cookie is null ? "" : $"lang={cookie}";
        context.User = new(new ClaimsIdentity(preference is null ? [] : [new Claim(Languages.Claim, preference)]));
        Assert.Equal(expected, await Chosen(context, practice));
    }

    [Fact]
    public async Task A_switch_is_remembered_for_the_visit_and_no_longer()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new("?lang=ru");
        await Chosen(context);
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.StartsWith("lang=ru;", cookie);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("max-age", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ru", 1, "one"), InlineData("ru", 21, "one"), InlineData("ru", 11, "many"), InlineData("ru", 3, "few"), InlineData("ru", 13, "many"), InlineData("ru", 0, "many")]
    [InlineData("bs", 1, "one"), InlineData("bs", 22, "few"), InlineData("bs", 12, "other"), InlineData("bs", 5, "other"), InlineData("bs", 101, "one")]
    [InlineData("fi", 1, "one"), InlineData("fi", 2, "other"), InlineData("en", 0, "other"), InlineData("en", 1, "one")]
    public void Numbers_take_the_plural_of_their_language(string language, long n, string category) =>
        Assert.Equal(category, Plurals.Category(language, n));

    private static async Task<string> Chosen(HttpContext context, string? practice = null)
    {
        var chosen = "";
        var app = new ApplicationBuilder(new NoServices());
        app.UseLanguages(_ => Task.FromResult(practice));
        app.Run(_ =>
        {
            chosen = Languages.Current;
            return Task.CompletedTask;
        });
        await app.Build()(context);
        return chosen;
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
