using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Mvc;
using PracticeApp.Platform;
using PracticeApp.Platform.Pdf;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Draws an invoice, a credit note or a receipt in its language. Drawn when the answer is written, after the unit of work.</summary>
public sealed class DocumentPdf(IssuedDocument document) : ActionResult
{
    // The name on a shared phone says nothing of what it is.
    public override Task ExecuteResultAsync(ActionContext context) =>
        new FileContentResult(Draw(document), "application/pdf") { FileDownloadName = $"{document.Number}.pdf" }.ExecuteResultAsync(context);

    public static byte[] Draw(IssuedDocument document) => Languages.In(document.Language, () =>
    {
        var content = document.Content;
        var pdf = new PdfDocument(new PdfAbout($"{MoneyText.Get($"Document.{document.Kind}")} {document.Number}", document.Language, content.Practice, document.IssuedAt))
        {
            Footer = (page, pages) => (content.Practice, $"{document.Number} · {page}/{pages}"),
        };
        Head(pdf, content);
        pdf.Gap(14);
        pdf.Paragraph(content.Client, PdfStyle.Body with { Size = 12, Leading = 18 });
        pdf.Gap(16);
        pdf.Title($"{MoneyText.Get($"Document.{document.Kind}")} {document.Number}");
        if (content.CorrectsNumber is { } corrected) pdf.Paragraph(MoneyText.Get("Document.Corrects", corrected, Words.Date(content.CorrectsDay!.Value)), PdfStyle.House);
        pdf.Table([1, 2],
        [
            Fact("Document.IssuedOn", Words.Date(document.IssuedOn)),
            .. document.DueOn is { } due && content.Open > 0 ? new[] { Fact("Document.DueOn", Words.Date(due)) } : [],
            .. content.Method is { } method ? new[] { Fact("Document.Method", MoneyText.Get($"Method.{method}")) } : [],
        ]);
        pdf.Gap(10);
        Lines(pdf, document, content);
        if (document.Kind == DocumentKind.Invoice) Payment(pdf, document, content);
        if (content.Note.Length > 0)
        {
            pdf.Gap(10);
            foreach (var line in content.Note.Split('\n')) pdf.Paragraph(line.Trim(), PdfStyle.Note);
        }
        return pdf.Save();
    });

    private static void Head(PdfDocument pdf, DocumentContent content)
    {
        pdf.Paragraph(content.Practice, PdfStyle.Title with { Size = 17, Leading = 22 });
        pdf.Paragraph(string.Join(" · ", new[] { content.Address, content.Phone, content.TaxNumber.Length > 0 ? MoneyText.Get("Document.TaxNumber", content.TaxNumber) : "" }.Where(part => part.Length > 0)), PdfStyle.Note);
        pdf.Rule();
    }

    private static void Lines(PdfDocument pdf, IssuedDocument document, DocumentContent content)
    {
        string Money(decimal amount) => Words.Money(amount, document.Currency, exact: true);
        var rows = new List<IReadOnlyList<PdfRun>> { Row(MoneyText.Get("Column.What"), MoneyText.Get("Column.Amount"), PdfStyle.NoteStrong) };
        rows.AddRange(content.Lines.Select(line => Row(MoneyText.Line(line), Money(line.Amount), PdfStyle.House)));
        rows.Add(Row(MoneyText.Get("Document.Total"), Money(document.Total), PdfStyle.HouseStrong));
        if (document.Kind == DocumentKind.Invoice && content.Open < document.Total)
        {
            rows.Add(Row(MoneyText.Get("Document.Paid"), Money(content.Open - document.Total), PdfStyle.House));
            rows.Add(Row(MoneyText.Get("Document.Open"), Money(content.Open), PdfStyle.HouseStrong));
        }
        pdf.Table([5, 1.4], rows, header: true, numbers: 1);
    }

    private static void Payment(PdfDocument pdf, IssuedDocument document, DocumentContent content)
    {
        if (content.Open == 0)
        {
            pdf.Paragraph(MoneyText.Get("Document.PaidUp"), PdfStyle.House);
            return;
        }
        pdf.Paragraph(MoneyText.Get("Document.PleasePay", Words.Money(content.Open, document.Currency, exact: true), Words.Date(document.DueOn!.Value)), PdfStyle.House);
        if (content.Account.Length > 0) pdf.Paragraph(MoneyText.Get("Document.Account", content.Account, document.Number), PdfStyle.House);
    }

    private static IReadOnlyList<PdfRun> Fact(string key, string value) => [new PdfRun(MoneyText.Get(key), PdfStyle.Note), new PdfRun(value, PdfStyle.House)];

    private static IReadOnlyList<PdfRun> Row(string what, string amount, PdfStyle style) => [new PdfRun(what, style), new PdfRun(amount, style)];
}

/// <summary>Words of documents in the language that is set while they are drawn.</summary>
public static class MoneyText
{
    private static readonly ResourceManager Resources = new("PracticeApp.Money.Texts", typeof(MoneyText).Assembly);

    public static string Get(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture,
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No text '{key}'."), values);

    /// <summary>"Session, 12 March 2026"; a missed one is called by what was agreed, without saying why.</summary>
    public static string Line(DocumentLine line) => line switch
    {
        { Kind: null } => Get("Line.Payment", Words.Date(line.Day)),
        { Sessions: { } sessions } => line.KindName is { } named ? Get("Line.Package.Kind", named, sessions) : Get("Line.Package", sessions),
        { Kind: ChargeKind.Session, KindName: { } kind } => Get("Line.Kind", kind, Words.Date(line.Day)),
        { Kind: ChargeKind.Other, KindName: { } work } => Get("Line.Extra", work, Words.Date(line.Day)),
        _ => Get($"Line.{line.Kind}", Words.Date(line.Day)),
    };
}
