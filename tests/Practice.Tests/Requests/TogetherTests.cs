using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

/// <summary>A couple: what is one's own, what is shared, and the request of both. Emina and Tarik come to Lejla together.</summary>
public sealed class TogetherTests(Database database) : IAsyncLifetime
{
    private const string Address = "/me/request", Secret = "I have not told him about the letter";
    private World _world = null!;
    private Guid _engagement;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _engagement = await _world.DoAsync(_world.Lejla, async services =>
        {
            var (db, vault) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Vault>());
            var key = await vault.NewKeyAsync();
            var couple = new Engagement(_world.Emina.PracticeId, EngagementKind.Couple, _world.Lejla.UserId, key.OwnerId, _world.Clock.Now.AddDays(1));
            couple.Join(_world.Emina.ClientId);
            couple.Join(_world.Tarik.ClientId);
            db.Add(couple);
            return couple.Id;
        });
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Page> ComplainAsync(Person person, string text)
    {
        var visitor = await _world.As(person);
        return await (await visitor.GetAsync($"/me/complaint?for={_engagement}")).SubmitAsync("Send these words", ("Input.Text", text));
    }

    private async Task<Page> SayAsync(Person person, string text, string address = Address)
    {
        var visitor = await _world.As(person);
        return await (await visitor.GetAsync(address)).SubmitAsync("Keep these words", ("Wording.Text", text));
    }

    private Task<int> SeenAsync(Person person) => _world.InDbAsync(person, db => db.Complaints.CountAsync());

    [Fact]
    public async Task A_complaint_is_the_writers_own_until_it_is_shared_and_again_when_that_is_taken_back()
    {
        var page = await ComplainAsync(_world.Emina, Secret);
        Assert.True(page.Says("You and your psychologist can read this, nobody else."));
        Assert.Equal((1, 0, 1), (await SeenAsync(_world.Lejla), await SeenAsync(_world.Tarik), await SeenAsync(_world.Emina)));
        using var tarik = await _world.As(_world.Tarik);
        Assert.False((await tarik.GetAsync(Address)).Says(Secret));
        Assert.False((await tarik.GetAsync("/me")).Says(Secret));

        page = await page.SubmitAsync("Share with Tarik");
        Assert.Equal(1, await SeenAsync(_world.Tarik));
        var his = await tarik.GetAsync(Address);
        Assert.True(his.Says(Secret) && his.Says("Emina shares this"));
        Assert.Empty(his.FindAll("form[action*='hare']"));
        Assert.DoesNotContain(his.FindAll(".say-xl"), e => e.TextContent.Contains(Secret, StringComparison.Ordinal));
        Assert.False((await tarik.GetAsync("/me")).Says("You wrote"));

        await page.SubmitAsync("Stop sharing");
        Assert.Equal(0, await SeenAsync(_world.Tarik));
        Assert.False((await tarik.GetAsync(Address)).Says(Secret));
    }

    [Fact]
    public async Task Nobody_shares_what_another_wrote()
    {
        await ComplainAsync(_world.Emina, Secret);
        var complaint = await _world.ScalarAsync<Guid>("select id from complaints");
        using var tarik = await _world.As(_world.Tarik);
        var token = (await tarik.GetAsync(Address)).Form("Keep these words").Value("__RequestVerificationToken");
        Assert.Equal(HttpStatusCode.NotFound, (await tarik.PostAsync(Address + "?handler=Share", ("complaintId", complaint.ToString()), ("__RequestVerificationToken", token))).Status);
        await Assert.ThrowsAnyAsync<Exception>(() => _world.InDbAsync(_world.Tarik, db => db.Database.ExecuteSqlAsync(
            $"insert into complaint_shares (practice_id, id, complaint_id, engagement_id, client_id, shared_at) values ({_world.Tarik.PracticeId}, {Guid.CreateVersion7()}, {complaint}, {_engagement}, {_world.Tarik.ClientId}, now())")));
    }

    [Fact]
    public async Task Own_requests_with_all_that_hangs_on_them_are_hidden_from_the_other_in_the_database()
    {
        await ComplainAsync(_world.Emina, "We are tired");
        await _world.DoAsync(_world.Lejla, async services =>
        {
            var (db, vault) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Vault>());
            var key = await vault.KeyAsync(await db.Engagements.Where(e => e.Id == _engagement).Select(e => e.KeyId).SingleAsync());
            var own = new ClientRequest(_world.Emina.PracticeId, _engagement, _world.Emina.ClientId, key.OwnerId, _world.Clock.Now);
            own.Word(key, "I want to open the letter by Sunday", "en", WordedBy.ClientAlone, _world.Emina.UserId, _world.Clock.Now);
            own.Step(1).Plan(key, "find it", StepBy.Client);
            db.AddRange(own, new ProgressRating(own, null, 1, _world.Emina.UserId, _world.Clock.Now));
        });
        Task<string> Seen(Person person) => _world.InDbAsync(person, async db => string.Join(' ', await db.ClientRequests.CountAsync(), await db.Formulations.CountAsync(),
            await db.Set<RequestStep>().CountAsync(), await db.Set<RequestChange>().CountAsync(), await db.ProgressRatings.CountAsync()));
        Assert.Equal("1 1 1 1 1", await Seen(_world.Lejla));
        Assert.Equal("1 1 1 1 1", await Seen(_world.Emina));
        foreach (var other in (Person[])[_world.Tarik, _world.Damir, _world.Azra, _world.Nora]) Assert.Equal("0 0 0 0 0", await Seen(other));
    }

    [Fact]
    public async Task A_joint_request_is_accepted_when_all_have_said_yes_to_the_same_words()
    {
        var joint = await BeginAsync();
        var page = await SayAsync(_world.Emina, "We want one evening a week without telephones", joint);
        Assert.Equal(joint, page.Path);
        Assert.True(page.Says("Together with Tarik"));
        page = await page.SubmitAsync("This is what I want");
        Assert.True(page.Says("Tarik: not yet") && page.Says("It holds when everybody says so"));
        Assert.Equal("Clarifying", await StateAsync());

        using var tarik = await _world.As(_world.Tarik);
        var his = await tarik.GetAsync(joint);
        Assert.True(his.Says("one evening a week without telephones") && his.Says("Emina said yes"));
        // New words ask everybody anew.
        his = await SayAsync(_world.Tarik, "We want two evenings a week without telephones", joint);
        Assert.True(his.Says("Emina: not yet") && his.Says("Emina Hodžić"));
        using var emina = await _world.As(_world.Emina);
        var forms = await Task.WhenAll(emina.GetAsync(joint), tarik.GetAsync(joint));
        await Task.WhenAll(forms.Select(f => f.SubmitAsync("This is what I want")));
        Assert.Equal("Proposed", await StateAsync());
        Assert.Equal(3, await _world.ScalarAsync<long>("select count(*) from request_acceptances"));
        Assert.NotNull(await _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Where(r => r.ClientId == null).Select(r => r.AcceptedByClientAt).SingleAsync()));
        using var lejla = await _world.As(_world.Lejla);
        var work = await lejla.GetAsync(joint.Replace("/me/request", "/requests", StringComparison.Ordinal));
        Assert.True(work.Says("Emina Hodžić said yes") && work.Says("Tarik Delić said yes") && work.Says("Tarik Delić, with the coach’s questions"));
    }

    [Fact]
    public async Task Nobody_says_yes_for_somebody_else_and_nobody_outside_finds_it()
    {
        var joint = await BeginAsync();
        await SayAsync(_world.Emina, "We want one evening a week without telephones", joint);
        var id = await _world.ScalarAsync<Guid>("select id from client_requests where client_id is null");
        await Assert.ThrowsAnyAsync<Exception>(() => _world.InDbAsync(_world.Emina, db => db.Database.ExecuteSqlAsync(
            $"insert into request_acceptances (practice_id, id, request_id, engagement_id, client_id, formulation_number, at) values ({_world.Emina.PracticeId}, {Guid.CreateVersion7()}, {id}, {_engagement}, {_world.Tarik.ClientId}, 1, now())")));
        foreach (var other in (Person[])[_world.Damir, _world.Lejla, _world.Aino, _world.Azra])
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync(joint)).Status);
    }

    [Fact]
    public async Task Danger_in_one_partys_words_changes_nothing_on_the_others_page()
    {
        await ComplainAsync(_world.Tarik, "She never listens and I want to sleep in peace");
        using var tarik = await _world.As(_world.Tarik);
        var before = (await tarik.GetAsync(Address)).Text;
        await ComplainAsync(_world.Emina, "My husband beats me");
        var after = await tarik.GetAsync(Address);
        Assert.Null(after.Find("[data-danger]"));
        Assert.NotNull(after.Find(".ask"));
        Assert.Equal(before, after.Text);
        using var emina = await _world.As(_world.Emina);
        var hers = await emina.GetAsync(Address);
        Assert.NotNull(hers.Find("[data-danger]"));
        Assert.Null(hers.Find(".ask"));
        // And nobody offers her to share it with him.
        Assert.Null(hers.Find("form[action*='Share']"));
    }

    [Fact]
    public async Task Who_hands_in_the_other_is_asked_about_the_own_part_on_the_own_page()
    {
        var page = await SayOwnAsync(_world.Emina, "I want my husband to come home before seven");
        Assert.Equal("own-part/1", page.Find(".ask")!.GetAttribute("data-question"));
        Assert.Single(page.FindAll(".ask"));
        var his = await SayOwnAsync(_world.Tarik, "I want my wife to be kinder to my mother");
        Assert.Equal("own-part/1", his.Find(".ask")!.GetAttribute("data-question"));
        Assert.False(his.Says("before seven"));
        his = await his.SubmitAsync("Another question");
        Assert.NotEqual("own-part/1", his.Find(".ask")!.GetAttribute("data-question"));
    }

    private async Task<Page> SayOwnAsync(Person person, string text)
    {
        await _world.InDbAsync(_world.Lejla, db => db.Engagements.Where(e => e.Id != _engagement).ExecuteUpdateAsync(e => e.SetProperty(x => x.EndedAt, _world.Clock.Now)));
        return await SayAsync(person, text);
    }

    private Task<string?> StateAsync() => _world.ScalarAsync<string>("select state from client_requests where client_id is null");

    /// <summary>Emina has a request of her own with Lejla for the couple; the joint one is begun beside it.</summary>
    private async Task<string> BeginAsync()
    {
        await SayOwnAsync(_world.Emina, "I want to speak of the letter by Sunday");
        using var lejla = await _world.As(_world.Lejla);
        var own = await _world.ScalarAsync<Guid>("select id from client_requests");
        var page = await (await lejla.GetAsync($"/requests/{own}")).SubmitAsync("Begin a joint request");
        Assert.True(page.Says("Worded by any of them"));
        await (await lejla.GetAsync($"/requests/{own}")).FollowAsync("Open the joint request");
        using var emina = await _world.As(_world.Emina);
        Assert.True((await emina.GetAsync(Address)).Says("What you want together: nobody has written it yet"));
        return page.Path.Replace("/requests", Address, StringComparison.Ordinal);
    }
}
