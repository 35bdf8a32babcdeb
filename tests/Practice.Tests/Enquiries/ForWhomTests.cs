using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Enquiries;
using PracticeApp.Practices;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Tests.Enquiries;

/// <summary>For whom somebody comes: asked gently, shown to staff, never in the way; and whoever does not follow the link is forgotten.</summary>
public sealed class ForWhomTests(ForWhomTests.OpenDoor door) : IClassFixture<ForWhomTests.OpenDoor>
{
    public sealed class OpenDoor(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            World = await World.StartAsync(database);
            await World.OpenHoursAsync(World.Lejla);
            await World.InDbAsync(World.Azra, async db => (await db.Practices.SingleAsync()).Decide(new PracticePolicy { PublicFirstTalks = true }));
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private World World => door.World;

    private async Task<Page> WriteAsync(string name, string? whom)
    {
        var page = await World.Stranger().GetAsync("/p/lipa");
        Assert.True(page.Says("Who is it for?") && page.Says("For me, I am under 18") && page.Says("they see times and money, never your words") && page.Says("We read what you write either way."), page.Text);
        var form = page.Form("#form").Fill("Complaint", "At home nobody listens to me.").Fill("CalledName", name).Fill("How", "Mail").Fill("Email", $"{name}@example.org").Fill("Consent", "true");
        if (whom is not null) form.Smuggle("Input.ForWhom", whom);
        World.Clock.Advance(TimeSpan.FromSeconds(30));
        return await form.SubmitAsync();
    }

    [Fact]
    public async Task A_young_person_writes_like_everybody_and_the_board_says_that_a_guardian_is_asked_for()
    {
        foreach (var (name, whom) in new[] { ("Mina", "Minor"), ("Ceca", "Child"), ("Ada", "Adult"), ("Nika", (string?)null) })
        {
            var sent = await WriteAsync(name, whom);
            Assert.StartsWith("/p/lipa/sent/", sent.Path, StringComparison.Ordinal);
            // Whoever reads over the shoulder afterwards sees nothing of the answer.
            Assert.False(sent.Says("under 18") || sent.Says("guardian"), sent.Text);
            Assert.Equal(whom ?? "Unsaid", await World.ScalarAsync<string>($"select for_whom from enquiries where called_name = '{name}'"));
        }
        var board = await (await World.As(World.Sanela)).GetAsync("/board");
        Assert.Equal((1, 1), (Count(board, "for themselves, under 18"), Count(board, "for their child")));
        Assert.Equal(0, Count(board, "18 or older"));
        async Task<Page> OpenAsync(string name) => await (await World.As(World.Lejla)).GetAsync($"/board/{await World.ScalarAsync<Guid>($"select id from enquiries where called_name = '{name}'")}");
        var mina = await OpenAsync("Mina");
        Assert.True(mina.Says("for themselves, under 18") && mina.Says("A guardian usually has to agree."), mina.Text);
        var ada = await OpenAsync("Ada");
        Assert.True(ada.Says("for themselves, 18 or older") && !ada.Says("guardian"), ada.Text);
        Assert.False((await OpenAsync("Nika")).Says("For whom"));

        // Accepted, it goes along to the card.
        await (await mina.FollowAsync("/board/" + mina.Path.Split('/')[2] + "/accept")).SubmitAsync("Accept");
        var card = await (await World.As(World.Lejla)).GetAsync($"/clients/{await World.ScalarAsync<Guid>("select client_id from enquiries where called_name = 'Mina'")}");
        Assert.True(card.Says("for themselves, under 18"), card.Text);
    }

    [Fact]
    public async Task Nonsense_is_told_and_everything_typed_is_still_there()
    {
        foreach (var nonsense in new[] { "banana", "99" })
        {
            var again = await WriteAsync("Odd", nonsense);
            Assert.NotEmpty(again.Errors);
            Assert.Equal("At home nobody listens to me.", again.Form("#form").Value("Complaint"));
        }
    }

    [Fact]
    public async Task Before_a_first_talk_the_answer_stands_with_the_appointment()
    {
        var wish = await HoldAsync("tea@example.org", 10, "Minor");
        await (await World.Stranger().GetAsync(await LinkAsync("tea@example.org"))).SubmitAsync("Yes, book this hour");
        var appointment = await World.ScalarAsync<Guid>($"select appointment_id from talk_wishes where id = '{wish}'");
        var page = await (await World.As(World.Lejla)).GetAsync($"/calendar/{appointment}");
        Assert.True(page.Says("for themselves, under 18") && page.Says("A guardian usually has to agree."), page.Text);
        Assert.True((await (await World.As(World.Sanela)).GetAsync($"/calendar/{appointment}")).Says("for themselves, under 18"));
    }

    [Fact]
    public async Task Who_never_follows_the_link_is_forgotten_when_it_has_expired_and_nobody_else()
    {
        var booked = await HoldAsync("stays@example.org", 11, null);
        await (await World.Stranger().GetAsync(await LinkAsync("stays@example.org"))).SubmitAsync("Yes, book this hour");
        var gone = await HoldAsync("gone@example.org", 13, null, "We quarrel about nothing.");
        var danger = await HoldAsync("danger@example.org", 14, null, "I want to kill myself.");
        var link = await LinkAsync("gone@example.org");
        var key = await World.ScalarAsync<Guid>($"select key_id from talk_wishes where id = '{gone}'");
        var jobs = World.Services.GetRequiredService<ForgetTalks>();

        World.Clock.Advance(TalkWish.Readable - TimeSpan.FromMinutes(2));
        await jobs.RunAsync(CancellationToken.None);
        Assert.Equal(3, await CountAsync($"talk_wishes where id in ('{booked}', '{gone}', '{danger}')"));
        World.Clock.Advance(TimeSpan.FromMinutes(3));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => jobs.RunAsync(CancellationToken.None)));

