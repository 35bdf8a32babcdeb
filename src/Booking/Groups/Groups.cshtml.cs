using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>The groups of a psychologist, and a new one.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class GroupsModel(PracticeDb db, GroupActs acts, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [Required] public Guid? PsychologistId { get; set; }
        [Required] public Guid? KindId { get; set; }
        [Required, StringLength(80)] public string? Name { get; set; }
        [Required, Range(2, 40)] public int? Seats { get; set; } = 8;
    }

    public sealed record Line(Group Group, string Psychologist, int Members, MeetingLine? Next);

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<Membership> Psychologists { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input.PsychologistId = Psychologists is [var first, ..] ? first.UserId : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var kind = await db.SessionKinds.AsNoTracking().SingleOrDefaultAsync(k => k.Id == Input.KindId && k.Active && k.Form == SessionForm.Group, ct);
        if (Input.KindId is not null && kind is null) ModelState.AddModelError("Input.KindId", t["Choose"]);
        if (Input.PsychologistId is { } who && !Psychologists.Any(p => p.UserId == who)) ModelState.AddModelError("Input.PsychologistId", t["Choose"]);
        if (!ModelState.IsValid) return Page();
        var group = await acts.FoundAsync(Input.PsychologistId!.Value, kind!, Input.Name!.Trim(), Input.Seats!.Value, ct);
        return Redirect($"/groups/{group.Id}");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        Psychologists = await db.CalendarsAsync(ct);
        Kinds = [.. (await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.Form == SessionForm.Group).OrderBy(k => k.Position).ToListAsync(ct))
            .Select(k => new SelectListItem($"{k.Name.In(Languages.Current)}, {t.Plural("Minutes", k.Minutes)}", k.Id.ToString()))];
        var groups = await db.ReachableGroups().AsNoTracking().Include(g => g.Members).Where(g => g.EndedAt == null).OrderBy(g => g.Name).ToListAsync(ct);
        var next = (await db.MeetingsAsync(groups.ConvertAll(g => g.Id), now, now, ct)).ToLookup(m => m.Meeting.GroupId);
        Lines = [.. groups.Select(g => new Line(g, Psychologists.FirstOrDefault(p => p.UserId == g.PsychologistId)?.Name ?? "", g.Members.Count(m => m.LeftAt is null), next[g.Id].FirstOrDefault()))];
    }
}
