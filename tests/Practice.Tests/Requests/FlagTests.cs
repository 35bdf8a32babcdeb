using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Enquiries;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>A client in work writes something that tells of danger: who is told, who sees what, and how it ends.</summary>
public sealed class FlagTests(Database database) : IAsyncLifetime
{
    private const string Despair = "I don't want to live any more.";
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_own_psychologist_and_whoever_is_on_duty_are_told_without_a_word_of_it()
    {
        await DutyAsync(_world.Damir);
        var flag = await WriteAsync();
        var mails = await _world.DeliverAsync();
        Assert.Equal(new[] { _world.Damir.Email, _world.Lejla.Email }.Order(), mails.Where(m => m.Text.Contains($"/safety/{flag}", StringComparison.Ordinal)).Select(m => m.To).Order());
        Assert.DoesNotContain("live", string.Concat(mails.Select(m => m.Subject + m.Text)), StringComparison.OrdinalIgnoreCase);

        Assert.True((await (await _world.As(_world.Lejla)).GetAsync("/today")).Says("Something a client wrote waits for you."));
        Assert.True((await (await _world.As(_world.Lejla)).GetAsync($"/safety/{flag}")).Says(Despair));
        var colleague = await (await _world.As(_world.Damir)).GetAsync($"/safety/{flag}");
        Assert.True(colleague.Says(_world.Emina.Name) && !colleague.Says(Despair), colleague.Text);
        foreach (var person in new[] { _world.Sanela, _world.Azra, _world.Nora, _world.Emina, _world.Mikko })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync($"/safety/{flag}")).Status);
    }

    [Fact]
    public async Task Nobody_sees_to_it_so_the_next_is_told_until_somebody_does()
    {
        var flag = await WriteAsync();
        await DutyAsync(_world.Damir);
        await _world.DeliverAsync();
        Assert.Empty(await WatchAsync());
        _world.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal([_world.Damir.Email], await WatchAsync());
        var damir = await _world.As(_world.Damir);
        await (await damir.GetAsync($"/safety/{flag}")).SubmitAsync("I have seen it and act on it");
        _world.Clock.Advance(TimeSpan.FromMinutes(16));
        await DutyAsync(_world.Sanela);
        Assert.Empty(await WatchAsync());
        Assert.True((await (await _world.As(_world.Lejla)).GetAsync($"/safety/{flag}")).Says($"Seen by {_world.Damir.Name}"));
    }

    [Fact]
    public async Task The_coach_is_silent_until_a_person_closes_it_with_an_outcome()
    {
        var flag = await WriteAsync();
        var emina = await _world.As(_world.Emina);
        Assert.Null((await emina.GetAsync("/me/request")).Find("[data-question]"));
        // At once the numbers, before everything else, and nothing that asks to accept such words.
        var page = await emina.GetAsync("/me/request");
        Assert.True(page.Find("main")!.FirstElementChild!.HasAttribute("data-danger") && page.Says("Please call one of these numbers now."), page.Text);
        Assert.Empty(page.FindAll("form[action*='Accept']"));
        Assert.Single(page.FindAll("main .crisis"));
        var lejla = await _world.As(_world.Lejla);
        var seen = await (await lejla.GetAsync($"/safety/{flag}")).SubmitAsync("I have seen it and act on it");
        var closed = await seen.SubmitAsync("Close the flag", ("outcome", "safe"));
        Assert.True(closed.Says("The safety flag is closed") && closed.Says("Spoke with the person; safe for now"), closed.Text);
        Assert.NotNull((await emina.GetAsync("/me/request")).Find("[data-question]"));
        Assert.True((await lejla.GetAsync("/safety")).Says("Nothing waits"));
        Assert.Equal(2L, await _world.ScalarAsync<long>($"select count(*) from audit_entries where act in ('flag.acknowledged', 'flag.closed') and client_id = '{_world.Emina.ClientId}'"));
    }

    [Fact]
    public async Task Fresh_grief_silences_the_coach_and_hurries_nobody()
    {
        await WriteAsync("My mother died last week and I want to cry less.");
        Assert.Empty(await _world.DeliverAsync());
        Assert.Null((await (await _world.As(_world.Emina)).GetAsync("/me/request")).Find("[data-question]"));
        Assert.True((await (await _world.As(_world.Lejla)).GetAsync("/safety")).Says("Answer gently"));
    }

    private async Task<Guid> WriteAsync(string text = Despair)
    {
        await (await (await _world.As(_world.Emina)).GetAsync("/me/request")).Form("Keep these words").Fill("Wording.Text", text).SubmitAsync();
        return await _world.ScalarAsync<Guid>("select id from safety_flags order by raised_at desc limit 1");
    }

    private Task DutyAsync(Person person) => _world.InDbAsync(_world.Lejla, db =>
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(_world.Clock.Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo"));
        db.RotaShifts.Add(new RotaShift(_world.Lipa.Id, person.UserId, local.DayOfWeek, new(0, 0), new(23, 59)));
        return Task.CompletedTask;
    });

    private async Task<IReadOnlyList<string>> WatchAsync()
    {
        await _world.App.Services.GetRequiredService<WatchFlags>().RunAsync(CancellationToken.None);
        return [.. (await _world.DeliverAsync()).Select(m => m.To)];
    }
}
