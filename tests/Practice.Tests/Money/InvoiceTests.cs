using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Attendance;
using PracticeApp.Money;
using PracticeApp.Tests.Attendance;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Money;

public sealed class InvoiceTests(World world) : IClassFixture<World>
{
    private Task<List<IssuedDocument>> AllAsync(DocumentKind kind = DocumentKind.Invoice) =>
        world.InDbAsync(world.Azra, db => db.IssuedDocuments.AsNoTracking().Where(d => d.Kind == kind).OrderBy(d => d.Serial).ToListAsync());

    private async Task<IssuedDocument> OneAsync(decimal amount = 80)
    {
        await world.ChargeAsync(world.Emina, amount);
        return Assert.Single(await world.InvoiceAsync(world.Emina));
    }

    [Fact]
    public async Task Numbers_have_no_gap_when_many_issue_at_once_and_some_are_rolled_back()
    {
        var before = (await AllAsync()).Count;
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async n =>
        {
            var client = n % 2 == 0 ? world.Emina : world.Tarik;
            await world.ChargeAsync(client, 10 + n);
            if (n % 3 == 0) await Assert.ThrowsAsync<InvalidOperationException>(() => world.InvoiceAsync(client, then: _ => throw new InvalidOperationException("the power fails")));
            else await world.InvoiceAsync(client);
        }));
        await world.InvoiceAsync(world.Emina);
        await world.InvoiceAsync(world.Tarik);

        var all = await AllAsync();
        Assert.True(all.Count > before + 1);
        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(d => d.Serial));
        // Everything is on exactly one.
        var lines = all[before..].SelectMany(d => d.Content.Lines).Select(l => l.ChargeId).ToList();
        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.Empty(await world.InvoiceAsync(world.Emina));
    }

    [Fact]
    public async Task A_year_begins_with_one_and_a_practice_counts_for_itself()
    {
        await OneAsync();
        await world.ChargeAsync(world.Aino, 95);
        var theirs = Assert.Single(await world.InvoiceAsync(world.Aino));
        Assert.Equal($"{theirs.Year}-0001", theirs.Number);
        Assert.NotEqual(theirs.Year + 1, theirs.IssuedOn.Year);
    }

    [Fact]
    public async Task A_charge_stands_on_one_invoice_and_what_was_issued_never_changes()
    {
        var invoice = await OneAsync();
        var charge = invoice.Content.Lines[0].ChargeId;
        foreach (var sql in new[]
        {
            $"insert into invoiced_charges (practice_id, id, charge_id, document_id) values ('{world.Lipa.Id}', gen_random_uuid(), '{charge}', '{invoice.Id}')",
            $"update issued_documents set total = 1 where id = '{invoice.Id}'",
            $"delete from issued_documents where id = '{invoice.Id}'",
            $"update charges set amount = 1 where id = '{charge}'",
            $"delete from charges where id = '{charge}'",
            $"insert into issued_documents select practice_id, gen_random_uuid(), kind, year, 900, client_id, engagement_id, corrects_id, payment_id, language, issued_on, due_on, issued_at, issued_by, total, currency, content_json from issued_documents where id = '{invoice.Id}'",
        })
            await Assert.ThrowsAsync<PostgresException>(() => world.ScalarAsync<object>(sql));
    }

    [Fact]
    public async Task A_credit_note_cancels_lines_after_which_they_can_be_invoiced_anew()
    {
        await world.InvoiceAsync(world.Emina);
        await world.ChargeAsync(world.Emina, 70);
        await world.ChargeAsync(world.Emina, 30);
        var lejla = await world.As(world.Lejla);
        var page = await (await lejla.GetAsync($"/money/{world.Emina.ClientId}")).SubmitAsync("Invoice 100");
        Assert.True(page.Says("Issued: "), page.Text);
        var invoice = (await AllAsync())[^1];

        page = await lejla.GetAsync($"/money/papers/{invoice.Id}");
        var none = page.Form("Issue a credit note");
        foreach (var box in none.Element.QuerySelectorAll("input[name=charges]").ToList()) box.RemoveAttribute("checked");
        Assert.Contains("Tick at least one line.", (await none.SubmitAsync()).Text, StringComparison.Ordinal);

        page = await lejla.GetAsync($"/money/papers/{invoice.Id}");
        var form = page.Form("Issue a credit note");
        form.Element.QuerySelectorAll("input[name=charges]")[1].RemoveAttribute("checked");
        page = await form.SubmitAsync();
        Assert.True(page.Says("Credit note C-2026-") && page.Says(invoice.Number) && page.Says("-70.00"), page.Text);
        // The same form once more corrects nothing more.
        var notes = (await AllAsync(DocumentKind.CreditNote)).Count;
        await form.SubmitAsync();
        Assert.Equal(notes, (await AllAsync(DocumentKind.CreditNote)).Count);

        var anew = Assert.Single(await world.InvoiceAsync(world.Emina));
        Assert.Equal(70m, anew.Total);
        Assert.Equal(Enumerable.Range(1, notes), (await AllAsync(DocumentKind.CreditNote)).Select(d => d.Serial));
    }

    [Fact]
    public async Task What_was_paid_before_is_said_and_the_due_date_follows_the_agreement()
    {
        await world.InvoiceAsync(world.Tarik);
        var due = await world.DueAsync(world.Tarik);
        await world.InDbAsync(world.Damir, db => Task.FromResult(db.Add(new Payment(world.Lipa.Id, world.Tarik.ClientId, due + 30, "BAM", PaymentMethod.Cash, world.Clock.Now, world.Damir.UserId, Guid.CreateVersion7()))));
        await world.ChargeAsync(world.Tarik, 80);
        var invoice = Assert.Single(await world.InvoiceAsync(world.Tarik));
        Assert.Equal((80m, 50m), (invoice.Total, invoice.Content.Open));
        Assert.Equal(invoice.IssuedOn.AddDays(PayWithin.Usual), invoice.DueOn);
        await world.AgreeAsync(world.Tarik, AttendanceWorld.Strict);
        await world.ChargeAsync(world.Tarik, 80);
        invoice = Assert.Single(await world.InvoiceAsync(world.Tarik));
        Assert.Equal(invoice.IssuedOn.AddDays(AttendanceWorld.Strict.Fee.PayWithinDays), invoice.DueOn);
    }

    [Fact]
    public async Task Everybodys_last_month_is_invoiced_in_one_act_that_finds_nothing_the_second_time()
    {
        await world.InvoiceAsync(world.Emina);
        await world.InvoiceAsync(world.Tarik);
        foreach (var client in new[] { world.Emina, world.Tarik }) await world.ChargeAsync(client, 80, daysAgo: 35);
        await world.ChargeAsync(world.Emina, 45);
        var azra = await world.As(world.Azra);
        var page = await (await azra.GetAsync("/money/invoices")).SubmitAsync("Invoice what is open of the months before");
        Assert.True(page.Says("2 invoices were issued."), page.Text);
        Assert.Equal([80m, 80m], (await AllAsync()).TakeLast(2).Select(d => d.Total));
        Assert.Equal(HttpStatusCode.OK, (await azra.GetAsync("/money/invoices?month=2026-99")).Status);
        var again = await azra.PostAsync("/money/invoices?handler=All", ("__RequestVerificationToken", page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!));
        Assert.True(again.Says("There was nothing left to invoice."), again.Text);
        Assert.Equal(45m, Assert.Single(await world.InvoiceAsync(world.Emina)).Total);
    }

    [Fact]
    public async Task The_client_hears_of_it_without_a_sum_and_keeps_the_same_file_as_the_practice()
    {
        var invoice = await OneAsync(123);
        var mail = Assert.Single((await world.DeliverAsync()).Where(m => m.To == world.Emina.Email).TakeLast(1));
        Assert.DoesNotContain("123", mail.Subject + mail.Text, StringComparison.Ordinal);
        Assert.Contains("/me/money", mail.Text, StringComparison.Ordinal);

        var emina = await world.As(world.Emina);
        var page = await emina.GetAsync("/me/money");
        Assert.True(page.Says($"Invoice {invoice.Number}"), page.Text);
        var file = await emina.GetAsync($"/money/papers/{invoice.Id}/pdf");
        Assert.Equal(0, PdfTool.Run("qpdf", file.Bytes, "--check", "FILE").Exit);
        var text = PdfTool.TextOf(file.Bytes);
        Assert.Contains($"Invoice {invoice.Number}", text, StringComparison.Ordinal);
        Assert.Contains("123.00", text, StringComparison.Ordinal);
        Assert.Contains("Session on ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Individual", text, StringComparison.Ordinal);
        Assert.Equal(file.Bytes, (await (await world.As(world.Lejla)).GetAsync($"/money/papers/{invoice.Id}/pdf")).Bytes);
    }

    [Fact]
    public async Task Only_the_psychologist_the_admin_and_the_client_open_it()
    {
        var invoice = await OneAsync();
        foreach (var person in new[] { world.Lejla, world.Azra }) Assert.Equal(HttpStatusCode.OK, (await (await world.As(person)).GetAsync($"/money/papers/{invoice.Id}")).Status);
        foreach (var person in new[] { world.Damir, world.Tarik, world.Sanela, world.Nora, world.Mikko, world.Aino })
        {
            var visitor = await world.As(person);
            foreach (var path in new[] { $"/money/papers/{invoice.Id}", $"/money/papers/{invoice.Id}/pdf", $"/money/{world.Emina.ClientId}/statement", $"/money/{world.Emina.ClientId}/plan", $"/money/{world.Emina.ClientId}/package" })
                Assert.True(HttpStatusCode.NotFound == (await visitor.GetAsync(path)).Status, $"{person.Name} {path}");
        }
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Emina)).GetAsync($"/money/papers/{invoice.Id}")).Status);
    }

    [Fact]
    public async Task What_stands_on_an_invoice_is_neither_undone_nor_waived_before_a_credit_note()
    {
        var (session, _) = await world.NextAsync();
        await world.SettleAsync(session, Settlement.Absent);
        var charge = Assert.Single(await world.ChargesAsync(session));
        await world.InDbAsync(world.Lejla, async db => (await db.Charges.SingleAsync(c => c.Id == charge.Id)).Confirm(world.Lejla.UserId, world.Clock.Now));
        await world.InvoiceAsync(world.Emina);

        var lejla = await world.As(world.Lejla);
        var page = await (await lejla.GetAsync($"/attendance/{session}")).SubmitAsync("Undo");
        Assert.True(page.Says("This session stands on an invoice."), page.Text);
        Assert.Equal(ChargeState.Confirmed, Assert.Single(await world.ChargesAsync(session)).State);
    }

    [Fact]
    public async Task A_payment_gets_a_receipt_and_taking_it_back_a_second_one()
    {
        await OneAsync();
        var lejla = await world.As(world.Lejla);
        var before = (await AllAsync(DocumentKind.Receipt)).Count;
        var page = await (await lejla.GetAsync($"/money/{world.Emina.ClientId}")).SubmitAsync("Enter payment", ("Amount", "40"));
        // Weeks later, when the month has gone to the accountant.
        var paid = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(40));
        page = await (await world.As(world.Lejla)).GetAsync($"/money/{world.Emina.ClientId}");
        await page.SubmitAsync("Take the entry back");
        Assert.Equal([paid, world.Clock.Now], await world.InDbAsync(world.Lejla, db => db.Payments.Where(p => p.Amount == 40 || p.Amount == -40).OrderBy(p => p.RecordedAt).Select(p => p.PaidAt).ToListAsync()));
        var receipts = (await AllAsync(DocumentKind.Receipt))[before..];
        Assert.Equal([40m, -40m], receipts.Select(r => r.Total));
        Assert.Equal(receipts[0].Id, receipts[1].CorrectsId);
        Assert.Equal(0, PdfTool.Run("qpdf", DocumentPdf.Draw(receipts[1]), "--check", "FILE").Exit);
    }

    [Fact]
    public async Task A_guardian_sees_the_wards_money_and_is_told_instead_of_the_minor()
    {
        var party = Guid.CreateVersion7();
        await world.ScalarAsync<int>($"insert into engagement_parties (practice_id, id, engagement_id, client_id, role) values ('{world.Lipa.Id}', '{party}', '{world.Emina.EngagementId}', '{world.Tarik.ClientId}', 'Guardian')");
        try
        {
            await world.DeliverAsync();
            var invoice = await OneAsync();
            Assert.Equal([world.Tarik.Email], (await world.DeliverAsync()).Select(m => m.To).Distinct());
            var tarik = await world.As(world.Tarik);
            Assert.True((await tarik.GetAsync("/me/money")).Says(invoice.Number));
            Assert.Equal(HttpStatusCode.OK, (await tarik.GetAsync($"/money/papers/{invoice.Id}/pdf")).Status);
            Assert.Equal(HttpStatusCode.OK, (await tarik.GetAsync($"/me/money/statement?of={world.Emina.ClientId}")).Status);
        }
        finally
        {
            await world.ScalarAsync<int>($"delete from engagement_parties where id = '{party}'");
        }
    }
}
