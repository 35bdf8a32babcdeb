using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Clients;

namespace PracticeApp.Tests.Agreements;

public sealed class SeveralPartiesTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Each_signs_alone_and_everybody_sees_who_is_waited_for()
    {
        var (amra, jasmin) = await _world.CoupleAsync();
        var id = await _world.SendAsync(to: amra);
        Assert.Equal([amra.Email, jasmin.Email], (await _world.DeliverAsync()).Select(m => m.To).Order());

        var signed = await _world.SignAsync(id, amra);
        Assert.True(signed.Says("Amra Softić signed, 16 March 2026") && signed.Says("Jasmin Softić not signed yet"), signed.ToString());
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
        var his = await _world.OpenAsync(jasmin, id);
        Assert.True(his.Says("Amra Softić signed"), his.ToString());
        Assert.DoesNotContain("XY", his.Form("Sign the agreement").Fields.Select(his.Form("Sign the agreement").Value));
        Assert.True((await _world.OpenAsync(_world.Lejla, id)).Says("Jasmin Softić not signed yet"));
        Assert.Empty(await _world.DeliverAsync());

        await _world.SignAsync(id, jasmin);
        Assert.Equal(AgreementState.SignedByClient, await _world.StateAsync(id));
        Assert.Equal(_world.Lejla.Email, Assert.Single(await _world.DeliverAsync()).To);
    }

    [Fact]
    public async Task Two_who_sign_at_the_same_moment_are_both_recorded_and_the_state_goes_on_once()
    {
        var (amra, jasmin) = await _world.CoupleAsync();
        var id = await _world.SendAsync(to: amra);
        await _world.DeliverAsync();
        var forms = new List<Form>();
        foreach (var person in new[] { amra, jasmin })
        {
            var page = await _world.OpenAsync(person, id);
            forms.AddRange(Enumerable.Range(0, 10).Select(_ => page.Filled("Sign the agreement", person.Name, "XY")));
        }

        var answers = await Task.WhenAll(forms.Select(f => f.SubmitAsync(follow: false)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal([ActKind.Sent, ActKind.Initialled, ActKind.Signed, ActKind.Initialled, ActKind.Signed], await _world.ActsAsync(id));
        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(distinct client_id) from agreement_acts where kind = 'Signed'"));
        Assert.Equal(AgreementState.SignedByClient, await _world.StateAsync(id));
        Assert.Single(await _world.DeliverAsync());
    }

    [Fact]
    public async Task Why_one_declines_is_for_the_psychologist_and_not_for_the_other()
    {
        var (amra, jasmin) = await _world.CoupleAsync();
        var id = await _world.SendAsync(to: amra);
        await (await (await _world.As(jasmin)).GetAsync($"/agreements/{id}/talk")).SubmitAsync("Ask for a talk", ("Reason", "I am not sure about us."));

        Assert.True((await _world.OpenAsync(_world.Lejla, id)).Says("I am not sure about us."));
        Assert.True((await _world.OpenAsync(jasmin, id)).Says("I am not sure about us."));
        var hers = await _world.OpenAsync(amra, id);
        Assert.True(hers.Says("Jasmin Softić does not want to sign it like this."), hers.ToString());
        Assert.False(hers.Says("I am not sure about us.") || hers.Says("You have said why"), hers.ToString());
    }

    [Fact]
    public async Task Both_read_what_either_asks()
    {
        var (amra, jasmin) = await _world.CoupleAsync();
        var id = await _world.SendAsync(to: amra);
        await _world.AskAsync(amra, id, 5, "Is half meant for both?");

        Assert.Contains("Amra Softić · question", (await _world.OpenAsync(jasmin, id)).Find("#talk-5")!.TextContent, StringComparison.Ordinal);
    }
}
