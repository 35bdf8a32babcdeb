using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Enquiries;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Enquiries;

/// <summary>The waiting board and one enquiry on it.</summary>
public sealed class BoardTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await Desk.OpenAsync(_world);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task An_empty_board_says_what_will_stand_there()
    {
        using var sanela = await _world.As(_world.Sanela);
        var page = await sanela.GetAsync("/board");
        Assert.Equal("Nobody is waiting", page.Heading);
        Assert.True(page.Says("Here stands whoever wrote or called"));
    }

    [Fact]
    public async Task Oldest_first_but_danger_before_all()
    {
        var first = await Desk.WriteAsync(_world);
        _world.Clock.Advance(TimeSpan.FromMinutes(90));
        var second = await Desk.WriteAsync(_world);
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        var flagged = await Desk.WriteAsync(_world);
        await FlagAsync(flagged);
        using var lejla = await _world.As(_world.Lejla);
        var page = await lejla.GetAsync("/board");
        Assert.Equal("3 people are waiting", page.Heading);
        Assert.Equal(new[] { flagged, first, second }.Select(id => $"/board/{id}"), page.FindAll(".queue > li a.small").Select(a => a.GetAttribute("href")));
        Assert.Contains("Answer first", page.FindAll(".queue > li")[0].TextContent);
        Assert.Contains("1 h 36 min", page.FindAll(".queue > li")[1].TextContent);
    }

    [Fact]
    public async Task The_psychologist_reads_the_words_and_every_reading_is_in_the_log()
    {
        var id = await Desk.WriteAsync(_world);
        using var damir = await _world.As(_world.Damir);
        Assert.True((await damir.GetAsync("/board")).Says("On Sunday it was the dishwasher."));
        Assert.True((await damir.GetAsync($"/board/{id}")).Says(Desk.Words));
        Assert.Equal(2, await _world.ScalarAsync<long>($"select count(*) from audit_entries where act = 'complaint.read' and subject_id = '{id}' and user_id = '{_world.Damir.UserId}'"));
    }

    [Fact]
    public async Task The_desk_sees_how_to_answer_but_the_words_only_where_the_practice_says_so()
    {
        var id = await Desk.WriteAsync(_world);
        using var sanela = await _world.As(_world.Sanela);
        var page = await sanela.GetAsync($"/board/{id}");
        Assert.True(page.Says("katherine@example.org") && page.Says("The words are for the psychologists."));
        Assert.DoesNotContain("dishwasher", page.Html + (await sanela.GetAsync("/board")).Html);

        await _world.InDbAsync(_world.Azra, async db =>
        {
            var practice = await db.Practices.SingleAsync();
            practice.Policy.OperatorReadsEnquiries = true;
        });
        Assert.True((await sanela.GetAsync($"/board/{id}")).Says(Desk.Words));
    }

    [Fact]
    public async Task The_admin_watches_and_neither_reads_nor_acts()
    {
        var id = await Desk.WriteAsync(_world);
        using var azra = await _world.As(_world.Azra);
        var board = await azra.GetAsync("/board");
        Assert.True(board.Says("Katherine"));
        Assert.DoesNotContain("dishwasher", board.Html + (await azra.GetAsync($"/board/{id}")).Html);
        Assert.Empty(board.FindAll("main form"));
        var (token, value) = Token(await azra.GetAsync("/account"));
        Assert.Equal(HttpStatusCode.NotFound, (await azra.PostAsync($"/board/{id}?handler=Take", (token, value))).Status);
    }

    [Theory, InlineData("/board"), InlineData("/board/{0}"), InlineData("/board/{0}/accept"), InlineData("/board/{0}/refer"), InlineData("/board/new"), InlineData("/rota"), InlineData("/directory")]
    public async Task A_client_a_supervisor_a_stranger_and_the_other_practice_find_nothing(string path)
    {
        var id = await Desk.WriteAsync(_world);
        path = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id);
        foreach (var nobody in new[] { _world.Emina, _world.Nora })
        {
            using var visitor = await _world.As(nobody);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
        }

        using var stranger = _world.Stranger();
        Assert.StartsWith("/sign-in", (await stranger.GetAsync(path)).Path);
        using var mikko = await _world.As(_world.Mikko);
        var other = await mikko.GetAsync(path);
        if (path.Contains(id.ToString(), StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.DoesNotContain("Katherine", other.Html);
    }

    [Fact]
    public async Task Taking_answering_and_handing_over_stand_on_the_timeline()
    {
        var id = await Desk.WriteAsync(_world);
        using var lejla = await _world.As(_world.Lejla);
        await (await lejla.GetAsync($"/board/{id}")).SubmitAsync("Take");
        await (await lejla.GetAsync($"/board/{id}")).SubmitAsync("I have answered");
        var page = await (await lejla.GetAsync($"/board/{id}")).SubmitAsync("Hand over", ("colleague", _world.Damir.UserId.ToString()));
        Assert.True(page.Says("Handed to Damir Kovač"), page.Text);
        Assert.True((await lejla.GetAsync("/board")).Says("Answered in time"));
        var enquiry = await Desk.LatestAsync(_world);
        Assert.Equal((EnquiryState.Taken, _world.Damir.UserId), (enquiry.State, enquiry.TakenBy));
        Assert.Equal([EnquiryActKind.Received, EnquiryActKind.RotaTold, EnquiryActKind.Taken, EnquiryActKind.Answered, EnquiryActKind.HandedTo],
            enquiry.Acts.OrderBy(a => a.At).ThenBy(a => a.Kind).Select(a => a.Kind));
    }

    [Fact]
    public async Task It_cannot_be_handed_to_somebody_who_is_no_psychologist_here()
    {
        var id = await Desk.WriteAsync(_world);
        using var lejla = await _world.As(_world.Lejla);
        var (token, value) = Token(await lejla.GetAsync("/account"));
        foreach (var nobody in new[] { _world.Mikko.UserId, _world.Sanela.UserId, Guid.CreateVersion7() })
            Assert.Equal(HttpStatusCode.NotFound, (await lejla.PostAsync($"/board/{id}?handler=Hand", (token, value), ("colleague", nobody.ToString()))).Status);
    }

    [Fact]
    public async Task A_flag_is_seen_by_the_desk_and_closed_by_a_psychologist_with_an_outcome()
    {
        var id = await Desk.WriteAsync(_world);
        await FlagAsync(id);
        using var sanela = await _world.As(_world.Sanela);
        var desk = await (await sanela.GetAsync($"/board/{id}")).SubmitAsync("I have seen it and act on it");
        Assert.True(desk.Says("Seen by Sanela Ćosić"), desk.Text);
        Assert.DoesNotContain("harm to self", desk.Html);
        Assert.DoesNotContain("Close the flag", desk.Html);

        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync($"/board/{id}")).SubmitAsync("Close the flag", ("outcome", "safe"));
        Assert.True(page.Says("Spoke with the person; safe for now"), page.Text);
        Assert.DoesNotContain("Answer first", (await lejla.GetAsync("/board")).Html);
    }

    [Fact]
    public async Task Before_a_promise_breaks_the_board_says_so_and_afterwards_too()
    {
        await Desk.WriteAsync(_world);
        _world.Clock.Advance(TimeSpan.FromMinutes(204));
        using var sanela = await _world.As(_world.Sanela);
        Assert.True((await sanela.GetAsync("/board")).Says("In 40 min a promise breaks. Katherine is to be answered by 14:05."));
        _world.Clock.Advance(TimeSpan.FromMinutes(41));
        using var later = await _world.As(_world.Sanela);
        Assert.True((await later.GetAsync("/board")).Says("Promise broken"));
    }

    private Task FlagAsync(Guid enquiry) => _world.InDbAsync(_world.Lejla, async db =>
    {
        var complaint = await db.Complaints.SingleAsync(c => c.EnquiryId == enquiry);
        db.SafetyFlags.Add(new SafetyFlag(_world.Lipa.Id, "complaints", complaint.Id, Danger.Self, _world.Clock.Now, enquiry, null, null));
    });

    private static (string, string) Token(Page page) =>
        ("__RequestVerificationToken", page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
}
