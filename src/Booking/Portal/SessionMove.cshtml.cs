using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>What moving costs, the free hours, and the new hour once more before it is moved.</summary>
[Access(Role.Client)]
public sealed class SessionMoveModel(PracticeDb db, WhatItCosts costs, OfferedSlots offered, MoveAppointment move, Words words, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    /// <summary>The hour that was chosen.</summary>
    [BindProperty(SupportsGet = true)] public string? To { get; set; }

    /// <summary>What was shown when the button was pressed: nobody pays more than they saw.</summary>
    [BindProperty] public decimal Shown { get; set; }

    public Appointment Appointment { get; private set; } = null!;
    public SlotValue? Chosen { get; private set; }
    public Assessment Cost { get; private set; } = null!;
    public string Sentence => AssessmentWords.IfNow(Cost, EventKind.Moved, CultureInfo.CurrentCulture);
    public FreeDays Free { get; private set; } = FreeDays.None;
    public string Address { get; private set; } = "";
    public BookingResult? Refused { get; private set; }
    /// <summary>More than the button said.</summary>
    public bool CostsMore { get; private set; }
    /// <summary>It may be moved by this client.</summary>
    public bool Movable { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } client) return NotFound();
        Chosen = SlotValue.Parse(To);
        return await ShowAsync(client, ct);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } client) return NotFound();
        if (SlotValue.Parse(To) is not { } wanted) return await ShowAsync(client, ct);
        var (shown, done) = (Shown, Appointment.StartsAt == wanted.StartUtc && Appointment.Place == wanted.Place);
        Cost = await costs.IfMovedAsync(Appointment, client, ct);
        if (!done && Cost.Charge > shown)
        {
            (Chosen, CostsMore) = (wanted, true);
            return await ShowAsync(client, ct);
        }
        var result = await move.RunAsync(id, wanted.StartUtc, wanted.Place, null, Actor.Client(client, db.Current.UserId), ct);
        if (result.IsDone) return Redirect("/me/sessions");
        Refused = result;
        return await ShowAsync(client, ct);
    }

    private async Task<Guid?> LoadAsync(Guid id, CancellationToken ct)
    {
        var own = await db.OwnClientIdsAsync(ct);
        var appointment = await db.AppointmentsAsParty().AsNoTracking().Include(a => a.Participants)
            .SingleOrDefaultAsync(a => a.Id == id && (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled), ct);
        if (appointment?.Participants.First(p => own.Contains(p.ClientId)) is not { WithdrawnAt: null } place) return null;
        Appointment = appointment;
        return place.ClientId;
    }

    private async Task<IActionResult> ShowAsync(Guid client, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        Address = await db.Practices.Select(p => p.Address).SingleAsync(ct);
        Cost = await costs.IfMovedAsync(Appointment, client, ct);
        Shown = Cost.Charge;
        Movable = Appointment.State == AppointmentState.Booked && Appointment.StartsAt > now && !Appointment.MovesTogether;
        if (!Movable || Chosen is not null) return Page();
        var slots = await offered.FindAsync(await move.WishAsync(Appointment, ct), now, now.AddYears(1), ct);
        Free = FreeDays.Of([.. slots.Where(s => s.StartUtc != Appointment.StartsAt)], From, words.Zone, now);
        return Page();
    }
}
