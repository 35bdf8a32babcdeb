using System.Globalization;
using System.Text.Json;
using PracticeApp.Platform;

namespace PracticeApp.Money;

public enum DocumentKind { Invoice, CreditNote, Receipt }

/// <summary>One line, as it was when the document was issued.</summary>
/// <param name="KindName">The kind of session in the document's language, where the practice names it; for extra work what it was.</param>
public sealed record DocumentLine(Guid? ChargeId, ChargeKind? Kind, DateOnly Day, decimal Amount, string? KindName = null, int? Sessions = null);

/// <summary>Everything that stands on a document besides its number, dates and sum.</summary>
/// <param name="Open">What was still to pay of it when it was issued.</param>
public sealed record DocumentContent(
    string Practice, string Address, string Phone, string TaxNumber, string Account, string Note, string Client, decimal Open, IReadOnlyList<DocumentLine> Lines,
    string? CorrectsNumber = null, DateOnly? CorrectsDay = null, PaymentMethod? Method = null);

/// <summary>
/// An invoice, a credit note or a receipt. Never changed: what an invoice said is corrected by a credit note. Each kind is numbered
/// by itself, without gaps, per practice and year.
/// </summary>
public sealed class IssuedDocument : PracticeEntity
{
    public DocumentKind Kind { get; private set; }
    public int Year { get; private set; }
    public int Serial { get; private set; }
    public Guid ClientId { get; private set; }
    /// <summary>The course of work its lines belong to; null for receipts.</summary>
    public Guid? EngagementId { get; private set; }
    /// <summary>The invoice that a credit note corrects.</summary>
    public Guid? CorrectsId { get; private set; }
    /// <summary>The payment that a receipt is for.</summary>
    public Guid? PaymentId { get; private set; }
    public string Language { get; private set; } = "en";
    public DateOnly IssuedOn { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public DateTime IssuedAt { get; private set; }
    public Guid IssuedBy { get; private set; }
    public decimal Total { get; private set; }
    public string Currency { get; private set; } = "EUR";
    public string ContentJson { get; private set; } = "";

    private IssuedDocument() { }

    public IssuedDocument(Guid practiceId, DocumentKind kind, int year, int serial, Guid clientId, Guid? engagementId, string language, DateOnly issuedOn, DateOnly? dueOn,
        DateTime issuedAt, Guid issuedBy, string currency, DocumentContent content) : base(practiceId)
    {
        (Kind, Year, Serial, ClientId, EngagementId, Language) = (kind, year, serial, clientId, engagementId, language);
        (IssuedOn, DueOn, IssuedAt, IssuedBy, Currency) = (issuedOn, dueOn, issuedAt, issuedBy, currency);
        (Total, ContentJson) = (content.Lines.Sum(l => l.Amount), JsonSerializer.Serialize(content));
    }

    /// <summary>2026-0014; credit notes and receipts with a letter before: C-2026-0002.</summary>
    public string Number => NumberOf(Kind, Year, Serial);

    public DocumentContent Content => JsonSerializer.Deserialize<DocumentContent>(ContentJson)!;

    public IssuedDocument Correcting(IssuedDocument invoice)
    {
        CorrectsId = invoice.Id;
        return this;
    }

    public IssuedDocument For(Payment payment)
    {
        PaymentId = payment.Id;
        return this;
    }

    public static string NumberOf(DocumentKind kind, int year, int serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind switch { DocumentKind.CreditNote => "C-", DocumentKind.Receipt => "R-", _ => "" }}{year}-{serial:0000}");
}

/// <summary>The last number given of one kind in one year. Its row is locked by whoever issues, until their transaction ends: what is rolled back leaves no gap.</summary>
public sealed class DocumentCounter : PracticeEntity
{
    public DocumentKind Kind { get; private set; }
    public int Year { get; private set; }
    public int Last { get; private set; }

    private DocumentCounter() { }

    public DocumentCounter(Guid practiceId, DocumentKind kind, int year) : base(practiceId) => (Kind, Year) = (kind, year);

    public int Next() => ++Last;
}

/// <summary>A charge that stands on an invoice which was not corrected: on one at most. A credit note takes it away again.</summary>
public sealed class InvoicedCharge : PracticeEntity
{
    public Guid ChargeId { get; private set; }
    public Guid DocumentId { get; private set; }

    private InvoicedCharge() { }

    public InvoicedCharge(IssuedDocument invoice, Guid chargeId) : base(invoice.PracticeId) => (ChargeId, DocumentId) = (chargeId, invoice.Id);
}
