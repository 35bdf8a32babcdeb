using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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

    [FromQuery(Name = "show")] public string? Show { get; set; }
    [FromQuery(Name = "q")] public string? Search { get; set; }
    [FromQuery(Name = "p")] public int Number { get; set; } = 1;
    [TempData] public string? Done { get; set; }

    public string Tab => Tabs.Contains(Show) ? Show! : Counts["failed"] > 0 ? "failed" : "waiting";
    public Dictionary<string, int> Counts { get; private set; } = Tabs.ToDictionary(tab => tab, _ => 0);
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        // A number in the address that cannot be read is the first page.
        ModelState.Clear();
        Number = Math.Clamp(Number, 1, 1000);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var group in await db.Notices.GroupBy(n => new { n.State, Later = n.DueAt > now }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct))
            Counts[TabOf(group.Key.State, group.Key.Later)] += group.Count;

        var found = Searched(In(Tab, now));
        var ordered = Tab is "late" or "waiting" ? found.OrderBy(n => n.DueAt) : found.OrderByDescending(n => n.SentAt ?? n.DueAt);
        var rows = await ordered.Skip((Number - 1) * PageSize).Take(PageSize + 1)
            .Select(n => new Line(n.Id, n.Kind, n.Channel, n.Recipient, db.Clients.Where(c => c.Id == n.ClientId).Select(c => c.Name).FirstOrDefault(), n.DueAt, n.SentAt, n.Attempts, n.Error))
            .ToListAsync(ct);
        HasMore = rows.Count > PageSize;
        Lines = [.. rows.Take(PageSize)];
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await db.Notices.SingleOrDefaultAsync(n => n.Id == id, ct) is not { } notice) return NotFound();
        // Pressed twice, it is sent once.
        if (notice.State == NoticeState.Failed)
        {
            notice.SendAgain(clock.GetUtcNow().UtcDateTime);
            audit.Record("notice.sent-again", "notice", notice.Id, notice.ClientId);
            await db.SaveChangesAsync(ct);
        }
        Done = t["Notices.SentAgain"];
        return RedirectToPage(new { show = Show, q = Search });
    }

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
