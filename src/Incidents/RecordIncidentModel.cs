using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Incidents;

/// <summary>The form of both sides: which term, what was done or not done, when, what followed.</summary>
public abstract class RecordIncidentModel(
    PracticeDb db, WriteIncident write, ReadAgreement read, Words words, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int SessionDays = 120;

    [BindProperty] public IncidentInput Input { get; set; } = new();
    [TempData(Key = "Danger")] public int Danger { get; set; }

    protected PracticeDb Db { get; } = db;
    public abstract Side By { get; }
    /// <summary>Who did not keep the term.</summary>
    public Side About { get; protected set; }
    public Guid ClientId { get; protected set; }
    /// <summary>The other one, by name.</summary>
    public string Other { get; protected set; } = "";
    public IReadOnlyList<SelectListItem> Terms { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Sessions { get; private set; } = [];
    /// <summary>Wording that is pointed out before it is kept.</summary>
    public WordingPrompt? Behaviour { get; private set; }
    public WordingPrompt? Followed { get; private set; }
    public DateOnly Today => words.Today();
    private List<Agreement> _agreements = [];

    /// <summary>Finds whom it concerns; false for what is not the user's.</summary>
    protected abstract Task<bool> FindAsync(CancellationToken ct);
    /// <summary>The courses of work of these two.</summary>
    protected abstract IQueryable<Engagement> Engagements { get; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Input = new IncidentInput { On = Today, FormToken = Ids.New() };
        return Page();
    }

    /// <summary>Looks at words while they are typed; keeps nothing.</summary>
    public async Task<IActionResult> OnPostLookAsync(string? part, CancellationToken ct)
    {
        if (!await FindAsync(ct)) return NotFound();
        return Partial("/src/Incidents/_Prompt.cshtml", WordingPrompt.Of(part == "followed" ? Input.Followed : Input.Behaviour));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        // A token that nobody can read is none that was sent before.
        if (ModelState.Remove("Input.FormToken") && Input.FormToken == default) Input.FormToken = Ids.New();
        var chosen = Chosen();
        var at = Check(chosen?.Agreement);
        if (!ModelState.IsValid) return Page();
        var all = WordingPrompt.Of(Input.Behaviour, Input.Followed);
        if (!all.WasSeen(Input.Seen))
        {
            (Behaviour, Followed) = (WordingPrompt.Of(Input.Behaviour), WordingPrompt.Of(Input.Followed));
            ModelState.Remove("Input.Seen");
            Input.Seen = all.Seen;
            return Page();
        }

        var (incident, danger) = await write.RunAsync(chosen!.Value.Agreement, chosen.Value.Term, ClientId, By, About, Input, at, ct);
        Danger = (int)danger;
        return LocalRedirect(IncidentAccess.Address(incident.Id));
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct)) return false;
        _agreements = await Db.AgreementsOnceInForceAsync(Engagements, ct);
        var terms = new List<SelectListItem>();
        foreach (var agreement in _agreements)
        {
            var text = (await read.WordsAsync(agreement, ct)).Text;
            SelectListGroup Group(string key) => new() { Name = _agreements.Count == 1 ? t[key] : $"{t[key].Value} · {t["Version", agreement.Number, words.Date(agreement.InForceAt!.Value)].Value}" };
            var (clauses, promises) = (Group("Group.Clauses"), Group("Group.Promises"));
            terms.AddRange(text.Responsibilities.Where(r => r.Bearer == Bearer.Both || (r.Bearer == Bearer.Client) == (About == Side.Client))
                .Select(r => new SelectListItem { Text = r.Text, Value = $"{agreement.Id:N}.p{r.Number}", Group = promises }));
            terms.AddRange(text.Clauses.Select(c => new SelectListItem { Text = $"{c.Number}. {c.Heading}", Value = $"{agreement.Id:N}.c{c.Number}", Group = clauses }));
        }

        Terms = terms;
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now.AddDays(-SessionDays);
        Sessions = [.. (await Db.Appointments.AsNoTracking()
            .Where(a => Engagements.Any(e => e.Id == a.EngagementId) && a.Participants.Any(p => p.ClientId == ClientId) && a.StartsAt >= since
                && (a.State == AppointmentState.Cancelled || (a.State == AppointmentState.Booked && (a.StartsAt <= now || Db.AppointmentMoves.Any(m => m.AppointmentId == a.Id)))))
            .OrderByDescending(a => a.StartsAt).Select(a => new { a.Id, a.StartsAt, a.State }).Take(40).ToListAsync(ct))
            .Select(a => new SelectListItem(a.State == AppointmentState.Cancelled ? t["Session.Cancelled", words.Moment(a.StartsAt)] : words.Moment(a.StartsAt), a.Id.ToString()))];
        return true;
    }

    private (Agreement Agreement, TermChosen Term)? Chosen()
    {
        if (Terms.FirstOrDefault(x => x.Value == Input.Term) is not { } item) return null;
        var (agreement, term) = (Guid.ParseExact(item.Value[..32], "N"), item.Value[33..]);
        var number = int.Parse(term[1..], CultureInfo.InvariantCulture);
        return (_agreements.Single(a => a.Id == agreement), term[0] == 'c' ? new TermChosen(number, null) : new TermChosen(null, number));
    }

    /// <returns>When it happened; without an hour, noon of that day where the reader is, or now.</returns>
    private DateTime Check(Agreement? agreement)
    {
        if (Input.Term is { Length: > 0 } && agreement is null) ModelState.AddModelError("Input.Term", t["Term.Missing"]);
        if (Input.Session is { } session && Sessions.All(s => s.Value != session.ToString())) ModelState.AddModelError("Input.Session", t["Session.Unknown"]);
        if (!Enum.IsDefined(Input.Breach)) ModelState.AddModelError("Input.Breach", t["Breach.Unknown"]);
        if (About == Side.Psychologist && Input.Breach != Breach.Other && Input.Session is null) ModelState.AddModelError("Input.Session", t["Session.Missing"]);
        if (About == Side.Psychologist && Input is { Breach: Breach.Late, LateMinutes: null }) ModelState.AddModelError("Input.LateMinutes", t["Minutes.Missing"]);
        if (Input.On is not { } on) return default;
        var now = clock.GetUtcNow().UtcDateTime;
        var local = on.ToDateTime(Input.At ?? new TimeOnly(12, 0));
        if (on < Today.AddYears(-10) || on > Today)
        {
            ModelState.AddModelError("Input.On", t["On.Range"]);
            return default;
        }

        var at = TimeZoneInfo.ConvertTimeToUtc(words.Zone.IsInvalidTime(local) ? local.AddHours(1) : local, words.Zone);
        if (at > now && Input.At is not null) ModelState.AddModelError("Input.At", t["On.Range"]);
        // Of a day alone, any moment of it will do.
        var (from, until) = Input.At is null ? (at.AddHours(-12), at.AddHours(12)) : (at, at);
        if (agreement is not null && !(agreement.InForceAt <= until && !(agreement.EndedAt <= from)))
        {
            var then = _agreements.Find(a => a.EngagementId == agreement.EngagementId && a.WasInForceAt(at));
            ModelState.AddModelError("Input.Term", then is null ? t["Term.NoneThen"] : t["Term.OtherThen", then.Number]);
        }

        return at > now ? now : at;
    }
}
