using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Requests;
using PracticeApp.Tests.Sessions;

namespace PracticeApp.Tests.Requests;

/// <summary>Several requests side by side, looking back on one, and taking one up again.</summary>
public sealed class ChooseTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Visitor _lejla = null!, _emina = null!;
    private string _first = "";

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        (_lejla, _emina) = (await _world.As(_world.Lejla), await _world.As(_world.Emina));
        await (await _emina.GetAsync("/me/request")).SubmitAsync("Keep these words", ("Wording.Text", "I want to tell Mrs Kapo no, calmly"));
        _first = "/requests/" + await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.Id).SingleAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _lejla.Dispose();
        _emina.Dispose();
        await _world.DisposeAsync();
    }

    private Task<int> OpenAsync() => _world.InDbAsync(_world.Lejla, db => db.ClientRequests.CountAsync(r => r.ClosedAt == null));
    private async Task<string> ChooseAddressAsync() => "/requests/choose/" + await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.EngagementId).FirstAsync());

    private async Task<string> AnotherAsync(string wording)
    {
        var another = await (await _lejla.GetAsync(_first)).SubmitAsync("Add a further one");
        await another.SubmitAsync("Offer it", ("Offer.Text", wording));
        return another.Path;
    }

    private async Task AcceptAsync()
    {
        var theme = _world.Lipa.Themes.Values.First().ToString();
        await (await (await _lejla.GetAsync(_first)).SubmitAsync("form[action*='Describe']", ("Describe.ThemeId", theme), ("Describe.HowNoticed", "she has heard a no"))).SubmitAsync("form[action*='Accept']");
        await (await _emina.GetAsync("/me/request")).SubmitAsync("form[action*='Accept']");
    }

    [Fact]
    public async Task Three_stand_side_by_side_and_never_a_fourth()
    {
        var before = await _lejla.GetAsync(_first);
        await AnotherAsync("I sleep through until six");
        await AnotherAsync("I sing in the choir on Thursdays");
        Assert.Equal(3, await OpenAsync());
        Assert.DoesNotContain("Add a further one", (await _lejla.GetAsync(_first)).Html, StringComparison.Ordinal);
        // A page that was opened before there were three.
        await before.SubmitAsync("Add a further one");
        Assert.Equal(3, await OpenAsync());
        var choose = await _lejla.GetAsync(await ChooseAddressAsync());
        foreach (var words in (string[])["Mrs Kapo", "until six", "choir"]) Assert.True(choose.Says(words), words);
    }

    [Fact]
    public async Task An_empty_one_is_offered_again_instead_of_another()
    {
        var first = await (await _lejla.GetAsync(_first)).SubmitAsync("Add a further one");
        var second = await (await _lejla.GetAsync(_first)).SubmitAsync("Add a further one");
        Assert.Equal(first.Path, second.Path);
        Assert.Equal(2, await OpenAsync());
    }

    [Fact]
    public async Task Weighing_suggests_an_order_with_its_reasons()
    {
        await AnotherAsync("I sleep through until six");
        var page = await _lejla.GetAsync(await ChooseAddressAsync());
        Assert.False(page.Says("A possible order"));
        page = await page.SubmitAsync("Save and suggest an order",
            ("Weigh[0].CanDo", "Yes"), ("Weigh[0].Ease", "1"), ("Weigh[0].Soon", "1"), ("Weigh[1].CanDo", "WithHelp"), ("Weigh[1].Ease", "3"), ("Weigh[1].Soon", "3"));
        Assert.Empty(page.Errors);
        var order = page.FindAll(".steps li").Select(li => li.TextContent).ToList();
        Assert.Contains("until six", order[0], StringComparison.Ordinal);
        Assert.Contains("easiest for the client", order[0], StringComparison.Ordinal);
        Assert.Contains("Mrs Kapo", order[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_is_begun_with_and_the_other_says_that_it_waits()
    {
        var second = await AnotherAsync("I sleep through until six");
        var address = await ChooseAddressAsync();
        var ids = await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.OrderBy(r => r.CreatedAt).Select(r => r.Id).ToListAsync());
        await (await _lejla.GetAsync(address)).SubmitAsync($"button[formaction*='{ids[0]}']");
        await (await _lejla.GetAsync(address)).SubmitAsync($"button[formaction*='{ids[1]}']");
        Assert.Equal([ids[1]], await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Where(r => r.ChosenAt != null).Select(r => r.Id).ToListAsync()));
        Assert.True((await _lejla.GetAsync(_first)).Says("This one waits"));
        Assert.False((await _lejla.GetAsync(second)).Says("This one waits"));
        // The client finds it first as well, whichever was written last.
        await (await _lejla.GetAsync(address)).SubmitAsync($"button[formaction*='{ids[0]}']");
        Assert.Contains("Mrs Kapo", (await _emina.GetAsync("/me/request")).Form("Keep these words").Value("Wording.Text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_compares_them()
    {
        var address = await ChooseAddressAsync();
        foreach (var other in (Person[])[_world.Damir, _world.Sanela, _world.Azra, _world.Nora, _world.Mikko, _world.Emina])
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_request_that_is_over_is_followed_by_a_new_one_linked_to_it_and_only_once()
    {
        var page = await (await _lejla.GetAsync(_first)).SubmitAsync("form[action*='End']", ("End.How", "Closed"), ("End.Words", "moved to Zenica"));
        var refused = await page.SubmitAsync("Begin a new request", ("Again.Why", ""));
        Assert.NotEmpty(refused.Errors);
        var next = await refused.SubmitAsync("Begin a new request", ("Again.Why", "back from Zenica"));
        Assert.NotEqual(_first, next.Path);
        Assert.NotNull(next.Link(_first));
        Assert.True(next.Says("back from Zenica"));
        Assert.NotNull((await _lejla.GetAsync(_first)).Link(next.Path));
        Assert.Equal(next.Path, (await page.SubmitAsync("Begin a new request", ("Again.Why", "back from Zenica"))).Path);
        Assert.Equal(2, await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.CountAsync()));
    }

    private async Task EightSessionsAsync()
    {
        await AcceptAsync();
        for (var week = 1; week <= 8; week++)
        {
            _world.Clock.Set(World.Start.AddDays(7 * week));
            await _world.SessionAsync(_world.Emina, World.Start.AddDays(7 * week).AddHours(-2), settled: AttendanceKind.Attended);
        }
        // Nobody stays signed in for eight weeks.
        (_lejla, _emina) = (await _world.As(_world.Lejla), await _world.As(_world.Emina));
    }

    [Fact]
    public async Task After_eight_sessions_without_movement_both_are_asked_and_the_answer_begins_the_count_anew()
    {
        await EightSessionsAsync();
        var mine = await (await _emina.GetAsync("/me/request")).FollowAsync("Look back");
        Assert.Equal(HttpStatusCode.OK, mine.Status);
        Assert.StartsWith("/me/request", (await mine.SubmitAsync("Tell", ("Choice", "GoOn"), ("Why", "I have only begun to say no"))).Path, StringComparison.Ordinal);
        Assert.DoesNotContain("Look back", (await _emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
        var page = await _lejla.GetAsync(_first);
        Assert.True(page.Says("Time to look back together"));
        Assert.True(page.Says("I have only begun to say no"));
        Assert.True((await _lejla.GetAsync("/requests")).Says("Time to look back together"));
        page = await page.SubmitAsync("Keep this", ("Back.Choice", "GoOn"));
        Assert.NotEmpty(page.Errors);
        page = await page.SubmitAsync("Keep this", ("Back.Choice", "GoOn"), ("Back.Why", "she says it at home already"));
        Assert.False(page.Says("Time to look back together"));
        Assert.True(page.Says("she says it at home already"));
        await Assert.ThrowsAnyAsync<Exception>(() => _world.InDbAsync(_world.Lejla, db => db.Database.ExecuteSqlRawAsync("update work_reviews set choice = 'EndOrRefer'")));
    }

    [Fact]
    public async Task Both_are_asked_after_as_many_sessions_as_were_agreed()
    {
        await _world.AgreeAsync(_world.Emina, Terms.Default(80, "BAM"));
        await EightSessionsAsync();
        Assert.DoesNotContain("Look back", (await _emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
        Assert.False((await _lejla.GetAsync("/requests")).Says("Time to look back together"));
        await _world.AgreeAsync(_world.Emina, Terms.Default(80, "BAM") is var terms ? terms with { Session = terms.Session with { ReviewEverySessions = 6 } } : terms);
        Assert.Contains("Look back", (await _emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
        Assert.True((await _lejla.GetAsync("/requests")).Says("Time to look back together"));
    }

    [Fact]
    public async Task Nobody_is_asked_to_look_back_while_words_of_danger_wait_for_a_person()
    {
        await EightSessionsAsync();
        Assert.Contains("Look back", (await _emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
        await (await _emina.GetAsync("/me/complaint")).SubmitAsync("Send these words", ("Input.Text", "I do not want to live any more"));
        Assert.DoesNotContain("Look back", (await _emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reshaping_on_looking_back_closes_this_one_and_begins_the_next()
    {
        await EightSessionsAsync();
        await (await _lejla.GetAsync(_first)).SubmitAsync("Keep this", ("Back.Choice", "Reshape"), ("Back.Why", "it is about her mother by now"));
        Assert.Equal([RequestState.Reshaped, RequestState.Draft], await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.OrderBy(r => r.CreatedAt).Select(r => r.State).ToListAsync()));
    }

    [Fact]
    public async Task The_review_of_a_wording_being_tried_keeps_nothing()
    {
        var page = await (await _lejla.GetAsync(_first)).SubmitAsync("button[data-review-look]", ("Offer.Text", "I want to get rid of my fear of dogs"));
        Assert.True(page.Says("Away from something"));
        Assert.Equal("I want to get rid of my fear of dogs", page.Form("Offer it").Value("Offer.Text"));
        Assert.Equal(1, await _world.InDbAsync(_world.Lejla, db => db.Formulations.CountAsync()));
    }

    [Fact]
    public async Task A_wish_to_understand_is_accepted_with_a_visible_result()
    {
        await (await _emina.GetAsync("/me/request")).SubmitAsync("Keep these words", ("Wording.Text", "I want to understand why this always happens to me"));
        var theme = _world.Lipa.Themes.Values.First().ToString();
        var page = await (await _lejla.GetAsync(_first)).SubmitAsync("form[action*='Describe']", ("Describe.ThemeId", theme));
        Assert.True(page.Says("A wish to understand counts where you both say so."));
        Assert.NotEmpty((await page.SubmitAsync("form[action*='Accept']")).Errors);
        page = await page.SubmitAsync("form[action*='Describe']", ("Describe.ThemeId", theme), ("Describe.HowNoticed", "I can tell my sister in three sentences"));
        Assert.Empty((await page.SubmitAsync("form[action*='Accept']")).Errors);
        Assert.Equal(RequestState.Proposed, await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.State).SingleAsync()));
    }

    [Fact]
    public async Task An_accepted_request_stands_in_its_month_with_its_theme()
    {
        await AcceptAsync();
        var page = await _lejla.GetAsync("/requests/months");
        Assert.True(page.Says("March 2026"));
        Assert.NotNull(page.Link(_first));
        using var damir = await _world.As(_world.Damir);
        Assert.DoesNotContain(_first, (await damir.GetAsync("/requests/months")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(_world.Azra)).GetAsync("/requests/months")).Status);
    }
}
