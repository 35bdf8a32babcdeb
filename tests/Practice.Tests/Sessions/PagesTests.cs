using System.Net;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Sessions;

public sealed class PagesTests(World world, Database database) : IClassFixture<World>
{
    [Fact]
    public async Task Today_shows_the_day_the_break_and_who_is_next()
    {
        await using var own = await World.StartAsync(database);
        await own.WriteComplaintAsync(own.Emina, "I cannot sleep");
        var last = await own.SessionAsync(own.Emina, World.Start.AddDays(-7), settled: AttendanceKind.Attended);
        await own.WriteProtocolAsync(own.Emina, last, "said", sign: true, agreed: "No phone in bed");
        await own.SessionAsync(own.Emina, World.Start.AddHours(-2));
        await own.SessionAsync(own.Emina, World.Start.AddMinutes(12));
        await own.SessionAsync(own.Emina, World.Start.AddHours(3));

        var today = await (await own.As(own.Lejla)).GetAsync("/today");
        Assert.Equal("16 March", today.Heading);
        Assert.Equal(3, today.FindAll(".day > li:not(.gap)").Count);
        foreach (var seen in new[] { "3 sessions, 1 behind you", "in 12 minutes", "Protocol not begun", "Break,", "I cannot sleep", "No phone in bed", "No agreement yet" }) Assert.True(today.Says(seen), seen);
        Assert.Equal("Emina Hodžić", today.Find("aside.sheet h2")!.TextContent);
        Assert.True((await (await own.As(own.Damir)).GetAsync("/today")).Says("No sessions today"));
        Assert.True((await (await own.As(own.Lejla)).GetAsync("/today?day=2026-03-09")).Says("Protocol signed"));
        Assert.Equal(HttpStatusCode.OK, (await (await own.As(own.Lejla)).GetAsync("/today?day=nonsense")).Status);
        foreach (var other in new[] { own.Emina, own.Sanela, own.Azra }) Assert.Equal(HttpStatusCode.NotFound, (await (await own.As(other)).GetAsync("/today")).Status);
    }

    [Fact]
    public async Task Open_protocols_stand_with_the_overdue_first()
    {
        await using var own = await World.StartAsync(database);
        await own.SessionAsync(own.Emina, World.Start.AddDays(-2));
        var late = await own.SessionAsync(own.Emina, World.Start.AddDays(-9));
        await own.SessionAsync(own.Emina, World.Start.AddDays(-10), settled: AttendanceKind.NoShow);
        await own.SessionAsync(own.Emina, World.Start.AddDays(1));

        var page = await (await own.As(own.Lejla)).GetAsync("/protocols");
        Assert.True(page.Says("2 wait to be signed"));
        Assert.Equal($"/protocols/{late}", page.Find(".lines a")!.GetAttribute("href"));
        Assert.True((await (await own.As(own.Damir)).GetAsync("/protocols")).Says("None is open"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await own.As(own.Sanela)).GetAsync("/protocols")).Status);
    }

    [Theory]
    [InlineData("emina")]
    [InlineData("HODŽIĆ")]
    [InlineData("hodzic em")]
    [InlineData("061 234 567")]
    [InlineData("00387 61 234 567")]
    [InlineData("4567")]
    public async Task Whoever_calls_is_found_by_name_or_number(string typed)
    {
        var card = await (await (await world.As(world.Lejla)).GetAsync("/clients")).SubmitAsync("Find", ("Q", typed));
        Assert.Equal($"/clients/{world.Emina.ClientId}", card.Path);
    }

    [Theory]
    [InlineData("Tarik")]
    [InlineData("aino")]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("99999999")]
    public async Task Who_is_not_there_for_me_is_not_found(string typed)
    {
        var list = await (await (await world.As(world.Lejla)).GetAsync("/clients")).SubmitAsync("Find", ("Q", typed));
        Assert.True(list.Says("Nobody is found"));
    }

    [Fact]
    public async Task The_list_shows_each_only_their_own_and_the_desk_everybody()
    {
        Assert.Equal(["Emina Hodžić"], await NamesAsync(world.Lejla));
        Assert.Equal(["Tarik Delić"], await NamesAsync(world.Damir));
        Assert.Equal(["Emina Hodžić", "Tarik Delić"], await NamesAsync(world.Sanela));
        Assert.Equal(["Emina Hodžić", "Tarik Delić"], await NamesAsync(world.Azra));
        Assert.Equal(["Aino Laine"], await NamesAsync(world.Mikko));
        Assert.Empty(await NamesAsync(world.Nora));
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Emina)).GetAsync("/clients")).Status);
    }

    [Fact]
    public async Task A_client_comes_home_to_the_next_session_and_who_read()
    {
        await using var own = await World.StartAsync(database);
        await own.SessionAsync(own.Emina, World.Start.AddDays(2));
        var before = await (await own.As(own.Emina)).GetAsync("/me");
        Assert.True(before.Says("Good to see you, Emina") && before.Says("Wednesday 18 March") && before.Says("Nobody has read it yet"));

        await (await own.As(own.Lejla)).GetAsync($"/clients/{own.Emina.ClientId}");
        Assert.True((await (await own.As(own.Emina)).GetAsync("/me")).Says("Lejla Hadžić your card"));
        Assert.True((await (await own.As(own.Tarik)).GetAsync("/me")).Says("Nothing is booked"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await own.As(own.Lejla)).GetAsync("/me")).Status);
    }

    [Fact]
    public async Task A_guardian_sees_times_but_no_words()
    {
        await using var own = await World.StartAsync(database);
        await own.WriteComplaintAsync(own.Emina, "zebra-words");
        await own.SessionAsync(own.Emina, World.Start.AddDays(2));
        await own.InDbAsync(own.Lejla, db =>
        {
            db.Add(new PracticeApp.Requests.ClientRequest(own.Lipa.Id, own.Emina.EngagementId, own.Emina.ClientId, own.Emina.KeyId, World.Start));
            return Task.CompletedTask;
        });
        Assert.True((await (await own.As(own.Emina)).GetAsync("/me")).Says("zebra-words"));
        await own.ScalarAsync<int>($"insert into engagement_parties (practice_id, id, engagement_id, client_id, role) values ('{own.Lipa.Id}', gen_random_uuid(), '{own.Emina.EngagementId}', '{own.Tarik.ClientId}', '{PartyRole.Guardian}')");
        Assert.DoesNotContain("zebra-words", (await (await own.As(own.Tarik)).GetAsync("/me")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ru", "Сегодня")]
    [InlineData("bs", "Danas")]
    [InlineData("fi", "Tänään")]
    public async Task The_pages_speak_the_readers_language(string language, string today)
    {
        var appointment = await world.SessionAsync(world.Emina, World.Start.AddDays(1).AddHours(language[0]));
        var lejla = await world.As(world.Lejla, language);
        Assert.Contains(today, (await lejla.GetAsync("/today")).Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/today", "/protocols", "/clients", $"/clients/{world.Emina.ClientId}", $"/protocols/{appointment}" })
        {
            var page = await lejla.GetAsync(path);
            Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            Assert.DoesNotMatch(@"\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+\b", page.Text);
        }
    }

    private async Task<IEnumerable<string>> NamesAsync(Person person) =>
        (await (await world.As(person)).GetAsync("/clients")).FindAll("tbody th a").Select(a => a.TextContent);
}
