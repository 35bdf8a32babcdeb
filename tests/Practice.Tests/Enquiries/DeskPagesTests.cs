using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Enquiries;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Enquiries;

/// <summary>Calls and visits, the rota, the directory.</summary>
public sealed class DeskPagesTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_call_is_written_down_once_in_the_callers_words()
    {
        await Desk.OpenAsync(_world);
        using var sanela = await _world.As(_world.Sanela);
        var form = (await sanela.GetAsync("/board/new")).Form("Put on the board")
            .Fill("Complaint", "My wife says either I talk to somebody or she goes.").Fill("CalledName", "Emir").Fill("How", "Call").Fill("Phone", "061 200 204").Fill("Language", "bs").Fill("Told", "true");
        await form.SubmitAsync();
        var page = await form.SubmitAsync();
        Assert.True(page.Says("Emir") && page.Says("by phone"), page.Text);
        var enquiry = await Desk.LatestAsync(_world);
        Assert.Equal((EnquiryDoor.Phone, "bs"), (enquiry.Door, enquiry.Language));
        Assert.Equal(1, await Desk.CountAsync(_world, "enquiries"));
        Assert.Equal(WrittenBy.Operator, await _world.InDbAsync(_world.Lejla, db => db.Complaints.Select(c => c.WrittenBy).SingleAsync()));
        Assert.Contains(await _world.DeliverAsync(), m => m.To == _world.Lejla.Email && m.Subject == "Somebody is waiting for an answer");
    }

    [Fact]
    public async Task What_was_not_told_to_the_caller_is_not_kept()
    {
        using var sanela = await _world.As(_world.Sanela);
        var page = await (await sanela.GetAsync("/board/new")).SubmitAsync("Put on the board", ("Complaint", "words"), ("CalledName", "Emir"), ("How", "Call"), ("Phone", "061 200 204"));
        Assert.Equal(["Say it first; without the person’s yes we may not keep it."], page.Errors);
        Assert.Equal("words", page.Form("Put on the board").Value("Complaint"));
        Assert.Equal(0, await Desk.CountAsync(_world, "enquiries"));
    }

    [Fact]
    public async Task The_rota_decides_what_the_public_page_promises()
    {
        using var stranger = _world.Stranger();
        Assert.True((await stranger.GetAsync("/p/lipa")).Says("We cannot name an hour: nobody is on duty"));

        using var sanela = await _world.As(_world.Sanela);
        await (await sanela.GetAsync("/rota")).SubmitAsync("form[action$='handler=Shift']", ("UserId", _world.Lejla.UserId.ToString()), ("Day", "Monday"), ("From", "09:00"), ("Until", "12:00"));
        Assert.True((await stranger.GetAsync("/p/lipa")).Says("You will hear from us by Monday 23 March, 11:00."));

        var page = await (await sanela.GetAsync("/rota")).SubmitAsync("Close this day", ("Closed.Day", "2026-03-23"), ("Closed.Name", "Bajram"));
        Assert.True(page.Says("Monday 23 March Bajram"), page.Text);
        Assert.True((await stranger.GetAsync("/p/lipa")).Says("by Monday 30 March, 11:00."));

        await (await sanela.GetAsync("/rota")).SubmitAsync("Take out Monday 23 March");
        var empty = await (await sanela.GetAsync("/rota")).SubmitAsync("Take out Monday, 9:00–12:00");
        Assert.True(empty.Says("We cannot name an hour"));
    }

    [Fact]
    public async Task A_shift_that_makes_no_sense_is_explained_beside_its_field()
    {
        await Desk.OpenAsync(_world);
        using var sanela = await _world.As(_world.Sanela);
        var page = await (await sanela.GetAsync("/rota")).SubmitAsync("form[action$='handler=Shift']", ("UserId", _world.Lejla.UserId.ToString()), ("Day", "Monday"), ("From", "09:00"), ("Until", "08:00"));
        Assert.Equal(["These hours stand here already.", "The end comes before the beginning."], page.Errors);
        using var lejla = await _world.As(_world.Lejla);
        Assert.Empty((await lejla.GetAsync("/rota")).FindAll("main form"));
    }

    [Fact]
    public async Task The_directory_is_looked_up_by_theme_and_changed_elsewhere()
    {
        await Directories.WriteAsync(_world);
        using var sanela = await _world.As(_world.Sanela);
        var page = await sanela.GetAsync("/directory");
        Assert.True(page.Says("Dr Amela Tanović") && page.Says("Legal advice Alić") && page.Says("waits two weeks") && page.Says("Psychiatry"), page.Text);
        Assert.Equal("tel:+38733555201", page.Find("main a[href^='tel:']")!.GetAttribute("href"));
        Assert.DoesNotContain(page.FindAll("main form"), f => f.GetAttribute("method") == "post");
        Assert.Empty(page.FindAll("main a[href^='/settings']"));

        page = await page.Form("Show").Fill("Theme", _world.Lipa.Themes["divorce-or-separation"].ToString()).SubmitAsync();
        Assert.True(page.Says("Legal advice Alić") && !page.Says("Dr Amela Tanović"), page.Text);
        Assert.False((await sanela.GetAsync("/directory")).Says("Closed cabinet"));
        Assert.Equal(HttpStatusCode.OK, (await sanela.GetAsync($"/directory?Theme={Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task The_directory_is_the_staffs_of_one_practice()
    {
        await Directories.WriteAsync(_world);
        foreach (var person in new[] { _world.Lejla, _world.Sanela, _world.Nora, _world.Azra }) Assert.Equal(3, await _world.InDbAsync(person, db => db.ReferralContacts.CountAsync()));
        foreach (var person in new[] { _world.Emina, _world.Mikko }) Assert.Equal(0, await _world.InDbAsync(person, db => db.ReferralContacts.CountAsync()));
        using var emina = await _world.As(_world.Emina);
        Assert.Equal(HttpStatusCode.NotFound, (await emina.GetAsync("/directory")).Status);
        using var mikko = await _world.As(_world.Mikko);
        Assert.True((await mikko.GetAsync("/directory")).Says("Here stand those you trust"));
    }
}
