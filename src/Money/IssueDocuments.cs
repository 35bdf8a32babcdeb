using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>
/// Issues invoices, credit notes and receipts. Numbers are taken under a lock that is held until the transaction ends, so issuing waits
/// for issuing, and what is rolled back gives its number back.
/// </summary>
public sealed class IssueDocuments(PracticeDb db, TellOfMoney tell, Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Everything of one client that stands and is on no invoice: one invoice for each course of work and currency.</summary>
    /// <param name="engagements">Courses of work whose charges the user may name.</param>
    /// <param name="before">Only what happened before this day.</param>
    public async Task<IReadOnlyList<IssuedDocument>> InvoiceAsync(Guid clientId, IQueryable<Guid> engagements, DateOnly? before, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var today = LocalDay(Now, practice.Zone);
        await LockAsync(DocumentKind.Invoice, today.Year, ct);
        // Locked, so that nobody waives or takes back what is being written down.
        await db.Database.ExecuteSqlAsync($"select 1 from charges where practice_id = {db.Current.PracticeId} and client_id = {clientId} and state = 'Confirmed' order by id for update", ct);
        var open = await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId && c.State == ChargeState.Confirmed && c.PackageId == null
            && engagements.Contains(c.EngagementId) && !db.InvoicedCharges.Any(i => i.ChargeId == c.Id)).ToListAsync(ct);
        if (open.Count == 0) return [];

        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == clientId, ct);
        var lines = await LinesAsync(open, client.Language, practice, ct);
        var due = Balance.Of(await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId).ToListAsync(ct), await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId).ToListAsync(ct))
            .ToDictionary(b => b.Currency, b => b.Due);
        var within = await PayWithin.OfAsync(db, [.. open.Select(c => c.EngagementId)], ct);
        var issued = new List<IssuedDocument>();
        foreach (var group in open.Where(c => before is null || lines[c.Id].Day < before).GroupBy(c => (c.EngagementId, c.Currency)).OrderBy(g => g.Key.EngagementId))
        {
            // Credits alone ask for nothing: they wait for the next sessions.
            var total = group.Sum(c => c.Amount);
            if (total <= 0) continue;
            // What was paid ahead is taken off once, though there be several invoices.
            var asked = Math.Clamp(due.GetValueOrDefault(group.Key.Currency), 0, total);
            due[group.Key.Currency] = due.GetValueOrDefault(group.Key.Currency) - asked;
            var content = Content(practice, client, asked, [.. group.Select(c => lines[c.Id]).OrderBy(l => l.Day)]);
            var invoice = await AddAsync(DocumentKind.Invoice, client, group.Key.EngagementId, today, today.AddDays(within.GetValueOrDefault(group.Key.EngagementId, PayWithin.Usual)), group.Key.Currency, content, ct);
            db.InvoicedCharges.AddRange(group.Select(c => new InvoicedCharge(invoice, c.Id)));
            issued.Add(invoice);
        }
        await db.SaveChangesAsync(ct);
        foreach (var invoice in issued) audit.Record("invoice.issued", "issued_document", invoice.Id, clientId);
        if (issued.Count > 0) await tell.InvoiceReadyAsync(client, ct);
        return issued;
    }

    /// <summary>Everybody's, in one act: what happened before this month.</summary>
    /// <returns>How many invoices; run again it finds nothing.</returns>
    public async Task<int> InvoiceLastMonthAsync(IQueryable<Client> clients, IQueryable<Guid> engagements, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var today = LocalDay(Now, practice.Zone);
        await LockAsync(DocumentKind.Invoice, today.Year, ct);
        var waiting = await clients.Where(c => db.Charges.Any(x => x.ClientId == c.Id && x.State == ChargeState.Confirmed && x.PackageId == null
            && engagements.Contains(x.EngagementId) && !db.InvoicedCharges.Any(i => i.ChargeId == x.Id))).OrderBy(c => c.Name).Select(c => c.Id).ToListAsync(ct);
        var count = 0;
        foreach (var client in waiting) count += (await InvoiceAsync(client, engagements, new DateOnly(today.Year, today.Month, 1), ct)).Count;
        return count;
    }

    /// <summary>Cancels an invoice or some of its lines; what they were for can be invoiced anew.</summary>
    /// <param name="charges">Which; lines that were corrected already are left out.</param>
    /// <returns>Null when nothing is left to correct.</returns>
    public async Task<IssuedDocument?> CreditAsync(IssuedDocument invoice, IReadOnlyCollection<Guid> charges, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var today = LocalDay(Now, practice.Zone);
        await LockAsync(DocumentKind.CreditNote, today.Year, ct);
        var standing = await db.InvoicedCharges.Where(i => i.DocumentId == invoice.Id && charges.Contains(i.ChargeId)).ToListAsync(ct);
        if (standing.Count == 0) return null;
        var said = invoice.Content;
        var lines = said.Lines.Where(l => standing.Exists(s => s.ChargeId == l.ChargeId)).Select(l => l with { Amount = -l.Amount }).ToList();
        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == invoice.ClientId, ct);
        var content = Content(practice, client, 0, lines) with { CorrectsNumber = invoice.Number, CorrectsDay = invoice.IssuedOn };
        // In the language of what it corrects.
        var note = (await AddAsync(DocumentKind.CreditNote, client, invoice.EngagementId, today, null, invoice.Currency, content, ct, invoice.Language)).Correcting(invoice);
        db.InvoicedCharges.RemoveRange(standing);
        await db.SaveChangesAsync(ct);
        audit.Record("invoice.credited", "issued_document", note.Id, invoice.ClientId);
        return note;
    }

    /// <summary>Takes a session off the invoices it stands on, because it is settled anew.</summary>
    public async Task CreditSessionAsync(Guid appointmentId, Guid clientId, CancellationToken ct)
    {
        var standing = await db.InvoicedCharges.AsNoTracking().Where(i => db.Charges.Any(c => c.Id == i.ChargeId && c.AppointmentId == appointmentId && c.ClientId == clientId)).ToListAsync(ct);
        foreach (var group in standing.GroupBy(i => i.DocumentId))
            await CreditAsync(await db.IssuedDocuments.AsNoTracking().SingleAsync(d => d.Id == group.Key, ct), [.. group.Select(i => i.ChargeId)], ct);
    }

    /// <summary>The receipt of a payment: made once, the same ever after.</summary>
    public async Task<IssuedDocument> ReceiptAsync(Payment payment, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var today = LocalDay(Now, practice.Zone);
        await LockAsync(DocumentKind.Receipt, today.Year, ct);
        if (await db.IssuedDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.PaymentId == payment.Id, ct) is { } known) return known;
        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == payment.ClientId, ct);
        var undone = payment.TakesBack is { } first ? await db.IssuedDocuments.SingleOrDefaultAsync(d => d.PaymentId == first, ct) : null;
        var content = Content(practice, client, 0, [new DocumentLine(null, null, LocalDay(payment.PaidAt, practice.Zone), payment.Amount)])
            with { Method = payment.Method, CorrectsNumber = undone?.Number, CorrectsDay = undone?.IssuedOn };
        var receipt = (await AddAsync(DocumentKind.Receipt, client, null, today, null, payment.Currency, content, ct)).For(payment);
        if (undone is not null) receipt.Correcting(undone);
        await db.SaveChangesAsync(ct);
        audit.Record("receipt.issued", "issued_document", receipt.Id, payment.ClientId);
        return receipt;
    }

    private async Task LockAsync(DocumentKind kind, int year, CancellationToken ct)
    {
        var name = kind.ToString();
        await db.Database.ExecuteSqlAsync(
            $"insert into document_counters (practice_id, id, kind, year, last) values ({db.Current.PracticeId}, {Ids.New()}, {name}, {year}, 0) on conflict (practice_id, kind, year) do nothing", ct);
        await db.Database.ExecuteSqlAsync($"select 1 from document_counters where practice_id = {db.Current.PracticeId} and kind = {name} and year = {year} for update", ct);
    }

    private async Task<IssuedDocument> AddAsync(DocumentKind kind, Client client, Guid? engagement, DateOnly today, DateOnly? dueOn, string currency, DocumentContent content, CancellationToken ct, string? language = null)
    {
        var counter = await db.DocumentCounters.SingleAsync(c => c.Kind == kind && c.Year == today.Year, ct);
        var document = new IssuedDocument(db.Current.PracticeId, kind, today.Year, counter.Next(), client.Id, engagement, language ?? client.Language, today, dueOn, Now, db.Current.UserId, currency, content);
        db.IssuedDocuments.Add(document);
        return document;
    }

    private async Task<Dictionary<Guid, DocumentLine>> LinesAsync(List<Charge> charges, string language, Practice practice, CancellationToken ct)
    {
        var ids = charges.Select(c => c.AppointmentId).ToList();
        var appointments = await db.Appointments.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.StartsAt, a.KindId }).ToDictionaryAsync(a => a.Id, ct);
        var kinds = practice.Billing.NamesKinds ? await db.SessionKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, k => k.Name.In(language), ct) : [];
        var packages = await db.Packages.AsNoTracking().Where(p => charges.Select(c => c.Id).Contains(p.ChargeId)).ToDictionaryAsync(p => p.ChargeId, p => p, ct);
        // Guardians read the invoices of a minor: the sum, not what the work was.
        var guarded = await db.Engagements.Where(e => charges.Select(c => c.EngagementId).Contains(e.Id) && e.Parties.Any(p => p.Role == PartyRole.Guardian)).Select(e => e.Id).ToListAsync(ct);
        var extra = await ExtraSaid.OfAsync(db, charges.Where(c => !guarded.Contains(c.EngagementId)), ct);
        var culture = CultureInfo.GetCultureInfo(language);
        return charges.ToDictionary(c => c.Id, c =>
        {
            var appointment = c.AppointmentId is { } id ? appointments.GetValueOrDefault(id) : null;
            var package = packages.GetValueOrDefault(c.Id);
            var kind = appointment?.KindId ?? package?.KindId;
            return new DocumentLine(c.Id, c.Kind, c.DoneOn ?? LocalDay(appointment?.StartsAt ?? c.DecidedAt ?? c.ProposedAt, practice.Zone), c.Amount,
                extra.TryGetValue(c.Id, out var said) ? ExtraWorkWords.Name(said.Cost.Key, said.Cost.Label, culture) : kind is { } k ? kinds.GetValueOrDefault(k) : null, package?.Sessions);
        });
    }

    private static DocumentContent Content(Practice practice, Client client, decimal open, IReadOnlyList<DocumentLine> lines) => new(
        practice.Name, practice.Address, practice.Phone, practice.Billing.TaxNumber, practice.Billing.Account, practice.Billing.Note, client.Name, open, lines);

    private static DateOnly LocalDay(DateTime utc, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
}

/// <summary>Days within which the agreement in force says that is paid.</summary>
public static class PayWithin
{
    /// <summary>Where nothing was agreed.</summary>
    public const int Usual = 14;

    public static async Task<Dictionary<Guid, int>> OfAsync(PracticeDb db, IReadOnlyCollection<Guid> engagements, CancellationToken ct) =>
        (await db.Agreements.AsNoTracking().Where(a => engagements.Contains(a.EngagementId) && a.State == AgreementState.InForce)
            .Select(a => new { a.EngagementId, a.TermsJson }).ToListAsync(ct))
        .ToDictionary(a => a.EngagementId, a => Terms.Parse(a.TermsJson).Fee.PayWithinDays);
}
