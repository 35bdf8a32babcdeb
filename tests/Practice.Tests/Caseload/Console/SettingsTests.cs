using System.Net;
using PracticeApp.Caseload;

namespace PracticeApp.Tests.Caseload;

public sealed class SettingsTests(Database database) : IAsyncLifetime
{
    private World world = null!;
    private Visitor azra = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync(database);
        azra = await world.As(world.Azra);
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task What_is_decided_is_kept_and_what_was_not_touched_stays()
    {
        var page = await (await azra.GetAsync("/settings")).Form("Save").Fill("PromiseHours", "8").Fill("SenderName", "Plava kuća")
            .Fill("Unsettled", "NoShow").Fill("OperatorReadsEnquiries", "true").SubmitAsync();
        Assert.True(page.Says("Saved."));
        var form = page.Form("Save");
        Assert.Equal(("8", "Plava kuća", "lipa", "Europe/Sarajevo"), (form.Value("PromiseHours"), form.Value("SenderName"), form.Value("Slug"), form.Value("TimeZone")));
        Assert.Equal("48, 24", (await azra.GetAsync("/settings/reminders")).Form("Save").Value("MailReminderHours"));
        Assert.Equal("true", form.Value("OperatorReadsEnquiries"));
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'practice.settings-changed'"));
        Assert.Equal("Saaristo", await world.ScalarAsync<string>("select sender_name from practices where slug = 'saaristo'"));
    }

    [Theory]
    [InlineData("Name", ""), InlineData("Name", "10000"), InlineData("Slug", "Ab c"), InlineData("Slug", "-a-"), InlineData("Slug", "saaristo"), InlineData("SenderName", ""), InlineData("SenderName", "Psychotherapy Anna Kovač")]
    [InlineData("PromiseHours", "0"), InlineData("PromiseHours", "four"), InlineData("PromiseHours", "99999999999")]
    [InlineData("HoldMinutes", "-1"), InlineData("QuickExitUrl", "javascript:alert(1)"), InlineData("QuickExitUrl", "http://example.org"), InlineData("Phone", "ring me")]
    public async Task A_wrong_field_gets_a_message_beside_it_and_nothing_is_saved(string field, string value)
    {
        if (value == "10000") value = new string('x', 10_000);
        var page = await (await azra.GetAsync("/settings")).Form("Save").Fill("Tagline", "We listen.").Fill(field, value).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Find($"#Input_{field}-e"));
        Assert.Equal(value, page.Form("Save").Value(field));
        Assert.Equal("We listen.", page.Form("Save").Value("Tagline"));
        Assert.Equal("", await world.ScalarAsync<string>("select tagline from practices where slug = 'lipa'"));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'practice.settings-changed'"));
    }

    [Theory]
    [InlineData("Country", "XX"), InlineData("TimeZone", "Mars/Olympus"), InlineData("Language", "de"), InlineData("Currency", "ABC"), InlineData("Unsettled", "7")]
    public async Task What_no_list_offers_is_refused(string field, string value)
    {
        var page = await azra.GetAsync("/settings");
        var fields = page.Form("Save").Fields.Where(f => f != $"Input.{field}").Select(f => (f, page.Form("Save").Value(f))).Append(($"Input.{field}", value))
            .Append(("__RequestVerificationToken", page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)).ToArray();
        Assert.NotNull((await azra.PostAsync("/settings", fields)).Find($"#Input_{field}-e"));
    }

    [Fact]
    public async Task Two_who_change_at_once_do_not_overwrite_one_another()
    {
        var (hers, his) = ((await azra.GetAsync("/settings")).Form("Save"), (await azra.GetAsync("/settings")).Form("Save"));
        await hers.Fill("PromiseHours", "6").SubmitAsync();
        var second = await his.Fill("Tagline", "Too late").SubmitAsync();
        Assert.True(second.Says("Somebody else has changed"));
        Assert.Equal("Too late", second.Form("Save").Value("Tagline"));
        Assert.Equal("6", (await azra.GetAsync("/settings")).Form("Save").Value("PromiseHours"));
    }

    [Fact]
    public async Task A_theme_is_added_renamed_and_retired_and_keeps_its_history()
    {
        var added = await (await azra.GetAsync("/settings/themes")).SubmitAsync("Save", ("Name", "Moving abroad"));
        Assert.True(added.Says("Moving abroad"));
        var twice = await (await azra.GetAsync("/settings/themes")).SubmitAsync("Save", ("Name", "moving ABROAD"));
        Assert.NotNull(twice.Find("#Input_Name-e"));
        var jealousy = world.Lipa.Themes["jealousy"];
        await (await azra.GetAsync($"/settings/themes/{jealousy}")).SubmitAsync("Save", ("Name", "Jealousy and trust"));
        Assert.True((await (await world.As(world.Azra, "fi")).GetAsync("/settings/themes")).Says("Jealousy and trust"));
        await (await azra.GetAsync($"/settings/themes/{jealousy}")).SubmitAsync("Save", ("Name", ""));
        Assert.True((await (await world.As(world.Azra, "fi")).GetAsync("/settings/themes")).Says("Mustasukkaisuus"));
        await (await azra.GetAsync($"/settings/themes/{jealousy}")).SubmitAsync("Retire this theme");
        Assert.Equal(24L, await world.ScalarAsync<long>($"select count(*) from themes where practice_id = '{world.Lipa.Id}'"));
        Assert.Equal(1L, await world.ScalarAsync<long>($"select count(*) from themes where practice_id = '{world.Lipa.Id}' and retired_at is not null"));
    }

    [Fact]
    public async Task A_room_is_added_and_taken_out_of_use()
    {
        Assert.True((await (await azra.GetAsync("/settings/rooms")).SubmitAsync("Save", ("Name", "Room 3"))).Says("Room 3"));
        Assert.NotNull((await (await azra.GetAsync("/settings/rooms")).SubmitAsync("Save", ("Name", "room 3"))).Find("#Input_Name-e"));
        Assert.NotNull((await (await azra.GetAsync("/settings/rooms")).SubmitAsync("Save", ("Name", ""))).Find("#Input_Name-e"));
        await (await azra.GetAsync($"/settings/rooms/{world.Lipa.Rooms[0]}")).SubmitAsync("Use it no longer");
        Assert.Equal(1L, await world.ScalarAsync<long>($"select count(*) from rooms where practice_id = '{world.Lipa.Id}' and not active"));
    }

    [Theory]
    [InlineData("48, 24", "48,24"), InlineData("", ""), InlineData(" 24;48 48\n2", "48,24,2"), InlineData("1 2 3 4 5 6", null), InlineData("-4", null), InlineData("337", null), InlineData("1.5", null)]
    public void Reminder_hours_read_as_people_write_them(string typed, string? hours) =>
        Assert.Equal(hours, ReminderHours.Read(typed) is { } read ? string.Join(',', read) : null);
}
