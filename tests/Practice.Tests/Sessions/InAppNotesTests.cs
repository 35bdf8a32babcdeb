using System.Net;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Sessions;

/// <summary>What the app tells stands on the first page of whom it is for, and of nobody else, until they put it away.</summary>
public sealed class InAppNotesTests(World world) : IClassFixture<World>
{
    private async Task<Guid> TellAsync(string kind, Person? client, Guid? user, params (string, string)[] values)
    {
        var notice = new Notice(world.Lipa.Id, kind, Channel.InApp, "", "en", world.Clock.Now, world.Clock.Now).To(client?.ClientId, user);
        foreach (var (name, value) in values) notice.With(name, value);
        notice.MarkSent(world.Clock.Now);
        await world.InDbAsync(world.Lejla, db => { db.Add(notice); return Task.CompletedTask; });
        return notice.Id;
    }

    [Fact]
    public async Task A_client_reads_it_in_their_language_and_puts_it_away_once_and_for_all()
    {
        // Written before the portal was opened: it is for whoever the client is now.
        var id = await TellAsync("money.invoice", world.Emina, null, ("path", "/me/money"));
        var page = await (await world.As(world.Emina)).GetAsync("/me");
        Assert.True(page.Says("There is something new in your account with us."), page.Text);
        Assert.Equal("/me/money", page.Link("Look at it").GetAttribute("href"));
        Assert.False((await (await world.As(world.Tarik)).GetAsync("/me")).Says("something new in your account"));

        var form = page.Form("Put away");
        Assert.False((await form.SubmitAsync()).Says("There is something new in your account"));
        Assert.Equal(HttpStatusCode.OK, (await form.SubmitAsync()).Status);
        Assert.Equal(1, await world.ScalarAsync<long>($"select count(*) from notices where id = '{id}' and seen_at is not null"));
    }

    [Fact]
    public async Task A_psychologist_reads_it_on_today_and_nobody_puts_away_what_is_anothers()
    {
        var id = await TellAsync("attendance.stands", null, world.Lejla.UserId, ("client", "Emina Hodžić"), ("when", "Thursday 19 March, 15:00"), ("path", "/attendance"));
        var page = await (await world.As(world.Lejla)).GetAsync("/today");
        Assert.True(page.Says("Emina Hodžić, Thursday 19 March, 15:00: what the agreement says stands in the account now."), page.Text);
        Assert.False((await (await world.As(world.Damir)).GetAsync("/today")).Says("Emina"));
        var damir = await world.As(world.Damir);
        var token = (await damir.GetAsync("/hours")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await damir.PostAsync("/today?handler=PutAway", ("id", id.ToString()), ("__RequestVerificationToken", token))).Status);
        Assert.Equal(0, await world.ScalarAsync<long>($"select count(*) from notices where id = '{id}' and seen_at is not null"));
        Assert.False((await page.Form("Put away").SubmitAsync()).Says("what the agreement says stands"));
    }
}
