using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>What cancelling costs now and by which clause, then one tap.</summary>
[Access(Role.Client)]
public sealed class SessionCancelModel(PracticeDb db, WhatItCosts costs, CancelAppointment cancel, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    public sealed record Reason(string Key, string Words, ReasonEffect Effect);

    public Appointment Appointment { get; private set; } = null!;
    public string Psychologist { get; private set; } = "";
    public Assessment Cost { get; private set; } = null!;
    /// <summary>It may be cancelled by this client.</summary>
    public bool Open { get; private set; }
    public string Sentence => AssessmentWords.IfNow(Cost, EventKind.Cancelled, CultureInfo.CurrentCulture);
    public IReadOnlyList<Reason> Reasons { get; private set; } = [];
    [BindProperty] public string? Because { get; set; }
    /// <summary>What was shown when the button was pressed: nobody pays more than they saw.</summary>
    [BindProperty] public decimal Shown { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) is not { } client ? NotFound() : await ShowAsync(client, ct);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } client) return NotFound();
        var shown = Shown;
        await ShowAsync(client, ct);
        if (Open && Cost.Charge > shown)
        {
            ModelState.AddModelError(nameof(Because), t["CostsMore", Currencies.Format(Cost.Charge, Cost.Currency, CultureInfo.CurrentUICulture)]);
            return Page();
        }
        var reason = Reasons.FirstOrDefault(r => r.Key == Because)?.Key;
        await cancel.RunAsync(id, Actor.Client(client, db.Current.UserId), reason, ct);
        return Redirect("/me/sessions");
    }

    private async Task<Guid?> LoadAsync(Guid id, CancellationToken ct)
    {
        var own = await db.OwnClientIdsAsync(ct);
        var appointment = await db.AppointmentsAsParty().AsNoTracking().Include(a => a.Participants)
            .SingleOrDefaultAsync(a => a.Id == id && (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled), ct);
        if (appointment is null) return null;
        Appointment = appointment;
        Open = appointment.State == AppointmentState.Booked && appointment.StartsAt > clock.GetUtcNow().UtcDateTime && !own.Any(c => appointment.HasLeft(c));
        return appointment.Participants.First(p => own.Contains(p.ClientId)).ClientId;
    }

    private async Task<IActionResult> ShowAsync(Guid client, CancellationToken ct)
    {
        var terms = await db.TermsOfAsync(Appointment, ct);
        Cost = await costs.IfCancelledAsync(Appointment, client, null, ct);
        Shown = Cost.Charge;
        Reasons = [.. terms[^1].Terms.Reasons.Reasons.Select(r => new Reason(r.Key, AssessmentWords.Reason(r.Key, r.Label, CultureInfo.CurrentCulture), r.Effect))];
        Psychologist = await db.Memberships.Where(m => m.UserId == Appointment.PsychologistId).Select(m => m.Name).SingleAsync(ct);
        return Page();
    }
}
