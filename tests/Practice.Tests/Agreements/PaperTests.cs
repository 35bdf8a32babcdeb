using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Agreements;

/// <summary>Signed on paper: "/agreements/{id}/paper", its scan at "/agreements/{id}/scan", and the words to print at "/agreements/{id}/unsigned".</summary>
public sealed class PaperTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_signed_on_paper_is_in_force_with_its_scan_in_the_evidence(bool fromDraft)
    {
        var id = fromDraft ? await DraftAsync() : await _world.SendAsync();
        await _world.DeliverAsync();
        var done = await (await FormAsync(id)).SubmitAsync();
        Assert.True(done.Says("In force"), done.ToString());
        Assert.Equal(AgreementState.InForce, await _world.StateAsync(id));
        Assert.Equal([ActKind.Sent, ActKind.SignedOnPaper], await _world.ActsAsync(id));
        var act = (await _world.ActTextsAsync(id))[1];
        Assert.Equal(["Emina Hodžić", "Lejla Hadžić"], EvidenceChain.Values(act, "Signed by"));
        Assert.Equal("2026-03-14", EvidenceChain.Values(act, "Signed on").Single());
        Assert.Equal(CanonicalText.Hex(SHA256.HashData(SigningWorld.Pdf)), EvidenceChain.Values(act, "Scan").Single());
        Assert.Contains("signed on paper", EvidenceChain.Values(act, "Consent").Single(), StringComparison.Ordinal);

        Assert.Equal(1, await _world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None));
        var emina = await _world.As(_world.Emina);
        var pdf = (await emina.GetAsync($"/agreements/{id}/pdf")).Bytes;
        Assert.Equal(0, PdfTool.Run("qpdf", pdf, "--check", "FILE").Exit);
        var text = string.Concat(PdfTool.TextOf(pdf).Where(c => !char.IsWhiteSpace(c)));
        Assert.Contains("Signedonpaper,14March2026", text, StringComparison.Ordinal);
        Assert.Contains("Scan,SHA-256:" + CanonicalText.Hex(SHA256.HashData(SigningWorld.Pdf)), text, StringComparison.Ordinal);
        var scan = await (await emina.GetAsync($"/agreements/{id}")).FollowAsync("The scan of the paper");
        Assert.Equal(SigningWorld.Pdf, scan.Bytes);
        Assert.Equal("attachment", scan.Response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Empty(await _world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(_world.Lipa.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_words_are_fetched_unsigned_by_those_who_may_read_them_until_they_are_in_force()
    {
        var draft = await DraftAsync();
        static string At(Guid id) => $"/agreements/{id}/unsigned";
        var lejla = await _world.As(_world.Lejla);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(_world.Emina)).GetAsync(At(draft))).Status);
        var pdf = (await (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/{draft}/paper")).FollowAsync("Print it")).Bytes;
        Assert.Equal(0, PdfTool.Run("qpdf", pdf, "--check", "FILE").Exit);
        var text = PdfTool.TextOf(pdf);
        Assert.Contains("Cancelling and moving", text, StringComparison.Ordinal);
        Assert.Contains("Not signed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Certificate", text, StringComparison.Ordinal);

        var id = await _world.SendAsync();
        Assert.Equal(HttpStatusCode.OK, (await (await _world.As(_world.Emina)).GetAsync(At(id))).Status);
        foreach (var person in new[] { _world.Tarik, _world.Damir, _world.Azra, _world.Mikko })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync(At(id))).Status);
        await (await FormAsync(id)).SubmitAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.GetAsync(At(id))).Status);
    }

    [Fact]
    public async Task A_file_is_known_by_what_it_is_and_everything_typed_stays()
    {
        var id = await _world.SendAsync();
        foreach (var (bytes, message) in new (byte[], string)[]
            { ([], "Please choose the scan."), ("<html><script>"u8.ToArray(), "neither a PDF nor"), ("MZ"u8.ToArray(), "neither a PDF nor"), ([.. "%PDF-"u8, .. new byte[PaperScan.LargestFile]], "larger than 5 MB") })
        {
            var answer = await (await FormAsync(id, bytes)).SubmitAsync();
            Assert.True(answer.Says(message), answer.ToString());
            Assert.Equal("2026-03-14", answer.Form("Record it").Value("SignedOn"));
            Assert.Equal("Emina Hodžić", answer.Form("Record it").Value("Clients"));
        }

        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
        Assert.NotNull(PaperScan.MediaTypeOf([0xFF, 0xD8, 0xFF, 0xE0]));
        Assert.NotNull(PaperScan.MediaTypeOf([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]));
        Assert.Null(PaperScan.MediaTypeOf([0x89, 0x50]));
    }

    [Fact]
    public async Task Missing_or_impossible_answers_are_named_beside_their_fields()
    {
        var id = await _world.SendAsync();
        var answer = await (await FormAsync(id)).Fill("SignedOn", "2027-01-01").Fill("Same", "false").SubmitAsync();

        Assert.True(answer.Says("This date cannot be right.") && answer.Says("Please compare them first."), answer.ToString());
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
    }

    [Fact]
    public async Task Recorded_ten_times_at_once_it_is_recorded_once()
    {
        var id = await _world.SendAsync();
        var form = await FormAsync(id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => form.SubmitAsync(follow: false)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal([ActKind.Sent, ActKind.SignedOnPaper], await _world.ActsAsync(id));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from paper_scans"));
    }

    [Fact]
    public async Task It_takes_the_place_of_the_version_before()
    {
        var first = await _world.AgreeAsync();
        var second = await _world.SendAsync();
        await (await FormAsync(second)).SubmitAsync();

        Assert.Equal((AgreementState.Superseded, AgreementState.InForce), (await _world.StateAsync(first), await _world.StateAsync(second)));
    }

    [Fact]
    public async Task Only_the_psychologist_records_and_only_the_parties_fetch()
    {
        var id = await _world.SendAsync();
        foreach (var person in new[] { _world.Emina, _world.Damir, _world.Azra, _world.Mikko })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync($"/agreements/{id}/paper")).Status);
        await (await FormAsync(id)).SubmitAsync();
        foreach (var person in new[] { _world.Tarik, _world.Damir, _world.Azra, _world.Sanela, _world.Mikko })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync($"/agreements/{id}/scan")).Status);
    }

    [Theory]
    [InlineData("update paper_scans set content = set_byte(content, 59, get_byte(content, 59) # 1)", "seal")]
    [InlineData("delete from paper_scans", "the scan is missing")]
    public async Task A_scan_that_was_changed_past_the_guards_is_found_out(string sql, string found)
    {
        var id = await _world.SendAsync();
        await (await FormAsync(id)).SubmitAsync();
        await _world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None);
        await using var connection = new NpgsqlConnection(_world.Superuser + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var plain = new NpgsqlCommand(sql, connection))
            Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => plain.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
        await using var command = new NpgsqlCommand("set session_replication_role = replica; " + sql, connection);
        Assert.True(await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);

        Assert.Contains(found, Assert.Single(await _world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(_world.Lipa.Id, CancellationToken.None)), StringComparison.Ordinal);
    }

    private async Task<Guid> DraftAsync()
    {
        var draft = await (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/new?client={_world.Emina.ClientId}"))
            .SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", _world.Lipa.Individual.ToString()));
        return Guid.Parse(draft.Url.Segments[^1]);
    }

    private async Task<Form> FormAsync(Guid id, byte[]? file = null) =>
        (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/{id}/paper")).Form("Record it")
            .Fill("SignedOn", "2026-03-14").Fill("Same", "true").Attach("File", "scan.pdf", file ?? SigningWorld.Pdf);
}