        Assert.Equal(1, await CountAsync($"talk_wishes where id in ('{booked}', '{gone}', '{danger}')"));
        Assert.Equal(0, await CountAsync("talk_holds h where not exists (select 1 from talk_wishes w where w.hold_id = h.id)"));
        Assert.Equal((0, 0), (await CountAsync($"data_keys where id = '{key}'"), await CountAsync("notices where recipient = 'gone@example.org'")));
        // What told of danger is on the board and stays there.
        Assert.Equal(1, await CountAsync("enquiries e join data_keys k on k.id = e.key_id where e.email = 'danger@example.org' or e.called_name = 'Danger'"));
        Assert.Equal(2, await CountAsync("audit_entries where act = 'talk.forgotten'"));
        Assert.True((await World.Stranger().GetAsync(link)).Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.OK);
        Assert.Equal("Booked", await World.ScalarAsync<string>($"select a.state from appointments a join talk_wishes w on w.appointment_id = a.id where w.id = '{booked}'"));
    }

    private async Task<Guid> HoldAsync(string mail, int hour, string? whom, string? words = null)
    {
        var stranger = World.Stranger();
        var at = BookingWorld.Tuesday($"{hour}:00").AddDays(7 * (1 + World.Clock.Now.DayOfYear - World.Start.DayOfYear));
        var talk = await stranger.GetAsync($"/p/lipa/talk?from={at:yyyy-MM-dd}");
        var form = (await stranger.GetAsync(talk.Find($"a.slot[href*='slot={at:yyyy-MM-dd}T{at:HH}%3A{at:mm}Z']")!.GetAttribute("href")!)).Form("#form")
            .Fill("CalledName", "Danger").Fill("Email", mail).Fill("How", "Mail").Fill("Consent", "true");
        if (words is not null) form.Fill("Words", words);
        if (whom is not null) form.Fill("ForWhom", whom);
        World.Clock.Advance(TimeSpan.FromSeconds(30));
        var sent = await form.SubmitAsync();
        Assert.StartsWith("/p/lipa/talk/sent/", sent.Path, StringComparison.Ordinal);
        return await World.ScalarAsync<Guid>($"select id from talk_wishes where email = '{mail}'");
    }

    private async Task<string> LinkAsync(string mail)
    {
        await World.DeliverAsync();
        return new Uri(World.Mailbox.All.Last(m => m.To == mail).Text.Split((char[]?)null).First(w => w.Contains("/talk/", StringComparison.Ordinal))).PathAndQuery;
    }

    private static int Count(Page page, string text) => page.Text.Split(text).Length - 1;

    private Task<long> CountAsync(string from) => World.ScalarAsync<long>("select count(*) from " + from);
}
