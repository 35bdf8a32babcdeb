using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Agreements;

public sealed class SealingTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task What_is_signed_and_not_sealed_is_sealed_the_next_time_and_once()
    {
        var id = await SignedByBothAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        Assert.True(page.Says("is being made"), page.ToString());

        Assert.Equal(1, await SealAsync());
        Assert.Equal(0, await SealAsync());
        Assert.True((await page.FollowAsync("Look again")).Says("Keep a copy"));
    }

    [Fact]
    public async Task Two_instances_at_once_seal_one_document()
    {
        await SignedByBothAsync();
        var sealedNow = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SealAsync()));

        Assert.Equal(1, sealedNow.Sum());
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from sealed_documents"));
    }

    [Fact]
    public async Task One_that_cannot_be_sealed_does_not_hold_up_the_others()
    {
        var broken = await _world.AgreeAsync(_world.Tarik, Terms.Default(80, "BAM"));
        await using (var connection = new NpgsqlConnection(_world.Superuser + ";Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand($"set session_replication_role = replica; update agreements set document = '\\x00' where id = '{broken}'", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await SignedByBothAsync();
        Assert.Equal(1, await SealAsync());
    }

    [Fact]
    public async Task The_document_holds_text_promises_signatures_evidence_and_hashes_and_a_past_one_does_too()
    {
        var id = await _world.AgreeAsync();
        var pdf = (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/pdf")).Bytes;
        var text = Fold(PdfTool.TextOf(pdf));
        var hash = await _world.ScalarAsync<byte[]>($"select document_hash from agreements where id = '{id}'");

        foreach (var part in new[] { "Cancelling and moving", "With less than 24 hours' notice you pay half of the fee.", "EH · LH", "Emina Hodžić, client",
            "Lejla Hadžić, psychologist", "Certificate", CanonicalText.Hex(hash!), "127.0.0.1", "I have read this agreement", "\"hoursBefore\":24" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(CanonicalText.Hex(hash!), CanonicalText.Hex(CanonicalText.Hash(PdfTool.Run("pdfdetach", pdf, "-save", "6", "-o", "/dev/stdout", "FILE").Output)));

        await _world.AgreeAsync(_world.Tarik, Terms.Default(80, "BAM"));
        Assert.Equal(1, await SealAsync());
        Assert.Empty(await _world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(_world.Lipa.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_client_hears_that_the_copy_is_there_and_not_of_what()
    {
        await SignedByBothAsync();
        await _world.DeliverAsync();
        await SealAsync();

        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal(_world.Emina.Email, mail.To);
        Assert.DoesNotContain("agreement", mail.Subject + mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Guid> SignedByBothAsync()
    {
        var id = await _world.SendAsync();
        await _world.SignAsync(id);
        await _world.CountersignAsync(id);
        return id;
    }

    private Task<int> SealAsync() => _world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None);

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
