using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>Whoever changes what was agreed past the database's guards is found out, and what was sent stays what it was.</summary>
public sealed class TamperTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Guid _id;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _id = await _world.AgreeAsync(_world.Emina, Terms.Default(80, "BAM"));
        await _world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("update agreements set terms_json = jsonb_set(terms_json, '{fee,amount}', '1')", "the terms")]
    [InlineData("update agreements set document_hash = sha256('x')", "the words")]
    [InlineData("update agreements set document = set_byte(document, 59, get_byte(document, 59) # 1)", "seal")]
    [InlineData("update agreement_acts set hash = sha256('x') where number = 2", "act 2")]
    [InlineData("update agreement_acts set content = set_byte(content, 59, get_byte(content, 59) # 1) where number = 3", "seal")]
    [InlineData("update agreement_acts set number = 100 - number where number > 2", "act 3")]
    [InlineData("delete from agreement_acts where number = 2", "act 2")]
    [InlineData("delete from agreement_acts where number > 3", "a signature is missing")]
    [InlineData("update sealed_documents set content = set_byte(content, 59, get_byte(content, 59) # 1)", "seal")]
    [InlineData("update sealed_documents set sha256 = sha256('x')", "the PDF")]
    [InlineData("delete from sealed_documents", "never sealed")]
    public async Task Whoever_owns_the_server_can_change_it_but_not_unseen(string sql, string found)
    {
        await using var connection = new NpgsqlConnection(_world.Superuser + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("set session_replication_role = replica; " + sql, connection);
        Assert.True(await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);
        _world.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Contains(found, Assert.Single(await CheckAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_byte_changed_anywhere_makes_the_file_unknown()
    {
        var pdf = (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{_id}/pdf")).Bytes;
        var find = _world.Services.GetRequiredService<FindSealed>();
        Assert.True(await find.KnowsAsync(SHA256.HashData(pdf), TestContext.Current.CancellationToken));

        for (var at = 0; at < pdf.Length; at += Math.Max(1, pdf.Length / 200))
        {
            pdf[at] ^= 1;
            Assert.False(await find.KnowsAsync(SHA256.HashData(pdf), TestContext.Current.CancellationToken), $"byte {at}");
            pdf[at] ^= 1;
        }
    }

    [Fact]
    public async Task A_template_changed_meanwhile_changes_nothing_of_what_was_sent()
    {
        var id = await _world.SendAsync();
        await _world.InDbAsync(_world.Lejla, async db =>
        {
            var old = await db.AgreementTemplates.SingleAsync();
            var next = old.WorkingCopy(_world.Clock.Now);
            var text = old.In("en").Map(part => part.Replace("Things happen.", "Nothing ever happens.", StringComparison.Ordinal));
            next.Reword("en", text, [.. text.Clauses.Select(c => (int?)c.Number)], [.. text.Responsibilities.Select(r => (int?)r.Number)]);
            next.Change(old.Terms with { Fee = old.Terms.Fee with { PayWithinDays = 99 } });
            next.Publish("Nothing happens", _world.Clock.Now);
            db.Add(next);
        });

        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        Assert.True(page.Says("Things happen.") && page.Says("within 7 days"));
        await _world.SignAsync(id);
        await _world.CountersignAsync(id);
        Assert.Equal(AgreementState.InForce, await _world.StateAsync(id));

        var newer = await _world.SendAsync();
        Assert.True((await (await _world.As(_world.Emina)).GetAsync($"/agreements/{newer}")).Says("Nothing ever happens."));
    }

    [Fact]
    public async Task A_draft_that_changed_since_it_was_looked_at_is_not_sent()
    {
        var lejla = await _world.As(_world.Lejla);
        var draft = await (await lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}"))
            .SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", _world.Lipa.Individual.ToString()));
        await _world.InDbAsync(_world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).Rename("Emina Begić", "Emina"));
        var answer = await draft.SubmitAsync("Send it");

        Assert.True(answer.Says("Nothing was sent."), answer.ToString());
        Assert.True((await answer.SubmitAsync("Send it")).Says("Sent."));
    }

    [Fact]
    public async Task Evidence_holds_who_when_from_where_what_and_the_sentence_that_was_agreed_to()
    {
        var id = await _world.AgreeAsync();
        var acts = await _world.DoAsync(_world.Emina, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            return await services.GetRequiredService<ReadAgreement>().ActsAsync(await db.Agreements.SingleAsync(a => a.Id == id), default);
        });
        var signed = acts.Single(a => EvidenceChain.Values(a, "Act").Single() == "Signed");
        string Of(string name) => EvidenceChain.Values(signed, name).Single();

        Assert.Equal(("client", "Emina Hodžić", $"{_world.Emina.UserId}"), (Of("Party"), Of("Name"), Of("Account")));
        Assert.Equal("I have read this agreement, I understand what it means for me, and I agree to it.", Of("Consent"));
        Assert.Equal("2026-03-16T09:00:00.000000Z", Of("At"));
        Assert.Equal("127.0.0.1", Of("Address"));
        Assert.StartsWith("password, 2026-03-16", Of("Signed in"), StringComparison.Ordinal);
        Assert.Equal(64, Of("Document").Length);
    }

    [Fact]
    public async Task The_words_the_acts_and_the_document_are_not_readable_in_the_database()
    {
        foreach (var column in new[] { "agreements.document", "agreement_acts.content", "sealed_documents.content" })
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            Assert.Equal(0L, await _world.ScalarAsync<long>(
                $"select count(*) from {table} where position('Emina' in encode({name}, 'escape')) > 0 or position('%PDF' in encode({name}, 'escape')) > 0"));
        }
    }

    private Task<IReadOnlyList<string>> CheckAsync() => _world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(_world.Lipa.Id, CancellationToken.None);
}
