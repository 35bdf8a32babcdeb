using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>Staff book a session, inside the hours or outside them; only what is taken is refused.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class NewModel(PracticeDb db, BookSession book, FindClashes clashes, FindObjections objections, SeriesActs series, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    /// <summary>A free slot that was pressed in the calendar.</summary>
    [BindProperty(SupportsGet = true)] public string? At { get; set; }
    /// <summary>The day that was looked at, where no time was pressed.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }
    /// <summary>How much time was drawn; the kind that fits it best is chosen beforehand.</summary>
    [BindProperty(SupportsGet = true)] public int? Minutes { get; set; }
    /// <summary>A room that was pressed, as <see cref="StaffChoices.ValueOf"/> writes it.</summary>
    [BindProperty(SupportsGet = true, Name = "place")] public string? InPlace { get; set; }
    /// <summary>Chosen beforehand, as on a client's card.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Client { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        [Required] public Guid? EngagementId { get; set; }
        [Required] public Guid? KindId { get; set; }
        [Required] public DateOnly? Date { get; set; }
        [Required] public TimeOnly? Time { get; set; }
        [Required] public string? Place { get; set; } = nameof(MeetingPlace.Online);
        /// <summary>0 is once.</summary>
        [Range(0, 2)] public int EveryWeeks { get; set; }
        [Range(2, AppointmentSeries.Most)] public int? Times { get; set; }
        public DateOnly? Until { get; set; }
    }

    /// <summary>The sessions of a series that were ticked, as <see cref="PlanView.ValueOf"/> wrote them.</summary>
    [BindProperty] public List<string> Take { get; set; } = [];
    /// <summary><see cref="Fingerprint"/> of the form when the plan was shown.</summary>
    [BindProperty] public string? Planned { get; set; }
    /// <summary>The plan was looked at and shall be booked.</summary>
    [BindProperty] public string? Book { get; set; }

    public IReadOnlyList<PlannedSession> Plan { get; private set; } = [];
    public IReadOnlyList<string>? Taken { get; private set; }
    /// <summary>The plan is another than the one that was looked at.</summary>
    public bool Changed { get; private set; }
    public string Fingerprint => string.Join('|', Input.EngagementId, Input.KindId, Input.Place, Input.EveryWeeks, Input.Date?.DayNumber, Input.Time?.Ticks, Input.Times, Input.Until?.DayNumber);

    private List<(Guid? Id, int Minutes)> lengths = [];
    /// <summary><see cref="Fingerprint"/> of the form when a limit was named: it is booked all the same.</summary>
    [BindProperty] public string? Despite { get; set; }
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyList<Membership> Calendars { get; private set; } = [];
    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Engagements { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public IReadOnlyList<Slot> Nearest { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is not { } rooms || (Client is { } whose && !await db.Clients.AnyAsync(c => c.Id == whose, ct))) return NotFound();
        ModelState.Clear();
        var start = SlotValue.Parse(At);
        var local = TimeZoneInfo.ConvertTimeFromUtc(start?.StartUtc ?? clock.GetUtcNow().UtcDateTime, Psychologist.Zone);
        Input = new InputModel
        {
            Date = start is null && Day > DateOnly.FromDateTime(local) ? Day : DateOnly.FromDateTime(local), Time = start is null ? null : TimeOnly.FromDateTime(local),
            Place = StaffChoices.PlaceOf(InPlace, rooms) is null ? (start?.Place ?? MeetingPlace.Online).ToString() : InPlace,
            EngagementId = Client is null ? null : await db.Engagements.Where(e => e.PsychologistId == Psychologist.UserId && e.EndedAt == null && e.Parties.Any(p => p.ClientId == Client))
                .Select(e => (Guid?)e.Id).FirstOrDefaultAsync(ct),
            KindId = Minutes is { } drawn ? lengths.MinBy(k => Math.Abs(k.Minutes - (long)drawn)).Id : Kinds is [var first, ..] ? Guid.Parse(first.Value) : null,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is not { } rooms) return NotFound();
        var engagement = await db.Engagements.AsNoTracking().Include(e => e.Parties).SingleOrDefaultAsync(e => e.Id == Input.EngagementId && e.PsychologistId == Psychologist.UserId && e.EndedAt == null, ct);
        var kind = await db.SessionKinds.AsNoTracking().SingleOrDefaultAsync(k => k.Id == Input.KindId && k.Active, ct);
        var place = StaffChoices.PlaceOf(Input.Place, rooms);
        if (Input.EngagementId is not null && engagement is null) ModelState.AddModelError("Input.EngagementId", t["Choose"]);
        if (Input.KindId is not null && kind is null) ModelState.AddModelError("Input.KindId", t["Choose"]);
        if (Input.Place is not null && place is null) ModelState.AddModelError("Input.Place", t["Choose"]);
        var start = StartTime.Read(ModelState, t, Input.Date, Input.Time, Psychologist.Zone, clock.GetUtcNow().UtcDateTime);
        if (Input.EveryWeeks > 0 && Input.Times is null && Input.Until is null) ModelState.AddModelError("Input.Times", t["Series.HowLong"]);
        if (Input.EveryWeeks > 0 && Input.Until < Input.Date) ModelState.AddModelError("Input.Until", t["Series.Until.Early"]);
        if (!ModelState.IsValid) return Page();
        if (Input.EveryWeeks > 0) return await SeriesAsync(engagement!, kind!, place!.Value, ct);

        var slot = new Slot(start!.Value, start.Value + kind!.Length, place!.Value);
        Warnings = ObjectionWords.Say(ModelState, t, await objections.RunAsync(Psychologist.UserId, slot, null, ct));
        if (!ModelState.IsValid || (Warnings.Count > 0 && Despite != Fingerprint)) return Page();
        var result = await book.BookAsync(engagement!, kind, slot, Actor.Staff(db.Current.UserId), ct);
        if (result.IsDone) return Redirect($"/calendar/{result.AppointmentId}");
        Nearest = result.Nearest;
        if (result.Outcome == BookingOutcome.Ended) ModelState.AddModelError("Input.Date", t["New.Ended"]);
        else ModelState.AddModelError("Input.Time", t[result.Outcome == BookingOutcome.AgainstRules ? "Clash.Limit" : "New.Taken"]);
        return Page();
    }

    private async Task<IActionResult> SeriesAsync(Engagement engagement, SessionKind kind, SlotPlace place, CancellationToken ct)
    {
        Slot At(DateTime start) => new(start, start + kind.Length, place);
        var chosen = Take.Select(PlanView.Read).OfType<(Guid? Id, DateTime Start)>().Select(c => c.Start).Distinct().ToList();
        if (Book is not null && Planned == Fingerprint)
        {
            if (chosen.Count is 0 or > AppointmentSeries.Most) ModelState.AddModelError("Take", t["Series.None"]);
            else if (await series.BookAsync(engagement, kind, Input.EveryWeeks, [.. chosen.Select(At)], Actor.Staff(db.Current.UserId), ct))
                return Redirect($"/calendar?day={DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(chosen.Min(), Psychologist.Zone)):yyyy-MM-dd}&who={Psychologist.UserId}");
            Taken = Take;
        }
        Changed = Book is not null && ModelState.IsValid;
        var starts = SeriesDays.Of(Input.Date!.Value, Input.Time!.Value, Input.EveryWeeks, Input.Times, Input.Until, Psychologist.Zone);
        Plan = await clashes.RunAsync(BookSession.Wish(engagement, kind), [.. starts.Select(s => ((Guid?)null, At(s)))], ct);
        return Page();
    }

    private async Task<IReadOnlyList<Room>?> LoadAsync(CancellationToken ct)
    {
        Calendars = await db.CalendarsAsync(ct);
        if ((Who is null && Calendars is [var own, ..] ? own : Calendars.FirstOrDefault(m => m.UserId == Who)) is not { } psychologist) return null;
        Psychologist = psychologist;
        var rooms = await db.RoomsAsync(ct);
        Places = StaffChoices.PlaceItems(rooms, t);
        Engagements = [.. (await db.OpenEngagementsAsync(psychologist.UserId, ct)).Select(e => new SelectListItem(e.Names, e.Id.ToString()))];
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => k.Active).OrderBy(k => k.Form == SessionForm.FirstTalk).ThenBy(k => k.Position).ToListAsync(ct);
        lengths = kinds.ConvertAll(k => ((Guid?)k.Id, k.Minutes));
        Kinds = [.. kinds.Select(k => new SelectListItem($"{k.Name.In(Languages.Current)}, {t.Plural("Minutes", k.Minutes)}", k.Id.ToString()))];
        return rooms;
    }
}
