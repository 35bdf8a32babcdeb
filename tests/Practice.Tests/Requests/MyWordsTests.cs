using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>What stands beside the words while a client writes: their language, one question, an answer to it.</summary>
public sealed class MyWordsTests(World world, Database database) : IClassFixture<World>
{
    private const string Address = "/me/request";
    private const string Bosnian = "Želim naučiti da kažem ne svojoj šefici kad mi da još jednu smjenu";

    private static async Task<Page> PressAsync(Visitor visitor, string button, params (string, string)[] fields) =>
        await (await visitor.GetAsync(Address)).SubmitAsync(button, fields);

    private static Task<Page> PressAsync(Page page, string button, params (string, string)[] fields) => page.SubmitAsync(button, fields);

    [Fact]
    public async Task Looking_says_the_language_of_the_words_and_keeps_nothing()
    {
        await using var own = await World.StartAsync(database);
        using var emina = await own.As(own.Emina);
        var page = await PressAsync(emina, "Look at it", ("Wording.Text", Bosnian));
        Assert.Equal("bs", page.Find("[data-read-as]")!.GetAttribute("data-read-as"));
        Assert.True(page.Says("Bosanski"));
        Assert.Equal(Bosnian, page.Form("Keep these words").Value("Wording.Text").Trim());
        Assert.Equal(0, await own.ScalarAsync<long>("select count(*) from client_requests"));
    }

    [Fact]
    public async Task A_mixture_gets_questions_and_no_word_of_a_verdict()
    {
        using var emina = await world.As(world.Emina);
        var page = await PressAsync(emina, "Look at it", ("Wording.Text", "Hoću da naučim biti mirna kad on viče and I want to tell him that I will leave the room when he starts"));
        Assert.True(page.Says("several languages"));
        Assert.Single(page.FindAll(".ask"));
        Assert.False(page.Says("verdict"));
        Assert.Empty(page.FindAll(".marks"));
    }

    [Fact]
    public async Task What_the_writer_says_of_the_language_judges_and_stays_with_the_words()
    {
        await using var own = await World.StartAsync(database);
        using var emina = await own.As(own.Emina);
        var page = await PressAsync(emina, "Look at it", ("Wording.Text", "Bolje spavati"), ("Wording.WrittenIn", "bs"));
        Assert.Equal("bs", page.Find("[data-read-as]")!.GetAttribute("data-read-as"));
        page = await PressAsync(page, "Keep these words");
        Assert.Equal("bs", await own.ScalarAsync<string>("select language from formulations"));
        Assert.Equal("bs", page.Form("Keep these words").Value("Wording.WrittenIn"));
        Assert.Equal("bs", await own.ScalarAsync<string>("select language from formulation_reviews"));
        page = await PressAsync(page, "Keep these words", ("Wording.Text", "Bolje spavati, mirno"), ("Wording.WrittenIn", "und"));
        Assert.True(page.Says("several languages"));
        Assert.Equal(1, await own.ScalarAsync<long>("select count(*) from formulation_reviews where kind is null"));
        Assert.Equal(1, await own.ScalarAsync<long>("select count(*) from formulations where language = 'und'"));
    }

    [Fact]
    public async Task An_answer_joins_the_words_as_it_was_written()
    {
        await using var own = await World.StartAsync(database);
        using var emina = await own.As(own.Emina);
        var page = await PressAsync(emina, "Look at it", ("Wording.Text", "I want to get rid of my fear of dogs"));
        var asked = page.Find(".ask")!.GetAttribute("data-question");
        page = await PressAsync(page, "Add to my words", ("Wording.Answer", "I would walk through the park in the morning"));
        Assert.Equal("I want to get rid of my fear of dogs\nI would walk through the park in the morning", page.Form("Keep these words").Value("Wording.Text").Trim().ReplaceLineEndings("\n"));
        Assert.Equal("", page.Form("Keep these words").Value("Wording.Answer"));
        Assert.NotEqual(asked, page.Find(".ask")!.GetAttribute("data-question"));
        Assert.Equal(0, await own.ScalarAsync<long>("select count(*) from formulations"));
        await PressAsync(page, "Keep these words");
        Assert.Equal("ClientWithQuestions", await own.ScalarAsync<string>("select worded_by from formulations"));
        Assert.Contains(asked, await own.InDbAsync(own.Lejla, db => db.ClientRequests.Select(r => r.Asked).SingleAsync()));
    }

