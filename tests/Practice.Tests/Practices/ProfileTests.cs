using System.Net;

namespace PracticeApp.Tests.Practices;

/// <summary>What a psychologist says they work with: /profile.</summary>
public sealed class ProfileTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Themes_and_limits_are_kept_and_limits_stay_inside()
    {
        using var lejla = await _world.As(_world.Lejla);
        Assert.NotNull((await lejla.GetAsync("/account")).Link("/profile"));
        var page = await (await lejla.GetAsync("/profile")).Form("Save").Fill("Themes", _world.Lipa.Themes["grief"].ToString()).Untick("Themes", _world.Lipa.Themes["jealousy"].ToString())
            .Fill("Limits", "No reports for courts").Fill("JoinUrl", "https://video.example/lejla").SubmitAsync();
        Assert.True(page.Says("Saved."));
        Assert.Equal("No reports for courts", page.Form("Save").Value("Limits"));
        Assert.Equal(5, page.FindAll("input[name='Input.Themes'][checked]").Count);
        var outside = (await _world.Stranger().GetAsync("/p/lipa")).Text;
        Assert.Contains("grief", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("No reports", outside, StringComparison.Ordinal);
        Assert.Equal("", await _world.ScalarAsync<string>($"select limits from psychologist_profiles where user_id = '{_world.Damir.UserId}'"));
    }

    [Theory, InlineData("Limits", "10000"), InlineData("JoinUrl", "javascript:alert(1)")]
    public async Task What_does_not_fit_is_said_beside_it_and_the_rest_stays_typed(string field, string value)
    {
        if (value == "10000") value = new string('x', 10_000);
        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync("/profile")).Form("Save").Fill("About", "Words of mine").Fill(field, value).SubmitAsync();
        Assert.NotNull(page.Find($"#Input_{field}-e"));
        Assert.Equal((value, "Words of mine"), (page.Form("Save").Value(field), page.Form("Save").Value("About")));
    }

    [Fact]
    public async Task It_is_the_psychologists_page_alone()
    {
        foreach (var other in new[] { _world.Sanela, _world.Azra, _world.Nora, _world.Emina })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync("/profile")).Status);
        using var lejla = await _world.As(_world.Lejla);
        await (await lejla.GetAsync("/profile")).Form("Save").Smuggle("Input.Themes", _world.Saaristo.Themes["grief"].ToString()).SubmitAsync();
        Assert.Equal(5, await _world.ScalarAsync<int>($"select cardinality(theme_ids) from psychologist_profiles where user_id = '{_world.Lejla.UserId}'"));
    }
}
