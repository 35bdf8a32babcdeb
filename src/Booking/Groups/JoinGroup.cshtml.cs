using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>A client takes an open place in a date of a group: when, where, what it costs. Who else comes is told to nobody.</summary>
[Access(Role.Client)]
public sealed class JoinGroupModel(PracticeDb db, GroupActs acts, WhatBookingAsks whatItAsks, TimeProvider clock) : PageModel
{
    public OpenMeeting Open { get; private set; } = null!;
    public ClientChoice Choice { get; private set; } = null!;
    public CancellingCosts Costs { get; private set; } = null!;
    public BookingAsks Asks { get; private set; } = null!;
    public Prepayment? Before { get; private set; }
    public decimal Price { get; private set; }
    public string Address { get; private set; } = "";
    public int SecondThoughts { get; private set; }
    public BookingOutcome? Refused { get; private set; }
    /// <summary>The price, or what is paid beforehand, is another than was shown.</summary>
    public bool PriceChanged { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        return Open.IsMine ? Redirect("/me/sessions") : Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, decimal price, decimal? prepaid, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        PriceChanged = price != Price || prepaid != Before?.Amount;
        if (PriceChanged) return Page();
        var result = await acts.JoinAsync(id, Choice.Engagement.Id, Choice.ClientId, Actor.Client(Choice.ClientId, db.Current.UserId), ct);
        if (result.IsDone) return Redirect("/me/sessions");
        Refused = result.Outcome;
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await OpenMeeting.ForAsync(db, await db.ClientChoicesAsync(ct), id, now, ct);
        if (found is not [var (open, choice)]) return false;
        (Open, Choice) = (open, choice);
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        (Address, SecondThoughts) = (practice.Address, Booking.SecondThoughts.FinalAt(open.StartsAt, now, TimeSpan.FromMinutes(1)) == now ? 0 : practice.Policy.SecondThoughtsMinutes);
        Asks = await whatItAsks.OfAsync(choice.Engagement.Id, choice.ClientId, open.Kind.Currency, ct);
        Price = Asks.PriceOf(open.Kind, open.Place);
        Before = Asks.Before(open.Kind, open.Place, open.StartsAt, now);
        var facts = new AppointmentFacts(Guid.Empty, open.Kind.Id.ToString(), open.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson, open.StartsAt, open.StartsAt, null, 0, Price);
        Costs = CancellingCosts.Of(facts, Asks.Agreed, await db.HistoryAsync(choice.Engagement.Id, choice.ClientId, ct), now);
        return true;
    }
}

/// <summary>A date of a group as a client may know it.</summary>
public sealed record OpenMeeting(Guid Id, DateTime StartsAt, DateTime EndsAt, MeetingPlace Place, SessionKind Kind, bool IsFull, bool IsMine)
{
    private const int Shown = 12;

    /// <summary>Dates of groups whose kind clients may book, with psychologists this client works with alone; each with that work.</summary>
    /// <param name="only">One date.</param>
    public static async Task<IReadOnlyList<(OpenMeeting Open, ClientChoice Choice)>> ForAsync(PracticeDb db, IReadOnlyList<ClientChoice> choices, Guid? only, DateTime now, CancellationToken ct)
    {
        var own = choices.Where(c => c.Engagement.Parties.Count(p => p.Role == PartyRole.Client) == 1).DistinctBy(c => c.Engagement.PsychologistId).ToDictionary(c => c.Engagement.PsychologistId);
        var (staff, clients) = (own.Keys.ToList(), own.Values.Select(c => c.ClientId).ToList());
        if (staff.Count == 0) return [];
        var meetings = await db.Appointments.AsNoTracking().Where(a => a.Seats != null && a.State == AppointmentState.Booked && a.StartsAt > now && staff.Contains(a.PsychologistId) && (only == null || a.Id == only)
                && db.SessionKinds.Any(k => k.Id == a.KindId && k.Active && k.WhoMayBook != WhoMayBook.StaffOnly))
            .OrderBy(a => a.StartsAt).Take(Shown).ToListAsync(ct);
        var (ids, kindIds) = (meetings.ConvertAll(m => m.Id), meetings.ConvertAll(m => m.KindId));
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => kindIds.Contains(k.Id)).ToDictionaryAsync(k => k.Id, ct);
        var taken = await db.PlacesTaken(now).Where(a => ids.Contains(a.MeetingId!.Value)).GroupBy(a => a.MeetingId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var mine = await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.MeetingId != null && ids.Contains(a.MeetingId.Value) && a.Participants.Any(p => clients.Contains(p.ClientId))).Select(a => a.MeetingId!.Value).ToListAsync(ct);
        return [.. meetings.Where(m => own[m.PsychologistId].Engagement.EndsAt is not { } ends || ends > m.StartsAt)
            .Select(m => (new OpenMeeting(m.Id, m.StartsAt, m.EndsAt, m.Place, kinds[m.KindId], taken.GetValueOrDefault(m.Id) >= m.Seats, mine.Contains(m.Id)), own[m.PsychologistId]))];
    }
}
