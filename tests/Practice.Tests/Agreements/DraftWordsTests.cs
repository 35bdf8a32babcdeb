using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>One client's own words, and the next version that begins from the agreement in force.</summary>
public sealed class DraftWordsTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Visitor _lejla = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _lejla = await _world.As(_world.Lejla);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Page> PrepareAsync() => await (await _lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}"))
        .SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", _world.Lipa.Individual.ToString()));

    private static string Text(Page page, int number) => page.FindAll("[data-items=clause] > li textarea")[number - 1].GetAttribute("name")!;

    [Fact]
    public async Task Words_of_one_draft_are_changed_marked_and_brought_back()
    {
        var draft = await PrepareAsync();
        var editor = await draft.FollowAsync("Change the words for Emina Hodžić");
        var saved = await editor.SubmitAsync("Save", (Text(editor, 8), "Call whenever you like."));

        Assert.True(saved.Says("Saved for this agreement."), saved.ToString());
        Assert.Equal(["t8"], saved.FindAll("[data-items=clause] > li:has(.state)").Select(l => l.Id));
        Assert.Contains("[added: Call whenever you like", string.Join(' ', saved.Find("#t8 details")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True((await _lejla.GetAsync(draft.Path)).Says("Call whenever you like."));

        var back = await saved.SubmitAsync("Back to the template’s words");
        Assert.False(back.Html.Contains("Call whenever you like.", StringComparison.Ordinal));
        Assert.Equal(0, await _world.ScalarAsync<int>("select length(words) from agreements"));
    }

    [Fact]
    public async Task A_clause_that_moved_takes_its_terms_along_and_what_the_client_signs_says_so()
    {
        var draft = await PrepareAsync();
        var editor = await _lejla.GetAsync(draft.Path + "/text");
        await (await editor.Form("#t3 [data-move='-1']").SubmitAsync()).SubmitAsync("Save");
        var read = await _lejla.GetAsync(draft.Path);

        Assert.Contains("80\u00a0KM", read.Find("#t2 .means")!.TextContent, StringComparison.Ordinal);
        await read.SubmitAsync("Send it");
        Assert.Contains("80\u00a0KM", (await (await _world.As(_world.Emina)).GetAsync(draft.Path)).Find("#t2 .means")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _lejla.GetAsync(draft.Path + "/text")).Status);
    }

    [Fact]
    public async Task Nothing_may_be_left_empty_and_nothing_typed_is_lost()
    {
        var editor = await _lejla.GetAsync((await PrepareAsync()).Path + "/text");
        var answer = await editor.SubmitAsync("Save", (Text(editor, 2), ""), (Text(editor, 3), "It costs {{fee}} or {{nothing}}."));

        Assert.Equal(["Please write something here.", "{{nothing}} stands for nothing. Please choose from the list of values."], answer.Errors);
        Assert.Equal("It costs {{fee}} or {{nothing}}.", answer.Form("Save").Value(Text(answer, 3)));
    }

    [Fact]
    public async Task Of_two_windows_the_second_is_told()
    {
        var place = (await PrepareAsync()).Path + "/text";
        var (one, two) = (await _lejla.GetAsync(place), await _lejla.GetAsync(place));
        await one.SubmitAsync("Save", (Text(one, 3), "One."));
        var told = await two.SubmitAsync("Save", (Text(two, 3), "Two."));

        Assert.True(told.Says("Somebody else has saved this meanwhile."));
        Assert.Equal("Two.", told.Form("Save").Value(Text(told, 3)));
    }

    [Fact]
    public async Task The_next_version_may_begin_from_the_agreement_in_force()
    {
        var draft = await PrepareAsync();
        var editor = await _lejla.GetAsync(draft.Path + "/text");
        await editor.SubmitAsync("Save", (Text(editor, 8), "Call whenever you like."));
        await (await _lejla.GetAsync(draft.Path)).SubmitAsync("Send it");
        var id = Guid.Parse(draft.Url.Segments[^1]);
        await _world.SignAsync(id);
        await _world.CountersignAsync(id);

        var next = await (await _lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}")).SubmitAsync("Show me the agreement", ("From", id.ToString()));
        Assert.True(next.Says("Call whenever you like.") && next.Says("Version 2"), next.ToString());
        var anew = await PrepareAsync();
        Assert.False(anew.Says("Call whenever you like."));
    }

    [Fact]
    public async Task Somebody_elses_draft_is_unknown()
    {
        var place = (await PrepareAsync()).Path + "/text";
        foreach (var person in new[] { _world.Damir, _world.Emina, _world.Azra, _world.Mikko })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync(place)).Status);
    }
}
