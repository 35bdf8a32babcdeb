using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>Staff cancel with a reason; what the practice owes by its own terms is said first.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class CancelModel(PracticeDb db, WhatItCosts costs, CancelAppointment cancel, SeriesActs series, TimeProvider clock) : PageModel
{
    [BindProperty, Required, StringLength(300)] public string? Reason { get; set; }

    [BindProperty] public SeriesScope Scope { get; set; }

    /// <summary>Sessions of the same series after this one, and all of them ahead beside this one, with their days.</summary>
    public int Following { get; private set; }
    public int Ahead { get; private set; }
    public string FollowingDays { get; private set; } = "";
    public string AheadDays { get; private set; } = "";

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
        if (Scope != SeriesScope.One && Appointment.SeriesId is not null)
        {
            var reached = await series.ReachedAsync(Appointment, Scope, clock.GetUtcNow().UtcDateTime, ct);
            await series.CancelAsync([.. reached.Select(a => a.Id)], reached.SelectMany(a => a.Resources), Reason!.Trim(), Actor.Staff(db.Current.UserId), ct);
            return Redirect($"/calendar/{id}");
        }
        await cancel.RunAsync(id, Actor.Staff(db.Current.UserId), Reason!.Trim(), ct);
        return Redirect($"/calendar/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var appointment = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked, ct);
        if (appointment is null) return false;
        Appointment = appointment;
        Zone = (await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct)).Zone;
        var now = clock.GetUtcNow().UtcDateTime;
        string Days(IEnumerable<Appointment> sessions) => string.Join(" · ", sessions.Select(a => Words.DayMonth(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(a.StartsAt, Zone)))));
        var (following, ahead) = (await series.ReachedAsync(appointment, SeriesScope.Following, now, ct), await series.ReachedAsync(appointment, SeriesScope.All, now, ct));
        (Following, Ahead) = (following.Count(a => a.Id != id), ahead.Count(a => a.Id != id));
        (FollowingDays, AheadDays) = (Days(following), Days(ahead));
        var ids = appointment.Participants.Select(p => p.ClientId).ToList();
        Clients = string.Join(", ", await db.Clients.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToListAsync(ct));
        Cost = await costs.IfPracticeCancelsAsync(appointment, ids[0], ct);
        return true;
    }
}
