using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Endings;

/// <summary>The client's side of an ending: one step a page, nothing final before the last, and what stands after it.</summary>
[Access(Role.Client)]
public sealed class MineModel(
    PracticeDb db, Vault vault, EndingTerms terms, ShowEnding show, DecideEnding decide, ScreenText screen, Audit audit, Words words, TimeProvider clock,
    IStringLocalizer<Texts> t) : PageModel
{
    /// <summary>The work, where the client has several.</summary>
    [FromQuery(Name = "for")] public Guid? For { get; set; }
    [FromQuery] public int? Step { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public ClosingAnswer? Closing { get; set; }
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [StringLength(2000)] public string? Reason { get; set; }
        [Required(ErrorMessage = "LastDay.Missing")] public DateOnly? LastDay { get; set; }
    }

    public IReadOnlyList<(Guid Id, string Psychologist)> Courses { get; private set; } = [];
    public Engagement? Engagement { get; private set; }
    public Ending? Ending { get; private set; }
    public EndingView? View { get; private set; }
    public AgreedEnding Agreed { get; private set; } = AgreedEnding.None;
    public string Psychologist { get; private set; } = "";
    public DateOnly Today { get; private set; }
    public DateOnly Earliest => Ending.Earliest(Today, Agreed.NoticeDays);
    public DangerShown? Danger { get; private set; }
    public EndingParty? Mine => Ending?.Parties.FirstOrDefault(p => p.ClientId == _clientId);
    public bool Over => Ending?.State == EndingState.Ended;
    public int At => Ending is null ? 1 : Ending.State != EndingState.Draft ? 0 : Math.Clamp(Step ?? 2, 1, 3);
    public string Slug { get; private set; } = "";
    private Guid _clientId, _keyId;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        if (Engagement is null) return Page();
        await ShowAsync(ct);
        if (At == 1) Input = new InputModel { LastDay = Ending?.LastDay ?? Earliest, Reason = Mine?.ReadReason(await vault.KeyAsync(_keyId, ct)) };
        Closing = Mine is { Closing: not ClosingAnswer.Open } mine ? mine.Closing : null;
        if (Ending is { } ending) audit.Record("ending.read", "ending", ending.Id, _clientId);
        return Page();
    }

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || Engagement is not { IsOpen: true } engagement || Ending is { State: not EndingState.Draft }) return NotFound();
        this.JudgeOnly(nameof(Input), Input);
        if (Input.LastDay is { } day && (day < Earliest || day > Today.AddYears(2)))
            ModelState.AddModelError("Input.LastDay", day < Today || day > Today.AddYears(2) ? t["LastDay.Range"] : t["LastDay.Notice", Words.Date(Earliest)]);
        if (!ModelState.IsValid)
        {
            Step = 1;
            await ShowAsync(ct);
            return Page();
        }

        await db.LockEngagementAsync(engagement.Id, ct);
        var ending = Ending ?? await db.EndingsAsClient().Include(e => e.Parties).SingleOrDefaultAsync(e => e.EngagementId == engagement.Id && e.State == EndingState.Draft, ct);
        if (ending is null)
        {
            ending = new Ending(db.Current.PracticeId, engagement.Id, engagement.PsychologistId, await vault.KeyAsync(engagement.KeyId, ct), _clientId, Input.LastDay!.Value, clock.GetUtcNow().UtcDateTime);
            db.Endings.Add(ending);
            audit.Record("ending.begun", "ending", ending.Id, _clientId);
        }

        ending.Begin(await vault.KeyAsync(ending.KeyId, ct), null, Input.LastDay!.Value, noticeWaived: false, Agreed.ClosingOffered);
        var party = ending.Of(_clientId, _keyId);
        party.Say(await vault.KeyAsync(_keyId, ct), Input.Reason);
        if (!string.IsNullOrWhiteSpace(Input.Reason)) await screen.RunAsync("ending_parties", party.Id, Input.Reason, Languages.Current, null, engagement.Id, _clientId, ct);
        await db.SaveChangesAsync(ct);
        return To(2);
    }

    /// <summary>Whether there is to be a session to say goodbye; may be said until the end.</summary>
    public async Task<IActionResult> OnPostClosingAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || Ending is not { State: EndingState.Draft or EndingState.UnderNotice } ending) return NotFound();
        this.JudgeOnly(nameof(Closing));
        if (ending.ClosingOffered && (Closing is not { } answer || answer == ClosingAnswer.Open || !Enum.IsDefined(answer))) ModelState.AddModelError("Closing", t["Closing.Missing"]);
        if (!ModelState.IsValid)
        {
            Step = 2;
            await ShowAsync(ct);
            return Page();
        }

        if (ending.ClosingOffered) ending.Of(_clientId, _keyId).Answer(Closing!.Value);
        await db.SaveChangesAsync(ct);
        if (ending.State == EndingState.Draft) return To(3);
        Done = "Closing.Done";
        return To(null);
    }

    public async Task<IActionResult> OnPostDecideAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || Ending is not { } ending) return NotFound();
        if (ending.State == EndingState.Draft && ending.ByClientId != _clientId) return NotFound();
        var outcome = ending.State == EndingState.Draft ? await decide.RunAsync(ending, ct) : DecideOutcome.Already;
        if (outcome == DecideOutcome.TooEarly) return To(1);
        Done = outcome == DecideOutcome.Done ? "Decide.Done.Client" : "Decide.Already.Client";
        return To(null);
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || Ending is not { State: EndingState.Draft } ending) return NotFound();
        db.Endings.Remove(ending);
        await db.SaveChangesAsync(ct);
        return LocalRedirect("/me");
    }

    public async Task<IActionResult> OnPostCallOffAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || Ending is not { } ending || ending.ByClientId != _clientId) return NotFound();
        if (await decide.CallOffAsync(ending, ct)) Done = "CallOff.Done.Client";
        return To(null);
    }

    private LocalRedirectResult To(int? step) => LocalRedirect($"/me/ending?for={Engagement!.Id}{(step is { } s ? $"&step={s}" : "")}");

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        var courses = await db.EngagementsAsClient().Include(e => e.Parties).OrderBy(e => e.EndedAt != null).ThenByDescending(e => e.EndsAt).ThenByDescending(e => e.StartedAt).ToListAsync(ct);
        var psychologists = courses.ConvertAll(e => e.PsychologistId);
        var names = await db.Memberships.Where(m => psychologists.Contains(m.UserId)).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        if (For is { } wanted && courses.TrueForAll(e => e.Id != wanted)) return false;
        Courses = courses.ConvertAll(e => (e.Id, names.GetValueOrDefault(e.PsychologistId, "")));
        if ((For is null ? courses.FirstOrDefault() : courses.Find(e => e.Id == For)) is not { } engagement) return true;
        Engagement = engagement;
        Psychologist = names.GetValueOrDefault(engagement.PsychologistId, "");
        var parties = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var me = await db.OwnClient().Where(c => parties.Contains(c.Id)).Select(c => new { c.Id, c.KeyId }).FirstAsync(ct);
        (_clientId, _keyId) = (me.Id, me.KeyId);
        Ending = (await db.EndingsAsClient().Include(e => e.Parties).Where(e => e.EngagementId == engagement.Id && e.State != EndingState.CalledOff).ToListAsync(ct)).OrderByDescending(e => e.IsDecided).FirstOrDefault();
        Agreed = await terms.OfAsync(engagement.Id, ct);
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        (Today, Slug) = (words.Today(practice.Zone), practice.Slug);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        if (Ending is { } ending) View = await show.RunAsync(Engagement!, ending, _clientId, ct);
        if (await db.OpenDangerAsync(Engagement!, _clientId, ct) is var danger && danger != Requests.Danger.None)
            Danger = await DangerShown.ReadAsync(db, danger, clock.GetUtcNow().UtcDateTime, ct);
    }
}
