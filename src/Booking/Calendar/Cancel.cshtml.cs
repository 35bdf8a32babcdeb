using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>Staff cancel with a reason; what the practice owes by its own terms is said first.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class CancelModel(PracticeDb db, WhatItCosts costs, CancelAppointment cancel) : PageModel
{
    [BindProperty, Required, StringLength(300)] public string? Reason { get; set; }

    public Appointment Appointment { get; private set; } = null!;
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;
    public string Clients { get; private set; } = "";
    public Assessment Cost { get; private set; } = null!;
    public string Sentence => AssessmentWords.Record(Cost, CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        await cancel.RunAsync(id, Actor.Staff(db.Current.UserId), Reason!.Trim(), ct);
        return Redirect($"/calendar/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var appointment = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked, ct);
        if (appointment is null) return false;
        Appointment = appointment;
        Zone = (await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct)).Zone;
        var ids = appointment.Participants.Select(p => p.ClientId).ToList();
        Clients = string.Join(", ", await db.Clients.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToListAsync(ct));
        Cost = await costs.IfPracticeCancelsAsync(appointment, ids[0], ct);
        return true;
    }
}
