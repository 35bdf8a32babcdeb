using PracticeApp.Booking;

namespace PracticeApp.Caseload;

/// <summary>Whose caseload is looked at, and by whom.</summary>
public enum Look
{
    /// <summary>A psychologist looks at the own clients: plain counts.</summary>
    Own,
    /// <summary>An admin looks at the whole practice.</summary>
    Practice,
    /// <summary>An admin looks at one psychologist.</summary>
    Colleague,
}

/// <summary>Every figure of a caseload as it may be shown to whoever looks.</summary>
/// <param name="ThemeGrain">Months, or longer where months are too thin to be told; so are the other two.</param>
/// <param name="InWork">Clients in work now; null where it may not be told.</param>
/// <param name="Heat">Enquiries by weekday (Monday first) and hour over all that is known, not the period; null where not told. Empty but for the practice.</param>
public sealed record CaseloadData(
    Look Look, Period Period, Grain ThemeGrain, Grain TurnGrain, Grain WaitGrain, int? InWork,
    IReadOnlyList<Column<Guid>> Themes, IReadOnlyList<Column<AttendanceKind>> Attendance, IReadOnlyList<Column<bool>> Weeks,
    IReadOnlyList<Column<Turn>> Turns, IReadOnlyList<Wait> Answers, IReadOnlyList<Wait> FirstSessions, IReadOnlyList<IReadOnlyList<int?>> Heat)
{
    public IReadOnlyList<DateOnly> WaitColumns => Period.Columns(WaitGrain);

    /// <summary>Whether anything on the page is left out for people's sake.</summary>
    public bool Hides => Look != Look.Own;

    public int Sum(AttendanceKind kind) => Attendance.Sum(c => c[kind] ?? 0);
}

/// <summary>What the database holds, before anything is hidden; see <see cref="CaseloadQueries"/>.</summary>
internal sealed record CaseloadRows(
    List<Entry<Guid>> Themes, List<Entry<AttendanceKind>> Attendance, List<Entry<bool>> Sessions,
    List<Entry<Turn>> Turns, List<Entry<bool>> InWork, List<CaseloadQueries.EnquiryTimes> Enquiries)
{
    /// <param name="whose">The psychologist who is looked at; ignored for the whole practice.</param>
    public CaseloadData For(Look look, Guid whose, Period period, TimeZoneInfo zone)
    {
        IReadOnlyList<Column<T>> Told<T>(IEnumerable<Entry<T>> entries) where T : notnull => look switch
        {
            Look.Own => Statistics.Count(entries),
            Look.Practice => Suppression.ForPractice(entries),
            _ => Suppression.ForPsychologist(entries, whose),
        };
        var waits = Enquiries.Select(e => e.Answer).OfType<Wait>().ToList();
        var themeGrain = look == Look.Own ? Grain.Month : Grains.Finest(Themes);
        var turnGrain = look == Look.Own ? Grain.Month : Grains.Finest(Turns);
        var waitGrain = look == Look.Own ? Grain.Month : Grains.Finest(waits.ConvertAll(w => new Entry<bool>(w.Column, true, w.Psychologist, w.Enquiry, 1)));

        List<Wait> Waits(IEnumerable<Wait> all)
        {
            var columns = all.Select(w => w with { Column = waitGrain.StartOf(w.Column) }).ToList();
            var told = look == Look.Own ? columns : Spread.Suppressed(columns, look == Look.Practice ? null : whose);
            var shown = period.Columns(waitGrain).ToHashSet();
            return [.. told.Where(w => shown.Contains(w.Column))];
        }

        return new(look, period, themeGrain, turnGrain, waitGrain,
            Told(InWork) is [var now] ? now[true] : 0,
            Told(Grains.At(themeGrain, Themes)).Over(period.Columns(themeGrain)),
            Told(Attendance).Over(period.Columns(Grain.Month)),
            Told(Sessions).Over(period.Columns(Grain.Week)),
            // Beginnings less endings are what the number in work changed by: one told without the other would tell both.
            [.. Told(Grains.At(turnGrain, Turns)).Select(c => c.Hides ? new Column<Turn>(c.Start, new Dictionary<Turn, int>(), 0, true) : c).Over(period.Columns(turnGrain))],
            Waits(waits), Waits(Enquiries.Select(e => e.FirstSession).OfType<Wait>()),
            look == Look.Practice ? ByWeekdayAndHour(zone) : []);
    }

    private int?[][] ByWeekdayAndHour(TimeZoneInfo zone)
    {
        var counts = new int?[7][];
        for (var d = 0; d < 7; d++) counts[d] = new int?[24];
        foreach (var cell in Enquiries.Select(e => TimeZoneInfo.ConvertTimeFromUtc(e.ReceivedAt, zone)).GroupBy(at => (Day: ((int)at.DayOfWeek + 6) % 7, at.Hour)))
            counts[cell.Key.Day][cell.Key.Hour] = cell.Count() < Suppression.Fewest ? null : cell.Count();
        return counts;
    }
}
