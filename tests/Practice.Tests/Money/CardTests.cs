using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Money;

namespace PracticeApp.Tests.Money;

public sealed class CardTests(CardTests.WithProvider fixture) : IClassFixture<CardTests.WithProvider>
{
    public sealed class WithProvider(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;
        public async ValueTask InitializeAsync() => World = await World.StartAsync(database, "--Practice:Card:Url=https://pay.example/in?r={reference}&a={amount}&c={currency}&b={return}&t={time}&s={signature}", $"--Practice:Card:Secret={new string('k', 32)}");
        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private World World => fixture.World;
    private CardProvider Provider => World.Services.GetRequiredService<CardProvider>();

    /// <summary>Somebody goes to pay 80; what the provider was told, as it would say it back.</summary>
    private async Task<(CardAttempt Attempt, CardMessage Message, Page Page)> BeginAsync()
    {
        await World.ChargeAsync(World.Emina);
        var page = await (await (await World.As(World.Emina)).GetAsync("/me/money")).SubmitAsync("by card");
        var attempt = await World.InDbAsync(World.Azra, db => db.CardAttempts.AsNoTracking().OrderByDescending(a => a.StartedAt).ThenByDescending(a => a.Id).FirstAsync());
        return (attempt, new CardMessage($"evt_{attempt.Id:N}", attempt.Reference, CardMessage.Paid, CardProvider.Write(attempt.Amount), attempt.Currency), page);
    }

    private Task<Page> SayAsync(CardMessage message, Func<string, string?>? vouch = null, Func<string, string>? alter = null)
    {
        var body = JsonSerializer.Serialize(message);
        var header = (vouch ?? Provider.Vouch)(body);
        return World.Stranger().SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/card/webhook") { Content = new StringContent(alter?.Invoke(body) ?? body, Encoding.UTF8, "application/json") };
            if (header is not null) request.Headers.Add(CardProvider.SignatureHeader, header);
            return request;
        }, follow: false);
    }

    private Task<int> PaymentsAsync() => World.InDbAsync(World.Azra, db => db.Payments.CountAsync());

    private Task<CardRefusal?> RefusedAsync(CardMessage message) => World.InDbAsync(World.Azra, db => db.CardEvents.Where(e => e.EventId == message.Id).Select(e => e.Refused).SingleAsync());

    [Fact]
    public async Task The_link_says_how_much_signed_and_coming_back_records_nothing()
    {
        var (attempt, message, page) = await BeginAsync();
        var link = page.Link("Go on to pay.example").GetAttribute("href")!;
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(link).Query);
        Assert.True(Provider.IsSigned(query["s"], query["r"]!, query["a"]!, query["c"]!, query["b"]!, query["t"]!));
        Assert.False(Provider.IsSigned(query["s"], query["r"]!, "1.00", query["c"]!, query["b"]!, query["t"]!));
        Assert.Equal((attempt.Reference, CardProvider.Write(attempt.Amount)), (query["r"], query["a"]));

        var before = await PaymentsAsync();
        var back = new Uri(query["b"]!).PathAndQuery;
        Assert.True((await World.Stranger().GetAsync(back)).Says("The provider has not told us yet"));
        Assert.Equal(HttpStatusCode.NotFound, (await World.Stranger().GetAsync("/card/" + new string('x', 40))).Status);
        Assert.Equal(before, await PaymentsAsync());
        await SayAsync(message);
        Assert.True((await World.Stranger().GetAsync(back)).Says("came in. Thank you."));
        Assert.Equal(before + 1, await PaymentsAsync());
    }

    [Fact]
    public async Task One_message_many_times_at_once_is_one_payment_with_one_receipt()
    {
        var (attempt, message, _) = await BeginAsync();
        var (due, before) = (await World.DueAsync(World.Emina), await PaymentsAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SayAsync(message)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(before + 1, await PaymentsAsync());
        Assert.Equal(due - attempt.Amount, await World.DueAsync(World.Emina));
        Assert.Equal(1, await World.InDbAsync(World.Azra, db => db.IssuedDocuments.CountAsync(d => d.Kind == DocumentKind.Receipt && db.Payments.Any(p => p.Id == d.PaymentId && p.FormToken == attempt.Id))));
    }

    [Fact]
    public async Task What_is_forged_altered_or_old_is_not_heard()
    {
        var (_, message, _) = await BeginAsync();
        var before = await PaymentsAsync();
        var old = Provider.Vouch(JsonSerializer.Serialize(message));
        foreach (var answer in new[]
        {
            await SayAsync(message, _ => null),
            await SayAsync(message, _ => "t=1,v1=00"),
            await SayAsync(message, body => Provider.Vouch(body)[..^1] + "0"),
            await SayAsync(message, alter: body => body.Replace(message.Amount, "1.00", StringComparison.Ordinal)),
        })
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        World.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.NotFound, (await SayAsync(message, _ => old)).Status);
        Assert.Equal(before, await PaymentsAsync());
        Assert.False(await World.InDbAsync(World.Azra, db => db.CardEvents.AnyAsync(e => e.EventId == message.Id)));
    }

    [Fact]
    public async Task What_fits_nothing_is_kept_for_a_person_and_never_paid()
    {
        var (_, message, _) = await BeginAsync();
        var before = await PaymentsAsync();
        var other = message with { Id = message.Id + "a", Amount = "79.99" };
        var currency = message with { Id = message.Id + "b", Currency = "EUR" };
        var unknown = message with { Id = message.Id + "c", Reference = message.Reference[..32] + Guid.CreateVersion7().ToString("N") };
        foreach (var wrong in new[] { other, currency, unknown }) Assert.Equal(HttpStatusCode.OK, (await SayAsync(wrong)).Status);
        Assert.Equal([CardRefusal.OtherAmount, CardRefusal.OtherCurrency, CardRefusal.UnknownAttempt], new[] { await RefusedAsync(other), await RefusedAsync(currency), await RefusedAsync(unknown) });
        Assert.Equal(before, await PaymentsAsync());
        await SayAsync(message);
        var twice = message with { Id = message.Id + "d" };
        await SayAsync(twice);
        Assert.Equal(CardRefusal.PaidAlready, await RefusedAsync(twice));
        Assert.Equal(before + 1, await PaymentsAsync());

        var azra = await World.As(World.Azra);
        var page = await azra.GetAsync("/money/invoices");
        Assert.True(page.Says("Another sum than was asked") && page.Says("Paid a second time"), page.Text);
        var shown = page.FindAll("input[name=eventId]").Count;
        Assert.Equal(shown - 1, (await page.SubmitAsync("Seen to")).FindAll("input[name=eventId]").Count);
        Assert.False((await (await World.As(World.Lejla)).GetAsync("/money/invoices")).Says("Another sum than was asked"));
    }

    [Theory]
    [InlineData("{}"), InlineData("not json"), InlineData("{\"id\":\"x\",\"reference\":\"y\",\"outcome\":\"paid\",\"amount\":\"1e9\",\"currency\":\"BAM\"}"), InlineData("[]"), InlineData("null")]
    public async Task Nonsense_that_is_signed_is_refused_without_a_fault(string body)
    {
        var answer = await World.Stranger().SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/card/webhook") { Content = new StringContent(body) };
            request.Headers.Add(CardProvider.SignatureHeader, Provider.Vouch(body));
            return request;
        }, follow: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Nobody_pays_from_somebody_elses_account_or_sees_their_attempt()
    {
        var (attempt, _, page) = await BeginAsync();
        var tarik = await World.As(World.Tarik);
        Assert.Equal(HttpStatusCode.NotFound, (await tarik.GetAsync($"/me/money/card/{attempt.Id}")).Status);
        var token = (await tarik.GetAsync("/me/money")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await tarik.PostAsync("/me/money?handler=Card", ("__RequestVerificationToken", token), ("of", World.Emina.ClientId.ToString()), ("currency", "BAM"))).Status);
        // The provider of the demo stands in for none that is configured.
        Assert.Equal(HttpStatusCode.NotFound, (await World.Stranger().GetAsync(new Uri(page.Link("Go on to pay.example").GetAttribute("href")!).Query.Insert(0, "/demo/card-provider"))).Status);
    }
}
