using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Requests;
using PracticeApp.Tests.Sessions;

namespace PracticeApp.Tests.Requests;

/// <summary>A request outside what its psychologist works with. In the world they list couples, divorce, infidelity, jealousy and children.</summary>
public sealed class CompetenceTests(Database database) : IAsyncLifetime
{
    private const string Outside = "fears", Inside = "jealousy", Asked = "Choose one of these first.";
    private World _world = null!;
    private Visitor _lejla = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _lejla = await _world.As(_world.Lejla);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private Task<RequestState> StateAsync() => _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.State).SingleAsync());
    private Task<bool> AcceptedAsync() => _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.AcceptedByPsychologistAt != null).SingleAsync());
    private static readonly Guid A = Guid.NewGuid(), B = Guid.NewGuid();

    [Fact]
    public void What_is_not_listed_is_outside() => Assert.True(Competence.Of(A, [B], null).IsOutside);

    [Fact]
    public void What_is_listed_is_inside() => Assert.False(Competence.Of(A, [B, A], null).IsOutside);

    [Fact]
    public void Who_lists_nothing_works_with_everything() => Assert.False(Competence.Of(A, [], "no courts").IsOutside);

    [Fact]
    public void A_request_without_a_theme_is_not_outside() => Assert.False(Competence.Of(null, [B], null).IsOutside);

    [Fact]
    public void The_limits_stand_beside_it() => Assert.Equal("No courts", Competence.Of(A, [B], "  No courts \n").Limits);

    [Fact]
    public async Task A_theme_of_ones_own_is_proposed_without_a_question()
    {
        var page = await _lejla.GetAsync(await Described.RequestAsync(_world, Inside));
        Assert.False(page.Says("not among those you list"));
        page = await page.SubmitAsync("form[action*='Accept']");
        Assert.Empty(page.Errors);
        Assert.True(await AcceptedAsync());
    }

    [Fact]
    public async Task A_theme_outside_is_a_quiet_sentence_until_it_is_proposed()
    {
        await (await _lejla.GetAsync("/profile")).SubmitAsync("Save", ("Limits", "No reports for courts"));
        var page = await _lejla.GetAsync(await Described.RequestAsync(_world, Outside));
        Assert.True(page.Says("This theme is not among those you list.") && page.Says("No reports for courts"), page.Text);
        Assert.Empty(page.Errors);
        Assert.Null(page.Find("#taking details[open]"));
        // The list says it before anything is chosen.
        Assert.Equal(["Yours", "Others in the practice"], page.FindAll("select[name='Describe.ThemeId'] optgroup").Select(g => g.GetAttribute("label")));

        page = await page.SubmitAsync("form[action*='Accept']");
        Assert.Equal([Asked], page.Errors);
        Assert.NotNull(page.Find("#taking details[open]"));
        Assert.False(await AcceptedAsync());
    }

    [Fact]
    public async Task Under_supervision_it_is_taken_and_kept_sealed()
    {
        var address = await Described.RequestAsync(_world, Outside);
        var page = await (await _lejla.GetAsync(address)).SubmitAsync("form[action*='Accept']");
        page = await page.SubmitAsync("Keep it and propose the wording", ("Taking.How", "UnderSupervision"), ("Taking.With", "Nora Lindqvist"), ("Taking.Since", "2026-02-01"));
        Assert.Empty(page.Errors);
        Assert.True(page.Says("under supervision since 1 February 2026 with Nora Lindqvist"), page.Text);
        Assert.True(await AcceptedAsync());
        var answer = await _world.InDbAsync(_world.Lejla, db => db.CompetenceAnswers.SingleAsync());
        Assert.Equal((_world.Lejla.UserId, World.Start.Date), (answer.By, answer.At.Date));
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from competence_answers where encode(words, 'escape') like '%Nora%'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _world.ScalarAsync<int>("update competence_answers set choice = 'TakenBecause' returning 1"));
    }

    [Fact]
    public async Task An_answer_that_is_not_one_keeps_what_was_typed()
    {
        var page = await (await _lejla.GetAsync(await Described.RequestAsync(_world, Outside))).SubmitAsync("form[action*='Accept']");
        page = await page.SubmitAsync("Keep it and propose", ("Taking.With", "Nora"));
        Assert.Equal(["Choose one of the three."], page.Errors);
        page = await page.SubmitAsync("Keep it and propose", ("Taking.How", "UnderSupervision"), ("Taking.Because", "both of us want it"));
        Assert.Equal(["Say since when."], page.Errors);
        Assert.Equal(("Nora", "both of us want it"), (page.Form("Keep it and propose").Value("Taking.With"), page.Form("Keep it and propose").Value("Taking.Because")));
        page = await page.SubmitAsync("Keep it and propose", ("Taking.Since", "2031-01-01"));
        Assert.Equal(["This day is still to come."], page.Errors);
        page = await page.SubmitAsync("Keep it and propose", ("Taking.How", "TakenBecause"), ("Taking.Because", " "));
        Assert.Equal(["Say why in a sentence."], page.Errors);
        page = await page.SubmitAsync("Keep it and propose", ("Taking.Because", new string('x', 10_000)));
        Assert.Single(page.Errors);
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from competence_answers"));
        Assert.False(await AcceptedAsync());
    }

    [Fact]
    public async Task Sent_twice_it_is_one_answer()
    {
        var asked = await (await _lejla.GetAsync(await Described.RequestAsync(_world, Outside))).SubmitAsync("form[action*='Accept']");
        var form = asked.Form("Keep it and propose").Fill("Taking.How", "TakenBecause").Fill("Taking.Because", "she asked for me");
        await form.SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, (await form.SubmitAsync()).Status);
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from competence_answers"));
    }

    [Fact]
    public async Task Referring_leads_to_the_page_that_does_it()
    {
        var address = await Described.RequestAsync(_world, Outside);
        var page = await (await (await _lejla.GetAsync(address)).SubmitAsync("form[action*='Accept']")).SubmitAsync("Keep it and propose", ("Taking.How", "Refer"));
        Assert.Equal(address + "/refer", page.Path);
        Assert.Equal(RequestState.Clarifying, await StateAsync());
    }

    [Fact]
    public async Task Another_theme_outside_asks_again_and_work_does_not_begin_before_the_answer()
    {
        var address = await Described.RequestAsync(_world, Outside);
        var page = await (await _lejla.GetAsync(address)).SubmitAsync("form[action*='Accept']");
        await page.SubmitAsync("Keep it and propose", ("Taking.How", "TakenBecause"), ("Taking.Because", "she asked for me"));
        using var emina = await _world.As(_world.Emina);
        await (await emina.GetAsync("/me/request")).SubmitAsync("form[action*='Accept']");
        Assert.Equal(RequestState.Accepted, await StateAsync());

        page = await Described.ThemeAsync(_world, await _lejla.GetAsync(address), "grief");
        Assert.NotNull(page.Find("#taking details[open]"));
        Assert.Equal([Asked], (await page.SubmitAsync("form[action*='Start']")).Errors);
        Assert.Equal(RequestState.Accepted, await StateAsync());
        await (await _lejla.GetAsync(address)).SubmitAsync("Keep this answer", ("Taking.How", "TakenBecause"), ("Taking.Because", "it is near"));
        page = await (await _lejla.GetAsync(address)).SubmitAsync("form[action*='Start']");
        Assert.Equal(RequestState.Working, await StateAsync());

        // Back to a theme that was answered for: nothing is asked twice.
        page = await Described.ThemeAsync(_world, page, Outside);
        Assert.True(page.Says("she asked for me") && page.Find("#taking") is null, page.Text);
    }

    [Fact]
    public async Task The_supervisor_reads_it_and_the_client_never()
    {
        var address = await Described.RequestAsync(_world, Outside);
        var page = await (await _lejla.GetAsync(address)).SubmitAsync("form[action*='Accept']");
        await page.SubmitAsync("Keep it and propose", ("Taking.How", "TakenBecause"), ("Taking.Because", "an unmistakable reason"));
        using var nora = await _world.As(_world.Nora);
        Assert.Equal(HttpStatusCode.NotFound, (await nora.GetAsync(address)).Status);
        await _world.GrantAsync(_world.Emina, _world.Nora, GrantReason.Supervision, TimeSpan.FromDays(30), Guid.Parse(address.Split('/')[^1]));
        page = await nora.GetAsync(address);
        Assert.True(page.Says("an unmistakable reason") && page.Find("form[action*='Take']") is null, page.Text);

        using var emina = await _world.As(_world.Emina);
        page = await emina.GetAsync("/me/request");
        Assert.False(page.Says("unmistakable") || page.Says("those you list"), page.Text);
        Assert.Equal((0, 0, 1), (await CountAsync(_world.Emina), await CountAsync(_world.Damir), await CountAsync(_world.Nora)));
    }

    [Fact]
    public async Task Nobody_else_answers_for_her()
    {
        var address = await Described.RequestAsync(_world, Outside);
        foreach (var other in new[] { _world.Damir, _world.Mikko, _world.Azra, _world.Emina })
        {
            using var visitor = await _world.As(other);
            var token = (await visitor.GetAsync("/account")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync(address + "?handler=Take", ("__RequestVerificationToken", token), ("Taking.How", "TakenBecause"), ("Taking.Because", "x"))).Status);
        }
    }

    private Task<int> CountAsync(Person person) => _world.InDbAsync(person, db => db.CompetenceAnswers.CountAsync());
}
