using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Mvc;
using PracticeApp.Platform;
using PracticeApp.Platform.Pdf;
using PracticeApp.Shared;

namespace PracticeApp.Requests;

/// <summary>Draws a letter of referral on one sheet, in the letter's language. Drawn when the answer is written, after the unit of work.</summary>
public sealed class LetterPdf(ReferralLetter letter) : ActionResult
{
    private static readonly ResourceManager Resources = new(typeof(Texts));

    public override Task ExecuteResultAsync(ActionContext context) =>
        // The name on a shared phone says nothing of what it is.
        new FileContentResult(Draw(letter), "application/pdf") { FileDownloadName = $"{letter.Day:yyyy-MM-dd}.pdf" }.ExecuteResultAsync(context);

    public static byte[] Draw(ReferralLetter letter) => Languages.In(letter.Language, () =>
    {
        var pdf = new PdfDocument(new PdfAbout(Text("Letter.Title"), letter.Language, letter.Practice, letter.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)))
        {
            Footer = (page, pages) => (letter.Practice, $"{page}/{pages}"),
        };
        pdf.Paragraph(letter.Practice, PdfStyle.Title with { Size = 17, Leading = 22 });
        pdf.Paragraph(string.Join(" · ", new[] { letter.Address, letter.Phone }.Where(part => part.Length > 0)), PdfStyle.Note);
        pdf.Rule();
        pdf.Gap(24);
        pdf.Paragraph(letter.Recipient, PdfStyle.HouseStrong);
        if (letter.Reach.Length > 0) pdf.Paragraph(letter.Reach, PdfStyle.House);
        pdf.Gap(12);
        pdf.Paragraph(Words.Date(letter.Day), PdfStyle.House);
        pdf.Gap(12);
        if (letter.Client is { } client) pdf.Paragraph($"{Text("Letter.Concerning")} {client}", PdfStyle.StrongBody);
        foreach (var line in letter.Body.Split('\n').Prepend(letter.Salutation))
        {
            if (line.Trim() is { Length: > 0 } said) pdf.Paragraph(said);
            else pdf.Gap(4);
        }
        pdf.KeepTogether(() =>
        {
            pdf.Gap(12);
            pdf.Paragraph(Text("Letter.Regards"));
            pdf.Paragraph(letter.Signed, PdfStyle.Name);
            pdf.Paragraph(letter.Practice, PdfStyle.Note);
        });
        return pdf.Save();
    });

    private static string Text(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No text '{key}'.");
}
