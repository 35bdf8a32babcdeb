using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>One group: who is in it, when it meets, and more dates.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class OneGroupModel(PracticeDb db, GroupActs acts, GroupCosts costs, FindClashes clashes, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public Guid? Client { get; set; }
    [BindProperty] public NameModel Named { get; set; } = new();
    [BindProperty, StringLength(300)] public string? Reason { get; set; }
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [Required] public DateOnly? Date { get; set; }
        [Required] public TimeOnly? Time { get; set; }
        [Required] public string? Place { get; set; } = nameof(MeetingPlace.Online);
        /// <summary>0 is once.</summary>
        [Range(0, 2)] public int EveryWeeks { get; set; }
        [Range(1, AppointmentSeries.Most)] public int? Times { get; set; } = 8;
    }

    public sealed class NameModel
    {
        [Required, StringLength(80)] public string? Name { get; set; }
        [Required, Range(2, 40)] public int? Seats { get; set; }
    }

    public Group Group { get; private set; } = null!;
    public SessionKind Kind { get; private set; } = null!;
    public Membership Psychologist { get; private set; } = null!;
    public IReadOnlyList<(Guid Id, string Name, DateTime Since)> Members { get; private set; } = [];
    public IReadOnlyList<(Guid ClientId, string Name, Guid EngagementId)> Others { get; private set; } = [];
    public IReadOnlyList<MeetingLine> Meetings { get; private set; } = [];
    public IReadOnlyList<string> EndCosts { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    /// <summary>What stands in the way of the dates that were asked for.</summary>
    public IReadOnlyList<PlannedSession> Clashes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null) return NotFound();
        Named = new NameModel { Name = Group.Name, Seats = Group.Seats };
        Input.Date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone));
        return Page();
    }

    public async Task<IActionResult> OnPostPlanAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } rooms || Group.EndedAt is not null) return NotFound();
        Only(nameof(Input), Input);
        var place = StaffChoices.PlaceOf(Input.Place, rooms);
        if (Input.Place is not null && place is null) ModelState.AddModelError("Input.Place", t["Choose"]);
        StartTime.Read(ModelState, t, Input.Date, Input.Time, Psychologist.Zone, clock.GetUtcNow().UtcDateTime);
        if (Input.EveryWeeks > 0 && Input.Times is null) ModelState.AddModelError("Input.Times", t["Series.HowLong"]);
        if (!ModelState.IsValid) return Page();
        var starts = SeriesDays.Of(Input.Date!.Value, Input.Time!.Value, Math.Max(1, Input.EveryWeeks), Input.EveryWeeks == 0 ? 1 : Input.Times, null, Psychologist.Zone);
        var slots = starts.Select(s => new Slot(s, s + Kind.Length, place!.Value)).ToList();
        // A date that stands already is no clash with itself.
        slots.RemoveAll(s => Meetings.Any(m => m.Meeting.StartsAt == s.StartUtc));
        Clashes = [.. (await clashes.RunAsync(new SlotWish(Group.PsychologistId, Kind, []), [.. slots.Select(s => ((Guid?)null, s))], ct)).Where(p => !p.IsFree)];
        if (Clashes.Count == 0 && await acts.PlanAsync(id, slots, ct)) return Again(id, "Groups.Planned");
        ModelState.AddModelError("Input.Time", t[Clashes.Count == 0 ? "New.Taken" : "Groups.Clashes"]);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null || Group.EndedAt is not null) return NotFound();
        Only(nameof(Client));
        if (Others.FirstOrDefault(o => o.ClientId == Client) is not { Name: not null } chosen)
        {
            ModelState.AddModelError(nameof(Client), t["Choose"]);
            return Page();
        }
        return Again(id, await acts.AddAsync(id, chosen.EngagementId, chosen.ClientId, ct) == 0 ? "Groups.Added" : "Groups.Added.NotAll");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null || !Members.Any(m => m.Id == Client)) return NotFound();
        await acts.RemoveAsync(id, Client!.Value, t["Groups.Left.Reason"], ct);
        return Again(id, "Groups.Removed");
    }

    public async Task<IActionResult> OnPostChangeAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null || Group.EndedAt is not null) return NotFound();
        Only(nameof(Named), Named);
        if (!ModelState.IsValid) return Page();
        (await db.Groups.SingleAsync(g => g.Id == id, ct)).Change(Named.Name!.Trim(), Named.Seats!.Value);
        await db.SaveChangesAsync(ct);
        return Again(id, "Groups.Changed");
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is null) return NotFound();
        if (Group.EndedAt is not null) return Redirect("/groups");
        Only(nameof(Reason));
        if (string.IsNullOrWhiteSpace(Reason)) ModelState.AddModelError(nameof(Reason), t["Groups.Reason.None"]);
        if (!ModelState.IsValid) return Page();
        await acts.EndAsync(id, Reason!.Trim(), ct);
        Done = "Groups.Ended";
        return Redirect("/groups");
    }

    /// <summary>One form was sent; the others show what stands.</summary>
    private void Only(string form, object? model = null)
    {
        this.JudgeOnly(form, model);
        if (form != nameof(Named)) Named = new NameModel { Name = Group.Name, Seats = Group.Seats };
        if (form != nameof(Input)) Input = new InputModel { Date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Psychologist.Zone)) };
    }

    private async Task<IReadOnlyList<Room>?> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await db.ReachableGroups().AsNoTracking().Include(g => g.Members).SingleOrDefaultAsync(g => g.Id == id, ct) is not { } group) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        Group = group;
        Kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == group.KindId, ct);
        Psychologist = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == group.PsychologistId, ct);
        var inIt = group.Members.Where(m => m.LeftAt is null).ToList();
        var ids = inIt.ConvertAll(m => m.ClientId);
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        Members = [.. inIt.Select(m => (m.ClientId, names[m.ClientId], m.Since)).OrderBy(m => m.Item2, StringComparer.CurrentCulture)];
        Others = [.. (await db.WhoMayComeAsync(group.PsychologistId, ct)).Where(o => !ids.Contains(o.ClientId))];
        Meetings = await db.MeetingsAsync([id], now, now, ct);
        EndCosts = await costs.OfAsync(await db.Appointments.Where(a => a.GroupId == id && a.State == AppointmentState.Booked && a.StartsAt > now).Select(a => a.Id).ToListAsync(ct), EventKind.CancelledByPsychologist, ct);
        var rooms = await db.RoomsAsync(ct);
        Places = StaffChoices.PlaceItems(rooms, t);
        return rooms;
    }

    private RedirectResult Again(Guid id, string done)
    {
        Done = done;
        return Redirect($"/groups/{id}");
    }
}
