using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Agreements;

/// <summary>Questions and proposals on a clause, at "/agreements/{id}/ask/{clause}".</summary>
public sealed class ClauseTalkTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_question_stays_with_its_clause_and_is_answered_in_place()
    {
        var id = await _world.SendAsync();
        await _world.DeliverAsync();
        var asked = await _world.AskAsync(_world.Emina, id, 5, "What if I am ill in the morning?");

        Assert.Contains("What if I am ill", asked.Find("#t5")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("What if I am ill", asked.Find("#t6")!.TextContent, StringComparison.Ordinal);
        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal(_world.Lejla.Email, mail.To);
        Assert.DoesNotContain("ill", mail.Text, StringComparison.Ordinal);

        var index = await (await _world.As(_world.Lejla)).GetAsync("/agreements");
        Assert.True(index.Says("A question waits for an answer"), index.ToString());
        Assert.True(index.FindAll("h2")[0].TextContent == "Waiting for you", index.ToString());
        var answered = await _world.AskAsync(_world.Lejla, id, 5, "Then it costs nothing.", "Answer");
        Assert.Contains("Then it costs nothing.", answered.Find("#t5")!.TextContent, StringComparison.Ordinal);
        var told = Assert.Single(await _world.DeliverAsync());
        Assert.Equal(_world.Emina.Email, told.To);
        foreach (var word in new[] { "agree", "Lejla", "psycholog", "nothing" }) Assert.DoesNotContain(word, told.Subject + told.Text, StringComparison.OrdinalIgnoreCase);
        Assert.False((await (await _world.As(_world.Lejla)).GetAsync("/agreements")).Says("A question waits"));
        Assert.Contains("Then it costs nothing.", (await _world.OpenAsync(_world.Emina, id)).Find("#t5")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
    }

    [Theory]
    [InlineData("", "Please write a word or two.")]
    [InlineData("x", "At most 2000 characters, please.")]
    public async Task What_cannot_be_kept_stays_typed(string letter, string message)
    {
        var id = await _world.SendAsync();
        var typed = string.Concat(Enumerable.Repeat(letter, 2001));
        var page = await _world.AskAsync(_world.Emina, id, 5, typed);

        Assert.True(page.Says(message), page.ToString());
        Assert.Equal(typed, page.Form("Ask").Value("Input.Text"));
        Assert.NotNull(page.Find("#say-5[aria-invalid]"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from agreement_questions"));
    }

    [Fact]
    public async Task The_same_form_sent_twenty_times_is_one_question()
    {
        var id = await _world.SendAsync();
        var form = (await _world.OpenAsync(_world.Emina, id)).Form("#talk-5 button[value='Question']").Fill("Input.Text", "Why so?");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => form.SubmitAsync(follow: false)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from agreement_questions"));
    }

    [Fact]
    public async Task A_proposal_that_is_accepted_becomes_a_new_version_that_shows_what_differs()
    {
        var id = await _world.SendAsync();
        await _world.AskAsync(_world.Emina, id, 5, "Twelve hours, please.", "Proposal");
        var draft = await (await _world.OpenAsync(_world.Lejla, id)).SubmitAsync("Accept and make a new version");
        var next = Guid.Parse(draft.Url.Segments[2].TrimEnd('/'));
        Assert.Equal(AgreementState.Draft, await _world.StateAsync(next));
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));

        await _world.DoAsync(_world.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var agreement = await db.Agreements.SingleAsync(a => a.Id == next);
            agreement.Change(agreement.Terms with { Cancellation = agreement.Terms.Cancellation with { Tiers = [new(12, Cost.OfPercent(50))] } });
            agreement.Reword(AgreementText.DefaultMarkdown("en").Replace("Things happen.", "Life happens, we know.", StringComparison.Ordinal),
                await services.GetRequiredService<Vault>().KeyAsync(agreement.KeyId));
        });
        await (await _world.OpenAsync(_world.Lejla, next)).SubmitAsync("Send it");

        var page = await _world.OpenAsync(_world.Emina, next);
        Assert.EndsWith("/sign", page.Path, StringComparison.Ordinal);
        Assert.True(page.Says("Changed since version 1: clause 5"), page.ToString());
        Assert.Contains(page.FindAll("#t5 ins"), i => i.TextContent.Contains("Life happens, we know", StringComparison.Ordinal));
        Assert.Contains(page.FindAll("#t5 del"), d => d.TextContent.Contains("Things happen", StringComparison.Ordinal));
        Assert.Contains(page.FindAll("#t5 ins"), i => i.TextContent.Contains("12", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#t6 ins"));
        Assert.Equal(AgreementState.Superseded, await _world.StateAsync(id));

        var earlier = await page.FollowAsync("What was said about this in the version before");
        Assert.Equal($"/agreements/{id}", earlier.Path);
        Assert.Contains("Twelve hours, please.", earlier.Find("#t5")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Yes, let us change this.", earlier.Find("#t5")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(earlier.FindAll("form[data-ask]"));
        Assert.True((await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/ask/5")).Says("Twelve hours, please."));
    }

    [Fact]
    public async Task Others_find_no_talk_and_nobody_speaks_for_another()
    {
        var id = await _world.SendAsync();
        await _world.AskAsync(_world.Emina, id, 5, "Something private.");
        foreach (var person in new[] { _world.Damir, _world.Tarik, _world.Azra, _world.Sanela, _world.Nora, _world.Mikko, _world.Aino })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync($"/agreements/{id}/ask/5")).Status);
            Assert.Equal(0, await _world.InDbAsync(person, db => db.AgreementQuestions.CountAsync()));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/ask/99")).Status);
        await (await _world.OpenAsync(_world.Emina, id)).Form("#talk-6 button[value='Question']").Fill("Input.Text", "I answer myself").Smuggle("Input.Kind", "Answer").SubmitAsync();
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from agreement_questions where kind = 'Answer'"));
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => _world.DoAsync(_world.Emina, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var agreement = await db.Agreements.SingleAsync(a => a.Id == id);
            db.AgreementQuestions.Add(new AgreementQuestion(agreement, 5, QuestionKind.Answer, null, "In her name", await services.GetRequiredService<Vault>().KeyAsync(agreement.KeyId), _world.Clock.Now));
        }));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, ((PostgresException)refused.InnerException!).SqlState);
    }

    [Theory]
    [InlineData("update agreement_questions set at = now()")]
    [InlineData("delete from agreement_questions")]
    public async Task What_was_said_is_never_changed(string sql)
    {
        var id = await _world.SendAsync();
        await _world.AskAsync(_world.Emina, id, 5, "Something.");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _world.InDbAsync(_world.Lejla, db => db.Database.ExecuteSqlRawAsync(sql)));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact]
    public async Task Words_that_tell_of_danger_put_the_numbers_first_and_are_flagged()
    {
        var id = await _world.SendAsync();
        var page = await _world.AskAsync(_world.Emina, id, 16, "I want to kill myself.");

        Assert.NotNull(page.Find("[data-danger] .crisis"));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from safety_flags where source = 'agreement_questions'"));
    }

    [Fact]
    public async Task What_was_said_is_not_readable_in_the_database()
    {
        var id = await _world.SendAsync();
        await _world.AskAsync(_world.Emina, id, 5, "Something private.");
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from agreement_questions where position('private' in encode(text, 'escape')) > 0"));
    }
}
