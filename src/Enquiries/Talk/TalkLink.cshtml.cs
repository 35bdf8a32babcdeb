using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Enquiries;

public enum TalkState { Gone, Held, Late, Known, Booked }

/// <summary>The link in the mail: opening it shows the hour, pressing the button books it. Too late, it offers others with everything typed kept.</summary>
[Anyone]
public sealed class TalkLinkModel(
    PracticeDb db, EnterPractice enter, LinkTokens links, TalkOffer offer, OfferedSlots offered, BookTalk book, TimeProvider clock) : PageModel
{
    private const int NearestShown = 8;

    [BindProperty(SupportsGet = true)] public string? Token { get; set; }

    public TalkState State { get; private set; }
    public Practice Practice { get; private set; } = null!;
    public string CalledName { get; private set; } = "";
    public SessionKind Chosen { get; private set; } = null!;
    public string Psychologist { get; private set; } = "";
    public DateTime StartsAt { get; private set; }
    public MeetingPlace Place { get; private set; }
    public DateTime HeldUntil { get; private set; }
    public TimeZoneInfo Clock { get; private set; } = TimeZoneInfo.Utc;
    public bool StillFree { get; private set; }
    /// <summary>Somebody was quicker just now.</summary>
    public DateTime? Taken { get; private set; }
    public IReadOnlyList<(Guid Who, Slot Slot)> Nearest { get; private set; } = [];
    public string AppointmentLink { get; private set; } = "";
    public string? Invitation { get; private set; }
    /// <summary>Where a few questions before the talk are answered; null when the practice asks none.</summary>
    public string? Questions { get; private set; }
    private Guid _wishId;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? another, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (State is TalkState.Booked or TalkState.Gone) return RedirectToPage(new { Token });
        (Guid, SlotValue)? other = null;
        if (SlotValue.ParseWith(another) is { } wanted)
        {
            if ((await offer.PeopleAsync(ct)).All(p => p.Id != wanted.Who)) return NotFound();
            other = (wanted.Who, wanted.At);
        }
        switch (await book.RunAsync(_wishId, other, ct))
        {
            case TalkOutcome.Done: return RedirectToPage(new { Token });
            case TalkOutcome.Known:
                State = TalkState.Known;
                return Page();
            default:
                (State, Taken) = (TalkState.Late, other?.Item2.StartUtc ?? StartsAt);
                await OfferAsync(ct);
                return Page();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (links.Read(TalkWish.Purpose, Token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is not { } practice) return false;
        Practice = practice;
        if (await db.TalkWishes.AsNoTracking().SingleOrDefaultAsync(w => w.Id == link.SubjectId, ct) is not { } wish) return false;
        var hold = await db.TalkHolds.AsNoTracking().SingleAsync(h => h.Id == wish.HoldId, ct);
        var appointment = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == wish.AppointmentId, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        (_wishId, CalledName, Clock, HeldUntil) = (wish.Id, wish.CalledName, TalkModel.ZoneOf(wish.TimeZone, practice), hold.HeldUntil);
        Chosen = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == wish.KindId, ct);
        (StartsAt, Place) = appointment is null ? (hold.StartsAt, hold.Place) : (appointment.StartsAt, appointment.Place);
        var psychologist = appointment?.PsychologistId ?? hold.PsychologistId;
        Psychologist = await db.Memberships.Where(m => m.UserId == psychologist).Select(m => m.Name).SingleAsync(ct);
        // What was booked and cancelled since is no longer this link's.
        State = appointment is { State: not AppointmentState.Booked } ? TalkState.Gone : appointment is not null ? TalkState.Booked : hold.Stands(now) ? TalkState.Held : TalkState.Late;
        if (appointment is not null)
        {
            AppointmentLink = $"/a/{links.Make(PlanReminders.LinkPurpose, practice.Id, appointment.Id, wish.ClientId, appointment.EndsAt > now ? appointment.EndsAt : now.AddMinutes(1))}";
            if (appointment is { State: AppointmentState.Booked } && appointment.StartsAt > now && await db.TalkQuestions.AnyAsync(q => q.RetiredAt == null, ct)
                && !await db.SafetyFlags.AnyAsync(f => f.ClientId == wish.ClientId && f.ClosedAt == null, ct))
                Questions = $"/questions/{links.Make(AskModel.Purpose, practice.Id, appointment.Id, wish.ClientId, appointment.StartsAt)}";
            if (await db.Set<Invitation>().AsNoTracking().Where(i => i.ClientId == wish.ClientId && i.AcceptedAt == null && i.ExpiresAt > now).OrderByDescending(i => i.SentAt).FirstOrDefaultAsync(ct) is { } open)
                Invitation = $"/invitation/{links.Make(Accounts.Invitation.Purpose, practice.Id, open.Id, null, open.ExpiresAt)}";
        }
        else if (State == TalkState.Late)
        {
            await OfferAsync(ct);
            StillFree = await offered.AtAsync(new SlotWish(hold.PsychologistId, Chosen, []), hold.StartsAt, hold.Place, ct) is not null;
        }
        return true;
    }

    private async Task OfferAsync(CancellationToken ct) => Nearest = [.. (await offer.HoursAsync(Chosen, (await offer.PeopleAsync(ct)).Select(p => p.Id), ct))
        .Where(h => h.Slot.StartUtc != StartsAt).DistinctBy(h => h.Slot.StartUtc).OrderBy(h => (h.Slot.StartUtc - StartsAt).Duration()).Take(NearestShown).OrderBy(h => h.Slot.StartUtc)];
}
