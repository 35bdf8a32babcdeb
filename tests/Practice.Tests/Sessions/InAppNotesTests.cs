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
    public async Task A_practice_says_it_in_its_own_words_where_they_can_be_put_together()
    {
        const string address = "/settings/notices/attendance.settled?by=InApp&language=en";
        await TellAsync("attendance.settled", null, world.Damir.UserId, ("client", "Tarik Bašić"), ("when", "Friday 20 March, 9:00"));
        var azra = await world.As(world.Azra);
        var refused = await (await azra.GetAsync(address)).Form("Save").Fill("Body", "{when}: missed {price}").SubmitAsync();
        Assert.Contains("{client} is missing", refused.Find("#Input_Body-e")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("{price} is not filled in", refused.Find("#Input_Body-e")!.TextContent, StringComparison.Ordinal);
        // It is read behind the sign-in: it may say what it is about.
        var saved = await refused.Form("Save").Fill("Body", "{practice}: the session of {client} on {when} stands as missed, over to you.").SubmitAsync();
        Assert.True(saved.Says("Saved."), saved.Text);
        Assert.Contains("Emina H.", saved.Find("#preview")!.TextContent, StringComparison.Ordinal);
        Assert.True((await azra.GetAsync("/settings/notices")).Says("Own words: English"));

        var damir = await world.As(world.Damir);
        Assert.True((await damir.GetAsync("/today")).Says("the session of Tarik Bašić on Friday 20 March, 9:00 stands as missed, over to you."));
        // Other languages and the mail of the same kind keep theirs.
        Assert.False((await (await world.As(world.Damir, "fi")).GetAsync("/today?lang=fi")).Says("over to you"));
        await world.ScalarAsync<int>("update notice_wordings set body = '{nothing}', changed_at = changed_at + interval '1 second'; update practices set wordings_changed_at = wordings_changed_at + interval '1 second'");
        Assert.True((await damir.GetAsync("/today")).Says("not noted in time, so it stands as missed"));
        Assert.True((await azra.GetAsync("/settings/notices")).Says("1 message could not be put together in your own words"));
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
