using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>Further complaints, /me/complaint and the workspace, and what is rare and cheap and set aside together.</summary>
public sealed class ComplainTests(Database database) : IAsyncLifetime
{
    private const string Address = "/me/complaint", Act = "Send these words";
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Page> WriteAsync(string text, params (string, string)[] more)
    {
        using var emina = await _world.As(_world.Emina);
        return await (await emina.GetAsync(Address)).SubmitAsync(Act, [("Input.Text", text), .. more]);
    }

    [Fact]
    public async Task It_is_kept_word_for_word_with_what_was_asked_beside_it()
    {
        var page = await WriteAsync("My hands shake before the shift", ("Input.About", "Self"), ("Input.HowOften", "on Mondays"), ("Input.Frequency", "Weekly"), ("Input.Strength", "6"), ("Input.Cost", "my breakfast"), ("Input.Toll", "Some"));
        Assert.Equal("/me/request", page.Path);
        Assert.True(page.Says("My hands shake before the shift") && page.Says("Your words are kept."));
        var complaint = await _world.InDbAsync(_world.Lejla, db => db.Complaints.SingleAsync());
        Assert.Equal((About.Self, Frequency.Weekly, 6, Toll.Some, WrittenBy.Client, _world.Emina.ClientId),
            (complaint.About, complaint.Frequency, complaint.Strength, complaint.Toll, complaint.WrittenBy, complaint.ClientId));
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from complaints where encode(text, 'escape') like '%shake%'"));
    }

    [Fact]
    public async Task A_second_one_joins_the_first_and_the_newest_stands_on_top()
    {
        await WriteAsync("The first thing");
        _world.Clock.Advance(TimeSpan.FromDays(1));
        var page = await WriteAsync("The second thing");
        Assert.Equal("The second thing", page.Find(".say-xl")!.TextContent);
        Assert.Contains("The first thing", page.FindAll(".timeline p").Select(p => p.TextContent));
    }

    [Fact]
    public async Task Twice_with_one_form_is_one_complaint_and_other_words_are_another()
    {
        using var emina = await _world.As(_world.Emina);
        var form = await emina.GetAsync(Address);
        await Task.WhenAll(form.SubmitAsync(Act, ("Input.Text", "It wakes me at four")), form.SubmitAsync(Act, ("Input.Text", "It wakes me at four")));
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from complaints"));
        await form.SubmitAsync(Act, ("Input.Text", "It wakes me at five"));
        Assert.Equal(2, await _world.ScalarAsync<long>("select count(*) from complaints"));
    }

