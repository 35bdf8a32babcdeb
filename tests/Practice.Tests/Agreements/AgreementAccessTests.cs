using System.Net;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>Who may see, fetch and do what with an agreement of Emina and Lejla.</summary>
public sealed class AgreementAccessTests(World world) : IClassFixture<World>
{
    private static readonly string[] Pages = ["", "/sign", "/talk", "/countersign", "/pdf", "/ask/5", "/paper", "/scan"];

    [Fact]
    public async Task Whoever_is_not_a_party_finds_nothing_at_any_address_of_it()
    {
        var id = await world.AgreeAsync();
        foreach (var person in new[] { world.Damir, world.Tarik, world.Sanela, world.Azra, world.Nora, world.Mikko, world.Aino })
        {
            var visitor = await world.As(person);
            foreach (var page in Pages)
                Assert.True((await visitor.GetAsync($"/agreements/{id}{page}")).Status == HttpStatusCode.NotFound, $"{person.Name} {page}");
        }
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_page()
    {
        var id = await world.AgreeAsync();
        foreach (var page in Pages)
            Assert.Contains("/sign-in", (await world.Stranger().GetWithoutFollowingAsync($"/agreements/{id}{page}")).Response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forms_of_others_act_for_nobody_else()
    {
        var id = await world.SendAsync();
        var form = (await (await world.As(world.Emina)).GetAsync($"/agreements/{id}")).Filled("Sign the agreement", "Emina Hodžić", "EH");
        var token = form.Value("__RequestVerificationToken");
        foreach (var person in new[] { world.Lejla, world.Damir, world.Tarik, world.Azra, world.Mikko })
        {
            var answer = await (await world.As(person)).PostAsync($"/agreements/{id}/sign", ("__RequestVerificationToken", token), ("Input.Name", "X"));
            Assert.True((int)answer.Status is 400 or 404, $"{person.Name}: {answer.Status}");
        }

        Assert.Equal(AgreementState.Sent, await world.StateAsync(id));
    }

    [Fact]
    public async Task The_client_does_not_see_a_draft_and_cannot_countersign()
    {
        var lejla = await world.As(world.Lejla);
        var draft = await (await lejla.GetAsync($"/agreements/new?client={world.Emina.ClientId}"))
            .SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", world.Lipa.Individual.ToString()));
        var emina = await world.As(world.Emina);

        Assert.Equal(HttpStatusCode.NotFound, (await emina.GetAsync(draft.Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await emina.GetAsync("/agreements")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await emina.GetAsync($"/agreements/new?client={world.Emina.ClientId}")).Status);
    }

    [Fact]
    public async Task An_admin_sees_states_and_no_words()
    {
        await world.SendAsync();
        var page = await (await world.As(world.Azra)).GetAsync("/agreements");

        Assert.True(page.Says("Emina Hodžić") && page.Says("Lejla Hadžić") && page.Says("Sent, not opened yet"), page.ToString());
        Assert.Empty(page.FindAll("main a[href^='/agreements/']"));
    }

    [Fact]
    public async Task A_colleague_prepares_nothing_for_another_s_client()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Damir)).GetAsync($"/agreements/new?client={world.Emina.ClientId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Mikko)).GetAsync($"/agreements/new?client={world.Emina.ClientId}")).Status);
        Assert.DoesNotContain("Emina", (await (await world.As(world.Damir)).GetAsync("/agreements")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_parties_read_what_they_agreed_and_fetch_the_same_copy()
    {
        var id = await world.AgreeAsync();
        var (emina, lejla) = (await world.As(world.Emina), await world.As(world.Lejla));

        Assert.True((await emina.GetAsync("/me/agreement")).Says("In force"));
        Assert.True((await lejla.GetAsync($"/agreements/{id}")).Says("In force"));
        Assert.Equal((await emina.GetAsync($"/agreements/{id}/pdf")).Bytes, (await lejla.GetAsync($"/agreements/{id}/pdf")).Bytes);
        Assert.DoesNotContain("agree", (await emina.GetAsync($"/agreements/{id}/pdf")).Response.Content.Headers.ContentDisposition!.FileName!, StringComparison.OrdinalIgnoreCase);
    }
}
