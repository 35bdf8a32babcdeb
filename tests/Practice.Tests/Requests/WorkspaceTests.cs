using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>The psychologist's side: /requests and /requests/{id}.</summary>
public sealed class WorkspaceTests(World world, Database database) : IClassFixture<World>
{
    private const string List = "/requests";

    /// <summary>Emina has worded a request; its workspace is at the address returned.</summary>
    private static async Task<string> WordedAsync(World world, string text = "I want to tell Mrs Kapo no, calmly, when she hands me a shift")
    {
        using var emina = await world.As(world.Emina);
        await (await emina.GetAsync("/me/request")).SubmitAsync("Keep these words", ("Wording.Text", text));
        return "/requests/" + await world.InDbAsync(world.Lejla, db => db.ClientRequests.Where(r => r.ClosedAt == null).Select(r => r.Id).FirstAsync());
    }

    [Fact]
    public async Task The_psychologist_sees_kind_criteria_and_the_words_that_decided()
    {
        var address = await WordedAsync(world);
        var page = await (await world.As(world.Lejla)).GetAsync(address);
        Assert.True(page.Says("I want to tell Mrs Kapo no"));
        Assert.True(page.Says("Goal"));
        Assert.Equal(7, page.FindAll(".marks")[0].Children.Length);
        Assert.Contains("I want to", page.FindAll(".decided u").Select(u => u.TextContent));
        Assert.True(page.Says("Says what is wanted."));
    }

    [Fact]
    public async Task Nobody_else_finds_it()
    {
        var address = await WordedAsync(world);
        foreach (var other in (Person[])[world.Damir, world.Sanela, world.Azra, world.Nora, world.Mikko, world.Emina, world.Tarik, world.Aino])
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(other)).GetAsync(address)).Status);
        Assert.NotEqual(address, (await world.Stranger().GetAsync(address)).Url.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Lejla)).GetAsync("/requests/" + Guid.Empty)).Status);
    }

    [Fact]
    public async Task The_list_shows_ones_own_and_nobody_elses()
    {
        var address = await WordedAsync(world);
        Assert.NotNull((await (await world.As(world.Lejla)).GetAsync(List)).Link(address));
        var damirs = await (await world.As(world.Damir)).GetAsync(List);
        Assert.DoesNotContain("Emina", damirs.Html, StringComparison.Ordinal);
        foreach (var other in (Person[])[world.Sanela, world.Azra, world.Emina])
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(other)).GetAsync(List)).Status);
    }

    [Fact]
    public async Task What_was_heard_has_one_reader_and_stands_sealed()
    {
        await using var own = await World.StartAsync(database);
        var address = await WordedAsync(own);
        using var lejla = await own.As(own.Lejla);
        var page = await (await lejla.GetAsync(address)).SubmitAsync("form[action*='Hear']", ("Hear.Text", "behind it the fear of not being up to it"));
        Assert.Contains("not being up to it", page.Html, StringComparison.Ordinal);
        Assert.Equal(0, await own.InDbAsync(own.Damir, db => db.Hearings.CountAsync()));
        Assert.Equal(0, await own.InDbAsync(own.Azra, db => db.Hearings.CountAsync()));
        Assert.Equal(1, await own.InDbAsync(own.Lejla, db => db.Hearings.CountAsync()));
        Assert.Equal(0, await own.ScalarAsync<long>("select count(*) from hearings where encode(text, 'escape') like '%not being up%'"));
        using var emina = await own.As(own.Emina);
        Assert.DoesNotContain("not being up to it", (await emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_wording_of_the_psychologists_own_needs_a_reason()
    {
        await using var own = await World.StartAsync(database);
        var address = await WordedAsync(own);
        using var lejla = await own.As(own.Lejla);
        var page = await (await lejla.GetAsync(address)).SubmitAsync("Offer it", ("Offer.Text", "I say no to my head of department the same day"));
        Assert.Empty(page.Errors);
        page = await page.SubmitAsync("Offer it", ("Offer.Text", "I answer her within the hour"));
        Assert.NotEmpty(page.Errors);
        Assert.Contains("I answer her within the hour", page.Form("Offer it").Value("Offer.Text"), StringComparison.Ordinal);
        page = await page.SubmitAsync("Offer it", ("Offer.Text", "I answer her within the hour"), ("Offer.Why", "the first was too long"));
        Assert.Empty(page.Errors);
        Assert.Equal(3, await own.ScalarAsync<long>("select count(*) from formulations"));
    }

    [Fact]
    public async Task It_is_accepted_when_both_have_said_so_and_not_before()
    {
        await using var own = await World.StartAsync(database);
        var address = await WordedAsync(own);
        using var lejla = await own.As(own.Lejla);
        using var emina = await own.As(own.Emina);
        var theme = own.Lipa.Themes.Values.First().ToString();
        var page = await (await lejla.GetAsync(address)).SubmitAsync("form[action*='Describe']", ("Describe.ThemeId", theme), ("Describe.HowNoticed", "she has heard a no"));
        Assert.Empty(page.Errors);
        Task<RequestState> State() => own.InDbAsync(own.Lejla, db => db.ClientRequests.Select(r => r.State).SingleAsync());
        await page.SubmitAsync("form[action*='Accept']");
        Assert.Equal(RequestState.Proposed, await State());
        await (await emina.GetAsync("/me/request")).SubmitAsync("form[action*='Accept']");
        Assert.Equal(RequestState.Accepted, await State());
    }

    [Fact]
    public async Task A_wording_can_never_be_changed_in_the_database()
    {
        await using var own = await World.StartAsync(database);
        await WordedAsync(own);
        await Assert.ThrowsAnyAsync<Exception>(() => own.InDbAsync(own.Lejla, db => db.Database.ExecuteSqlRawAsync("update formulations set language = 'fi'")));
        await Assert.ThrowsAnyAsync<Exception>(() => own.InDbAsync(own.Lejla, db => db.Database.ExecuteSqlRawAsync("delete from formulations")));
    }

    [Fact]
    public async Task What_the_coach_thinks_stays_hidden_from_the_client_in_the_database_too()
    {
        await using var own = await World.StartAsync(database);
        await WordedAsync(own);
        Assert.Equal(1, await own.InDbAsync(own.Lejla, db => db.FormulationReviews.CountAsync()));
        Assert.Equal(0, await own.InDbAsync(own.Emina, db => db.FormulationReviews.CountAsync()));
        Assert.Equal(0, await own.InDbAsync(own.Azra, db => db.Formulations.CountAsync()));
    }
}
