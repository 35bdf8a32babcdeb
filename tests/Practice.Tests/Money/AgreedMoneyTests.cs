using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Attendance;
using PracticeApp.Money;
using PracticeApp.Tests.Attendance;

namespace PracticeApp.Tests.Money;

public sealed class AgreedMoneyTests(World world) : IClassFixture<World>
{
    private string Path => $"/money/{world.Emina.ClientId}";

    private Task<int> RemindAsync() => world.Services.GetRequiredService<RemindOfUnpaid>().RunAsync(CancellationToken.None);

    private async Task<Page> PayUpAsync()
    {
        var lejla = await world.As(world.Lejla);
        var due = await world.DueAsync(world.Emina);
        if (due > 0) await (await lejla.GetAsync(Path)).SubmitAsync("Enter payment", ("Amount", due.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return await lejla.GetAsync(Path);
    }

    [Fact]
    public async Task Parts_are_agreed_with_one_tap_and_the_client_reads_the_dates()
    {
        await PayUpAsync();
        // Other tests of this class may have left something in hand.
        await world.ChargeAsync(world.Emina, 100 - await world.DueAsync(world.Emina));
        var lejla = await world.As(world.Lejla);
        var page = await (await lejla.GetAsync(Path)).SubmitAsync("In 3 parts, month by month");
        Assert.Equal(Path, page.Path);
        var plan = await world.InDbAsync(world.Lejla, db => db.PaymentPlans.AsNoTracking().Include(p => p.Parts).SingleAsync(p => p.EndedAt == null));
        Assert.Equal((100m, 100m, 3), (plan.Total, plan.Parts.Sum(p => p.Amount), plan.Parts.Count));

        var mine = await (await world.As(world.Emina)).GetAsync("/me/money");
        Assert.True(mine.Says("We agreed that you pay in parts:") && mine.Says("33.34"), mine.Text);

        page = await (await lejla.GetAsync(Path + "/plan")).SubmitAsync("Agree on it", ("First", world.Clock.Now.AddDays(40).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("Parts", "1"));
        Assert.Equal(1, await world.InDbAsync(world.Lejla, db => db.PaymentPlans.CountAsync(p => p.EndedAt == null)));
        Assert.True((await (await world.As(world.Emina)).GetAsync("/me/money")).Says("We agreed that you pay later:"));
        page = await (await lejla.GetAsync(Path + "/plan")).SubmitAsync("End this");
        Assert.Equal(0, await world.InDbAsync(world.Lejla, db => db.PaymentPlans.CountAsync(p => p.EndedAt == null)));
    }

    [Fact]
    public async Task The_database_refuses_parts_that_are_not_the_sum() => await Assert.ThrowsAsync<PostgresException>(() => world.ScalarAsync<object>(
        $"""
        begin;
        insert into payment_plans (practice_id, id, client_id, total, currency, agreed_by, agreed_at, form_token, ended_at)
          values ('{world.Lipa.Id}', '{Guid.CreateVersion7()}', '{world.Tarik.ClientId}', 10, 'BAM', gen_random_uuid(), now(), gen_random_uuid(), now());
        commit
        """));

    [Theory]
    [InlineData("First", ""), InlineData("First", "2020-01-01"), InlineData("First", "soon"), InlineData("Parts", "0"), InlineData("Parts", "25"), InlineData("Parts", ""), InlineData("Parts", "many")]
    public async Task Senseless_dates_and_parts_get_a_message_beside_the_field(string field, string value)
    {
        await world.ChargeAsync(world.Emina, 100);
        var page = await (await (await world.As(world.Lejla)).GetAsync(Path + "/plan")).SubmitAsync("Agree on it", (field, value));
        Assert.Equal("true", page.Find($"[name='Input.{field}']")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_reminder_is_kind_comes_three_times_at_most_and_never_in_danger_or_before_an_agreed_date()
    {
        await PayUpAsync();
        await world.ChargeAsync(world.Emina, 77);
        await world.DeliverAsync();
        Assert.Equal(0, await RemindAsync());

        // Paid within 14 days where nothing was agreed; a week after that it is mentioned.
        var sent = new List<PracticeApp.Platform.Mail>();
        for (var day = 0; day < 60; day++)
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await RemindAsync();
            await RemindAsync();
            sent.AddRange((await world.DeliverAsync()).Where(m => m.To == world.Emina.Email));
        }
        Assert.Equal(3, sent.Count);
        Assert.All(sent, m => Assert.DoesNotContain("77", m.Subject + m.Text, StringComparison.Ordinal));
        Assert.All(sent, m => Assert.Contains("we will find a later date", m.Text, StringComparison.Ordinal));

        // Paid, and owed anew: counted anew; but a later date was agreed, and then a flag is open.
        await PayUpAsync();
        await world.ChargeAsync(world.Emina, 50);
        await (await (await world.As(world.Lejla)).GetAsync(Path)).SubmitAsync("30 days later");
        await world.DeliverAsync();
        world.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await RemindAsync());
        await world.FlagAsync();
        world.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await RemindAsync());
        await world.InDbAsync(world.Lejla, async db => (await db.SafetyFlags.SingleAsync()).Close(world.Lejla.UserId, world.Clock.Now, "safe"));
        // At night it waits for the morning.
        world.Clock.Set(world.Clock.Now.Date.AddDays(2).AddHours(2));
        await world.DeliverAsync();
        Assert.Equal(1, await RemindAsync());
        Assert.Empty(await world.DeliverAsync());
        world.Clock.Advance(TimeSpan.FromHours(6));
        Assert.Single(await world.DeliverAsync(), m => m.To == world.Emina.Email);
    }

    [Fact]
    public async Task Sessions_draw_from_a_package_and_the_rest_is_given_back()
    {
        await PayUpAsync();
        var lejla = await world.As(world.Lejla);
        var form = await lejla.GetAsync(Path + "/package");
        Assert.Equal("true", (await form.SubmitAsync("Sell the package", ("Price", "a lot"))).Find("[name='Input.Price']")!.GetAttribute("aria-invalid"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => form.SubmitAsync("Sell the package", ("Sessions", "3"), ("Price", "200"))));
        Assert.Equal(200m, await world.DueAsync(world.Emina));
        await PayUpAsync();

        var (first, _) = await world.NextAsync();
        await world.SettleAsync(first, Settlement.Present);
        Assert.Equal(0m, await world.DueAsync(world.Emina));
        Assert.Equal(1, Assert.Single(await world.ChargesAsync(first)).PackageNumber);
        var page = await (await world.As(world.Emina)).GetAsync("/me/money");
        Assert.True(page.Says("1 of 3 had, 2 left") && page.Says("1 of 3, 2 left") && page.Says("in the package"), page.Text);

        // What did not take place after all goes back into the package.
        await world.DoAsync(world.Lejla, s => s.GetRequiredService<SettleAttendance>().UndoAsync(first, world.Emina.ClientId, CancellationToken.None));
        await world.SettleAsync(first, Settlement.Present);
        Assert.Equal(1, Assert.Single(await world.ChargesAsync(first)).PackageNumber);

        page = await (await (await world.As(world.Lejla)).GetAsync(Path)).SubmitAsync("End it and give back the rest", ("back", ""));
        Assert.Equal(-133.34m, await world.DueAsync(world.Emina));
        // One that was had and is corrected afterwards keeps its place.
        await world.DoAsync(world.Lejla, s => s.GetRequiredService<SettleAttendance>().UndoAsync(first, world.Emina.ClientId, CancellationToken.None));
        await world.SettleAsync(first, Settlement.Late, 5);
        Assert.Equal(1, Assert.Single(await world.ChargesAsync(first)).PackageNumber);
        Assert.Equal(-133.34m, await world.DueAsync(world.Emina));
        var (second, _) = await world.NextAsync();
        await world.SettleAsync(second, Settlement.Present);
        Assert.Null(Assert.Single(await world.ChargesAsync(second)).PackageId);
        Assert.Equal(-53.34m, await world.DueAsync(world.Emina));
    }

    [Fact]
    public async Task A_month_begins_where_the_one_before_ended()
    {
        await world.ChargeAsync(world.Tarik, 80);
        var month = world.Clock.Now.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (person, path) in new[] { (world.Tarik, "/me/money/statement"), (world.Damir, $"/money/{world.Tarik.ClientId}/statement") })
        {
            var visitor = await world.As(person);
            var page = await visitor.GetAsync($"{path}?month={month}");
            Assert.True(page.Says("From before") && page.Says("Session") && page.Says("80.00 KM"), page.Text);
            var file = await visitor.GetAsync($"{path}?month={month}&handler=File");
            Assert.Equal(0, PracticeApp.Tests.Platform.PdfTool.Run("qpdf", file.Bytes, "--check", "FILE").Exit);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"{path}?month=nonsense")).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Tarik)).GetAsync($"/me/money/statement?of={world.Emina.ClientId}")).Status);
    }

    [Fact]
    public async Task The_accountant_gets_numbers_and_no_formulas()
    {
        await world.InDbAsync(world.Damir, async db => (await db.Clients.SingleAsync(c => c.Id == world.Tarik.ClientId)).Rename("=HYPERLINK(\"http://x\")", "Tarik"));
        await world.ChargeAsync(world.Tarik, 80);
        await world.InvoiceAsync(world.Tarik);
        var invoice = await world.InDbAsync(world.Damir, db => db.IssuedDocuments.AsNoTracking().OrderByDescending(d => d.Serial).FirstAsync(d => d.Kind == DocumentKind.Invoice));
        await world.DoAsync(world.Damir, s => s.GetRequiredService<IssueDocuments>().CreditAsync(invoice, [.. invoice.Content.Lines.Select(l => l.ChargeId!.Value)], CancellationToken.None));
        var azra = await world.As(world.Azra);
        var day = world.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var file = await azra.GetAsync($"/money/export?handler=File&From={day}&Until={day}");
        Assert.Equal([0xEF, 0xBB, 0xBF], file.Bytes[..3]);
        var text = Encoding.UTF8.GetString(file.Bytes);
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", text, StringComparison.Ordinal);
        Assert.Contains($"Credit note,C-{invoice.Year}-", text, StringComparison.Ordinal);
        Assert.Contains($",-{invoice.Total.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)},BAM", text, StringComparison.Ordinal);
        foreach (var query in new[] { "From=&Until=", "From=x&Until=y", $"From={day}&Until=2001-01-01", "From=0001-01-01&Until=9999-12-31" })
            Assert.NotEmpty((await azra.GetAsync("/money/export?handler=File&" + query)).Errors);
        // Others' clients are not in it.
        Assert.DoesNotContain("HYPERLINK", Encoding.UTF8.GetString((await (await world.As(world.Lejla)).GetAsync($"/money/export?handler=File&From={day}&Until={day}")).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_on_invoices_is_set_by_the_admin()
    {
        var azra = await world.As(world.Azra);
        var page = await (await azra.GetAsync("/settings/money")).SubmitAsync("Save", ("RemindAfterDays", "99"), ("TaxNumber", "123"));
        Assert.Equal("123", page.Form("Save").Value("TaxNumber"));
        Assert.NotEmpty(page.Errors);
        page = await page.SubmitAsync("Save", ("RemindAfterDays", "7"), ("Reminders", "3"), ("NamesKinds", "true"));
        Assert.True(page.Says("Saved."), page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Lejla)).GetAsync("/settings/money")).Status);
        var (session, _) = await world.NextAsync();
        await world.SettleAsync(session, Settlement.Present);
        var invoice = (await world.InvoiceAsync(world.Emina))[^1];
        Assert.Equal("123", invoice.Content.TaxNumber);
        Assert.Contains(invoice.Content.Lines, l => l.KindName is not null);
    }
}
