using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>One, two or three goals in the client's own words, before we meet: /requests/invite/{engagement} and /me/goals.</summary>
public sealed class GoalsTests(Database database) : IAsyncLifetime
{
    private const string Send = "Send these words";
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private string Invite => $"/requests/invite/{_world.Emina.EngagementId}";

    private async Task<Page> AskAsync(int count = 2, string note = "")
    {
        using var lejla = await _world.As(_world.Lejla);
        return await (await lejla.GetAsync(Invite)).SubmitAsync("Ask", ("Input.Count", $"{count}"), ("Input.Note", note));
    }

    [Fact]
    public async Task The_client_is_told_that_something_waits_and_sees_it_first()
    {
        var page = await AskAsync(3, "Take your time");
        Assert.True(page.Says("Emina Hodžić was asked for 3 goals"));
        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal(_world.Emina.Email, mail.To);
        Assert.DoesNotContain("goal", mail.Subject + mail.Text, StringComparison.OrdinalIgnoreCase);
        using var emina = await _world.As(_world.Emina);
        page = await (await emina.GetAsync("/me")).FollowAsync("/me/goals");
        Assert.True(page.Says("Take your time"));
        Assert.Equal(3, page.FindAll("textarea[data-review-text]").Count);
        Assert.Empty(page.FindAll(".ask"));
    }

    [Fact]
    public async Task Each_goal_becomes_a_request_of_its_own_once()
    {
        await AskAsync();
        using var emina = await _world.As(_world.Emina);
        var form = await emina.GetAsync("/me/goals");
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => form.SubmitAsync(Send, ("Goals[0].Text", "I want to tell my boss no"), ("Goals[1].Text", "I want to swim twice a week"))));
        Assert.All(answers, a => Assert.Equal("/me/request", a.Path));
        Assert.Equal(2, await _world.ScalarAsync<long>("select count(*) from client_requests where state = 'Clarifying'"));
        Assert.Equal(2, await _world.ScalarAsync<long>("select count(*) from formulations where worded_by = 'ClientAlone'"));
        var page = await emina.GetAsync("/me/request");
        Assert.True(page.Says("I want to tell my boss no") && page.Says("I want to swim twice a week") && page.Says("Which of them comes first you decide together."));
        Assert.True((await emina.GetAsync("/me/goals")).Says("Nothing is asked here now"));
        Assert.Null((await emina.GetAsync("/me")).Find("a[href='/me/goals']"));
    }

    [Fact]
    public async Task One_question_at_a_time_and_nothing_kept_by_looking()
    {
        await AskAsync();
        using var emina = await _world.As(_world.Emina);
        var page = await emina.GetAsync("/me/goals");
        var form = page.Form("button[formaction*='Look&n=1']").Fill("Goals[0].Text", "I want to tell my boss no").Fill("Goals[1].Text", "I want to get rid of my fear of dogs");
        page = await form.SubmitAsync();
        Assert.Single(page.FindAll(".ask"));
        Assert.Equal("get rid of my fear of dogs", page.Find(".ask q")!.TextContent);
        page = await page.Form("Add to my words").Fill("Goals[1].Answer", "I would stroke my neighbour's dog").SubmitAsync();
        Assert.EndsWith("neighbour's dog", page.Form(Send).Value("Goals[1].Text").Trim(), StringComparison.Ordinal);
        Assert.Equal("I want to tell my boss no", page.Form(Send).Value("Goals[0].Text").Trim());
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from client_requests"));
        await page.Form(Send).SubmitAsync();
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from formulations where worded_by = 'ClientWithQuestions'"));
    }

    [Fact]
    public async Task The_first_is_needed_and_what_was_typed_stays()
    {
        await AskAsync();
        using var emina = await _world.As(_world.Emina);
        var page = await (await emina.GetAsync("/me/goals")).SubmitAsync(Send, ("Goals[0].Text", " "), ("Goals[1].Text", "I want to swim"));
        Assert.NotEmpty(page.Errors);
        Assert.Equal("I want to swim", page.Form(Send).Value("Goals[1].Text").Trim());
    }

    [Fact]
    public async Task Danger_is_kept_flagged_and_not_hurried()
    {
        await AskAsync(1);
        using var emina = await _world.As(_world.Emina);
        await (await emina.GetAsync("/me/goals")).SubmitAsync(Send, ("Goals[0].Text", "I don't want to live any more"));
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from safety_flags"));
        Assert.NotNull((await emina.GetAsync("/me/request")).Find("[data-danger]"));
        await AskAsync(1);
        Assert.Null((await emina.GetAsync("/me")).Find("a[href='/me/goals']"));
    }

    [Fact]
    public async Task A_second_open_invitation_is_refused_by_the_database()
    {
        await AskAsync();
        await Assert.ThrowsAsync<DbUpdateException>(() => _world.DoAsync(_world.Lejla, async services =>
        {
            var key = await services.GetRequiredService<Vault>().KeyAsync(_world.Emina.KeyId);
            services.GetRequiredService<PracticeDb>().Add(new GoalInvitation(_world.Emina.PracticeId, _world.Emina.EngagementId, _world.Emina.ClientId, key, 1, null, _world.Lejla.UserId, _world.Clock.Now));
        }));
        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync(Invite)).SubmitAsync("Withdraw");
        Assert.NotNull(page.Form("Ask"));
        using var emina = await _world.As(_world.Emina);
        Assert.Null((await emina.GetAsync("/me")).Find("a[href='/me/goals']"));
    }

    [Fact]
    public async Task Nobody_else_asks_or_reads_it()
    {
        await AskAsync(1, "only for you");
        foreach (var other in (Person[])[_world.Damir, _world.Nora, _world.Azra, _world.Sanela, _world.Emina, _world.Mikko])
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync(Invite)).Status);
        foreach (var other in (Person[])[_world.Lejla, _world.Nora, _world.Azra])
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync("/me/goals")).Status);
        Assert.False((await (await _world.As(_world.Tarik)).GetAsync("/me/goals")).Says("only for you"));
        foreach (var other in (Person[])[_world.Damir, _world.Tarik, _world.Azra])
            Assert.Equal(0, await _world.InDbAsync(other, db => db.GoalInvitations.CountAsync()));
    }
}
