using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Caseload;

/// <summary>Every message the practice sends: failed ones first, with their error and send again. Never what they say.</summary>
[Access(Role.Admin)]
public sealed class NoticesModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    public const int PageSize = 50;

    /// <summary>The tabs: failed, late (due and not yet gone), waiting (due later), sent, withdrawn.</summary>
    public static readonly IReadOnlyList<string> Tabs = ["failed", "late", "waiting", "sent", "withdrawn"];

    public sealed record Line(Guid Id, string Kind, Channel Channel, string Recipient, string? Client, DateTime DueAt, DateTime? SentAt, int Attempts, string? Error);

    /// <param name="Address">What does not take messages.</param>
    public sealed record NotReached(Guid ClientId, string Name, string? Address, DateTime Since, bool Stopped);

    [FromQuery(Name = "show")] public string? Show { get; set; }
    [FromQuery(Name = "q")] public string? Search { get; set; }
    [FromQuery(Name = "kind")] public string? Kind { get; set; }
    [FromQuery(Name = "p")] public int Number { get; set; } = 1;
    [TempData] public string? Done { get; set; }

    public string Tab => Tabs.Contains(Show) ? Show! : Counts["failed"] > 0 ? "failed" : "waiting";
    public Dictionary<string, int> Counts { get; private set; } = Tabs.ToDictionary(tab => tab, _ => 0);
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public bool HasMore { get; private set; }
    /// <summary>Kinds that were ever sent or written here, by their name.</summary>
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];
    /// <summary>Clients whose address or phone does not take messages.</summary>
    public IReadOnlyList<NotReached> Unreached { get; private set; } = [];
    public bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || !string.IsNullOrEmpty(Kind);

    /// <summary>No mail goes out at the moment.</summary>
    public MailOutage? Outage { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        // A number in the address that cannot be read is the first page.
        ModelState.Clear();
        if (Kind is { Length: > 60 }) Kind = null;
        Number = Math.Clamp(Number, 1, 1000);
        var now = clock.GetUtcNow().UtcDateTime;
        Outage = await MailOutage.OfAsync(db, now, ct);
        foreach (var group in await db.Notices.GroupBy(n => new { n.State, Later = n.DueAt > now }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct))
            Counts[TabOf(group.Key.State, group.Key.Later)] += group.Count;

        Kinds = [.. (await db.Notices.Select(n => n.Kind).Distinct().ToListAsync(ct)).Select(k => new SelectListItem(NameOf(k), k, k == Kind)).OrderBy(i => i.Text, StringComparer.CurrentCulture)];
        Unreached = await UnreachedAsync(ct);
        var found = Searched(In(Tab, now));
        if (!string.IsNullOrEmpty(Kind)) found = found.Where(n => n.Kind == Kind);
        var ordered = Tab is "late" or "waiting" ? found.OrderBy(n => n.DueAt) : found.OrderByDescending(n => n.SentAt ?? n.DueAt);
        var rows = await ordered.Skip((Number - 1) * PageSize).Take(PageSize + 1)
            .Select(n => new Line(n.Id, n.Kind, n.Channel, n.Recipient, db.Clients.Where(c => c.Id == n.ClientId).Select(c => c.Name).FirstOrDefault(), n.DueAt, n.SentAt, n.Attempts, n.Error))
            .ToListAsync(ct);
        HasMore = rows.Count > PageSize;
        Lines = [.. rows.Take(PageSize)];
    }

    /// <param name="id">The one whose own button was pressed; otherwise those that were chosen.</param>
    public async Task<IActionResult> OnPostAsync(Guid? id, Guid[] ids, CancellationToken ct)
    {
        Guid[] chosen = id is { } one ? [one] : [.. ids.Distinct().Take(PageSize)];
        var notices = await db.Notices.Where(n => chosen.Contains(n.Id)).ToListAsync(ct);
        if (notices.Count < chosen.Length) return NotFound();
        var (now, sent) = (clock.GetUtcNow().UtcDateTime, 0);
        // Pressed twice, it is sent once.
        foreach (var notice in notices.Where(n => n.State == NoticeState.Failed))
        {
            notice.SendAgain(now);
            audit.Record("notice.sent-again", "notice", notice.Id, notice.ClientId);
            sent++;
        }
        var clients = notices.Select(n => n.ClientId).OfType<Guid>().ToList();
        foreach (var client in await db.Clients.Where(c => clients.Contains(c.Id) && (c.MailFailsSince != null || c.TextFailsSince != null)).ToListAsync(ct)) client.TryAgain();
        await db.SaveChangesAsync(ct);
        Done = chosen.Length == 0 ? t["Notices.NoneChosen"] : chosen.Length == 1 || sent <= 1 ? t["Notices.SentAgain"] : t.Plural("Notices.SentAgainMany", sent);
        return RedirectToPage(new { show = Show, q = Search, kind = Kind });
    }

    private async Task<List<NotReached>> UnreachedAsync(CancellationToken ct) => (await db.Clients.AsNoTracking()
            .Where(c => c.MailFailsSince != null || c.TextFailsSince != null || c.TextStoppedAt != null).OrderBy(c => c.NormalizedName).Take(PageSize).ToListAsync(ct))
        .ConvertAll(c => c.MailFailsSince is { } mail ? new NotReached(c.Id, c.Name, c.Email, mail, false)
            : c.TextFailsSince is { } text ? new NotReached(c.Id, c.Name, c.Phone, text, false) : new NotReached(c.Id, c.Name, c.Phone, c.TextStoppedAt!.Value, true));

    public string NameOf(string kind) => NoticeNames.Of(t, kind);

    /// <summary>Why it was withdrawn, in words; null for an error, which is shown as it came.</summary>
    public string? ReasonOf(string error) => t[$"Notices.Why.{error}"] is { ResourceNotFound: false } reason ? reason.Value : null;

    private static string TabOf(NoticeState state, bool later) => state switch
    {
        NoticeState.Sent => "sent",
        NoticeState.Failed => "failed",
        NoticeState.Withdrawn => "withdrawn",
        _ => later ? "waiting" : "late",
    };

    private IQueryable<Notice> In(string tab, DateTime now) => tab switch
    {
        "sent" => db.Notices.Where(n => n.State == NoticeState.Sent),
        "failed" => db.Notices.Where(n => n.State == NoticeState.Failed),
        "withdrawn" => db.Notices.Where(n => n.State == NoticeState.Withdrawn),
        "late" => db.Notices.Where(n => n.State == NoticeState.Due && n.DueAt <= now),
        _ => db.Notices.Where(n => n.State == NoticeState.Due && n.DueAt > now),
    };

    private IQueryable<Notice> Searched(IQueryable<Notice> notices)
    {
        var typed = Search?.Trim() ?? "";
        if (typed.Length is 0 or > 254) return notices;
        var (address, clients) = (Prefix(typed), db.Clients.FindBy(typed));
        return notices.Where(n => EF.Functions.ILike(n.Recipient, address) || clients.Any(c => c.Id == n.ClientId));
    }

    private static string Prefix(string typed) => typed.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
