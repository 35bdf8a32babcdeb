using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Attendance;
using PracticeApp.Money;
using PracticeApp.Tests.Attendance;

namespace PracticeApp.Tests.Money;

public sealed class AccountTests(World world) : IClassFixture<World>
{
    private string Path => $"/money/{world.Emina.ClientId}";

    private async Task<Page> OwingAsync(Settlement settlement = Settlement.Present, Person? reader = null)
    {
        var (session, _) = await world.NextAsync();
        await world.SettleAsync(session, settlement);
        return await (await world.As(reader ?? world.Lejla)).GetAsync(Path);
    }

    private Task<decimal> DueAsync() => world.InDbAsync(world.Azra, async db => Balance.Of(
        await db.Charges.Where(c => c.ClientId == world.Emina.ClientId).ToListAsync(), await db.Payments.Where(p => p.ClientId == world.Emina.ClientId).ToListAsync()).Sum(b => b.Due));

    [Fact]
    public async Task A_session_is_owed_a_payment_settles_it_and_a_mistake_is_taken_back_in_sight()
    {
        var page = await OwingAsync();
        var before = await DueAsync();
        Assert.True(page.Says("Session, ") && page.Says("80.00"), page.Text);

        page = await page.SubmitAsync("Enter payment", ("Amount", "50,50"), ("Method", "Transfer"));
        Assert.Equal(before - 50.50m, await DueAsync());
        Assert.True(page.Says("Paid by transfer") && page.Says("-50.50"), page.Text);

        // Others of this class may have entered payments too: the newest stands first.
        var buttons = TakeBacks(page);
        page = await page.SubmitAsync("Take the entry back");
        Assert.Equal(before, await DueAsync());
        Assert.True(page.Says("Entry taken back") && page.Says("Paid by transfer"), page.Text);
        Assert.Equal(buttons - 1, TakeBacks(page));
    }

    private static int TakeBacks(Page page) => page.FindAll("button").Count(b => b.TextContent.Contains("Take the entry back", StringComparison.Ordinal));

    [Fact]
    public async Task The_same_form_sent_many_times_is_one_payment()
    {
        var page = await OwingAsync();
        var before = await DueAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => page.SubmitAsync("Enter payment", ("Amount", "10"))));

        Assert.Equal(before - 10m, await DueAsync());
    }

    [Theory]
    [InlineData("Amount", "")]
    [InlineData("Amount", "1.250,00")]
    [InlineData("Amount", "-5")]
    [InlineData("Amount", "99999999999999999999")]
    [InlineData("PaidOn", "")]
    [InlineData("PaidOn", "2031-01-01")]
    [InlineData("PaidOn", "0001-01-01")]
    [InlineData("PaidOn", "yesterday")]
    public async Task Bad_input_gets_a_message_beside_the_field_and_keeps_what_was_typed(string field, string value)
    {
        var page = await OwingAsync();
        var before = await DueAsync();

        var answer = await page.SubmitAsync("Enter payment", ("Amount", "12,34"), (field, value));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Errors);
        Assert.Equal("true", answer.Find($"[name='Input.{field}']")!.GetAttribute("aria-invalid"));
        if (field != "Amount") Assert.Equal("12,34", answer.Form("Enter payment").Value("Amount"));
        Assert.Equal(before, await DueAsync());
    }

    [Theory]
    [InlineData("Input.Method", "Gold")]
    [InlineData("Input.Method", "99")]
    [InlineData("Input.FormToken", "x")]
    public async Task What_nobody_sends_by_accident_is_refused_without_an_error_page(string field, string value)
    {
        var page = await OwingAsync();
        var before = await DueAsync();

        var form = page.Form("Enter payment").Fill("Amount", "5");
        form.Element.QuerySelectorAll($"[name='{field}']").ToList().ForEach(e => e.Remove());
        var answer = await form.Smuggle(field, value).SubmitAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(before, await DueAsync());
    }

    [Fact]
    public async Task Only_the_psychologist_and_the_admin_find_the_account()
    {
        Assert.Equal(HttpStatusCode.OK, (await OwingAsync(reader: world.Azra)).Status);
        foreach (var person in new[] { world.Damir, world.Emina, world.Sanela, world.Nora, world.Mikko })
        {
            var visitor = await world.As(person);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(Path)).Status);
            Assert.NotEqual(HttpStatusCode.OK, (await visitor.PostAsync(Path + "?handler=Pay", ("Input.Amount", "5"))).Status);
        }
        var stranger = await world.Stranger().GetAsync(Path);
        Assert.False(stranger.Says("Emina"));
    }

    [Fact]
    public async Task A_payment_of_somebody_else_is_not_taken_back_from_here()
    {
        var other = await world.InDbAsync(world.Damir, db => Task.FromResult(
            db.Add(new Payment(world.Lipa.Id, world.Tarik.ClientId, 10, "BAM", PaymentMethod.Cash, world.Clock.Now, world.Damir.UserId, Guid.CreateVersion7())).Entity.Id));
        var page = await OwingAsync();
        page = await page.SubmitAsync("Enter payment", ("Amount", "10"));

        var form = page.Form("Take the entry back");
        ((AngleSharp.Html.Dom.IHtmlInputElement)form.Element.QuerySelector("[name=paymentId]")!).Value = other.ToString();

        Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync()).Status);
    }

    [Fact]
    public async Task The_list_shows_who_owes_and_the_colleague_sees_only_their_own()
    {
        await OwingAsync();

        var lejla = await (await world.As(world.Lejla)).GetAsync("/money");
        var damir = await (await world.As(world.Damir)).GetAsync("/money");

        Assert.True(lejla.Says("Emina Hodžić") && !damir.Says("Emina Hodžić"));
        Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Azra)).GetAsync("/money")).Status);
        Assert.False((await (await world.As(world.Mikko)).GetAsync("/money")).Says("Emina"));
    }

    [Fact]
    public async Task The_client_sees_what_was_decided_in_words_and_nothing_that_is_only_proposed()
    {
        await OwingAsync(Settlement.Absent);
        var proposed = await world.InDbAsync(world.Lejla, db => db.Charges.OrderByDescending(c => c.ProposedAt).FirstAsync());
        var emina = await world.As(world.Emina);
        var before = await emina.GetAsync("/me/money");
        Assert.False(before.Says("absence without notice is"), before.Text);

        await world.InDbAsync(world.Lejla, async db => (await db.Charges.SingleAsync(c => c.Id == proposed.Id)).Confirm(world.Lejla.UserId, world.Clock.Now));

        var page = await emina.GetAsync("/me/money");
        Assert.True(page.Says("80 KM (clause 6, version 1): absence without notice is 100% of the fee of 80 KM.") && page.Says("is open."), page.Text);
        Assert.Empty(page.FindAll("main form"));
        Assert.False((await (await world.As(world.Tarik)).GetAsync("/me/money")).Says("80 KM"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Lejla)).GetAsync("/me/money")).Status);
    }
}
