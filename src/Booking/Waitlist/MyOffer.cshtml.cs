using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>A time that is kept for the signed-in client: yes or no.</summary>
[Access(Role.Client)]
public sealed class MyOfferModel(PracticeDb db, AnswerOffer answer, WhatBookingAsks whatItAsks, TimeProvider clock) : PageModel
{
    [TempData] public string? Done { get; set; }
    public OfferView View { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => ShowAsync(id, null, ct);

    public async Task<IActionResult> OnPostAcceptAsync(Guid id, decimal? prepaid, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } offer) return NotFound();
        var result = await answer.AcceptAsync(id, Actor.Client(offer.ClientId, db.Current.UserId), prepaid, ct);
        return result.IsDone ? Redirect("/me/sessions") : await ShowAsync(id, result, ct);
    }

    public Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken ct) => DeclineAsync(id, false, ct);

    public Task<IActionResult> OnPostLeaveAsync(Guid id, CancellationToken ct) => DeclineAsync(id, true, ct);

    private async Task<IActionResult> DeclineAsync(Guid id, bool leave, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is null) return NotFound();
        await answer.DeclineAsync(id, leave, ct);
        Done = leave ? "Wait.Ended" : "Offer.LetGo";
        return Redirect("/me/waitlist");
    }

    private Task<SlotOffer?> FindAsync(Guid id, CancellationToken ct) => db.OwnOffers().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);

    private async Task<IActionResult> ShowAsync(Guid id, BookingResult? refused, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } offer) return NotFound();
        View = await OfferView.OfAsync(db, whatItAsks, offer, named: true, clock.GetUtcNow().UtcDateTime, refused, ct);
        return Page();
    }
}
