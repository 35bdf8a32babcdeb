using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Caseload;

public sealed class NoticesTests(Database database) : IAsyncLifetime
{
    private World world = null!;
    private Visitor azra = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync(database);
        azra = await world.As(world.Azra);
        await world.InDbAsync(world.Lejla, db =>
        {
            db.Notices.Add(Invitation(world.Lipa, "emina@example.org", World.Start).To(world.Emina.ClientId));
            db.Notices.Add(Invitation(world.Lipa, "later@example.org", World.Start.AddDays(2)));
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    private static Notice Invitation(WorldPractice practice, string to, DateTime dueAt)
    {
        var notice = new Notice(practice.Id, "accounts.invitation", Channel.Mail, to, "en", dueAt, World.Start).With("name", "A name");
        NoticeLinks.Put(notice, "/invitation", "invitation", Guid.CreateVersion7(), World.Start.AddDays(14));
        return notice;
    }

    private async Task FailAsync()
    {
        world.Mailbox.Trouble = new PracticeApp.Platform.PermanentMailException("550 no such mailbox");
        await world.DeliverAsync();
        world.Mailbox.Trouble = null;
    }

    [Fact]
    public async Task A_failed_notice_stands_first_with_its_error_and_is_sent_again_once()
    {
        await FailAsync();
        var page = await azra.GetAsync("/notices");
        Assert.True(page.Says("1 message could not be sent"));
        Assert.True(page.Says("550 no such mailbox"));
        Assert.True(page.Says("Emina Hodžić"));
        var form = page.Form("Send again");
        await form.SubmitAsync();
        await form.SubmitAsync();
        Assert.Equal("emina@example.org", Assert.Single(await world.DeliverAsync()).To);
        Assert.Empty(await world.DeliverAsync());
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'notice.sent-again'"));
    }

    [Fact]
    public async Task Several_are_chosen_and_sent_again_each_once_and_one_kind_is_looked_at_alone()
    {
        await world.InDbAsync(world.Lejla, db =>
        {
            db.Notices.Add(Invitation(world.Lipa, "second@example.org", World.Start));
            db.Notices.Add(new Notice(world.Lipa.Id, "booking.calendar", Channel.Mail, "third@example.org", "en", World.Start, World.Start).With("name", "A").With("what", "B"));
            return Task.CompletedTask;
        });
        await FailAsync();
        var kind = await azra.GetAsync("/notices?kind=booking.calendar");
        Assert.True(kind.Says("third@example.org") && !kind.Says("second@example.org"), kind.Text);

        var page = await azra.GetAsync("/notices");
        Assert.Equal(3, page.FindAll("input[name=ids]").Count);
        var token = page.Find("#again input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var chosen = page.FindAll("ul.ruled > li").Where(li => !li.TextContent.Contains("emina@", StringComparison.Ordinal)).Select(li => li.QuerySelector("input[name=ids]")!.GetAttribute("value")!).ToList();
        (string, string)[] fields = [("__RequestVerificationToken", token), .. chosen.Select(id => ("ids", id))];
        Assert.True((await azra.PostAsync("/notices", fields)).Says("2 messages"));
        await azra.PostAsync("/notices", fields);
        Assert.Equal(["second@example.org", "third@example.org"], (await world.DeliverAsync()).Select(m => m.To).Order());
        Assert.Equal("emina@example.org", await world.ScalarAsync<string>("select string_agg(recipient, ' ') from notices where state = 'Failed'"));
        Assert.True((await azra.PostAsync("/notices", ("__RequestVerificationToken", token))).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_no_mail_goes_out_it_says_since_when_and_how_many_wait()
    {
        Assert.False((await azra.GetAsync("/notices")).Says("Mail has not been going out"));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await azra.GetAsync("/notices")).Says("1 message waits; it goes out by itself"));
        await world.DeliverAsync();
        Assert.False((await azra.GetAsync("/notices")).Says("Mail has not been going out"));
    }

    [Fact]
    public async Task Waiting_late_and_sent_notices_stand_under_their_own_heading()
    {
        Assert.True((await azra.GetAsync("/notices?show=waiting")).Says("later@example.org"));
        Assert.True((await azra.GetAsync("/notices?show=late")).Says("emina@example.org"));
        await world.DeliverAsync();
        Assert.True((await azra.GetAsync("/notices?show=sent")).Says("emina@example.org"));
    }

    [Fact]
    public async Task Why_a_notice_was_withdrawn_stands_beside_it_in_words()
    {
        await world.InDbAsync(world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == world.Emina.ClientId)).ReachAt("emina@example.org", null, new PracticeApp.Clients.ContactRules { Mail = false }));
        await world.DeliverAsync();
        Assert.True((await azra.GetAsync("/notices?show=withdrawn")).Says("mail or messages are not a safe way to this person"));
    }

    [Theory]
    [InlineData("emina", true), InlineData("EMINA h", true), InlineData("hodžić", true), InlineData("emina@ex", true), InlineData("%", false), InlineData("_mina", false), InlineData("'; drop table notices --", false), InlineData("\\", false)]
    public async Task A_name_or_an_address_is_found_by_its_beginning(string typed, bool found)
    {
        var page = await azra.GetAsync("/notices?show=late&q=" + Uri.EscapeDataString(typed));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(found, page.FindAll("ul.ruled > li").Count == 1);
    }

    [Theory]
    [InlineData("?p=0"), InlineData("?p=-5"), InlineData("?p=abc"), InlineData("?p=99999999999999"), InlineData("?show=nonsense"), InlineData("?show=sent&p=40")]
    public async Task Nonsense_in_the_address_shows_a_page(string query) => Assert.Equal(HttpStatusCode.OK, (await azra.GetAsync("/notices" + query)).Status);

    [Fact]
    public async Task Another_practices_notice_is_not_sent_again()
    {
        await FailAsync();
        var id = await world.ScalarAsync<Guid>("select id from notices where state = 'Failed'");
        await world.InDbAsync(world.Mikko, db => { db.Notices.Add(Invitation(world.Saaristo, "x@example.org", World.Start)); return Task.CompletedTask; });
        await FailAsync();
        var foreign = await world.ScalarAsync<Guid>($"select id from notices where practice_id = '{world.Saaristo.Id}'");
        var page = await azra.GetAsync("/notices");
        Assert.DoesNotContain("x@example.org", page.Html);
        var token = page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await azra.PostAsync("/notices", ("__RequestVerificationToken", token), ("id", foreign.ToString()))).Status);
        Assert.Equal("Failed", await world.ScalarAsync<string>($"select state from notices where id = '{foreign}'"));
        Assert.NotEqual(id, foreign);
    }
}
