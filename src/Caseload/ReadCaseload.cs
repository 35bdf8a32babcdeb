using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>A psychologist whose caseload an admin may look at.</summary>
public sealed record Colleague(Guid Id, string Name);

/// <summary>What was asked for and what came of it.</summary>
/// <param name="Whose">The psychologist looked at; null for the whole practice.</param>
/// <param name="Psychologists">Whom else one may look at; none for psychologists.</param>
public sealed record CaseloadView(Period Period, Look Look, Guid? Whose, IReadOnlyList<Colleague> Psychologists, CaseloadFigures Figures);

/// <summary>Reads a caseload for whoever is signed in: the practice, suppressed, for admins; the own one, plain, for psychologists.</summary>
public sealed class ReadCaseload(
    PracticeDb db, Current current, TimeProvider clock, IStringLocalizer<Texts> t, IStringLocalizer<Practices.Texts> practices, Words words)
{
    /// <param name="months">As typed in the address; what cannot be read is the usual period.</param>
    /// <param name="psychologist">As typed in the address; empty for the practice, or for oneself.</param>
    /// <returns>Null for somebody who is not a psychologist of this practice, or not oneself.</returns>
    public async Task<CaseloadView?> RunAsync(string? months, string? psychologist, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, practice.Zone));
        var period = Period.Read(months, today);
        var colleagues = await ColleaguesAsync(ct);
        if (Choose(psychologist, colleagues) is not { } chosen) return null;

        // Always from the first column of the longest period on: what is hidden must not depend on the period that is shown.
        var since = Grain.Year.StartOf(Period.Last(Period.Choices[^1], today).From).ToDateTime(TimeOnly.MinValue);
        var scope = new Scope(TimeZoneInfo.ConvertTimeToUtc(since, practice.Zone), practice.TimeZone, chosen.Look == Look.Own ? chosen.Whose : null);
        var rows = new CaseloadRows(
            await db.ThemesAsync(scope, ct), await db.AttendanceAsync(scope, ct), await db.SessionsAsync(scope, ct),
            await db.TurnsAsync(scope, ct), await db.InWorkAsync(scope, now, ct), await db.EnquiriesAsync(scope, ct));
        var names = (await db.Themes.AsNoTracking().ToListAsync(ct)).ToDictionary(theme => theme.Id, theme => practices.NameOf(theme));
        var data = rows.For(chosen.Look, chosen.Whose ?? Guid.Empty, period, practice.Zone);
        return new(period, chosen.Look, chosen.Whose, colleagues, new CaseloadFigures(data, names, t, words));
    }

    /// <summary>Whoever has or had an engagement: those who left keep their history.</summary>
    private async Task<List<Colleague>> ColleaguesAsync(CancellationToken ct)
    {
        if (!current.Is(Role.Admin)) return [];
        var all = await db.Memberships.AsNoTracking().Where(m => db.Engagements.Any(e => e.PsychologistId == m.UserId)).Select(m => new Colleague(m.UserId, m.Name)).ToListAsync(ct);
        return [.. all.OrderBy(c => c.Name, StringComparer.CurrentCulture)];
    }

    private (Look Look, Guid? Whose)? Choose(string? asked, List<Colleague> colleagues)
    {
        if (string.IsNullOrEmpty(asked)) return current.Is(Role.Admin) ? (Look.Practice, null) : (Look.Own, current.UserId);
        if (!Guid.TryParse(asked, out var id)) return null;
        if (id == current.UserId && current.Is(Role.Psychologist)) return (Look.Own, id);
        return colleagues.Exists(c => c.Id == id) ? (Look.Colleague, id) : null;
    }
}
