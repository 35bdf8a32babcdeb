using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Sessions;

public sealed class ProtocolTests(World world, Database database) : IClassFixture<World>
{
    [Fact]
    public async Task What_is_written_is_there_again_and_beside_the_next_session()
    {
        await using var own = await World.StartAsync(database);
        var first = await own.SessionAsync(own.Emina, World.Start.AddHours(1));
        var second = await own.SessionAsync(own.Emina, World.Start.AddDays(7));
        await own.WriteProtocolAsync(own.Emina, first, "She said no on Monday.\nTwice.", note: "proud of it", agreed: "Write it down");

        var again = await (await own.As(own.Lejla)).GetAsync($"/protocols/{first}");
        Assert.Equal("She said no on Monday.\nTwice.", again.Form("Save").Value("Input.Sections[said]"));
        Assert.Equal("proud of it", again.Form("Save").Value("Input.Note"));

        var next = await (await own.As(own.Lejla)).GetAsync($"/protocols/{second}");
        Assert.Equal("", next.Form("Save").Value("Input.Sections[said]"));
        Assert.Contains("Write it down", next.Find("aside.last")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("proud of it", next.Html, StringComparison.Ordinal);
        Assert.True(next.Says("session 2"));
    }

    [Fact]
    public async Task Opening_a_protocol_writes_nothing_but_the_audit()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(2));
        await (await world.As(world.Lejla)).GetAsync($"/protocols/{appointment}");
        Assert.Equal(0L, await world.ScalarAsync<long>($"select count(*) from protocols where appointment_id = '{appointment}'"));
    }

    [Fact]
    public async Task A_signed_protocol_is_closed_and_corrected_by_dated_addenda()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(3));
        var signed = await world.WriteProtocolAsync(world.Emina, appointment, "First wording", sign: true);
        Assert.True(signed.Says("Signed by Lejla Hadžić"));
        Assert.Empty(signed.FindAll("textarea[name^='Input.Sections']"));

        var form = signed.Form("Sign the addendum").Fill("Addendum", "It was Tuesday");
        await form.SubmitAsync();
        var twice = await form.SubmitAsync();
        Assert.True(twice.Says("It was Tuesday"));
        Assert.Equal(1L, await world.ScalarAsync<long>($"select count(*) from addenda a join protocols p on p.id = a.protocol_id where p.appointment_id = '{appointment}'"));
        Assert.Equal(World.Start, await world.ScalarAsync<DateTime>($"select a.signed_at from addenda a join protocols p on p.id = a.protocol_id where p.appointment_id = '{appointment}'"));
    }

    [Fact]
    public async Task What_a_second_tab_wrote_over_a_signed_protocol_waits_as_an_addendum()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(4));
        var late = await (await world.As(world.Lejla)).GetAsync($"/protocols/{appointment}");
        await world.WriteProtocolAsync(world.Emina, appointment, "Signed wording", sign: true);

        var refused = await late.SubmitAsync("Save", ("Input.Sections[said]", "Words of the other tab"));
        Assert.True(refused.Says("This protocol was signed meanwhile"));
        Assert.Equal("Words of the other tab", refused.Form("Sign the addendum").Value("Addendum"));
        Assert.Equal(HttpStatusCode.Gone, (await JsonAsync(late, ("Input.Sections[said]", "x"))).Status);
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_and_nothing_is_overwritten()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(5));
        var (one, two) = (await (await world.As(world.Lejla)).GetAsync($"/protocols/{appointment}"), await (await world.As(world.Lejla)).GetAsync($"/protocols/{appointment}"));
        await one.SubmitAsync("Save", ("Input.Sections[said]", "from the first tab"));

        var told = await two.SubmitAsync("Save", ("Input.Sections[said]", "from the second tab"));
        Assert.True(told.Says("Another tab has a newer text"));
        Assert.True(told.Says("from the first tab"));
        Assert.Equal("from the second tab", told.Form("Save").Value("Input.Sections[said]"));
        Assert.Equal("from the first tab", (await Reload(appointment)).Form("Save").Value("Input.Sections[said]"));

        await told.Form("Save").SubmitAsync();
        Assert.Equal("from the second tab", (await Reload(appointment)).Form("Save").Value("Input.Sections[said]"));
    }

    [Fact]
    public async Task Autosave_answers_with_the_new_version_takes_the_same_text_twice_and_refuses_an_old_one()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(6));
        var page = await Reload(appointment);
        var saved = await JsonAsync(page, ("Input.Sections[said]", "one"));
        var version = JsonDocument.Parse(saved.Html).RootElement.GetProperty("version").GetUInt32();
        Assert.NotEqual(0u, version);

        var repeated = await JsonAsync(page, ("Input.Sections[said]", "one"));
        Assert.Equal(version, JsonDocument.Parse(repeated.Html).RootElement.GetProperty("version").GetUInt32());

        var stale = await JsonAsync(page, ("Input.Sections[said]", "two"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("one", JsonDocument.Parse(stale.Html).RootElement.GetProperty("texts").GetProperty("Input.Sections[said]").GetString());
    }

    [Fact]
    public async Task Fifty_first_saves_at_once_make_one_protocol()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(8));
        var page = await Reload(appointment);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => JsonAsync(page, ("Input.Sections[said]", $"save {i}"))));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(49, answers.Count(a => a.Status == HttpStatusCode.Conflict));
        Assert.Equal(1L, await world.ScalarAsync<long>($"select count(*) from protocols where appointment_id = '{appointment}'"));
    }

    [Fact]
    public async Task Nothing_written_is_nothing_to_sign()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(9));
        var refused = await (await Reload(appointment)).SubmitAsync("Sign and lock", ("Input.Sections[said]", "  \n "));
        Assert.True(refused.Says("Nothing is written yet"));
    }

    [Fact]
    public async Task Too_much_text_and_nonsense_get_a_message_and_keep_what_was_typed()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(10));
        var page = await Reload(appointment);
        var tooLong = await page.SubmitAsync("Save", ("Input.Sections[said]", new string('x', 50_000)), ("Input.Note", "kept"));
        Assert.Equal(HttpStatusCode.OK, tooLong.Status);
        Assert.True(tooLong.Says("This is longer than fits here"));
        Assert.Equal("kept", tooLong.Form("Save").Value("Input.Note"));

        foreach (var (name, value) in new[] { ("Input.Version", "x"), ("Input.Progress", "99"), ("Input.Sections[no-such]", "x"), ("Input.Note", "\0\ud800") })
            Assert.True((int)(await page.Form("Save").Smuggle(name, value).SubmitAsync()).Status < 500);
    }

    [Fact]
    public async Task Begin_and_end_of_the_hour_are_recorded_once()
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddMinutes(5));
        await (await Reload(appointment)).SubmitAsync("Begin the hour");
        var ended = await (await Reload(appointment)).SubmitAsync("End the hour");
        Assert.True(ended.Says("took place from"));
        Assert.Equal(World.Start, await world.ScalarAsync<DateTime>($"select finished_at from appointments where id = '{appointment}'"));
    }

    [Fact]
    public async Task The_clock_the_keys_and_the_drafts_have_what_they_need()
    {
        var form = (await Reload(await world.SessionAsync(world.Emina, World.Start.AddDays(11)))).Find("form[data-autosave]")!;
        Assert.Equal(32, Convert.FromBase64String(form.GetAttribute("data-draft-key")!).Length);
        Assert.NotNull(form.QuerySelector("[data-autosave-version]"));
        Assert.NotNull(form.QuerySelector("template[data-say='offline']"));
        Assert.Single(form.QuerySelectorAll("textarea[autofocus]"));
    }

    [Fact]
    public async Task A_look_alike_name_on_the_same_day_is_pointed_out()
    {
        var namesake = world.Emina with { ClientId = await world.InDbAsync(world.Lejla, db =>
        {
            var client = new PracticeApp.Clients.Client(world.Lipa.Id, "Emira Hodžić", "Emira", null, null, new(), "en", "Europe/Sarajevo", "BA", world.Emina.KeyId, World.Start);
            db.Add(client);
            return Task.FromResult(client.Id);
        }) };
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(20));
        Assert.False((await Reload(appointment)).Says("A name easily taken for another"));
        await world.SessionAsync(namesake, World.Start.AddDays(20).AddHours(3));
        Assert.True((await Reload(appointment)).Says("Emira Hodžić"));
    }

    private async Task<Page> Reload(Guid appointment) => await (await world.As(world.Lejla)).GetAsync($"/protocols/{appointment}");

    private static Task<Page> JsonAsync(Page page, params (string Name, string Value)[] fields)
    {
        var form = page.Form("Save");
        var sent = form.Element.Elements.Where(e => e.GetAttribute("name") is not null)
            .ToDictionary(e => e.GetAttribute("name")!, e => form.Value(e.GetAttribute("name")!));
        foreach (var (name, value) in fields) sent[name] = value;
        return page.Visitor.SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, form.Element.GetAttribute("data-autosave")) { Content = new FormUrlEncodedContent(sent) };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            return request;
        }, follow: false);
    }
}