    [Fact]
    public async Task Nothing_written_is_told_beside_the_field_and_the_rest_stays()
    {
        var page = await WriteAsync("   ", ("Input.HowOften", "daily, at four"));
        Assert.NotEmpty(page.Errors);
        Assert.Equal("daily, at four", page.Form(Act).Value("Input.HowOften"));
        foreach (var other in new[] { _world.Lejla, _world.Sanela, _world.Azra, _world.Nora })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync(Address)).Status);
        using var tarik = await _world.As(_world.Tarik);
        Assert.Equal(HttpStatusCode.NotFound, (await tarik.GetAsync($"{Address}?for={_world.Emina.EngagementId}")).Status);
    }

    [Fact]
    public async Task What_tells_of_danger_is_kept_flagged_and_answered_with_numbers_first()
    {
        var page = await WriteAsync("I don't want to live any more");
        Assert.NotNull(page.Find("[data-danger]"));
        Assert.Empty(page.FindAll(".ask"));
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from safety_flags where source = 'complaints'"));
    }

    [Fact]
    public async Task The_psychologist_writes_down_what_was_said_as_told()
    {
        var address = await WordedAsync();
        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync(address)).SubmitAsync("Keep it", ("Complain.Text", "The lift stops between floors"), ("Complain.Toll", "ALot"));
        Assert.True(page.Says("The lift stops between floors") && page.Says("written down by the psychologist") && page.Says("a lot"));
        using var emina = await _world.As(_world.Emina);
        Assert.True((await emina.GetAsync("/me/request")).Says("The lift stops between floors"));
        page = await page.SubmitAsync("Keep it", ("Complain.Text", " "));
        Assert.NotEmpty(page.Errors);
    }

    [Theory]
    [InlineData(Frequency.OnceInYears, Toll.HardlyAnything, true)]
    [InlineData(Frequency.OnceInYears, Toll.Some, false)]
    [InlineData(Frequency.SeveralTimesAYear, Toll.HardlyAnything, false)]
    [InlineData(null, Toll.HardlyAnything, false)]
    [InlineData(Frequency.OnceInYears, null, false)]
    public async Task Rare_and_cheap_is_what_is_both(Frequency? frequency, Toll? toll, bool expected) =>
        Assert.Equal(expected, await _world.DoAsync(_world.Lejla, async services =>
        {
            var key = await services.GetRequiredService<Vault>().KeyAsync(_world.Emina.KeyId);
            return new Complaint(_world.Emina.PracticeId, key, "snakes", "en", WrittenBy.Client, _world.Clock.Now, About.Unsaid, null, null, null, null, null, null, frequency, toll).RarelyAndCheap;
        }));

    [Fact]
    public async Task What_is_rare_and_cheap_is_asked_about_and_set_aside_only_when_both_say_so()
    {
        await WriteAsync("I am afraid of snakes, I met one in 2019", ("Input.Frequency", "OnceInYears"), ("Input.Toll", "HardlyAnything"));
        var address = await WordedAsync("I want to get rid of my fear of snakes");
        using var emina = await _world.As(_world.Emina);
        var page = await emina.GetAsync("/me/request");
        Assert.StartsWith("walkaround/", page.Find(".ask")!.GetAttribute("data-question"), StringComparison.Ordinal);
        page = await page.SubmitAsync("Then let us leave it aside", ("Aside.Why", "It is cheaper to walk around it"));
        Assert.Equal("Clarifying", await StateAsync());
        page = await page.SubmitAsync("Take it back");
        page = await page.SubmitAsync("Then let us leave it aside", ("Aside.Why", "It is cheaper to walk around it"));

        using var lejla = await _world.As(_world.Lejla);
        Assert.True((await lejla.GetAsync("/requests")).Says("Your client would leave it aside"));
        var work = await lejla.GetAsync(address);
        Assert.True(work.Says("It is cheaper to walk around it"));
        work = await work.SubmitAsync("Set it aside, as the client says", ("Aside.Why", ""));
        Assert.NotEmpty(work.Errors);
        Assert.Equal("Clarifying", await StateAsync());
        await work.SubmitAsync("Set it aside, as the client says", ("Aside.Why", "Met once; the road is enough"));
        Assert.Equal("SetAsideTogether", await StateAsync());
        page = await emina.GetAsync("/me/request");
        Assert.True(page.Says("You set it aside together."));
    }

    [Fact]
    public async Task The_psychologist_may_propose_it_and_a_flag_silences_it()
    {
        var address = await WordedAsync("I want to get rid of my fear of snakes");
        using var lejla = await _world.As(_world.Lejla);
        using var emina = await _world.As(_world.Emina);
        Assert.Null((await emina.GetAsync("/me/request")).Find("form[action*='Aside']"));
        await (await lejla.GetAsync(address)).SubmitAsync("Propose to set it aside", ("Aside.Why", "It may be cheaper to walk around"));
        var page = await emina.GetAsync("/me/request");
        Assert.True(page.Says("It may be cheaper to walk around"));
        await WriteAsync("I don't want to live any more");
        Assert.Null((await emina.GetAsync("/me/request")).Find("form[action*='Aside']"));
        await page.SubmitAsync("Then let us leave it aside");
        Assert.Equal("Clarifying", await StateAsync());
        Assert.Null((await lejla.GetAsync(address)).Find("form[action*='Aside']"));
    }

    [Fact]
    public async Task Nobody_ends_it_as_set_aside_alone()
    {
        var address = await WordedAsync();
        using var lejla = await _world.As(_world.Lejla);
        var form = (await lejla.GetAsync(address)).Form("End this request").Smuggle("End.How", "SetAsideTogether").Fill("End.Words", "cheap");
        Assert.NotEmpty((await form.SubmitAsync()).Errors);
        Assert.Equal("Clarifying", await StateAsync());
    }

    private Task<string?> StateAsync() => _world.ScalarAsync<string>("select state from client_requests");

    private async Task<string> WordedAsync(string text = "I want to tell Mrs Kapo no, calmly")
    {
        using var emina = await _world.As(_world.Emina);
        await (await emina.GetAsync("/me/request")).SubmitAsync("Keep these words", ("Wording.Text", text));
        return "/requests/" + await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.Id).SingleAsync());
    }
}
