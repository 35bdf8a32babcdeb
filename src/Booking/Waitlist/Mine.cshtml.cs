using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>No time suits: a client says which would, changes it, and ends it.</summary>
[Access(Role.Client)]
public sealed class MyWaitlistModel(PracticeDb db, AnswerOffer answer, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public WishForm Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    /// <summary>Null where there is nothing to wait for: no work goes on, or nothing may be booked.</summary>
    public WishChoices? Choices { get; private set; }
    public WaitlistWish? Wish { get; private set; }
    public SlotOffer? Offer { get; private set; }
    /// <summary>There is no safe way to tell them of a time.</summary>
    public bool OnlyByPhone { get; private set; }
    /// <summary>Kinds that are offered only once an agreement is signed.</summary>
    public bool LacksAgreement { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Choices is { } choices) Input = WishForm.Of(Wish, choices);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Choices is not { } choices) return Page();
        Input.Check(choices, ModelState, t);
        if (!ModelState.IsValid) return Page();
        var now = clock.GetUtcNow().UtcDateTime;
        if (Wish is null) db.Add(Wish = new WaitlistWish(db.Current.PracticeId, choices.Client.Id, now));
        Input.Apply(Wish, choices);
        audit.Record("wish.written", "wish", Wish.Id, choices.Client.Id);
        await db.SaveChangesAsync(ct);
        await db.LookAgainAsync(Wish.PsychologistId, now, ct);
        Done = "Wait.Saved";
        return Redirect("/me/waitlist");
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Wish is not null) await answer.EndAsync(Wish.Id, WishEnd.ByClient, ct);
        Done = "Wait.Ended";
        return Redirect("/me/waitlist");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        Offer = await db.OpenOfferAsync(now, ct);
        var open = (await db.ClientChoicesAsync(ct)).ToList();
        Wish = await db.OwnWishes().Where(w => w.EndedAt == null).OrderBy(w => w.Since).FirstOrDefaultAsync(ct);
        // Who has several rows of a person here waits with the one that wrote the wish.
        if ((Wish?.ClientId ?? open.FirstOrDefault()?.ClientId) is not { } id) return;
        var client = await db.OwnClient().AsNoTracking().SingleAsync(c => c.Id == id, ct);
        var engagements = open.FindAll(c => c.ClientId == id).ConvertAll(c => c.Engagement);
        Choices = await WishChoices.OfAsync(db, client, engagements, now, ct);
        OnlyByPhone = !(client.Contact.Mail && client.Email is not null) && !(client.Contact.Text && client.Phone is not null);
        var ids = engagements.ConvertAll(e => e.Id);
        LacksAgreement = Choices?.Kinds.All(k => k.NeedsAgreement) == true
            && !await db.Agreements.AnyAsync(a => ids.Contains(a.EngagementId) && a.State == Agreements.AgreementState.InForce, ct);
    }
}
