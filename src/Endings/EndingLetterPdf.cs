using Microsoft.AspNetCore.Mvc;
using PracticeApp.Platform;
using PracticeApp.Platform.Pdf;
using PracticeApp.Shared;

namespace PracticeApp.Endings;

/// <summary>Draws the letter in its language. Drawn when the answer is written, after the unit of work.</summary>
public sealed class EndingLetterPdf(EndingLetter letter) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) =>
        // The name on a shared phone says nothing of what it is.
        new FileContentResult(Draw(letter), "application/pdf") { FileDownloadName = $"{letter.Day:yyyy-MM-dd}.pdf" }.ExecuteResultAsync(context);

    public static byte[] Draw(EndingLetter letter) => Languages.In(letter.Language, () =>
    {
        var pdf = new PdfDocument(new PdfAbout(letter.Title, letter.Language, letter.Practice, letter.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)))
        {
            Footer = (page, pages) => (letter.Practice, $"{page}/{pages}"),
        };
        pdf.Paragraph(letter.Practice, PdfStyle.Title with { Size = 17, Leading = 22 });
        pdf.Paragraph(string.Join(" · ", new[] { letter.Address, letter.Phone }.Where(part => part.Length > 0)), PdfStyle.Note);
        pdf.Rule();
        pdf.Gap(18);
        pdf.Paragraph(Words.Date(letter.Day), PdfStyle.House);
        pdf.Gap(10);
        pdf.Paragraph(letter.Salutation);
        foreach (var part in letter.Parts)
        {
            if (part.Heading is { } heading) pdf.Subheading(heading);
            foreach (var line in part.Lines.SelectMany(l => l.Split('\n')).Where(l => l.Trim().Length > 0)) pdf.Paragraph(line.Trim());
        }

        pdf.KeepTogether(() =>
        {
            pdf.Gap(12);
            pdf.Paragraph(letter.Regards);
            pdf.Paragraph(letter.Signed, PdfStyle.Name);
            pdf.Paragraph(letter.Practice, PdfStyle.Note);
        });
        return pdf.Save();
    });
}
