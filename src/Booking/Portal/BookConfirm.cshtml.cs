using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>The held hour with its price and what cancelling will cost; one tap books it.</summary>
[Access(Role.Client)]
public sealed class BookConfirmModel(PracticeDb db, BookSession book, WhatBookingAsks whatItAsks, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid With { get; set; }
    [BindProperty(SupportsGet = true)] public Guid Kind { get; set; }
    [BindProperty(SupportsGet = true)] public string? Slot { get; set; }

    /// <summary>The one session on minimal terms.</summary>
    [BindProperty(SupportsGet = true)] public bool Once { get; set; }

    public ClientChoice Choice { get; private set; } = null!;
    public SessionKind Chosen { get; private set; } = null!;
    public SlotValue Wanted { get; private set; }
    public DateTime EndsAt => Wanted.StartUtc + Chosen.Length;
    public string Address { get; private set; } = "";
    public CancellingCosts Costs { get; private set; } = null!;
    /// <summary>Null when the ten minutes are over; the hour may still be free.</summary>
    public DateTime? HeldUntil { get; private set; }
    public int SecondThoughts { get; private set; }
    public bool PriceChanged { get; private set; }
    public BookingResult? Refused { get; private set; }
    public BookingAsks Asks { get; private set; } = null!;
    public decimal Price { get; private set; }
    /// <summary>What is paid before the session; null where nothing is.</summary>
    public Prepayment? Before { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var own = await db.AppointmentsAsParty().AsNoTracking().Where(a => a.EngagementId == With && a.StartsAt == Wanted.StartUtc).ToListAsync(ct);
        if (own.Find(a => a.State == AppointmentState.Booked) is not null) return Redirect("/me/sessions");
        await ShowAsync(own.Find(a => a.IsHeld(clock.GetUtcNow().UtcDateTime)), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(decimal price, decimal? prepaid, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var result = await book.ConfirmAsync(Choice.Engagement, Chosen, Choice.ClientId, Wanted.StartUtc, Wanted.Place, price, ct, Once, prepaid);
        if (result.IsDone) return Redirect("/me/sessions");
        PriceChanged = result.Outcome == BookingOutcome.PriceChanged;
        Refused = PriceChanged ? null : result;
        await ShowAsync(PriceChanged ? await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == result.AppointmentId, ct) : null, ct);
        return Page();
    }

    /// <summary>Another hour, please: this one is let go at once.</summary>
    public async Task<IActionResult> OnPostBackAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        await book.LetGoAsync([Choice.ClientId], ct);
        return RedirectToPage("/Booking/Portal/Book", new { with = With, kind = Kind, once = Once ? "true" : null });
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (SlotValue.Parse(Slot) is not { } wanted || (await db.ClientChoicesAsync(ct)).FirstOrDefault(c => c.Engagement.Id == With) is not { } choice) return false;
        var kind = (await db.KindsForAsync(choice.Engagement, ct)).FirstOrDefault(k => k.Id == Kind)
            ?? await db.SessionKinds.AsNoTracking().FirstOrDefaultAsync(k => k.Id == Kind && db.AppointmentsAsParty().Any(a => a.KindId == Kind && a.StartsAt == wanted.StartUtc), ct);
        if (kind is null) return false;
        (Wanted, Choice, Chosen) = (wanted, choice, kind);
        return true;
    }

    private async Task ShowAsync(Appointment? hold, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        (Address, SecondThoughts, HeldUntil) = (practice.Address, practice.Policy.SecondThoughtsMinutes, hold?.HoldUntil);
        if (Booking.SecondThoughts.FinalAt(Wanted.StartUtc, now, TimeSpan.FromMinutes(1)) == now) SecondThoughts = 0;
        var agreed = (await db.TermsOfAsync(With, null, Chosen.Currency, ct))[^1];
        Asks = await whatItAsks.OfAsync(With, Choice.ClientId, Chosen.Currency, ct);
        Price = hold?.Price ?? Asks.PriceOf(Chosen, Wanted.Place);
        var facts = new AppointmentFacts(Guid.Empty, Kind.ToString(), Wanted.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson,
            Wanted.StartUtc, Wanted.StartUtc, null, 0, Price);
        Before = Asks.Before(Chosen, Wanted.Place, Wanted.StartUtc, now);
        Costs = CancellingCosts.Of(facts, agreed, await db.HistoryAsync(With, Choice.ClientId, ct), now);
    }
}
