using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>Every figure of the caseload page, number by number, for a spreadsheet.</summary>
[Access(Role.Admin, Role.Psychologist)]
public sealed class DownloadModel(ReadCaseload read, IStringLocalizer<Texts> t, Audit audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync([FromQuery] string? months, [FromQuery] string? psychologist, CancellationToken ct)
    {
        if (await read.RunAsync(months, psychologist, ct) is not { } view) return NotFound();
        var rows = from figure in view.Figures.All()
                   from line in figure.Table.Lines
                   from cell in figure.Table.Columns.Zip(line.Values)
                   select (IReadOnlyList<string>)[figure.Id, line.Name, cell.First.Key, cell.Second?.ToString("0.##", CultureInfo.InvariantCulture) ?? ""];
        audit.Record("caseload.exported", "caseload", view.Whose);
        return File(Csv.Write([t["Csv.Figure"], t["Csv.Row"], t["Csv.Column"], t["Csv.Value"]], rows), "text/csv; charset=utf-8",
            $"caseload-{view.Period.From:yyyy-MM}-{view.Period.To.AddDays(-1):yyyy-MM}.csv");
    }
}
