using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Agreements;

public sealed class StrokesTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("1,2", true)]
    [InlineData("1,2 3,4;5,6", true)]
    [InlineData("600,200", true)]
    [InlineData("601,0", false)]
    [InlineData("0,201", false)]
    [InlineData("", false)]
    [InlineData("1,2 ", false)]
    [InlineData("1,2;;3,4", false)]
    [InlineData("1;2", false)]
    [InlineData("1,2\n3,4", false)]
    [InlineData("\"/><script>", false)]
    [InlineData("-1,2", false)]
    public void Only_points_on_the_sheet_are_kept(string sent, bool kept) => Assert.Equal(kept ? sent : null, Strokes.Read(sent));

    [Fact]
    public void Eight_thousand_bytes_are_enough() => Assert.Null(Strokes.Read(string.Join(' ', Enumerable.Repeat("100,100", 1100))));

    [Fact]
    public void The_path_of_a_picture() => Assert.Equal("M1 2L3 4M5 6h1", Strokes.Path("1,2 3,4;5,6"));

    [Fact]
    public async Task A_drawn_name_is_kept_in_the_evidence_and_drawn_into_the_document()
    {
        var id = await world.SendAsync();
        var page = await world.OpenAsync(world.Emina, id);
        Assert.True(page.Find("[data-draw]")!.HasAttribute("hidden"));
        await page.Filled("Sign the agreement", "Emina Hodžić", "EH").Fill("Strokes", "10,20 30,40;50,60").SubmitAsync();
        var signed = (await world.ActTextsAsync(id)).Single(a => EvidenceChain.Values(a, "Act").Single() == "Signed");
        Assert.Equal("10,20 30,40;50,60", EvidenceChain.Values(signed, "Strokes").Single());
        Assert.NotNull((await world.OpenAsync(world.Emina, id)).Find("svg.drawn path[d='M10 20L30 40M50 60h1']"));

        await world.CountersignAsync(id);
        Assert.Equal(1, await world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None));
        var pdf = (await (await world.As(world.Emina)).GetAsync($"/agreements/{id}/pdf")).Bytes;
        Assert.Equal(0, PdfTool.Run("qpdf", pdf, "--check", "FILE").Exit);
        var content = PdfTool.Run("qpdf", pdf, "--qdf", "--object-streams=disable", "FILE", "-").Output;
        Assert.Contains(" 1 J 1 j ", content, StringComparison.Ordinal);
    }

    [Fact]
    public void An_act_without_the_newer_lines_reads_as_ever()
    {
        var who = new Witnessed("client", "Emina", Guid.Empty, "", "", "");
        var text = EvidenceChain.Write(new Act(Guid.Empty, 1, ActKind.Signed, World.Start, who, new byte[32], "I agree.", "Emina"), new byte[32]);

        foreach (var name in new[] { "Relation", "Strokes", "Signed by", "Scan" }) Assert.Empty(EvidenceChain.Values(text, name));
        Assert.Equal("Practice act, form 1\nAgreement: 00000000-0000-0000-0000-000000000000\nNumber: 1\nAct: Signed\nAt: 2026-03-16T09:00:00.000000Z\nParty: client\nName: Emina\nConsent: I agree.\nTyped name: Emina\n"
            + $"Document: {new string('0', 64)}\nPrevious: {new string('0', 64)}\n", text);
    }
}
