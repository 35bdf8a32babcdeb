using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Platform;

namespace PracticeApp.Caseload;

/// <summary>Pictures, tables and CSV over the clients in work: the practice for admins, never content; the own caseload for psychologists.</summary>
[Access(Role.Admin, Role.Psychologist)]
public sealed class CaseloadModel(ReadCaseload read, Current current) : PageModel
{
    public CaseloadView View { get; private set; } = null!;
    public bool IsAdmin => current.Is(Role.Admin);
    public string CsvAddress => $"/caseload.csv?months={View.Period.Months}" + (View.Whose is { } id ? $"&psychologist={id}" : "");

    public async Task<IActionResult> OnGetAsync([FromQuery] string? months, [FromQuery] string? psychologist, CancellationToken ct)
    {
        if (await read.RunAsync(months, psychologist, ct) is not { } view) return NotFound();
        View = view;
        return Page();
    }
}
