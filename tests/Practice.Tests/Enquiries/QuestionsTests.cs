using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Enquiries;
using PracticeApp.Platform;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Tests.Enquiries;

/// <summary>Questions before a first talk: "/settings/questions", "/me/questions", "/questions/{token}", "/clients/{client}/questions".</summary>
public sealed class QuestionsTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Page> AskAsync(Visitor azra, string text, string form = "Long", string? choices = null, bool required = false)
    {
        var f = (await azra.GetAsync("/settings/questions")).Form("Save the question").Fill("Form", form).Fill("TextEn", text).Fill("WhyEn", "To prepare").Fill("Required", required ? "true" : "false");
        if (choices is not null) f.Fill("ChoicesEn", choices);
        return await f.SubmitAsync();
    }

    private Task<Guid> TalkAsync() => _world.DoAsync(_world.Emina, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var kind = await db.SessionKinds.SingleAsync(k => k.Form == SessionForm.FirstTalk);
        var start = Slots.Local("2026-03-16 12:00");
        var talk = new Appointment(_world.Lipa.Id, _world.Emina.EngagementId, _world.Lejla.UserId, kind.Id, MeetingPlace.Online, null, start, start.AddMinutes(20), 0, "BAM", [_world.Emina.ClientId], null);
        talk.Book(_world.Clock.Now, _world.Clock.Now);
        db.Add(talk);
        return talk.Id;
    });

    [Fact]
    public async Task The_admin_asks_the_client_answers_the_psychologist_reads_and_nobody_else()
    {
        using var azra = await _world.As(_world.Azra);
        Assert.Equal(["Write the question in one language at least."], (await (await azra.GetAsync("/settings/questions")).Form("Save the question").SubmitAsync()).Errors);
        Assert.True((await AskAsync(azra, "What should be different?", required: true)).Says("What should be different?"));
        Assert.Single((await AskAsync(azra, "Been here before?", "Choice", "Yes")).Errors);
        await AskAsync(azra, "Been here before?", "Choice", "Yes\nNo");
        await AskAsync(azra, "Anything else?", "Short");
        await TalkAsync();

        using var emina = await _world.As(_world.Emina);
        Assert.True((await emina.GetAsync("/me")).Says("A few questions before our first talk."));
        using var lejla = await _world.As(_world.Lejla);
        var card = await lejla.GetAsync($"/clients/{_world.Emina.ClientId}");
        Assert.True(card.Says("not answered yet"), card.Text);

        var page = await emina.GetAsync("/me/questions");
        Assert.True(page.Says("To prepare"));
        var (first, third) = (page.FindAll("textarea[name^='Answers']")[0].GetAttribute("name")!, page.FindAll("input[type=text][name^='Answers'],input:not([type])[name^='Answers']")[0].GetAttribute("name")!);
        // What may not be skipped is said beside it; what was typed stays.
        var missing = await page.Form("Send my answers").Fill(third, "I hear badly").SubmitAsync();
        Assert.Equal(["This one we need before we meet. A few words are enough."], missing.Errors);
        Assert.Equal("I hear badly", missing.Form("Send my answers").Value(third));
        var form = missing.Form("Send my answers").Fill(first, "More sleep zzsleepzz");
        var kept = await form.SubmitAsync();
        Assert.True(kept.Says("Thank you. Lejla Hadžić reads it before you meet."), kept.Text);
        await form.SubmitAsync();
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from talk_answers"));
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        // Answered again it is a new row; the latest counts.
        Assert.Equal("More sleep zzsleepzz", (await emina.GetAsync("/me/questions")).Form("Send my answers").Value(first));
        await (await emina.GetAsync("/me/questions")).Form("Send my answers").Fill(first, "Less fear").SubmitAsync();
        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(*) from talk_answers"));

        var path = $"/clients/{_world.Emina.ClientId}/questions";
        var read = await lejla.GetAsync(path);
        Assert.True(read.Text.IndexOf("Less fear", StringComparison.Ordinal) < read.Text.IndexOf("zzsleepzz", StringComparison.Ordinal), read.Text);
        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(*) from audit_entries where act = 'talk-answers.read'"));
        foreach (var other in new[] { _world.Damir, _world.Sanela, _world.Azra, _world.Emina, _world.Tarik, _world.Mikko })
        {
            using var visitor = await _world.As(other);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
            if (other != _world.Emina) Assert.Equal(0, await _world.InDbAsync(other, db => db.TalkAnswers.CountAsync()));
        }
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from talk_answers where position('zzsleepzz'::bytea in words) > 0"));
        // The talk has begun: nothing is asked any more.
        _world.Clock.Set(Slots.Local("2026-03-16 12:01"));
        var (cookie, value) = await _world.App.CookieAsync(_world.Emina.UserId, _world.Lipa.Id);
        emina.SetCookie(cookie, value);
        var over = await emina.GetAsync("/me/questions");
        Assert.True(over.Says("Nothing is asked now"), over.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync()).Status);
    }

    [Fact]
    public async Task By_the_link_nothing_written_is_shown_again_and_danger_is_answered_first()
    {
        using var azra = await _world.As(_world.Azra);
        await AskAsync(azra, "What brings you?");
        var talk = await TalkAsync();
        var token = _world.Services.GetRequiredService<LinkTokens>().Make(AskModel.Purpose, _world.Lipa.Id, talk, _world.Emina.ClientId, Slots.Local("2026-03-16 12:00"));
        using var stranger = _world.Stranger();
        var page = await stranger.GetAsync($"/questions/{token}");
        Assert.NotNull(page.Find("a[data-quick-exit]"));
        var form = page.Form("Send my answers").Fill(page.Find("textarea")!.GetAttribute("name")!, "I want to kill myself.");
        var kept = await form.SubmitAsync();
        Assert.NotNull(kept.Find("[data-danger]"));
        Assert.DoesNotContain("kill myself", kept.Html, StringComparison.Ordinal);
        await form.SubmitAsync();
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from safety_flags where source = 'talk_answers' and closed_at is null"));
        Assert.DoesNotContain("kill myself", (await stranger.GetAsync($"/questions/{token}")).Html, StringComparison.Ordinal);
        using var lejla = await _world.As(_world.Lejla);
        var flag = await _world.ScalarAsync<Guid>("select id from safety_flags where source = 'talk_answers'");
        Assert.True((await lejla.GetAsync($"/safety/{flag}")).Says("I want to kill myself."));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/questions/nonsense")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/questions/{_world.Services.GetRequiredService<LinkTokens>().Make(AskModel.Purpose, _world.Lipa.Id, talk, _world.Tarik.ClientId, Slots.Local("2026-03-16 12:00"))}")).Status);
    }

    [Fact]
    public async Task Questions_are_few_in_an_order_and_retired_not_deleted()
    {
        using var azra = await _world.As(_world.Azra);
        for (var i = 1; i <= 12; i++) await AskAsync(azra, $"Question {i}");
        var full = await azra.GetAsync("/settings/questions");
        Assert.True(full.Says("Twelve are asked already."));
        var moved = await full.Form("button[aria-label='Ask earlier: Question 2']").SubmitAsync();
        Assert.True(moved.Text.IndexOf("Question 2", StringComparison.Ordinal) < moved.Text.IndexOf("Question 1 ", StringComparison.Ordinal), moved.Text);
        var one = await azra.GetAsync(moved.Link("Change: Question 1").GetAttribute("href")!);
        Assert.True((await one.Form("No longer ask it").SubmitAsync()).Says("no longer asked"));
        using var lejla = await _world.As(_world.Lejla);
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.GetAsync("/settings/questions")).Status);
    }
}
