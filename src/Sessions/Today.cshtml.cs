using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Attendance;
using PracticeApp.Platform;
using PracticeApp.Reminders;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Sessions;

/// <summary>The psychologist's start page: the day as a line of sessions, and the sheet of whoever is next.</summary>
[Access(Role.Psychologist, Role.Supervisor)]
public sealed class TodayModel(PracticeDb db, DayReading reading, AgreedTalks agreedTalks, OwnWords own, Words words, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }

    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public DateOnly Date { get; private set; }
    public bool IsToday { get; private set; }
    public IReadOnlyList<DayLine> Lines { get; private set; } = [];
    public IReadOnlyDictionary<int, Gap> Gaps { get; private set; } = new Dictionary<int, Gap>();
    /// <summary>The session that runs or comes next.</summary>
    public DayLine? Next { get; private set; }
    public string AgreedUntil { get; private set; } = "";
    /// <summary>Texts of clients that a person is to look at now.</summary>
    public int OpenFlags { get; private set; }
    /// <summary>Sessions longer ago than the practice allows, without a signed protocol.</summary>
    public int LeftOpen { get; private set; }
    /// <summary>Talks about what was missed that wait for an hour.</summary>
    public IReadOnlyList<AgreedTalk> Talks { get; private set; } = [];
    public IReadOnlyList<InAppNote> Notes { get; private set; } = [];
    /// <summary>The one-tap buttons under sessions that have begun.</summary>
    public Dictionary<Guid, IReadOnlyList<SettleView>> Settling { get; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var today = words.Today();
        OpenFlags = await db.OpenFlagsAsync(ct);
        Notes = await db.InAppNotesAsync(own, Now, ct);
        Date = Day is { } asked && Math.Abs(asked.DayNumber - today.DayNumber) <= 3660 ? asked : today;
        IsToday = Date == today;
        var days = await db.Practices.Select(p => p.Policy.ProtocolsOpenDays).SingleAsync(ct);
        if (days > 0) LeftOpen = await db.OpenProtocols(Now.AddDays(-days)).CountAsync(a => a.EndsAt > Now.AddYears(-1), ct);
        Lines = await reading.LinesAsync(LocalDay.Of(Date, words.Zone), ct);
        if (IsToday) Talks = await agreedTalks.OfPsychologistAsync(Now, ct);
        Gaps = Gap.Between([.. Lines.Select(l => (l.StartsAt, l.EndsAt))], words.Zone);
        Next = IsToday ? Lines.FirstOrDefault(l => !l.IsOver(Now) && l.TookPlace) : null;
        var back = IsToday ? "/today" : $"/today?day={Date:yyyy-MM-dd}";
        foreach (var line in Lines.Where(l => l.StartsAt <= Now)) Settling[line.AppointmentId] = await SettleView.OfAsync(db, line.AppointmentId, Now, back, ct);
        if (Next is not null) AgreedUntil = await reading.AgreedUntilAsync(Next, ct);
    }

    public async Task<IActionResult> OnPostPutAwayAsync(Guid id, CancellationToken ct) =>
        await db.PutAwayAsync(id, Now, ct) ? Redirect(Day is { } day ? $"/today?day={day:yyyy-MM-dd}" : "/today") : NotFound();
}
