using System.Net;
using System.Security.Cryptography;

namespace PracticeApp.Tests.Agreements;

public sealed class VerifyTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("en", "Genuine and unchanged", "Not known or altered")]
    [InlineData("ru", "Подлинный, не изменён", "Неизвестен или изменён")]
    [InlineData("bs", "Izvoran i nepromijenjen", "Nepoznat ili izmijenjen")]
    [InlineData("fi", "Aito ja muuttumaton", "Tuntematon tai muutettu")]
    public async Task The_answer_is_one_of_two_and_says_nothing_of_persons(string language, string genuine, string unknown)
    {
        var pdf = await PdfAsync();
        var page = await world.Stranger(language).GetAsync("/verify");
        var known = await page.Form("[data-verify]").Attach("Input.File", "a.pdf", pdf).SubmitAsync();
        var other = await page.Form("[data-verify]").Attach("Input.File", "a.pdf", [.. pdf, 0]).SubmitAsync();

        Assert.True(known.Says(genuine) && !known.Says(unknown), known.ToString());
        Assert.True(other.Says(unknown) && !other.Says(genuine), other.ToString());
        foreach (var word in new[] { "Emina", "Lejla", "Lipa" }) Assert.DoesNotContain(word, known.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hash_alone_is_enough()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(await PdfAsync()));
        var page = await world.Stranger().GetAsync("/verify");

        Assert.True((await page.Form("Check it").Fill("Input.Hash", hash).SubmitAsync()).Says("Genuine and unchanged"));
        Assert.True((await page.Form("Check it").Fill("Input.Hash", new string('0', 64)).SubmitAsync()).Says("Not known or altered"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a hash")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_a_file_it_asks_for_one(string hash)
    {
        var answer = await (await world.Stranger().GetAsync("/verify")).Form("Check it").Fill("Input.Hash", hash).SubmitAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Says("Please choose a file first."), answer.ToString());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_beside_the_field()
    {
        var answer = await (await world.Stranger().GetAsync("/verify")).Form("Check it").Attach("Input.File", "a.pdf", new byte[6 * 1024 * 1024]).SubmitAsync();

        Assert.True(answer.Says("larger than any document"), answer.ToString());
    }

    [Fact]
    public async Task It_does_not_tell_whether_the_agreement_is_still_in_force()
    {
        var first = await PdfAsync();
        await PdfAsync();
        var page = await world.Stranger().GetAsync("/verify");

        Assert.True((await page.Form("Check it").Attach("Input.File", "a.pdf", first).SubmitAsync()).Says("Genuine and unchanged"));
    }

    [Fact]
    public async Task Its_parties_are_led_to_what_became_of_it_and_nobody_else()
    {
        var first = await PdfAsync();
        await PdfAsync();
        var page = await world.Stranger().GetAsync("/verify");
        var genuine = await page.Form("[data-verify]").Attach("Input.File", "a.pdf", first).SubmitAsync();
        var address = genuine.FindAll("a[href^='/verify/']").Single().GetAttribute("href")!;

        Assert.StartsWith("/sign-in", (await genuine.FollowAsync("See whether the agreement is in force")).Path, StringComparison.Ordinal);
        foreach (var party in new[] { world.Emina, world.Lejla })
            Assert.True((await (await world.As(party)).GetAsync(address)).Says("Superseded"), party.ToString());
        foreach (var other in new[] { world.Tarik, world.Damir, world.Azra })
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(other)).GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Emina)).GetAsync($"/verify/{new string('0', 64)}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Emina)).GetAsync($"/verify/{new string('z', 64)}")).Status);
    }

    private async Task<byte[]> PdfAsync()
    {
        var id = await world.AgreeAsync();
        return (await (await world.As(world.Emina)).GetAsync($"/agreements/{id}/pdf")).Bytes;
    }
}
