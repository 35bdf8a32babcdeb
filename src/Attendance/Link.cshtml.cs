using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Attendance;

/// <summary>The one link of a reminder: says what moving and cancelling would cost, and confirms. Opening it changes nothing.</summary>
[Anyone]
public sealed class LinkModel(PracticeDb db, LinkedAppointment linkedAppointment, WhatItCosts costs, TakeBack takeBack, Audit audit) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    public Linked? Linked { get; private set; }
    /// <summary>The way into an online session.</summary>
    public OnlineDoor? Door { get; private set; }
    public string CancelCost { get; private set; } = "";
    public string MoveCost { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Linked = await linkedAppointment.OpenAsync(Token, ct);
        if (Linked is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
        if (!Linked.IsCancelled) Door = (await db.DoorsAsync([Linked.Appointment], Linked.Now, ct)).GetValueOrDefault(Linked.Appointment.Id);
        var (appointment, client, culture) = (Linked.Appointment, Linked.Client.Id, CultureInfo.CurrentUICulture);
        if (Linked.IsCancelled)
        {
            if (appointment.CancelledByClientId == client || Linked.Place.WithdrawnAt is not null)
                CancelCost = AssessmentWords.ToClient(await costs.OfCancellingAsync(appointment, client, ct), culture);
        }
        else if (!Linked.IsOver)
        {
            CancelCost = AssessmentWords.IfNow(await costs.IfCancelledAsync(appointment, client, null, ct), EventKind.Cancelled, culture);
            MoveCost = AssessmentWords.IfNow(await costs.IfMovedAsync(appointment, client, ct), EventKind.Moved, culture);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken ct)
    {
        Linked = await linkedAppointment.OpenAsync(Token, ct);
        if (Linked is null) return NotFound();
        if (!Linked.IsClosed)
        {
            var place = await db.AppointmentParticipants.SingleAsync(p => p.Id == Linked.Place.Id, ct);
            place.Confirm(Linked.Now);
            await db.SaveChangesAsync(ct);
            audit.Record("appointment.confirmed", "appointment", Linked.Appointment.Id, Linked.Client.Id);
        }
        return RedirectToPage("Link", new { Token });
    }

    public async Task<IActionResult> OnPostTakeBackAsync(CancellationToken ct)
    {
        Linked = await linkedAppointment.OpenAsync(Token, ct);
        if (Linked is null) return NotFound();
        var outcome = await takeBack.RunAsync(Linked.Appointment.Id, Linked.Actor, ct);
        return RedirectToPage("Link", new { Token, late = outcome == BookingOutcome.Done ? (bool?)null : true });
    }
}
