using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>Who did what to whose record, when and from where; never what stood in it. Psychologists see what concerns their own clients.</summary>
[Access(Role.Admin, Role.Psychologist)]
public sealed class AuditLogModel(PracticeDb db, Current current, TimeProvider clock, Words words, IStringLocalizer<Texts> t) : PageModel
{
    public const int PageSize = 100;

    public sealed record Line(DateTime At, Guid? UserId, string Act, string? Client, string? Address, string? Why);
    public sealed record Member(Guid Id, string Name);

    [FromQuery(Name = "who")] public Guid? Who { get; set; }
    [FromQuery(Name = "client")] public Guid? ClientId { get; set; }
    [FromQuery(Name = "from")] public DateOnly? From { get; set; }
    [FromQuery(Name = "to")] public DateOnly? To { get; set; }
    [FromQuery(Name = "p")] public int Number { get; set; } = 1;

    public bool IsAdmin => current.Is(Role.Admin);
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<Member> Members { get; private set; } = [];
    public string? ClientName { get; private set; }
    public bool HasMore { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        Number = Math.Clamp(Number, 1, 1000);
        var zone = words.Zone;
        var entries = Reachable();
        if (ClientId is { } client)
        {
            ClientName = await db.ReachableClients(clock.GetUtcNow().UtcDateTime).Where(c => c.Id == client).Select(c => c.Name).SingleOrDefaultAsync(ct);
            if (ClientName is null) return NotFound();
            entries = entries.Where(e => e.ClientId == client);
        }
        if (Who is { } who) entries = entries.Where(e => e.UserId == who);
        if (From is { } from) { var start = Utc(from, zone); entries = entries.Where(e => e.At >= start); }
        if (To is { } to && to < DateOnly.MaxValue) { var end = Utc(to.AddDays(1), zone); entries = entries.Where(e => e.At < end); }

        var rows = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip((Number - 1) * PageSize).Take(PageSize + 1)
            .Select(e => new Line(e.At, e.UserId, e.Act, db.Clients.Where(c => c.Id == e.ClientId).Select(c => c.Name).FirstOrDefault(), e.Address, e.Why)).ToListAsync(ct);
        HasMore = rows.Count > PageSize;
        Lines = [.. rows.Take(PageSize)];
        var users = Lines.Where(l => l.UserId is not null).Select(l => l.UserId!.Value).Distinct().ToList();
        Names = await db.Memberships.Where(m => users.Contains(m.UserId)).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        Members = [.. (await db.StaffMembers().AsNoTracking().ToListAsync(ct)).Select(m => new Member(m.UserId, m.Name)).OrderBy(m => m.Name, StringComparer.CurrentCulture)];
        return Page();
    }

    /// <summary>"protocol.read" in words; an act without words is shown as it is.</summary>
    public string NameOf(string act) => t[$"Act.{act}"] is { ResourceNotFound: false } name ? name : act;

    public string NameOf(Guid? user) => user is not { } id ? t["Audit.Nobody"] : Names.TryGetValue(id, out var name) ? name : t["Audit.Unknown"];

    public string Query(int page) => $"/audit?who={Who}&client={ClientId}&from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}&p={page}";

    private IQueryable<AuditEntry> Reachable()
    {
        var all = db.AuditEntries.AsNoTracking();
        if (IsAdmin) return all;
        var own = db.OwnEngagements();
        return all.Where(e => e.ClientId != null && own.Any(o => o.Parties.Any(p => p.ClientId == e.ClientId)));
    }

    private static DateTime Utc(DateOnly day, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), zone);
}
