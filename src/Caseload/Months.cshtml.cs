using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>The psychologist's own accepted requests, month by month: the waves of themes, and each request in its month.</summary>
[Access(Role.Psychologist)]
public sealed class MonthsModel(PracticeDb db, ReadCaseload read, Vault vault, Audit audit, IStringLocalizer<Practices.Texts> practices) : PageModel
{
    public CaseloadView View { get; private set; } = null!;
    public Figure Themes { get; private set; } = null!;
    public IReadOnlyList<Month> Months { get; private set; } = [];

    public sealed record Month(DateOnly Start, IReadOnlyList<Line> Lines);
    public sealed record Line(Guid Id, string Client, string Words, string Theme, RequestState State);

    public async Task<IActionResult> OnGetAsync([FromQuery] string? months, CancellationToken ct)
    {
        if (await read.RunAsync(months, db.Current.UserId.ToString(), ct) is not { } view) return NotFound();
        View = view;
        Themes = view.Figures.Themes();
        var zone = (await db.Practices.AsNoTracking().SingleAsync(ct)).Zone;
        var from = TimeZoneInfo.ConvertTimeToUtc(view.Period.From.ToDateTime(TimeOnly.MinValue), zone);
        var requests = await db.OwnRequests().AsNoTracking().Include(r => r.Formulations).Where(r => r.AcceptedAt >= from).OrderByDescending(r => r.AcceptedAt).ToListAsync(ct);
        var engagements = requests.Select(r => r.EngagementId).Distinct().ToList();
        var clients = (await db.Engagements.Where(e => engagements.Contains(e.Id)).SelectMany(e => e.Parties, (e, p) => new { e.Id, p.ClientId })
            .Join(db.Clients, x => x.ClientId, c => c.Id, (x, c) => new { x.Id, c.Name }).ToListAsync(ct)).ToLookup(x => x.Id, x => x.Name);
        var names = (await db.Themes.AsNoTracking().ToListAsync(ct)).ToDictionary(t => t.Id, t => practices.NameOf(t));
        var lines = new List<(DateOnly Month, Line Line)>();
        foreach (var r in requests)
        {
            var key = await vault.KeyAsync(r.KeyId, ct);
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(r.AcceptedAt!.Value, zone));
            lines.Add((Grain.Month.StartOf(day), new Line(r.Id, string.Join(", ", clients[r.EngagementId]), r.Open(key, r.Title, "title") ?? r.Current?.Read(key) ?? "",
                r.ThemeId is { } theme ? names.GetValueOrDefault(theme, "") : "", r.State)));
        }
        Months = [.. lines.GroupBy(l => l.Month).Select(g => new Month(g.Key, [.. g.Select(l => l.Line)]))];
        audit.Record("requests.listed", "request", null);
        return Page();
    }
}
