using System.Net;

namespace PracticeApp.Tests.Caseload;

/// <summary>Where admins keep the directory: /settings/directory.</summary>
public sealed class DirectoryTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Visitor _azra = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _azra = await _world.As(_world.Azra);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task<Page> WriteAsync() => await (await _azra.GetAsync("/settings/directory")).SubmitAsync("Save",
        ("Name", "Sigurna kuća"), ("Kind", "CrisisOrSocial"), ("Field", "shelter"), ("Phone", "033 222 333"), ("Website", "https://breza.example"), ("Notes", "day and night"), ("Themes", _world.Lipa.Themes["trauma"].ToString()));

    [Fact]
    public async Task An_entry_is_written_changed_retired_and_put_back()
    {
        var page = await WriteAsync();
        Assert.True(page.Says("Saved.") && page.Says("033 222 333, https://breza.example"), page.Text);
        var entry = page.Find("main a[href^='/settings/directory/']")!.GetAttribute("href")!;
        page = await _azra.GetAsync(entry);
        Assert.Equal(("CrisisOrSocial", "day and night"), (page.Form("Save").Value("Kind"), page.Form("Save").Value("Notes")));
        page = await page.SubmitAsync("Save", ("Phone", "033 444 555"));
        Assert.True(page.Says("033 444 555"));

        page = await (await _azra.GetAsync(entry)).SubmitAsync("Take out of the directory");
        Assert.True(page.Says("retired 16 March 2026"), page.Text);
        Assert.False((await _azra.GetAsync("/directory")).Says("Sigurna kuća"));
        await (await _azra.GetAsync(entry)).SubmitAsync("Put back");
        Assert.True((await _azra.GetAsync("/directory")).Says("Sigurna kuća"));
        Assert.Equal(4L, await _world.ScalarAsync<long>("select count(*) from audit_entries where act like 'directory.%'"));
    }

    [Theory]
    [InlineData("Name", ""), InlineData("Name", "10000"), InlineData("Field", ""), InlineData("Phone", "ring me"), InlineData("Email", "nobody"), InlineData("Website", "javascript:alert(1)"), InlineData("Notes", "10000")]
    public async Task A_wrong_field_gets_a_message_beside_it_and_nothing_typed_is_lost(string field, string value)
    {
        if (value == "10000") value = new string('x', 10_000);
        var form = (await _azra.GetAsync("/settings/directory")).Form("Save").Fill("Name", "Breza").Fill("Field", "shelter").Fill("Phone", "033 222 333").Fill("Address", "Titova 3")
            .Fill("Themes", _world.Lipa.Themes["trauma"].ToString()).Fill(field, value);
        var page = await form.SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Find($"#Input_{field}-e"));
        Assert.Equal((value, "Titova 3"), (page.Form("Save").Value(field), page.Form("Save").Value("Address")));
        Assert.NotNull(page.Find("input[name='Input.Themes'][checked]"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from referral_contacts"));
    }

    [Fact]
    public async Task Somebody_whom_nobody_can_reach_is_of_no_use()
    {
        var page = await (await _azra.GetAsync("/settings/directory")).SubmitAsync("Save", ("Name", "Breza"), ("Field", "shelter"));
        Assert.Equal(["Without a way to reach them the letter is of no use."], page.Errors);
    }

    [Fact]
    public async Task Entries_and_themes_of_another_practice_are_unknown()
    {
        var page = await WriteAsync();
        var entry = page.Find("main a[href^='/settings/directory/']")!.GetAttribute("href")!;
        await _world.ScalarAsync<object>($"update memberships set roles = array['Psychologist', 'Admin'] where user_id = '{_world.Mikko.UserId}'");
        using var mikko = await _world.As(_world.Mikko);
        Assert.Equal(HttpStatusCode.OK, (await mikko.GetAsync("/settings/directory")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mikko.GetAsync(entry)).Status);
        var token = (await mikko.GetAsync("/settings/directory")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await mikko.PostAsync(entry + "?handler=Retire", ("__RequestVerificationToken", token))).Status);
        await (await _azra.GetAsync("/settings/directory")).Form("Save").Fill("Name", "x").Fill("Field", "x").Fill("Phone", "033 1").Smuggle("Input.Themes", _world.Saaristo.Themes["fears"].ToString()).SubmitAsync();
        Assert.Equal(0, await _world.ScalarAsync<int>("select cardinality(theme_ids) from referral_contacts where name = 'x'"));
    }
}
