using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Accounts;

public sealed class SignInTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Page> TryAsync(Visitor visitor, string email, string password) =>
        await (await visitor.GetAsync("/sign-in")).SubmitAsync("form[data-submit-once]", ("Email", email), ("Password", password));

    [Theory, InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public async Task Whoever_knows_the_password_comes_in_and_reaches_their_own_pages(string language)
    {
        using var visitor = _world.Stranger(language);
        await TryAsync(visitor, _world.Emina.Email, Person.Password);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer_with_the_address_kept()
    {
        using var visitor = _world.Stranger();
        var wrong = await TryAsync(visitor, _world.Emina.Email, "not the password");
        var unknown = await TryAsync(visitor, "nobody@example.org", "not the password");
        Assert.Equal(wrong.Errors, unknown.Errors);
        Assert.Single(wrong.Errors);
        Assert.Equal(_world.Emina.Email, wrong.Form("form[data-submit-once]").Value("Email"));
        Assert.Equal("", wrong.Form("form[data-submit-once]").Value("Password"));
    }

    [Fact]
    public async Task Guessing_is_bounded_and_does_not_say_so()
    {
        using var visitor = _world.Stranger();
        Page last = null!;
        for (var i = 0; i < 11; i++) last = await TryAsync(visitor, _world.Emina.Email, $"a wrong guess {i}");
        var barred = await TryAsync(visitor, _world.Emina.Email, Person.Password);
        Assert.Equal(last.Errors, barred.Errors);
        _world.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Empty((await TryAsync(visitor, _world.Emina.Email, Person.Password)).Errors);
    }

    [Fact]
    public async Task It_leads_only_to_pages_of_this_house()
    {
        using var visitor = _world.Stranger();
        var page = await (await visitor.GetAsync("/sign-in?to=https://elsewhere.example/")).SubmitAsync("form[data-submit-once]", ("Email", _world.Emina.Email), ("Password", Person.Password));
        Assert.Equal(_world.App.Address.Authority, page.Url.Authority);
    }

    [Fact]
    public async Task Rights_end_with_the_next_request()
    {
        using var lejla = await _world.As(_world.Lejla);
        Assert.Equal(HttpStatusCode.OK, (await lejla.GetAsync("/account")).Status);
        await _world.InDbAsync(_world.Azra, async db => (await db.Memberships.SingleAsync(m => m.UserId == _world.Lejla.UserId)).Disable());
        Assert.StartsWith("/sign-in", (await lejla.GetAsync("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ran_idle_is_over()
    {
        using var lejla = await _world.As(_world.Lejla);
        using var emina = await _world.As(_world.Emina);
        _world.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith("/sign-in", (await lejla.GetAsync("/account")).Path, StringComparison.Ordinal);
        Assert.Equal("/account", (await emina.GetAsync("/account")).Path);
        _world.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.StartsWith("/sign-in", (await emina.GetAsync("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signed_out_a_stolen_cookie_opens_nothing()
    {
        using var emina = await _world.As(_world.Emina);
        var stolen = emina.Cookies["practice"];
        await (await emina.GetAsync("/sign-out")).SubmitAsync("#main form[method=post]");
        using var thief = _world.Stranger();
        thief.SetCookie("practice", stolen);
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_out_everywhere_ends_every_browser()
    {
        using var phone = await _world.As(_world.Emina);
        using var desk = await _world.As(_world.Emina);
        await (await desk.GetAsync("/account")).SubmitAsync("form[action*='Everywhere']");
        Assert.StartsWith("/sign-in", (await phone.GetAsync("/account")).Path, StringComparison.Ordinal);
    }
}
