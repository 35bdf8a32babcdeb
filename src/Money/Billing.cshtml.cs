using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Money;

/// <summary>What stands on invoices, and how what is unpaid is spoken of.</summary>
[Access(Role.Admin)]
public sealed class BillingModel(PracticeDb db, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [StringLength(60)] public string? TaxNumber { get; set; }
        [StringLength(120)] public string? Account { get; set; }
        [StringLength(400)] public string? Note { get; set; }
        public bool NamesKinds { get; set; }
        [Required, Range(0, 60)] public int? RemindAfterDays { get; set; }
        [Required, Range(0, 3)] public int? Reminders { get; set; }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var billing = await db.Practices.AsNoTracking().Select(p => p.Billing).SingleAsync(ct);
        Input = new()
        {
            TaxNumber = billing.TaxNumber, Account = billing.Account, Note = billing.Note, NamesKinds = billing.NamesKinds, RemindAfterDays = billing.RemindAfterDays, Reminders = billing.Reminders,
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        var practice = await db.Practices.SingleAsync(ct);
        practice.Bill(new BillingPolicy
        {
            TaxNumber = Input.TaxNumber?.Trim() ?? "", Account = Input.Account?.Trim() ?? "", Note = Input.Note?.Trim() ?? "", NamesKinds = Input.NamesKinds,
            RemindAfterDays = Input.RemindAfterDays!.Value, Reminders = Input.Reminders!.Value,
        });
        await db.SaveChangesAsync(ct);
        audit.Record("practice.billing-changed", "practice", practice.Id);
        Done = t["Billing.Saved"];
        return RedirectToPage();
    }
}
