using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Enquiries;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Enquiries;

/// <summary>Somebody who writes is in danger: at once the right numbers, the rota told, and no false word about who reads.</summary>
public sealed class DangerTests(Database database) : IAsyncLifetime
{
    private const string Despair = "I don't want to live any more. I want to kill myself.";
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_crisis_contacts_come_first_and_whoever_is_on_duty_is_told()
    {
        await Desk.OpenAsync(_world);
        using var stranger = _world.Stranger();
        var sent = await (await Desk.FormAsync(_world, stranger)).Fill("Complaint", Despair).SubmitAsync();
        Assert.True(sent.Says("sounds as if it should not wait") && sent.Says("We have told whoever is on duty that this comes first."), sent.Text);
        Assert.True(sent.Html.IndexOf("class=\"crisis\"", StringComparison.Ordinal) < sent.Html.IndexOf("You will hear from us", StringComparison.Ordinal));

        var mails = await _world.DeliverAsync();
        var told = Assert.Single(mails, m => m.To == _world.Lejla.Email);
        Assert.Equal("Please answer this first", told.Subject);
        Assert.DoesNotContain("kill", string.Concat(mails.Select(m => m.Subject + m.Text)));
        Assert.Contains(EnquiryActKind.CrisisContactsShown, (await Desk.LatestAsync(_world)).Acts.Select(a => a.Kind));
        using var sanela = await _world.As(_world.Sanela);
        Assert.True((await sanela.GetAsync("/board")).Says("Answer first"));
    }

    [Fact]
    public async Task At_night_the_page_says_that_nobody_reads_and_until_when()
    {
        await Desk.OpenAsync(_world);
        _world.Clock.Set(new DateTime(2026, 3, 20, 21, 0, 0, DateTimeKind.Utc));
        using var stranger = _world.Stranger();
        var sent = await (await Desk.FormAsync(_world, stranger)).Fill("Complaint", Despair).SubmitAsync();
        Assert.True(sent.Says("Nobody here reads this before: Monday 23 March, 9:00."), sent.Text);
        Assert.DoesNotContain("We have told", sent.Html);
        Assert.Contains(EnquiryActKind.NobodyOnRota, (await Desk.LatestAsync(_world)).Acts.Select(a => a.Kind));
        Assert.Contains(await _world.DeliverAsync(), m => m.To == _world.Lejla.Email && m.Subject == "Please answer this first");
    }

    [Fact]
    public async Task An_empty_rota_is_said_openly()
    {
        using var stranger = _world.Stranger();
        var sent = await (await Desk.FormAsync(_world, stranger)).Fill("Complaint", Despair).SubmitAsync();
        Assert.True(sent.Says("Nobody is on duty here in the coming weeks."), sent.Text);
        Assert.DoesNotContain("You will hear from us", sent.Html);
        Assert.Null((await Desk.LatestAsync(_world)).AnswerDueAt);
        // Somebody may look in all the same.
        Assert.Contains(await _world.DeliverAsync(), m => m.To == _world.Lejla.Email && m.Subject == "Please answer this first");
    }

    [Fact]
    public async Task Violence_at_home_puts_the_police_and_the_violence_line_first()
    {
        await Desk.OpenAsync(_world);
        using var stranger = _world.Stranger();
        var sent = await (await Desk.FormAsync(_world, stranger)).Fill("Complaint", "My husband hits me and I am afraid of him.").SubmitAsync();
        Assert.True(sent.Says("What is done to you is not your fault."), sent.Text);
        Assert.Equal(["tel:122", "tel:1265"], sent.FindAll(".crisis dl a").Take(2).Select(a => a.GetAttribute("href")!));
    }

    [Fact]
    public async Task What_keeps_machines_away_does_not_keep_anybody_in_danger_waiting()
    {
        await Desk.OpenAsync(_world);
        using var stranger = _world.Stranger();
        var form = (await stranger.GetAsync("/p/lipa")).Form("#form").Fill("Complaint", Despair).Fill("CalledName", "M.").Fill("How", "Call")
            .Fill("Phone", "061 000 111").Fill("Website", "filled by a browser").Fill("Consent", "true");
        Assert.StartsWith("/p/lipa/sent/", (await form.SubmitAsync()).Path);
    }

    [Fact]
    public async Task A_flag_that_nobody_acknowledges_reaches_the_next_and_rests_when_somebody_does()
    {
        await Desk.OpenAsync(_world);
        await _world.InDbAsync(_world.Lejla, db =>
        {
            db.RotaShifts.Add(new PracticeApp.Practices.RotaShift(_world.Lipa.Id, _world.Damir.UserId, DayOfWeek.Friday, new(9, 0), new(12, 0)));
            return Task.CompletedTask;
        });
        var id = await Desk.WriteAsync(_world, Despair);
        await _world.DeliverAsync();
        Assert.Empty(await WatchAsync());
        _world.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(_world.Damir.Email, Assert.Single(await WatchAsync()).To);
        Assert.Empty(await WatchAsync());

        using var sanela = await _world.As(_world.Sanela);
        await (await sanela.GetAsync($"/board/{id}")).SubmitAsync("I have seen it and act on it");
        _world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await WatchAsync());
    }

    [Fact]
    public async Task Many_old_flags_that_nobody_is_left_to_be_told_of_keep_no_new_one_waiting()
    {
        await Desk.OpenAsync(_world);
        var old = await Desk.WriteAsync(_world, Despair);
        // As many as the jobs look at in one go, of grief and of danger, all told; then one that is new.
        await _world.InDbAsync(_world.Lejla, db =>
        {
            for (var i = 0; i < 1100; i++)
            {
                var flag = new SafetyFlag(_world.Lipa.Id, "complaints", Guid.CreateVersion7(), i % 2 == 0 ? Danger.Grief : Danger.Self, _world.Clock.Now.AddDays(-2), null, _world.Emina.EngagementId, _world.Emina.ClientId);
                db.SafetyFlags.Add(flag);
                db.FlagTellings.Add(new FlagTelling(flag, _world.Lejla.UserId, _world.Clock.Now.AddMinutes(-30)));
            }
            db.RotaShifts.Add(new PracticeApp.Practices.RotaShift(_world.Lipa.Id, _world.Damir.UserId, DayOfWeek.Sunday, new(9, 0), new(12, 0)));
            return Task.CompletedTask;
        });
        await _world.InDbAsync(_world.Lejla, async db => db.FlagTellings.AddRange((await db.SafetyFlags.Where(f => f.EngagementId != null).ToListAsync()).Select(f => new FlagTelling(f, _world.Damir.UserId, _world.Clock.Now.AddMinutes(-20)))));
        await _world.DeliverAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(16));
        var told = Assert.Single(await WatchAsync());
        Assert.Equal(_world.Damir.Email, told.To);
        Assert.Contains($"/board/{old}", told.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("When"), InlineData("CalledName"), InlineData("Cost")]
    public async Task Danger_is_seen_wherever_it_was_typed(string field)
    {
        await Desk.OpenAsync(_world);
        using var stranger = _world.Stranger();
        var sent = await (await Desk.FormAsync(_world, stranger)).Fill(field, "I want to kill myself").SubmitAsync();
        Assert.NotNull(sent.Find("[data-danger]"));
        Assert.Contains(await _world.DeliverAsync(), m => m.To == _world.Lejla.Email && m.Subject == "Please answer this first");
    }

    private async Task<IReadOnlyList<PracticeApp.Platform.Mail>> WatchAsync()
    {
        await _world.Services.GetRequiredService<WatchFlags>().RunAsync(TestContext.Current.CancellationToken);
        return await _world.DeliverAsync();
    }
}
