using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Enquiries;

namespace PracticeApp.Tests.Enquiries;

public sealed class AcceptTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await Desk.OpenAsync(_world);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Accepting_makes_a_client_and_an_engagement_and_sends_the_invitation()
    {
        var id = await Desk.WriteAsync(_world);
        await _world.DeliverAsync();
        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync($"/board/{id}/accept")).SubmitAsync("Accept", ("Name", "Katherine Novak"));
        Assert.True(page.Says("Accepted: a client now"), page.Text);

        var (client, engagement) = await _world.InDbAsync(_world.Lejla, async db =>
            (await db.Clients.SingleAsync(c => c.Name == "Katherine Novak"), await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.EnquiryId == id)));
        Assert.Equal(("Katherine", _world.Lejla.UserId, client.KeyId), (client.CalledName, engagement.PsychologistId, engagement.KeyId));
        Assert.Equal(client.Id, Assert.Single(engagement.Parties).ClientId);
        Assert.Contains(await _world.DeliverAsync(), m => m.To == "katherine@example.org" && m.Text.Contains("/invitation/", StringComparison.Ordinal));
        Assert.DoesNotContain("Katherine", (await lejla.GetAsync("/board")).Html);
    }

    [Fact]
    public async Task The_words_then_belong_to_the_engagement_alone()
    {
        var id = await Desk.WriteAsync(_world);
        using var sanela = await _world.As(_world.Sanela);
        await (await sanela.GetAsync($"/board/{id}/accept")).SubmitAsync("Accept", ("PsychologistId", _world.Damir.UserId.ToString()));
        using var damir = await _world.As(_world.Damir);
        Assert.True((await damir.GetAsync($"/board/{id}")).Says(Desk.Words));
        using var lejla = await _world.As(_world.Lejla);
        Assert.DoesNotContain("dishwasher", (await lejla.GetAsync($"/board/{id}")).Html);
    }

    [Fact]
    public async Task Without_a_safe_mailbox_nothing_is_sent()
    {
        using var stranger = _world.Stranger();
        await (await Desk.FormAsync(_world, stranger)).Fill("How", "Call").Fill("Phone", "061 204 118").SubmitAsync();
        var id = (await Desk.LatestAsync(_world)).Id;
        await _world.DeliverAsync();
        using var lejla = await _world.As(_world.Lejla);
        await (await lejla.GetAsync($"/board/{id}/accept")).SubmitAsync("Accept");
        Assert.Empty(await _world.DeliverAsync());
        Assert.Equal(EnquiryState.Accepted, (await Desk.LatestAsync(_world)).State);
    }

    [Fact]
    public async Task Twice_is_one_client()
    {
        var id = await Desk.WriteAsync(_world);
        using var lejla = await _world.As(_world.Lejla);
        var form = (await lejla.GetAsync($"/board/{id}/accept")).Form("Accept");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => form.SubmitAsync()));
        Assert.Equal(1, await _world.ScalarAsync<long>($"select count(*) from engagements where enquiry_id = '{id}'"));
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from clients where called_name = 'Katherine'"));
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from audit_entries where act = 'enquiry.accepted'"));
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.GetAsync($"/board/{id}/accept")).Status);
    }

    [Fact]
    public async Task Bad_input_stays_in_the_form_with_a_message_beside_it()
    {
        var id = await Desk.WriteAsync(_world);
        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync($"/board/{id}/accept")).SubmitAsync("Accept", ("Name", new string('n', 10_000)), ("Email", "nowhere"));
        Assert.Equal(2, page.Errors.Count);
        Assert.Equal(10_000, page.Form("Accept").Value("Name").Length);

        var form = (await lejla.GetAsync($"/board/{id}/accept")).Form("Accept");
        form.Element.QuerySelector("select[name='Input.PsychologistId']")!.Remove();
        var foreign = await form.Smuggle("Input.PsychologistId", _world.Mikko.UserId.ToString()).SubmitAsync();
        Assert.Equal(["This colleague does not take clients here."], foreign.Errors);
        Assert.Equal(0, await _world.ScalarAsync<long>($"select count(*) from engagements where enquiry_id = '{id}'"));
    }

    [Fact]
    public async Task Somebody_who_was_here_before_goes_on_under_the_same_name_and_key()
    {
        await _world.InDbAsync(_world.Damir, async db => (await db.Clients.FindAsync(_world.Lipa.Id, _world.Tarik.ClientId))!.ReachAt(null, "+387 61 555 777", new()));
        using var stranger = _world.Stranger();
        await (await Desk.FormAsync(_world, stranger)).Fill("Complaint", "It is back.").Fill("How", "Call").Fill("Phone", "061 555 777").SubmitAsync();
        var id = (await Desk.LatestAsync(_world)).Id;
        using var lejla = await _world.As(_world.Lejla);
        var page = await lejla.GetAsync($"/board/{id}/accept");
        Assert.True(page.Says("Have they been here before?") && page.Says(_world.Tarik.Name), page.Text);
        Assert.Contains("Please choose one of these.", (await page.SubmitAsync("Accept", ("Name", "Tarik"))).Errors);

        var before = await _world.ScalarAsync<long>("select count(*) from clients");
        var accepted = await page.SubmitAsync("Accept", ("Name", "Tarik"), ("Who", _world.Tarik.ClientId.ToString()));
        Assert.True(accepted.Says("Accepted: a client now"), accepted.Text);
        Assert.Equal(before, await _world.ScalarAsync<long>("select count(*) from clients"));
        Assert.Equal(1L, await _world.ScalarAsync<long>($"select count(*) from engagements e join engagement_parties p on p.engagement_id = e.id join clients c on c.id = p.client_id where e.enquiry_id = '{id}' and p.client_id = '{_world.Tarik.ClientId}' and e.key_id = c.key_id"));
        Assert.True((await lejla.GetAsync($"/board/{id}")).Says("It is back."));
    }
}
