using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Caseload;

/// <summary>The words of one kind of message in one language: the practice's own or the built-in ones. What could not be sent cannot be saved.</summary>
[Access(Role.Admin)]
public sealed class WordingModel(PracticeDb db, Audit audit, PublicAddress address, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int GoodParts = 2;

    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    /// <summary>What is shown is what was typed, and nothing of it is saved.</summary>
    public bool Looked { get; private set; }
    public NoticeKind Kind { get; private set; } = null!;
    public string InLanguage { get; private set; } = "en";
    public Channel By { get; private set; }
    public DateTime? FailedAt { get; private set; }
    public IReadOnlyList<string> Needed => Kind.Needed(By);
    public IReadOnlyList<Preview> Previews { get; private set; } = [];
    /// <summary>Nothing that would keep it from being saved.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];
    public string Look => $"/settings/notices/{Kind.Name}?by={By}&language={InLanguage}&handler=Look#preview";

    private List<NoticeWording> _own = [];
    private Practice _practice = null!;

    /// <param name="Body">Null: what is typed cannot be put together yet.</param>
    public sealed record Preview(string Language, bool Own, string Subject, string? Body);

    public sealed class InputModel
    {
        public string? Subject { get; set; }
        public string? Body { get; set; }
        /// <summary>When the words that were shown were last changed; 0 for the built-in ones.</summary>
        public long Stamp { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(string kind, string? by, string? language, CancellationToken ct)
    {
        if (!await FindAsync(kind, by, language, ct)) return NotFound();
        var (subject, body) = Stored(InLanguage);
        Input = new() { Subject = subject, Body = body, Stamp = Own(InLanguage)?.ChangedAt.Ticks ?? 0 };
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostLookAsync(string kind, string? by, string? language, CancellationToken ct)
    {
        if (!await FindAsync(kind, by, language, ct)) return NotFound();
        await CheckAsync(ct);
        Show();
        Looked = true;
        return Request.Headers.XRequestedWith == "fetch" ? Partial("_WordingPreview", this) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string kind, string? by, string? language, CancellationToken ct)
    {
        if (!await FindAsync(kind, by, language, ct)) return NotFound();
        await CheckAsync(ct);
        var own = await db.NoticeWordings.SingleOrDefaultAsync(w => w.Kind == Kind.Name && w.Language == InLanguage && w.Channel == By, ct);
        if (ModelState.IsValid && (own?.ChangedAt.Ticks ?? 0) != Input.Stamp) ModelState.AddModelError("Input.Body", t["Wording.Meanwhile"]);
        if (ModelState.IsValid)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (own is null) db.Add(own = new NoticeWording(db.Current.PracticeId, Kind.Name, InLanguage, By, Subject, Body, db.Current.UserId, now));
            else own.Write(Subject, Body, db.Current.UserId, now);
            _practice.ChangeWordings(now);
            audit.Record("notice-wording.changed", "notice-wording", own.Id);
            if (await SaveAsync(ct)) return Again("Wording.Saved");
        }
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostBuiltInAsync(string kind, string? by, string? language, CancellationToken ct)
    {
        if (!await FindAsync(kind, by, language, ct)) return NotFound();
        if (await db.NoticeWordings.SingleOrDefaultAsync(w => w.Kind == Kind.Name && w.Language == InLanguage && w.Channel == By, ct) is { } own)
        {
            db.Remove(own);
            _practice.ChangeWordings(clock.GetUtcNow().UtcDateTime);
            audit.Record("notice-wording.removed", "notice-wording", own.Id);
            await db.SaveChangesAsync(ct);
        }
        return Again("Wording.BuiltInAgain");
    }

    public string NameOf(string kind) => NoticeNames.Of(t, kind);
    public string Meaning(string placeholder) => t[$"Placeholder.{placeholder}"] is { ResourceNotFound: false } meaning ? meaning.Value : "";
    public bool HasOwn(Channel by, string language) => _own.Exists(w => w.Channel == by && w.Language == language);

    private string Subject => (Input.Subject ?? "").Trim();
    private string Body => (Input.Body ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();

    private async Task<bool> FindAsync(string kind, string? by, string? language, CancellationToken ct)
    {
        if (NoticeKinds.Find(kind) is not { } found || !found.Editable.Any()) return false;
        Kind = found;
        By = Enum.TryParse<Channel>(by, out var channel) && found.Editable.Contains(channel) ? channel : found.Editable.First();
        // A version that nobody can read is none that is still current.
        ModelState.Remove("Input.Stamp");
        _practice = await db.Practices.SingleAsync(ct);
        InLanguage = Languages.IsSupported(language) ? language! : _practice.Language;
        _own = await db.NoticeWordings.AsNoTracking().Where(w => w.Kind == kind).ToListAsync(ct);
        FailedAt = Own(InLanguage)?.FailedAt;
        return true;
    }

    private NoticeWording? Own(string language) => _own.Find(w => w.Channel == By && w.Language == language);

    private (string Subject, string Body) Stored(string language) => Own(language) is { } own ? (own.Subject, own.Body) : BuiltIn(language);

    private (string Subject, string Body) BuiltIn(string language)
    {
        var culture = Languages.Culture(language);
        return By == Channel.Mail ? (NoticeText.Written(Kind.Name, "Subject", culture), NoticeText.Written(Kind.Name, "Body", culture)) : ("", NoticeText.Written(Kind.Name, "Short", culture));
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        var kinds = await db.SessionKinds.Select(k => k.Name).ToListAsync(ct);
        foreach (var problems in CheckWording.Of(Kind, By, Subject, Body, kinds.SelectMany(k => Languages.All.Select(l => k.In(l.Code)))).GroupBy(p => p.InSubject))
            ModelState.AddModelError(problems.Key ? "Input.Subject" : "Input.Body", string.Join(" ", problems.Select(p => t[$"Wording.Fault.{p.Fault}", p.What].Value)));
    }

    private async Task<bool> SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } })
        {
            ModelState.AddModelError("Input.Body", t["Wording.Meanwhile"]);
            return false;
        }
    }

    private RedirectToPageResult Again(string done)
    {
        Done = t[done];
        return RedirectToPage(new { kind = Kind.Name, by = By, language = InLanguage });
    }

    private void Show()
    {
        Previews = [.. Languages.All.OrderByDescending(l => l.Code == InLanguage).Select(l => PreviewIn(l.Code))];
        var warnings = new List<string>();
        if (By == Channel.Text && Previews[0].Body is { } text && TextLength.Of(text) is var length)
        {
            if (length.Parts > GoodParts) warnings.Add(t["Wording.TooManyParts", length.Parts]);
            if (!length.IsGsm && InLanguage != "ru") warnings.Add(t["Wording.NotGsm"]);
        }
        if (Kind.Placeholders(By).Contains("terms") && By == Channel.Mail && !NoticeText.PlaceholdersOf(Body).Contains("terms")) warnings.Add(t["Wording.NoTerms"]);
        if (Kind.Placeholders(By).Contains("when") && !NoticeText.PlaceholdersOf(Subject + Body).Contains("when")) warnings.Add(t["Wording.NoWhen"]);
        Warnings = warnings;
    }

    private Preview PreviewIn(string language)
    {
        var here = language == InLanguage;
        var (subject, body) = here ? (Subject, Body) : Stored(language);
        var own = here ? (subject, body) != BuiltIn(language) : Own(language) is not null;
        try
        {
            var values = Examples(language);
            var shown = NoticeText.Fill(body, values);
            if (By == Channel.Mail && Kind.IsReminder) shown += "\n\n" + NoticeText.Part("reminders.stop", Languages.Culture(language)).Replace("{stop}", $"{address.Value}/stop/…", StringComparison.Ordinal);
            return new Preview(language, own, NoticeText.Fill(subject, values), shown);
        }
        catch (InvalidOperationException)
        {
            return new Preview(language, own, "", null);
        }
    }

    /// <summary>Values that look like those of a real message, in the language of the reader.</summary>
    private Dictionary<string, string> Examples(string language) => Languages.In(language, () =>
    {
        var culture = Languages.Culture(language);
        var zone = _practice.Zone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, zone));
        string At(int days, int hour) => LocalMoment.Of(TimeZoneInfo.ConvertTimeToUtc(today.AddDays(days).ToDateTime(new TimeOnly(hour, 0)), zone), zone, culture);
        var known = new Dictionary<string, string>
        {
            ["practice"] = _practice.SenderName, ["when"] = At(3, 10), ["before"] = At(2, 14), ["until"] = At(2, 10), ["by"] = At(1, 12),
            ["link"] = $"{address.Value}/a/…", ["address"] = $"{address.Value}/me", ["board"] = $"{address.Value}/board", ["flag"] = $"{address.Value}/flags",
            ["dates"] = $"– {At(3, 10)}\n– {At(10, 10)}", ["count"] = 3.ToString(CultureInfo.InvariantCulture),
            ["terms"] = NoticeText.Part("reminders.free-until", culture).Replace("{until}", At(2, 10), StringComparison.Ordinal), ["prepayment"] = "",
        };
        return Kind.Placeholders(By).ToDictionary(p => p, p => known.TryGetValue(p, out var value) ? value : t[$"Example.{p}"] is { ResourceNotFound: false } example ? example.Value : "…");
    });
}
