using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Platform.Pdf;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>A month of one account in one currency: what stood before, what came, what stands after.</summary>
public sealed record StatementPart(string Currency, decimal Before, IReadOnlyList<Entry> Entries, decimal After);

/// <summary>A month of one account, oldest first; only what counts.</summary>
public sealed record Statement(string Client, string Practice, string Address, string Language, TimeZoneInfo Zone, DateOnly Month, IReadOnlyList<StatementPart> Parts)
{
    /// <summary>The month that is asked for; the one before when it is missing, senseless, or still to come.</summary>
    public static DateOnly MonthOf(string? month, DateOnly today)
    {
        var this_ = new DateOnly(today.Year, today.Month, 1);
        var asked = DocumentsModel.MonthOf(month, today);
        return month is null || asked > this_ ? this_.AddMonths(-1) : asked;
    }

    public static async Task<Statement> OfAsync(PracticeDb db, Client client, DateOnly month, IQueryable<Guid>? named, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var entries = (await Money.Entries.OfAsync(db, client.Id, named, forClient: true, ct)).Where(e => e.State is null or ChargeState.Confirmed).OrderBy(e => e.At).ToList();
        DateOnly Day(Entry e) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(e.At, practice.Zone));
        var next = month.AddMonths(1);
        return new Statement(client.Name, practice.Name, practice.Address, client.Language, practice.Zone, month, [.. entries.GroupBy(e => e.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
            {
                decimal Sum(IEnumerable<Entry> some) => some.Where(e => e.Counts).Sum(e => e.Amount);
                var during = g.Where(e => Day(e) >= month && Day(e) < next).ToList();
                var before = Sum(g.Where(e => Day(e) < month));
                return new StatementPart(g.Key, before, during, before + Sum(during));
            }).Where(p => p.Entries.Count > 0 || p.Before != 0)]);
    }
}

/// <summary>The statement as a file, in the client's language. Drawn when the answer is written, after the unit of work.</summary>
public sealed class StatementPdf(Statement statement, DateTime madeAt) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) =>
        new FileContentResult(Draw(statement, madeAt), "application/pdf") { FileDownloadName = $"{statement.Month:yyyy-MM}.pdf" }.ExecuteResultAsync(context);

    public static byte[] Draw(Statement statement, DateTime madeAt) => Languages.In(statement.Language, () =>
    {
        var month = statement.Month.ToString("Y", System.Globalization.CultureInfo.CurrentCulture);
        var pdf = new PdfDocument(new PdfAbout($"{MoneyText.Get("Statement")}, {month}", statement.Language, statement.Practice, madeAt))
        {
            Footer = (page, pages) => (statement.Practice, $"{page}/{pages}"),
        };
        pdf.Paragraph(statement.Practice, PdfStyle.Title with { Size = 17, Leading = 22 });
        if (statement.Address.Length > 0) pdf.Paragraph(statement.Address, PdfStyle.Note);
        pdf.Rule();
        pdf.Gap(14);
        pdf.Paragraph(statement.Client, PdfStyle.Body with { Size = 12, Leading = 18 });
        pdf.Gap(16);
        pdf.Title($"{MoneyText.Get("Statement")}, {month}");
        if (statement.Parts.Count == 0) pdf.Paragraph(MoneyText.Get("Statement.Empty"), PdfStyle.House);
        foreach (var part in statement.Parts) Draw(pdf, statement, part);
        return pdf.Save();
    });

    private static void Draw(PdfDocument pdf, Statement statement, StatementPart part)
    {
        string Money(decimal amount) => Words.Money(amount, part.Currency, exact: true);
        IReadOnlyList<PdfRun> Row(string day, string what, string amount, PdfStyle style) => [new PdfRun(day, style == PdfStyle.NoteStrong ? style : PdfStyle.House with { Ink = PdfInk.Soft }), new PdfRun(what, style), new PdfRun(amount, style)];
        pdf.Table([2.2, 5, 1.8],
        [
            Row(MoneyText.Get("Column.Day"), MoneyText.Get("Column.What"), MoneyText.Get("Column.Amount"), PdfStyle.NoteStrong),
            Row("", MoneyText.Get("Statement.Before"), Money(part.Before), PdfStyle.House),
            .. part.Entries.Select(e => Row(Words.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(e.At, statement.Zone))), What(e, statement.Zone), e.Counts ? Money(e.Amount) : "–", PdfStyle.House)),
            Row("", MoneyText.Get(part.After < 0 ? "Statement.Kept" : "Statement.After"), Money(Math.Abs(part.After)), PdfStyle.HouseStrong),
        ], header: true, numbers: 1);
    }

    private static string What(Entry entry, TimeZoneInfo zone)
    {
        var what = MoneyText.Get(entry.Key);
        if (entry.Work is { } work) what = $"{what}: {work}";
        if (entry.DoneOn is { } done) what = MoneyText.Get("Statement.On", what, Words.Date(done));
        if (entry.AppointmentAt is { } at) what = MoneyText.Get("Statement.On", what, Words.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, zone))));
        return entry.Drawn is { } drawn ? $"{what}. {MoneyText.Get("Package.Drawn", drawn.Number, drawn.Of, drawn.Left)}" : what;
    }
}
