using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Caseload;

namespace PracticeApp.Tests.Caseload;

/// <summary>A practice that is founded by the command can be walked into by its first admin.</summary>
public sealed class FoundPracticeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Its_admin_opens_the_account_and_finds_what_every_practice_begins_with()
    {
        var link = await FoundAsync("breza");
        using var admin = world.App.Visitor();
        var home = await (await admin.GetAsync(new Uri(link).PathAndQuery)).SubmitAsync("main form button.btn-act", ("Input.Password", "a long walk by the river"));
        Assert.Equal("/caseload", home.Path);
        Assert.True((await admin.GetAsync("/people")).Says("ana@breza.example"));
        Assert.Contains("Fears", (await admin.GetAsync("/settings/themes")).Html, StringComparison.Ordinal);
        var kinds = await admin.GetAsync("/settings/kinds");
        Assert.True(kinds.Says("First talk") && kinds.Says("Individual session"), kinds.Text);
        Assert.True((await world.Stranger().GetAsync("/p/breza")).Says("Breza"));
        // What nobody has priced yet is offered to nobody.
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from session_kinds k join practices p on p.id = k.practice_id where p.slug = 'breza' and k.active"));
    }

    [Theory]
    [InlineData("Breza", "en", "Breza"), InlineData("Psychotherapy Anna Kovač", "en", "Anna Kovač"), InlineData("Centar za psihoterapiju", "bs", "Centar")]
    [InlineData("Психологический кабинет Анны Белой", "ru", "кабинет Анны Белой"), InlineData("Hypnotherapy", "en", "Appointments"), InlineData("Psykoterapia", "fi", "Ajanvaraus")]
    public async Task Its_sender_tells_nobody_what_it_is(string name, string language, string sender)
    {
        var slug = "p" + Guid.NewGuid().ToString("N");
        await FoundAsync(slug, name, language);
        Assert.Equal(sender, await world.ScalarAsync<string>($"select sender_name from practices where slug = '{slug}'"));
        Assert.Equal(name, await world.ScalarAsync<string>($"select name from practices where slug = '{slug}'"));
    }

    [Fact]
    public async Task Two_practices_never_share_an_address()
    {
        await FoundAsync("jasen");
        await Assert.ThrowsAsync<DbUpdateException>(() => FoundAsync("jasen"));
    }

    private async Task<string> FoundAsync(string slug, string name = "Breza", string language = "en")
    {
        await using var scope = world.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FoundPractice>().RunAsync(slug, name, $"ana@{slug}.example", "BA", "Europe/Sarajevo", language, "BAM", CancellationToken.None);
    }
}
