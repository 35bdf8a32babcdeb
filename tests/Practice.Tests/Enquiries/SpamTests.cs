using System.Net;

namespace PracticeApp.Tests.Enquiries;

/// <summary>What keeps machines away must not keep people away, and nothing may vanish in silence.</summary>
public sealed class SpamTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await Desk.OpenAsync(_world);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_form_that_comes_back_at_once_is_asked_to_press_again_and_then_believed()
    {
        using var stranger = _world.Stranger();
        var page = await stranger.GetAsync("/p/lipa");
        var fast = await page.Form("#form").Fill("Complaint", Desk.Words).Fill("CalledName", "K").Fill("How", "Mail").Fill("Email", "k@example.org").Fill("Consent", "true").SubmitAsync();
        Assert.True(fast.Says("It has not been sent yet."));
        Assert.Equal(Desk.Words, fast.Form("#form").Value("Complaint"));
        _world.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.StartsWith("/p/lipa/sent/", (await fast.Form("#form").SubmitAsync()).Path);
    }

    [Fact]
    public async Task The_hidden_field_catches_machines_but_lets_a_person_try_again()
    {
        using var stranger = _world.Stranger();
        var caught = await (await Desk.FormAsync(_world, stranger)).Fill("Website", "https://pills.example").SubmitAsync();
        Assert.True(caught.Says("It has not been sent yet."));
        Assert.Equal("", caught.Form("#form").Value("Website"));
        Assert.StartsWith("/p/lipa/sent/", (await caught.Form("#form").SubmitAsync()).Path);
    }

    [Fact]
    public async Task A_page_that_lay_open_for_days_keeps_the_words()
    {
        using var stranger = _world.Stranger();
        var form = await Desk.FormAsync(_world, stranger);
        _world.Clock.Advance(TimeSpan.FromHours(25));
        var old = await form.SubmitAsync();
        Assert.True(old.Says("It has not been sent yet."));
        Assert.Equal(Desk.Words, old.Form("#form").Value("Complaint"));
        _world.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.StartsWith("/p/lipa/sent/", (await old.Form("#form").SubmitAsync()).Path);
    }

    [Fact]
    public async Task A_flood_from_one_connection_is_stopped_with_the_words_kept()
    {
        Page last = null!;
        for (var i = 0; i < 61; i++)
        {
            using var machine = _world.Stranger();
            last = await (await Desk.FormAsync(_world, machine)).SubmitAsync();
        }

        Assert.True(last.Says("A great deal has been sent"), last.Text);
        Assert.Equal(Desk.Words, last.Form("#form").Value("Complaint"));
        Assert.Equal(60, await Desk.CountAsync(_world, "enquiries"));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_hands_the_words_back_to_our_own_page_only()
    {
        using var stranger = _world.Stranger();
        await stranger.GetAsync("/p/lipa");
        var refused = await stranger.PostAsync("/p/lipa", ("Input.Complaint", Desk.Words + Desk.Words), ("Input.CalledName", "K"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("The page had been open for too long", refused.Heading);
        Assert.DoesNotContain("dishwasher", refused.Html);

        var own = await stranger.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, "/p/lipa")
        {
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
            Content = new FormUrlEncodedContent([new("Input.Complaint", Desk.Words + Desk.Words), new("Input.CalledName", "K")]),
        }, follow: true);
        Assert.Equal(Desk.Words + Desk.Words, own.Form("Send it again").Value("Input.Complaint"));
        Assert.Equal(0, await Desk.CountAsync(_world, "enquiries"));
    }
}