    [Fact]
    public async Task Another_question_is_another_and_is_remembered()
    {
        await using var own = await World.StartAsync(database);
        using var emina = await own.As(own.Emina);
        var page = await PressAsync(emina, "Keep these words", ("Wording.Text", "I want to get rid of my fear of dogs"));
        var first = page.Find(".ask")!.GetAttribute("data-question")!;
        page = await PressAsync(page, "Another question", ("Wording.Text", "I want to get rid of my fear of dogs, really"));
        Assert.Single(page.FindAll(".ask"));
        Assert.NotEqual(first, page.Find(".ask")!.GetAttribute("data-question"));
        Assert.Contains("really", page.Form("Keep these words").Value("Wording.Text"), StringComparison.Ordinal);
        page = await emina.GetAsync(Address);
        Assert.NotEqual(first, page.Find(".ask")!.GetAttribute("data-question"));
    }

    [Fact]
    public async Task Danger_that_is_only_looked_at_meets_no_question()
    {
        using var emina = await world.As(world.Emina);
        var page = await PressAsync(emina, "Look at it", ("Wording.Text", "I don't want to live any more"));
        Assert.Empty(page.FindAll(".ask, [data-read-as]"));
        Assert.True(page.Says("I don't want to live any more"));
    }

    [Fact]
    public async Task Several_requests_stand_on_pages_of_their_own_and_the_one_in_work_first()
    {
        await using var own = await World.StartAsync(database);
        var (working, newer) = await own.DoAsync(own.Lejla, async services =>
        {
            var (db, vault) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Vault>());
            var key = await vault.KeyAsync(own.Emina.KeyId);
            ClientRequest Worded(string text, int days)
            {
                var at = own.Clock.Now.AddDays(-days);
                var request = new ClientRequest(own.Emina.PracticeId, own.Emina.EngagementId, own.Emina.ClientId, key.OwnerId, at);
                request.Word(key, text, "en", WordedBy.ClientAlone, own.Emina.UserId, at);
                db.Add(request);
                return request;
            }
            var (first, second) = (Worded("I want to swim across the lake", 9), Worded("I want to write to my brother", 2));
            first.Describe(key, null, null, own.Lipa.Themes.Values.First());
            first.Aim(key, "I stand on the other side", null, null);
            first.Accept(key, true, own.Emina.UserId, own.Clock.Now);
            first.Accept(key, false, own.Lejla.UserId, own.Clock.Now);
            first.StartWorking(key, own.Lejla.UserId, own.Clock.Now);
            return (first.Id, second.Id);
        });
        using var emina = await own.As(own.Emina);
        var page = await emina.GetAsync(Address);
        Assert.Contains("swim across", page.Find(".say-xl")!.TextContent, StringComparison.Ordinal);
        page = await page.FollowAsync("I want to write to my brother");
        Assert.Equal($"{Address}/{newer}", page.Path);
        Assert.Equal("I want to write to my brother", page.Form("Keep these words").Value("Wording.Text").Trim());
        page = await PressAsync(page, "Keep these words", ("Wording.Text", "I want to write to my brother by Sunday"));
        Assert.Equal($"{Address}/{newer}", page.Path);
        Assert.NotNull(page.Link($"{Address}/{working}"));
        foreach (var other in (Person[])[own.Tarik, own.Lejla, own.Aino])
            Assert.Equal(HttpStatusCode.NotFound, (await (await own.As(other)).GetAsync($"{Address}/{newer}")).Status);

        // What is reached leads on: its result, and room for what comes next.
        await own.DoAsync(own.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            foreach (var request in await db.ClientRequests.Include(r => r.Changes).ToListAsync())
                request.End(await services.GetRequiredService<Vault>().KeyAsync(request.KeyId), request.Id == working ? RequestState.Reached : RequestState.Closed, "Across it, twice", 1, "moved", own.Lejla.UserId, own.Clock.Now);
        });
        page = await emina.GetAsync("/me");
        Assert.True(page.Says("Across it, twice") || page.Says("This work is closed."));
        Assert.NotNull(page.Link("write what comes next"));
        page = await emina.GetAsync($"{Address}/{working}");
        Assert.True(page.Says("Across it, twice"));
        Assert.Equal("", page.Form("Keep these words").Value("Wording.Text").Trim());
        page = await PressAsync(page, "Keep these words", ("Wording.Text", "I want to sleep through until six"));
        Assert.Equal(Address, page.Path);
        Assert.True(page.Says("I want to sleep through until six"));
        Assert.Equal(working, await own.InDbAsync(own.Lejla, db => db.ClientRequests.Where(r => r.ClosedAt == null).Select(r => r.FollowsId!.Value).SingleAsync()));
    }
}
