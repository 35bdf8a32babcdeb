using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Attendance;

/// <summary>Cancelling by the link of a reminder: the cost first, then a reason if one likes, then the act.</summary>
[Anyone]
public sealed class LinkCancelModel(LinkedAppointment linkedAppointment, WhatItCosts costs, CancelAppointment cancel, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    public Linked Linked { get; private set; } = null!;
    public Assessment Cost { get; private set; } = null!;
    public ReasonTerms Reasons { get; private set; } = null!;

    public sealed class InputModel
    {
        [StringLength(40)] public string? Reason { get; set; }
        /// <summary>What was shown when the button was pressed: nobody pays more than they saw.</summary>
        public decimal Shown { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is { } elsewhere) return elsewhere;
        Input.Shown = Cost.Charge;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is { } elsewhere) return elsewhere;
        if (Input.Reason is { Length: > 0 } reason && !Reasons.Reasons.Any(r => r.Key == reason)) ModelState.AddModelError("Input.Reason", t["Reason.Unclear"]);
        if (ModelState.IsValid && Cost.Charge > Input.Shown) ModelState.AddModelError("Input.Reason", t["Link.CostsMore", Currencies.Format(Cost.Charge, Cost.Currency, CultureInfo.CurrentUICulture)]);
        if (!ModelState.IsValid)
        {
            ModelState.Remove("Input.Shown");
            Input.Shown = Cost.Charge;
            return Page();
        }
        await cancel.RunAsync(Linked.Appointment.Id, Linked.Actor, string.IsNullOrEmpty(Input.Reason) ? null : Input.Reason, ct);
        return RedirectToPage("Link", new { Token });
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken ct)
    {
        if (await linkedAppointment.OpenAsync(Token, ct) is not { } linked) return NotFound();
        if (linked.IsClosed) return RedirectToPage("Link", new { Token });
        Linked = linked;
        Cost = await costs.IfCancelledAsync(linked.Appointment, linked.Client.Id, null, ct);
        Reasons = await linkedAppointment.ReasonsAsync(linked, ct);
        return null;
    }
}
