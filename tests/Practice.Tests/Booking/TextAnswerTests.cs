using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Booking;

/// <summary>What people answer to text messages: STOP ends them, START lets them begin again, and of anything else only that it came is told.</summary>
public sealed class TextAnswerTests(TextAnswerTests.WithGateway fixture) : IClassFixture<TextAnswerTests.WithGateway>
{
    private const string Secret = "shared with the gateway";

    public sealed class WithGateway(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;
        public async ValueTask InitializeAsync() => World = await World.StartAsync(database, $"--Practice:Text:Secret={Secret}");
        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private World World => fixture.World;

    [Theory]
    [InlineData("STOP", TextWord.Stop)]
    [InlineData(" stop. ", TextWord.Stop)]
    [InlineData("„Стоп!“", TextWord.Stop)]
    [InlineData("Stop all", TextWord.Stop)]
    [InlineData("Seis", TextWord.Stop)]
    [InlineData("stoppi", TextWord.Stop)]
    [InlineData("odjava", TextWord.Stop)]
    [InlineData("ＳＴＯＰ", TextWord.Stop)]
    [InlineData("start", TextWord.Start)]
    [InlineData("Старт", TextWord.Start)]
    [InlineData("Aloita.", TextWord.Start)]
    [InlineData("Please stop, I cannot go on", null)]
    [InlineData("non stop", null)]
    [InlineData("cancel", null)]
    [InlineData("", null)]
    [InlineData("!", null)]
    public void Only_a_word_by_itself_is_one(string text, TextWord? word) => Assert.Equal(word, new TextAnswer("+387", text).Word);

    [Fact]
    public async Task STOP_ends_texts_for_everybody_with_the_number_and_START_lets_them_begin_again()
    {
        var (emina, tarik, aino) = (await AtAsync(World.Emina, "061 111 222"), await AtAsync(World.Tarik, "+387 61/111-222"), await AtAsync(World.Aino, "+358 40 111 2223"));
        Assert.Equal(HttpStatusCode.OK, await SayAsync("+38761111222", "Stop!"));
        Assert.False((await ClientAsync(emina)).CanBeTexted);
        Assert.False((await ClientAsync(tarik)).CanBeTexted);
        Assert.True((await ClientAsync(aino)).CanBeTexted);
        Assert.Equal(2, await ActsAsync("client.texts-stopped"));
        Assert.True((await (await World.As(World.Emina)).GetAsync("/me/contact")).Says("You answered STOP"));

        World.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, await SayAsync("+38761111222", "START"));
        Assert.True((await ClientAsync(emina)).CanBeTexted);
        Assert.Equal(2, await ActsAsync("client.texts-wanted-again"));
        // Nothing was stopped: START allows nothing that was not.
        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await World.InDbAsync(World.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == emina.ClientId)).ReachAt(emina.Email, "061 111 222", new ContactRules { Mail = true, Text = false }));
        await SayAsync("+38761111222", "START");
        Assert.False((await ClientAsync(emina)).CanBeTexted);
        Assert.Equal(2, await ActsAsync("client.texts-wanted-again"));
    }

    [Fact]
    public async Task What_was_said_once_counts_once()
    {
        var aino = await AtAsync(World.Aino, "+358 50 765 4321");
        var body = Body("+358507654321", "SEIS");
        var (at, signature) = Vouch(body);
        await SendAsync(body, at, signature);
        Assert.False((await ClientAsync(aino)).CanBeTexted);
        // They allow them again on their page; whoever listened on the way says it once more.
        await AtAsync(World.Aino, "+358 50 765 4321");
        Assert.Equal(HttpStatusCode.OK, await SendAsync(body, at, signature));
        Assert.True((await ClientAsync(aino)).CanBeTexted);
        World.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(body, at, signature));
    }

    [Fact]
    public async Task Nobody_but_the_gateway_is_believed()
    {
        var client = await AtAsync(World.Tarik, "062 333 444");
        var body = Body("+38762333444", "STOP");
        var (at, signature) = Vouch(body);
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(body, null, null));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(body, at, "sha256=" + new string('0', 64)));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(body + " ", at, signature));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(body, at + "1", signature));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(body, "soon", signature));
        Assert.True((await ClientAsync(client)).CanBeTexted);
        Assert.Equal(HttpStatusCode.NotFound, (await World.Stranger().GetAsync("/sms/incoming")).Status);
        foreach (var nonsense in new[] { "", "[]", "{}", """{"from":1,"text":"STOP"}""", """{"from":null,"text":null}""" })
            Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(nonsense, Vouch(nonsense).At, Vouch(nonsense).Signature));
        foreach (var from in new[] { "", "12", "Bank", "3444" }) Assert.Equal(HttpStatusCode.OK, await SayAsync(from, "STOP"));
        Assert.True((await ClientAsync(client)).CanBeTexted);
    }

    [Fact]
    public async Task Of_any_other_words_the_psychologist_learns_that_they_came_once_and_none_is_kept()
    {
        await AtAsync(World.Emina, "063 555 666");
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, await SayAsync("+38763555666", "zzwordzz I cannot go on"));
        await World.DeliverAsync();

        var today = await (await World.As(World.Lejla)).GetAsync("/today");
        Assert.True(today.Says("Nobody reads such answers"));
        Assert.False((await (await World.As(World.Damir)).GetAsync("/today")).Says("Nobody reads such answers"));
        Assert.Equal(1, await World.ScalarAsync<long>($"select count(*) from notices where kind = '{TakeTextAnswer.Answered}'"));
        Assert.Equal(0, await World.ScalarAsync<long>("select (select count(*) from notices n where n::text like '%zzwordzz%') + (select count(*) from clients c where c::text like '%zzwordzz%') + (select count(*) from audit_entries a where a::text like '%zzwordzz%')"));
        Assert.DoesNotContain("zzwordzz", string.Join(' ', World.Mailbox.All.Select(m => m.Text)), StringComparison.Ordinal);
    }

    private async Task<Person> AtAsync(Person person, string phone)
    {
        await World.InDbAsync(person.PracticeId == World.Lipa.Id ? World.Azra : World.Mikko, async db => (await db.Clients.SingleAsync(c => c.Id == person.ClientId)).ReachAt(person.Email, phone, new ContactRules { Mail = true, Text = true }));
        return person;
    }

    private Task<Client> ClientAsync(Person person) => World.InDbAsync(person, db => db.Clients.AsNoTracking().SingleAsync(c => c.Id == person.ClientId));

    private Task<long> ActsAsync(string act) => World.ScalarAsync<long>($"select count(*) from audit_entries where act = '{act}' and client_id in ('{World.Emina.ClientId}', '{World.Tarik.ClientId}')");

    private static string Body(string from, string text) => JsonSerializer.Serialize(new { from, text });

    private (string At, string Signature) Vouch(string body)
    {
        var at = World.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (at, "sha256=" + TextGateway.Signature(Secret, at, body));
    }

    private Task<HttpStatusCode> SayAsync(string from, string text)
    {
        var body = Body(from, text);
        var (at, signature) = Vouch(body);
        return SendAsync(body, at, signature);
    }

    private async Task<HttpStatusCode> SendAsync(string body, string? at, string? signature) => (await World.Stranger().SendAsync(() =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/sms/incoming") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (at is not null) request.Headers.Add("X-Timestamp", at);
        if (signature is not null) request.Headers.Add("X-Signature", signature);
        return request;
    }, follow: false)).Status;
}
