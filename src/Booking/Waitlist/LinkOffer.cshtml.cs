using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>The one link of an offer. Opening it changes nothing; it bears the name that is safe for this person, no kind of session and no other name.</summary>
[Anyone]
public sealed class LinkOfferModel(PracticeDb db, EnterPractice enter, LinkTokens tokens, AnswerOffer answer, WhatBookingAsks whatItAsks, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    public OfferView? View { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ShowAsync(await OpenAsync(ct), null, ct);

    public async Task<IActionResult> OnPostAcceptAsync(decimal? prepaid, CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } offer) return NotFound();
        var result = await answer.AcceptAsync(offer.Id, Actor.Client(offer.ClientId), prepaid, ct);
        return result.IsDone ? Again() : await ShowAsync(await FindAsync(offer.Id, ct), result, ct);
    }

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken ct) => DeclineAsync(false, ct);

    public Task<IActionResult> OnPostLeaveAsync(CancellationToken ct) => DeclineAsync(true, ct);

    private async Task<IActionResult> DeclineAsync(bool leave, CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } offer) return NotFound();
        await answer.DeclineAsync(offer.Id, leave, ct);
        return Again();
    }

    private RedirectToPageResult Again() => RedirectToPage("LinkOffer", new { Token });

    private async Task<SlotOffer?> OpenAsync(CancellationToken ct)
    {
        if (tokens.Read(TellOfOffer.LinkPurpose, Token) is not { ClientId: { } client } link) return null;
        if (await enter.ByIdAsync(link.PracticeId, ct) is not { } practice) return null;
        if (await FindAsync(link.SubjectId, ct) is not { } offer || offer.ClientId != client) return null;
        var who = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == client, ct);
        var sender = who.Contact.SenderName is { Length: > 0 } safe ? safe : practice.SenderName;
        HttpContext.Features.Set(new Face(sender, $"/w/{Token}", null, practice.Country, practice.Policy.QuickExitUrl, who.Zone));
        return offer;
    }

    private Task<SlotOffer?> FindAsync(Guid id, CancellationToken ct) => db.SlotOffers.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);

    private async Task<IActionResult> ShowAsync(SlotOffer? offer, BookingResult? refused, CancellationToken ct)
    {
        if (offer is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
        var now = clock.GetUtcNow().UtcDateTime;
        View = await OfferView.OfAsync(db, whatItAsks, offer, named: false, now, refused, ct);
        // Whoever comes late is shown what else is free.
        if (refused is null && !View.IsOpen && offer.State is OfferState.Expired or OfferState.Open) View = View with { Nearest = await NearestAsync(View, ct) };
        if (offer.State == OfferState.Accepted) View = View with { Link = $"/a/{tokens.Make(PlanReminders.LinkPurpose, offer.PracticeId, offer.AppointmentId, offer.ClientId, View.Kept.EndsAt)}" };
        return Page();
    }

    private async Task<IReadOnlyList<Slot>> NearestAsync(OfferView view, CancellationToken ct)
    {
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == view.Kept.KindId, ct);
        var engagement = await db.Engagements.AsNoTracking().Include(e => e.Parties).SingleAsync(e => e.Id == view.Offer.EngagementId, ct);
        return engagement.IsOpen ? await answer.NearestAsync(engagement, kind, view.Kept.StartsAt, ct) : [];
    }
}
