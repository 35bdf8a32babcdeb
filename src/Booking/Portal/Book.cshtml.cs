using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>A client chooses a kind, with its price, then an hour; the hour is held and <see cref="BookConfirmModel"/> asks once more.</summary>
[Access(Role.Client)]
public sealed class BookModel(PracticeDb db, OfferedSlots offered, BookSession book, WhatBookingAsks whatItAsks, Words words, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? With { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Kind { get; set; }
    /// <summary>The one session on minimal terms is wanted.</summary>
    [BindProperty(SupportsGet = true)] public bool Once { get; set; }
    /// <summary>With whichever of their psychologists is free first.</summary>
    [BindProperty(SupportsGet = true)] public bool First { get; set; }
    /// <summary>First day to show, in the reader's zone.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }

    public IReadOnlyList<ClientChoice> Choices { get; private set; } = [];
    public ClientChoice? Choice { get; private set; }
    public IReadOnlyList<SessionKind> Kinds { get; private set; } = [];
    public SessionKind? Chosen { get; private set; }
    public string Address { get; private set; } = "";
    public bool LacksAgreement { get; private set; }
    /// <summary>There is no agreement, and one session on minimal terms may be booked.</summary>
    public bool MayComeOnce { get; private set; }
    public WaitingAgreement? Waiting { get; private set; }
    public FreeDays Free { get; private set; } = FreeDays.None;
    /// <summary>A time of the waitlist that is kept for them now.</summary>
    public SlotOffer? Offer { get; private set; }
    /// <summary>Dates of groups in which they may take a place.</summary>
    public IReadOnlyList<OpenMeeting> Groups { get; private set; } = [];
    /// <summary>By what was signed with the psychologist who is chosen.</summary>
    public AgreedTerms Agreed { get; private set; } = null!;
    /// <summary>What the agreement asks before an hour is booked.</summary>
    public BookingAsks Asks { get; private set; } = null!;
    /// <summary>The next free hour at the weekday and time at which they usually meet.</summary>
    public Slot? UsualTime { get; private set; }
    /// <summary>The next free hour with each psychologist, by course of work; where there are several.</summary>
    public IReadOnlyDictionary<Guid, DateTime> Next { get; private set; } = new Dictionary<Guid, DateTime>();
    /// <summary>Whose each hour is, where whoever is free first is wanted.</summary>
    public IReadOnlyDictionary<(DateTime, MeetingPlace), ClientChoice> WhoHas { get; private set; } = new Dictionary<(DateTime, MeetingPlace), ClientChoice>();
    /// <summary>What became of the hour that was asked for.</summary>
    public BookingResult? Refused { get; private set; }
    public DateTime? RefusedStart { get; private set; }
    /// <summary>The work that has ended, where none goes on.</summary>
    public OverWith? Over { get; private set; }

    public sealed record OverWith(string Psychologist, DateTime EndedAt, string Slug);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? await ShowAsync(ct) : NotFound();

    public async Task<IActionResult> OnPostAsync(string? slot, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var with = SlotValue.ParseWith(slot);
        if ((with?.At ?? SlotValue.Parse(slot)) is not { } wanted) return NotFound();
        if (Choice is null || Chosen is null) return await ShowAsync(ct);
        if (with is { } whose)
        {
            if (Choices.FirstOrDefault(c => c.Engagement.Id == whose.Who) is not { } theirs || (await db.KindsForAsync(theirs.Engagement, ct)).All(k => k.Id != Chosen.Id)) return NotFound();
            Choice = theirs;
        }
        var result = await book.HoldAsync(Choice.Engagement, Chosen, Choice.ClientId, wanted.StartUtc, wanted.Place, ct, Once);
        if (result.IsDone) return RedirectToPage("/Booking/Portal/BookConfirm", new { with = Choice.Engagement.Id, kind = Chosen.Id, slot = wanted.ToString(), once = Once ? "true" : null });
        (Refused, RefusedStart) = (result, wanted.StartUtc);
        return await ShowAsync(ct);
    }

    /// <returns>False for what is not this client's.</returns>
    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Choices = await db.ClientChoicesAsync(ct);
        Choice = With is null ? Choices.Count > 0 ? Choices[0] : null : Choices.FirstOrDefault(c => c.Engagement.Id == With);
        if (Choice is null)
        {
            Over = await db.EngagementsAsClient().Where(e => e.EndedAt != null && (With == null || e.Id == With)).OrderByDescending(e => e.EndedAt).Select(e => new OverWith(
                db.Memberships.Where(m => m.UserId == e.PsychologistId).Select(m => m.Name).FirstOrDefault() ?? "", e.EndedAt!.Value,
                db.Practices.Select(p => p.Slug).First())).FirstOrDefaultAsync(ct);
            return With is null || Over is not null;
        }
        Kinds = await db.KindsForAsync(Choice.Engagement, ct);
        Agreed = (await db.TermsOfAsync(Choice.Engagement.Id, null, "", ct))[^1];
        Chosen = Kind is null ? await UsualAsync(Choice, ct) : Kinds.FirstOrDefault(k => k.Id == Kind);
        return Kind is null || Chosen is not null;
    }

    /// <summary>The kind of the last session; before there was one, the first talk unless an agreement is in force.</summary>
    private async Task<SessionKind?> UsualAsync(ClientChoice choice, CancellationToken ct)
    {
        var last = await db.Appointments.Where(a => a.EngagementId == choice.Engagement.Id && a.State == AppointmentState.Booked)
            .OrderByDescending(a => a.StartsAt).Select(a => (Guid?)a.KindId).FirstOrDefaultAsync(ct);
        var signed = await db.HasAgreementAsync(choice.Engagement.Id, ct);
        return Kinds.FirstOrDefault(k => k.Id == last) ?? Kinds.FirstOrDefault(k => signed && k.Form != SessionForm.FirstTalk) ?? (Kinds.Count > 0 ? Kinds[0] : null);
    }

    public decimal PriceOf(SessionKind kind) => AgreedPrice.Of(kind, kind.InPerson ? MeetingPlace.Room : MeetingPlace.Online, Agreed);

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        if (Choice is null || Chosen is null) return Page();
        Offer = await db.OpenOfferAsync(clock.GetUtcNow().UtcDateTime, ct);
        Groups = [.. (await OpenMeeting.ForAsync(db, Choices, null, clock.GetUtcNow().UtcDateTime, ct)).Select(g => g.Open)];
        Address = await db.Practices.Select(p => p.Address).SingleAsync(ct);
        LacksAgreement = await db.LacksAgreementAsync(Choice.Engagement.Id, Chosen, ct);
        MayComeOnce = LacksAgreement && await db.MayComeOnceAsync(Choice.Engagement.Id, ct);
        Once &= MayComeOnce;
        if (LacksAgreement && !Once)
        {
            Waiting = await db.WaitingAgreementAsync(Choice.Engagement.Id, ct);
            return Page();
        }
        Asks = await whatItAsks.OfAsync(Choice.Engagement.Id, Choice.ClientId, Chosen.Currency, ct);
        if (Asks.Refuses is not null) return Page();
        var wish = new SlotWish(Choice.Engagement.PsychologistId, Chosen, [.. Choice.Engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId)]);
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now.AddYears(1);
        if (Choices.Count > 1 && !Once && await FirstWhoCanAsync(now, until, ct)) return Page();
        var slots = await offered.FindAsync(wish, now, Choice.Engagement.EndsAt < until ? Choice.Engagement.EndsAt.Value : until, ct);
        Free = FreeDays.Of(slots, From, words.Zone, now);
        if (From is null && Refused is null) UsualTime = await UsualTimeAsync(Choice, slots, now, ct);
        return Page();
    }

    /// <returns>Whether the hours of several are shown together.</returns>
    private async Task<bool> FirstWhoCanAsync(DateTime now, DateTime until, CancellationToken ct)
    {
        var open = new List<ClientChoice>();
        foreach (var choice in Choices)
        {
            var may = (await db.KindsForAsync(choice.Engagement, ct)).Any(k => k.Id == Chosen!.Id) && !await db.LacksAgreementAsync(choice.Engagement.Id, Chosen!, ct)
                && (await whatItAsks.OfAsync(choice.Engagement.Id, choice.ClientId, Chosen!.Currency, ct)).Refuses is null;
            if (may && open.TrueForAll(c => c.Engagement.PsychologistId != choice.Engagement.PsychologistId)) open.Add(choice);
        }
        var clients = open.SelectMany(c => c.Engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId)).Distinct().ToList();
        var found = (await offered.FindAsync([.. open.Select(c => c.Engagement.PsychologistId)], Chosen!, clients, now, until, ct))
            .Select(f => (Choice: open.First(c => c.Engagement.PsychologistId == f.PsychologistId), f.Slot)).Where(f => !(f.Choice.Engagement.EndsAt <= f.Slot.StartUtc)).ToList();
        Next = found.GroupBy(f => f.Choice.Engagement.Id).ToDictionary(g => g.Key, g => g.Min(f => f.Slot.StartUtc));
        First &= open.Count > 1;
        if (!First) return false;
        var shown = found.DistinctBy(f => (f.Slot.StartUtc, f.Slot.Place.Kind)).ToList();
        WhoHas = shown.ToDictionary(f => (f.Slot.StartUtc, f.Slot.Place.Kind), f => f.Choice);
        Free = FreeDays.Of([.. shown.Select(f => f.Slot)], From, words.Zone, now);
        return true;
    }

    private async Task<Slot?> UsualTimeAsync(ClientChoice choice, IReadOnlyList<Slot> slots, DateTime now, CancellationToken ct)
    {
        var last = await db.Appointments.Where(a => a.EngagementId == choice.Engagement.Id && a.KindId == Chosen!.Id && a.State == AppointmentState.Booked)
            .OrderByDescending(a => a.StartsAt).Take(UsualHour.Looked).Select(a => new { a.StartsAt, a.Place }).ToListAsync(ct);
        return UsualHour.Of([.. last.Select(a => (a.StartsAt, a.Place))], slots, choice.PsychologistZone, now);
    }
}
