using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Money;
using PracticeApp.Tests.Agreements;
using PracticeApp.Tests.Attendance;

namespace PracticeApp.Tests.Money;

public sealed class ChargeExtraTests(World world) : IClassFixture<World>
{
    private string Path => $"/money/{world.Emina.ClientId}";
    private string Day => world.Clock.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<List<Charge>> ChargesAsync() => world.InDbAsync(world.Lejla, db => db.Charges.AsNoTracking().Where(c => c.Kind == ChargeKind.Other).OrderBy(c => c.Id).ToListAsync());

    private async Task ClearAsync()
    {
        await world.ScalarAsync<int>("delete from invoiced_charges");
        await world.ScalarAsync<int>("delete from charges where kind = 'Other'");
    }

    private async Task<Page> OpenAsync(Terms? terms = null)
    {
        await ClearAsync();
        await world.AgreeAsync(world.Emina, terms ?? ExtraWorkCostTests.Priced());
        return await (await world.As(world.Lejla)).GetAsync(Path + "/extra");
    }

    private Task<Page> LetterAsync(Page page) => page.SubmitAsync("Show the sum", ("Work", "letter"), ("Pieces", "2"), ("On", Day));

    [Fact]
    public async Task A_letter_is_shown_first_then_charged_once_and_both_read_the_clause()
    {
        var shown = await LetterAsync(await OpenAsync());
        Assert.True(shown.Says("letter, 2 × 60"), shown.Text);
        Assert.Empty(await ChargesAsync());

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => shown.SubmitAsync("Charge 120 KM")));
        var charge = Assert.Single(await ChargesAsync());
        Assert.Equal((120m, ChargeState.Confirmed, "14", "letter", 2), (charge.Amount, charge.State, charge.Clause, charge.ExtraKey, charge.ExtraAmount));
        Assert.NotNull(charge.AgreementId);
        var number = await world.InDbAsync(world.Lejla, db => db.Agreements.Where(a => a.Id == charge.AgreementId).Select(a => a.Number).SingleAsync());
        foreach (var page in new[] { await (await world.As(world.Lejla)).GetAsync(Path), await (await world.As(world.Emina)).GetAsync("/me/money") })
            Assert.True(page.Says($"clause 14, version {number}") && page.Says("letter, 2 × 60"), page.Text);
        var month = await (await world.As(world.Emina)).GetAsync($"/me/money/statement?month={Day[..7]}");
        Assert.True(month.Says("Extra work: letter"), month.Text);
    }

    [Fact]
    public async Task What_was_changed_after_it_was_shown_is_shown_again()
    {
        var shown = await LetterAsync(await OpenAsync());
        var again = await shown.SubmitAsync("Charge 120 KM", ("Pieces", "3"));
        Assert.True(again.Says("letter, 3 × 60"), again.Text);
        Assert.Empty(await ChargesAsync());
    }

    [Fact]
    public async Task Contact_of_a_week_is_charged_beyond_what_is_included_and_only_once()
    {
        var page = await OpenAsync();
        var free = await page.SubmitAsync("Show the sum", ("Work", ExtraWorkCost.Contact), ("Minutes", "15"), ("On", Day));
        Assert.True(free.Says("Nothing is to be paid"), free.Text);
        var shown = await page.SubmitAsync("Show the sum", ("Work", ExtraWorkCost.Contact), ("Minutes", "40"), ("On", Day));
        Assert.True(shown.Says("40 min of contact in this week, 15 min of them included; beyond that 2 × 10"), shown.Text);
        await shown.SubmitAsync("Charge 20 KM");
        var charge = Assert.Single(await ChargesAsync());
        Assert.Equal((20m, "8", DayOfWeek.Monday), (charge.Amount, charge.Clause, charge.DoneOn!.Value.DayOfWeek));

        var twice = await (await (await world.As(world.Lejla)).GetAsync(Path + "/extra")).SubmitAsync("Show the sum", ("Work", ExtraWorkCost.Contact), ("Minutes", "40"), ("On", Day));
        Assert.Equal("true", twice.Find("[name='Input.On']")!.GetAttribute("aria-invalid"));
        Assert.Single(await ChargesAsync());
    }

    [Theory]
    [InlineData("Work", "report"), InlineData("Pieces", ""), InlineData("Pieces", "0"), InlineData("Pieces", "101"), InlineData("Pieces", "many"), InlineData("On", ""), InlineData("On", "2020-01-01"), InlineData("On", "2099-01-01")]
    public async Task Nonsense_gets_a_message_and_keeps_what_was_typed(string field, string value)
    {
        var page = await OpenAsync();
        (string, string)[] typed = [("Work", "letter"), ("Pieces", "2"), ("On", Day)];
        var form = page.Form("Show the sum");
        foreach (var (name, right) in typed.Where(f => f.Item1 != field)) form.Fill(name, right);
        var again = await (field == "Work" ? form.Smuggle("Input.Work", value) : form.Fill(field, value)).SubmitAsync();
        Assert.NotEmpty(again.Errors);
        if (field != "Pieces") Assert.Equal("2", again.Find("[name='Input.Pieces']")!.GetAttribute("value"));
        Assert.False(again.Says("letter, 2 × 60"));
        Assert.Empty(await ChargesAsync());
    }

    [Fact]
    public async Task Without_prices_it_says_what_is_missing()
    {
        Assert.True((await OpenAsync(Terms.Default(80, "BAM"))).Says("The agreement names no price for this"));
        var page = await OpenAsync(ExtraWorkCostTests.Priced(contact: null));
        Assert.True(page.Says("nothing is charged for it") && page.Find($"[value='{ExtraWorkCost.Contact}']") is null, page.Text);
        Assert.True((await (await world.As(world.Damir)).GetAsync($"/money/{world.Tarik.ClientId}/extra")).Says("There is no signed agreement yet"));
    }

    [Fact]
    public async Task Nothing_is_charged_while_a_flag_is_open()
    {
        var shown = await LetterAsync(await OpenAsync());
        await world.FlagAsync();
        try
        {
            Assert.True((await shown.SubmitAsync("Charge 120 KM")).Says("A sign of danger is open"));
            Assert.Empty(await ChargesAsync());
        }
        finally
        {
            await world.InDbAsync(world.Lejla, async db => (await db.SafetyFlags.SingleAsync(f => f.ClosedAt == null)).Close(world.Lejla.UserId, world.Clock.Now, "safe"));
        }
    }

    [Fact]
    public async Task It_is_taken_away_until_it_is_on_an_invoice_which_names_it()
    {
        await (await LetterAsync(await OpenAsync())).SubmitAsync("Charge 120 KM");
        var page = await (await world.As(world.Lejla)).GetAsync(Path);
        await page.SubmitAsync("Take this charge away");
        Assert.Equal(ChargeState.Waived, Assert.Single(await ChargesAsync()).State);

        await (await LetterAsync(await OpenAsync())).SubmitAsync("Charge 120 KM");
        page = await (await world.As(world.Lejla)).GetAsync(Path);
        var invoice = Assert.Single(await world.InvoiceAsync(world.Emina));
        Assert.Contains(invoice.Content.Lines, l => MoneyText.Line(l).StartsWith("Extra work: letter", StringComparison.Ordinal));
        Assert.True((await page.SubmitAsync("Take this charge away")).Says("This is on an invoice"));
        Assert.Equal(ChargeState.Confirmed, Assert.Single(await ChargesAsync()).State);
    }

    [Fact]
    public async Task It_is_the_psychologists_alone()
    {
        await OpenAsync();
        foreach (var (who, path) in new[] { (world.Damir, Path + "/extra"), (world.Lejla, $"/money/{world.Tarik.ClientId}/extra"), (world.Lejla, $"/money/{Guid.NewGuid()}/extra") })
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(who)).GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_guardian_sees_the_sum_and_not_what_it_was()
    {
        await (await LetterAsync(await OpenAsync())).SubmitAsync("Charge 120 KM");
        var party = Guid.CreateVersion7();
        await world.ScalarAsync<int>($"insert into engagement_parties (practice_id, id, engagement_id, client_id, role) values ('{world.Lipa.Id}', '{party}', '{world.Emina.EngagementId}', '{world.Tarik.ClientId}', 'Guardian')");
        try
        {
            var tarik = await world.As(world.Tarik);
            foreach (var page in new[] { await tarik.GetAsync("/me/money"), await tarik.GetAsync($"/me/money/statement?of={world.Emina.ClientId}&month={Day[..7]}") })
                Assert.True(page.Says("Extra work or contact") && page.Says("120.00") && !page.Says("letter"), page.Text);
            var invoice = Assert.Single(await world.InvoiceAsync(world.Emina));
            Assert.DoesNotContain(invoice.Content.Lines, l => MoneyText.Line(l).Contains("letter", StringComparison.Ordinal));
        }
        finally
        {
            await world.ScalarAsync<int>($"delete from engagement_parties where id = '{party}'");
        }
    }
}
