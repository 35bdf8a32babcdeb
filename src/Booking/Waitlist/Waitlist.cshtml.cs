using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>Who waits for a time with a psychologist, what is kept for whom, and whose turn would be next.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class WaitlistModel(PracticeDb db, WhoWaits who, KeepWaitlist keep, AnswerOffer answer, TimeProvider clock) : PageModel
{
    private const int TurnsShown = 3, FreedShown = 12;

    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    /// <summary>A time of which somebody asks whose turn it would be, by the psychologist's clock.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }
    [BindProperty(SupportsGet = true)] public TimeOnly? Time { get; set; }
    [TempData] public string? Done { get; set; }

    /// <param name="Then">Whose turn is next, if it is declined.</param>
    public sealed record Kept(SlotOffer Offer, string Client, string? Then);

    /// <summary>A freed time nobody has yet, with who comes next.</summary>
    public sealed record Freed(DateTime StartsAt, DateTime EndsAt, IReadOnlyList<WaitlistTurn> Turns);

    public IReadOnlyList<Membership> Psychologists { get; private set; } = [];
    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<WaitingClient> Waiting { get; private set; } = [];
    public IReadOnlyList<Kept> Offers { get; private set; } = [];
    public IReadOnlyList<Freed> FreedTimes { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> Kinds { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<(Guid Id, string Name)> Clients { get; private set; } = [];
    /// <summary>Null while nobody asked.</summary>
    public IReadOnlyList<WaitlistTurn>? Next { get; private set; }
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    public string NameOf(WaitlistTurn turn) => Waiting.First(w => w.Waiting == turn.Who).Client.Name;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Waiting = await who.ForAsync(Psychologist.UserId, ct);
        var kinds = await db.SessionKinds.AsNoTracking().ToListAsync(ct);
        var open = await db.SlotOffers.AsNoTracking().Where(o => o.PsychologistId == Psychologist.UserId && o.State == OfferState.Open && o.ExpiresAt > Now).OrderBy(o => o.StartsAt)
            .Select(o => new { Offer = o, Client = db.Clients.Where(c => c.Id == o.ClientId).Select(c => c.Name).First(),
                Had = db.SlotOffers.Where(x => x.PsychologistId == o.PsychologistId && x.StartsAt == o.StartsAt).Select(x => x.ClientId).ToList() }).ToListAsync(ct);
        Offers = [.. open.Select(o => new Kept(o.Offer, o.Client, Ask(o.Offer.StartsAt, kinds).Find(t => !o.Had.Contains(t.Who.ClientId)) is { } then ? NameOf(then) : null))];
        Kinds = kinds.ToDictionary(k => k.Id, k => k.Name.In(Languages.Current));
        var people = await db.Engagements.Where(e => e.PsychologistId == Psychologist.UserId && e.EndedAt == null).SelectMany(e => e.Parties)
            .Where(p => p.Role == Engagements.PartyRole.Client).Select(p => p.ClientId).Distinct().ToListAsync(ct);
        Clients = [.. (await db.Clients.Where(c => people.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(ct)).OrderBy(c => c.Name, StringComparer.CurrentCulture).Select(c => (c.Id, c.Name))];
        FreedTimes = await FreedAsync(ct);
        if (Day is { } day && Time is { } time && day.Year is > 2000 and < 9000) Next = Ask(LocalTime.ToUtc(day.ToDateTime(time), Psychologist.Zone), kinds);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || !await db.SlotOffers.AnyAsync(o => o.Id == id && o.PsychologistId == Psychologist.UserId, ct)) return NotFound();
        await answer.WithdrawAsync(id, ct);
        Done = "Waitlist.Withdrawn";
        return Redirect("/waitlist" + (Who is null ? "" : $"?who={Who}"));
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Psychologists = await db.CalendarsAsync(ct);
        if ((Who is null && Psychologists is [var own, ..] ? own : Psychologists.FirstOrDefault(p => p.UserId == Who)) is not { } psychologist) return false;
        Psychologist = psychologist;
        return true;
    }

    private async Task<IReadOnlyList<Freed>> FreedAsync(CancellationToken ct)
    {
        var shown = new List<Freed>();
        var freed = await db.FreedTimes.AsNoTracking().Where(f => f.PsychologistId == Psychologist.UserId && f.EndsAt > Now).OrderBy(f => f.StartsAt).Take(FreedShown * 2).ToListAsync(ct);
        foreach (var time in freed.DistinctBy(f => f.StartsAt))
        {
            var turns = await keep.TurnsAsync(time.PsychologistId, time.StartsAt, time.EndsAt, [.. Waiting.Where(w => !w.HasOffer)], Now, ct);
            if (turns.Count > 0 && shown.Count < FreedShown) shown.Add(new Freed(time.StartsAt, time.EndsAt, [.. turns.DistinctBy(t => t.Who.ClientId).Take(TurnsShown)]));
        }
        return shown;
    }

    /// <summary>Whether it is free is left aside: that is what is asked.</summary>
    private List<WaitlistTurn> Ask(DateTime start, List<SessionKind> kinds) =>
        [.. WaitlistMatch.InTurn(Waiting.Select(w => w.Waiting), [.. kinds.SelectMany(k => k.Places.Select(p => new OpenSlot(k.Id, new Slot(start, start + k.Length, new SlotPlace(p, null)), false)))], Now)
            .DistinctBy(t => t.Who.ClientId)];
}
