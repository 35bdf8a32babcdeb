using System.Net;
using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Tests.Requests;

/// <summary>The client's own page: /me/request.</summary>
public sealed class MyRequestTests(World world, Database database) : IClassFixture<World>
{
    private const string Address = "/me/request";
    private const string Fear = "I want to get rid of my fear of dogs";

    private static async Task<Page> SayAsync(Visitor visitor, string text) =>
        await (await visitor.GetAsync(Address)).SubmitAsync("Keep these words", ("Wording.Text", text));

    [Fact]
    public async Task A_client_sees_what_is_there_in_their_words_and_one_question()
    {
        using var emina = await world.As(world.Emina);
        var page = await SayAsync(emina, Fear);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(page.FindAll(".ask"));
        Assert.Contains("dogs", page.FindAll(".marks q").Select(q => q.TextContent));
        Assert.Equal("get rid of my fear of dogs", page.Find(".ask q")!.TextContent);
    }

    [Fact]
    public async Task A_client_reads_no_kind_no_mark_and_nothing_that_is_missing()
    {
        using var emina = await world.As(world.Emina);
        var page = await SayAsync(emina, Fear);
        foreach (var label in (string[])["Away from", "NegativeWish", "Vague", "Plea", "not met", "unclear", "missing", "of 7"])
            // As a word of its own: her earlier words, "Please …", may stand on the page too.
            Assert.DoesNotMatch($@"\b{label}\b", page.Text);
        Assert.Empty(page.FindAll(".unmet, .unsure"));
        Assert.NotEmpty(page.FindAll(".crisis a[href^=tel]"));
    }

    [Fact]
    public async Task A_plea_is_not_told_that_it_is_in_their_hands()
    {
        using var emina = await world.As(world.Emina);
        var page = await SayAsync(emina, "Please help me, somebody");
        Assert.False(page.Says("What is in your hands"));
        Assert.Single(page.FindAll(".ask"));
    }

    [Fact]
    public async Task The_same_words_sent_twice_are_one_wording()
    {
        using var emina = await world.As(world.Emina);
        await SayAsync(emina, "I want to ask my aunt for the key");
        Task<long> Count() => world.InDbAsync(world.Lejla, db => db.Formulations.LongCountAsync());
        var once = await Count();
        await SayAsync(emina, "I want to ask my aunt for the key");
        Assert.Equal(once, await Count());
    }

    [Fact]
    public async Task Too_much_is_told_beside_the_field_and_kept()
    {
        using var emina = await world.As(world.Emina);
        var text = string.Concat(Enumerable.Repeat("word ", 2100));
        var page = await SayAsync(emina, text);
        Assert.NotEmpty(page.Errors);
        Assert.Equal(text.Trim(), page.Form("Keep these words").Value("Wording.Text").Trim());
        Assert.NotEmpty((await SayAsync(emina, "   ")).Errors);
    }

    [Fact]
    public async Task Words_of_danger_are_kept_flagged_and_met_with_no_question()
    {
        await using var own = await World.StartAsync(database);
        using var emina = await own.As(own.Emina);
        var form = (await emina.GetAsync(Address)).Form("Keep these words").Fill("Wording.Text", "I don't want to live any more");
        form.Element.SetAttribute("action", Address + "?handler=Review");
        Assert.Empty((await form.SubmitAsync()).FindAll(".ask"));

        var page = await SayAsync(emina, "I don't want to live any more");
        Assert.Empty(page.FindAll(".ask"));
        Assert.True(page.Says("I don't want to live any more"));
        Assert.Equal(1, await own.ScalarAsync<long>("select count(*) from safety_flags where danger like '%Self%' and closed_at is null"));
        Assert.Equal(1, await own.ScalarAsync<long>("select count(*) from formulations"));
        await SayAsync(emina, "I want to learn to swim");
        Assert.Empty((await emina.GetAsync(Address)).FindAll(".ask"));
    }

    [Fact]
    public async Task Looking_while_typing_keeps_nothing()
    {
        await using var own = await World.StartAsync(database);
        using var emina = await own.As(own.Emina);
        var form = (await emina.GetAsync(Address)).Form("Keep these words").Fill("Wording.Text", Fear);
        form.Element.SetAttribute("action", Address + "?handler=Review");
        var answer = await form.SubmitAsync();
        Assert.Single(answer.FindAll(".ask"));
        Assert.Equal(0, await own.ScalarAsync<long>("select count(*) from client_requests"));
    }

    [Theory]
    [InlineData("ru", "Вопрос")]
    [InlineData("bs", "Pitanje")]
    [InlineData("fi", "Kysymys")]
    public async Task Every_client_is_asked_in_their_own_language(string language, string word)
    {
        using var tarik = await world.As(world.Tarik, language);
        var page = await tarik.GetAsync(Address);
        Assert.Equal(language, page.Find(".ask p")!.GetAttribute("lang"));
        Assert.Contains(word, page.Find(".ask small")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_clients_finds_the_page_and_each_finds_only_their_own()
    {
        using var emina = await world.As(world.Emina);
        await SayAsync(emina, "I want to paint the violet door");
        foreach (var other in world.Everybody.Where(p => p.ClientId == Guid.Empty))
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(other)).GetAsync(Address)).Status);
        foreach (var other in (Person[])[world.Tarik, world.Aino])
            Assert.DoesNotContain("violet door", (await (await world.As(other)).GetAsync(Address)).Html, StringComparison.Ordinal);
        Assert.NotEqual(Address, (await world.Stranger().GetAsync(Address)).Url.AbsolutePath);
    }
}
