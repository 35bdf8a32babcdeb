using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Agreements;

public sealed class FollowUpTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Guid _id;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _id = await _world.SendAsync();
        await _world.DeliverAsync();
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task First_after_five_days_then_every_two_at_most_five_times_and_after_ninety_it_runs_out()
    {
        var days = new List<int>();
        for (var day = 0; day < 100; day++)
        {
            if (day > 0) _world.Clock.Advance(TimeSpan.FromDays(1));
            if (await _world.FollowUpAsync() > 0) days.Add(day);
        }

        Assert.Equal([5, 7, 9, 11, 13, 90], days);
        var mails = await _world.DeliverAsync();
        Assert.Equal((6, 1), (mails.Count(m => m.To == _world.Emina.Email), mails.Count(m => m.To == _world.Lejla.Email)));
        foreach (var mail in mails.Where(m => m.To == _world.Emina.Email))
            foreach (var word in new[] { "agree", "sign", "psycholog", "Lejla", "therap" }) Assert.DoesNotContain(word, mail.Subject + mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(AgreementState.Expired, await _world.StateAsync(_id));
        Assert.Equal([ActKind.Sent, ActKind.Expired], await _world.ActsAsync(_id));
        var expired = (await _world.ActTextsAsync(_id))[1];
        Assert.Equal(("system", "Lipa"), (EvidenceChain.Values(expired, "Party").Single(), EvidenceChain.Values(expired, "Name").Single()));
    }

    [Fact]
    public async Task What_falls_due_at_night_comes_in_the_morning()
    {
        _world.Clock.Set(_world.Clock.Now.Date.AddDays(6).AddHours(2));
        Assert.Equal(1, await _world.FollowUpAsync());
        Assert.Empty(await _world.DeliverAsync());
        _world.Clock.Advance(TimeSpan.FromHours(6));
        Assert.Single(await _world.DeliverAsync());
    }

    [Fact]
    public async Task After_a_standstill_of_ten_days_somebody_is_reminded_once()
    {
        _world.Clock.Advance(TimeSpan.FromDays(15));
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _world.FollowUpAsync()));

        Assert.Equal(1, done.Sum());
        Assert.Single(await _world.DeliverAsync());
        Assert.Equal(0, await _world.FollowUpAsync());
        _world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await _world.FollowUpAsync());
    }

    [Fact]
    public async Task What_was_signed_or_declined_is_not_followed_up()
    {
        await _world.SignAsync(_id);
        _world.Clock.Advance(TimeSpan.FromDays(95));
        Assert.Equal(0, await _world.FollowUpAsync());
        Assert.Equal(AgreementState.SignedByClient, await _world.StateAsync(_id));
    }

    [Fact]
    public async Task Nobody_is_written_to_in_an_unsafe_way_nor_while_a_danger_is_looked_into()
    {
        await _world.InDbAsync(_world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).ReachAt(_world.Emina.Email, null, new ContactRules { Mail = false }));
        _world.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await _world.FollowUpAsync());
        Assert.True((await _world.OpenAsync(_world.Lejla, _id)).Says("Mail is no safe way"));

        await _world.InDbAsync(_world.Lejla, async db =>
        {
            (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId)).ReachAt(_world.Emina.Email, null, new ContactRules { Mail = true });
            db.SafetyFlags.Add(new SafetyFlag(_world.Lipa.Id, "complaints", Guid.CreateVersion7(), Danger.Self, _world.Clock.Now, null, _world.Emina.EngagementId, _world.Emina.ClientId));
        });
        _world.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await _world.FollowUpAsync());
        await _world.InDbAsync(_world.Lejla, async db => (await db.SafetyFlags.SingleAsync()).Close(_world.Lejla.UserId, _world.Clock.Now, "safe"));
        _world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await _world.FollowUpAsync());
        Assert.Equal(1, await _world.InDbAsync(_world.Lejla, db => db.Agreements.Where(a => a.Id == _id).Select(a => a.FollowUps).SingleAsync()));
    }

    [Fact]
    public async Task The_psychologist_sees_it_and_can_stop_it_and_sending_again_begins_anew()
    {
        _world.Clock.Advance(TimeSpan.FromDays(5));
        await _world.FollowUpAsync();
        var page = await _world.OpenAsync(_world.Lejla, _id);
        Assert.True(page.Says("Reminded once. Next on 23 March 2026"), page.ToString());
        Assert.True((await page.SubmitAsync("Stop reminding")).Says("No more reminders are sent."));
        _world.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await _world.FollowUpAsync());

        _world.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(1, await _world.FollowUpAsync());
        Assert.Equal(AgreementState.Expired, await _world.StateAsync(_id));
        var again = await (await (await _world.OpenAsync(_world.Lejla, _id)).SubmitAsync("Prepare it again")).SubmitAsync("Send it");
        Assert.True(again.Says("Nobody has been reminded yet. Next on"), again.ToString());
    }

    [Fact]
    public async Task Every_practice_sets_its_own_days()
    {
        await _world.DecideAsync(new PracticePolicy { FollowUpFirstDays = 2, FollowUpEveryDays = 1, FollowUps = 2, AgreementWaitsDays = 10 });
        var id = await _world.SendAsync();
        var days = new List<int>();
        for (var day = 1; day <= 12; day++)
        {
            _world.Clock.Advance(TimeSpan.FromDays(1));
            if (await _world.FollowUpAsync() > 0) days.Add(day);
        }

        Assert.Equal([2, 3, 10], days);
        Assert.Equal(AgreementState.Expired, await _world.StateAsync(id));
    }

    [Fact]
    public async Task Of_several_only_those_who_have_not_signed_are_reminded()
    {
        var (amra, jasmin) = await _world.CoupleAsync();
        var id = await _world.SendAsync(to: amra);
        await _world.SignAsync(id, amra);
        await _world.SignAsync(_id);
        await _world.DeliverAsync();
        _world.Clock.Advance(TimeSpan.FromDays(5));
        await _world.FollowUpAsync();
        Assert.Equal(jasmin.Email, Assert.Single(await _world.DeliverAsync()).To);
    }
}
