using Microsoft.EntityFrameworkCore;
using PracticeApp.Money;
using PracticeApp.Practices;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>Invoices of every month but the last for everybody, a credit note, a package, parts that were agreed on, a card payment. Last month waits for the one button.</summary>
internal static class SeedInvoices
{
    /// <summary>Whose latest sessions are covered by a package, and who pays by card; their usual payments are left out.</summary>
    private const string Holder = "tarik@lipa.example", Payer = "emina@lipa.example";
    private const int PackageDays = 35, CardDays = 60, OpenDays = 16;

    internal static bool PaysOtherwise(Settled client, DateTime at, DateTime now) =>
        (client.Client.Email == Holder && at > now.AddDays(-PackageDays)) || (client.Client.Email == Payer && at > now.AddDays(-CardDays));

    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        s.Db.ChangeTracker.Clear();
        var practice = await s.Db.Practices.SingleAsync(ct);
        practice.Bill(s.Cast.Slug == "lipa"
            ? new BillingPolicy { TaxNumber = "4200555014007", Account = "UniCredit Bank, 338 900 22012345 67", Note = "Oslobođeno PDV-a, član 24. Zakona o PDV-u." }
            : new BillingPolicy { TaxNumber = "2555018-7", Account = "FI21 1234 5600 0007 85", Note = "Arvonlisäverolain 34 §:n mukainen veroton terveydenhuoltopalvelu." });
        await s.SaveAsync(ct);
        await PackageAsync(s, ct);
        await CardAsync(s, ct);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(s.Now, s.Zone));
        var book = await BookAsync(s, ct);
        if (book.Charges.Count > 0)
        {
            var first = TimeZoneInfo.ConvertTimeFromUtc(book.Charges.SelectMany(g => g).Min(c => c.DecidedAt!.Value), s.Zone);
            var month = new DateOnly(today.Year, today.Month, 1);
            for (var until = new DateOnly(first.Year, first.Month, 1).AddMonths(1); until < month; until = until.AddMonths(1)) await IssueAsync(s, practice, book, until, _ => true, ct);
            await IssueAsync(s, practice, book, month, c => c.Client.Email is Payer or "aino@saaristo.example", ct);
        }
        await CorrectAsync(s, practice, ct);
        await PlanAsync(s, ct);
    }

    private sealed record Book(ILookup<Guid, Charge> Charges, ILookup<Guid, (DateTime At, decimal Amount)> Payments);

    private static async Task<Book> BookAsync(Settlement s, CancellationToken ct) => new(
        (await s.Db.Charges.AsNoTracking().Where(c => c.State == ChargeState.Confirmed && c.PackageId == null).ToListAsync(ct)).ToLookup(c => c.ClientId),
        (await s.Db.Payments.AsNoTracking().Select(p => new { p.ClientId, p.PaidAt, p.Amount }).ToListAsync(ct)).ToLookup(p => p.ClientId, p => (p.PaidAt, p.Amount)));

    /// <summary>What happened in the month before <paramref name="until"/>, issued on that day.</summary>
    private static async Task IssueAsync(Settlement s, Practice practice, Book book, DateOnly until, Func<Settled, bool> whose, CancellationToken ct)
    {
        var (from, to) = (Utc(s, until.AddMonths(-1)), Utc(s, until));
        var counter = await CounterAsync(s, DocumentKind.Invoice, until.Year, ct);
        foreach (var client in s.Clients.Where(whose))
        {
            var all = book.Charges[client.Client.Id].Where(c => c.EngagementId == client.Engagement.Id && c.DecidedAt < to).ToList();
            var mine = all.Where(c => c.DecidedAt >= from).OrderBy(c => c.DecidedAt).ToList();
            if (mine.Sum(c => c.Amount) <= 0) continue;
            var open = Math.Clamp(all.Sum(c => c.Amount) - book.Payments[client.Client.Id].Where(p => p.At < to).Sum(p => p.Amount), 0, mine.Sum(c => c.Amount));
            var invoice = new IssuedDocument(s.PracticeId, DocumentKind.Invoice, until.Year, counter.Next(), client.Client.Id, client.Engagement.Id, client.Client.Language, until, until.AddDays(7),
                to.AddHours(8), client.Engagement.PsychologistId, s.Cast.Currency, Content(practice, client, open, [.. mine.Select(c => Line(s, c))]));
            s.Db.IssuedDocuments.Add(invoice);
            s.Db.InvoicedCharges.AddRange(mine.Select(c => new InvoicedCharge(invoice, c.Id)));
        }
        await s.SaveAsync(ct);
    }

    /// <summary>A line was wrong: it is cancelled and the charge waived.</summary>
    private static async Task CorrectAsync(Settlement s, Practice practice, CancellationToken ct)
    {
        var own = s.Clients.Where(c => c.Plan.Psychologist == 0 && c.Client.Email != Payer).ToDictionary(c => c.Client.Id);
        var ids = own.Keys.ToList();
        var invoice = (await s.Db.IssuedDocuments.AsNoTracking().Where(d => d.Kind == DocumentKind.Invoice && ids.Contains(d.ClientId)).OrderByDescending(d => d.IssuedOn).ThenBy(d => d.Serial).Take(40).ToListAsync(ct)).Find(d => d.Content.Lines.Count > 1);
        if (invoice is null) return;
        var line = invoice.Content.Lines[^1];
        var at = s.Now.AddHours(-3);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, s.Zone));
        var counter = await CounterAsync(s, DocumentKind.CreditNote, day.Year, ct);
        s.Db.IssuedDocuments.Add(new IssuedDocument(s.PracticeId, DocumentKind.CreditNote, day.Year, counter.Next(), invoice.ClientId, invoice.EngagementId, invoice.Language, day, null, at, invoice.IssuedBy, invoice.Currency,
            Content(practice, own[invoice.ClientId], 0, [line with { Amount = -line.Amount }]) with { CorrectsNumber = invoice.Number, CorrectsDay = invoice.IssuedOn }).Correcting(invoice));
        s.Db.InvoicedCharges.RemoveRange(await s.Db.InvoicedCharges.Where(i => i.ChargeId == line.ChargeId).ToListAsync(ct));
        await s.SaveAsync(ct);
        (await s.Db.Charges.SingleAsync(c => c.Id == line.ChargeId, ct)).Waive(invoice.IssuedBy, at, "other");
        await s.SaveAsync(ct);
    }

    private static async Task PackageAsync(Settlement s, CancellationToken ct)
    {
        if (s.Clients.Find(c => c.Client.Email == Holder) is not { } client) return;
        var sold = s.Now.AddDays(-PackageDays);
        var price = new Charge(s.PracticeId, client.Engagement.Id, client.Client.Id, null, ChargeKind.Package, s.Cast.Price * 9, s.Cast.Currency, null, null, sold);
        price.Confirm(client.Engagement.PsychologistId, sold);
        var package = new Package(price, s.Individual.Id, 10, client.Engagement.PsychologistId, sold, Ids.New());
        s.Db.AddRange(price, package, new Payment(s.PracticeId, client.Client.Id, price.Amount, price.Currency, PaymentMethod.Transfer, sold.AddHours(20), client.Engagement.PsychologistId, Ids.New()));
        await s.SaveAsync(ct);
        var had = await s.Db.Charges.Where(c => c.ClientId == client.Client.Id && c.Kind == ChargeKind.Session && c.State == ChargeState.Confirmed && c.ProposedAt > sold).OrderBy(c => c.DecidedAt).Take(10).ToListAsync(ct);
        foreach (var (charge, n) in had.Select((c, n) => (c, n + 1))) charge.CoverBy(package, n);
        await s.SaveAsync(ct);
    }

    private static async Task CardAsync(Settlement s, CancellationToken ct)
    {
        if (s.Clients.Find(c => c.Client.Email == Payer) is not { } client) return;
        var (from, until) = (s.Now.AddDays(-CardDays), s.Now.AddDays(-OpenDays));
        var charges = await s.Db.Charges.AsNoTracking().Where(c => c.ClientId == client.Client.Id && c.State == ChargeState.Confirmed && c.ProposedAt > from && c.ProposedAt < until).OrderBy(c => c.DecidedAt).ToListAsync(ct);
        var practice = await s.Db.Practices.AsNoTracking().SingleAsync(ct);
        foreach (var charge in charges.Where(c => c.Amount > 0))
        {
            var at = charge.DecidedAt!.Value.AddHours(7);
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, s.Zone));
            var attempt = new CardAttempt(s.PracticeId, client.Client.Id, client.UserId, charge.Amount, charge.Currency, at.AddMinutes(-2), Ids.New());
            var payment = attempt.Pay(at);
            var counter = await CounterAsync(s, DocumentKind.Receipt, day.Year, ct);
            var receipt = new IssuedDocument(s.PracticeId, DocumentKind.Receipt, day.Year, counter.Next(), client.Client.Id, null, client.Client.Language, day, null, at, client.UserId, charge.Currency,
                Content(practice, client, 0, [new DocumentLine(null, null, day, payment.Amount)]) with { Method = PaymentMethod.Card }).For(payment);
            s.Db.AddRange(payment, attempt, new CardEvent(s.PracticeId, $"demo-{attempt.Id:N}", attempt.Id, CardMessage.Paid, charge.Amount, charge.Currency, at, null), receipt);
            await s.SaveAsync(ct);
        }
        s.Db.Add(new CardEvent(s.PracticeId, "evt-90417", null, CardMessage.Paid, 35, s.Cast.Currency, s.Now.AddHours(-5), CardRefusal.UnknownAttempt));
        await s.SaveAsync(ct);
    }

    /// <summary>Whoever owes most pays in three parts.</summary>
    private static async Task PlanAsync(Settlement s, CancellationToken ct)
    {
        var ids = s.Clients.Where(c => c.Plan.Psychologist == 0 && c.Client.Email != Payer).Select(c => c.Client.Id).ToList();
        var charges = (await s.Db.Charges.AsNoTracking().Where(c => ids.Contains(c.ClientId)).ToListAsync(ct)).ToLookup(c => c.ClientId);
        var payments = (await s.Db.Payments.AsNoTracking().Where(p => ids.Contains(p.ClientId)).ToListAsync(ct)).ToLookup(p => p.ClientId);
        var most = ids.SelectMany(id => Balance.Of(charges[id], payments[id]).Select(b => (Client: id, Balance: b))).Where(x => x.Balance.Due >= 3).OrderByDescending(x => x.Balance.Due).ThenBy(x => x.Client).FirstOrDefault();
        if (most.Balance is null) return;
        var first = DateOnly.FromDateTime(s.Now).AddDays(12);
        s.Db.Add(new PaymentPlan(s.PracticeId, most.Client, most.Balance.Due, most.Balance.Currency, PaymentPlan.Monthly(first, 3), s.Psychologist(0), s.Now.AddMinutes(-30), Ids.New()));
        await s.SaveAsync(ct);
    }

    private static async Task<DocumentCounter> CounterAsync(Settlement s, DocumentKind kind, int year, CancellationToken ct) =>
        await s.Db.DocumentCounters.SingleOrDefaultAsync(c => c.Kind == kind && c.Year == year, ct) ?? s.Db.DocumentCounters.Add(new DocumentCounter(s.PracticeId, kind, year)).Entity;

    private static DocumentLine Line(Settlement s, Charge charge) =>
        new(charge.Id, charge.Kind, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(charge.DecidedAt!.Value, s.Zone)), charge.Amount, Sessions: charge.Kind == ChargeKind.Package ? 10 : null);

    private static DocumentContent Content(Practice practice, Settled client, decimal open, IReadOnlyList<DocumentLine> lines) => new(
        practice.Name, practice.Address, practice.Phone, practice.Billing.TaxNumber, practice.Billing.Account, practice.Billing.Note, client.Client.Name, open, lines);

    private static DateTime Utc(Settlement s, DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), s.Zone);
}
