using System.Globalization;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>Puts the numbers of a caseload into sentences, pictures and tables in the reader's language.</summary>
/// <param name="themes">Names by theme; retired ones too, their history stays.</param>
public sealed class CaseloadFigures(CaseloadData data, IReadOnlyDictionary<Guid, string> themes, IStringLocalizer<Texts> t, Words words)
{
    private static readonly AttendanceKind[] NotUsed =
        [AttendanceKind.CancelledLate, AttendanceKind.NoShow, AttendanceKind.Excused, AttendanceKind.CancelledInTime, AttendanceKind.CancelledByPsychologist, AttendanceKind.PsychologistAbsent];

    private static CultureInfo Culture => CultureInfo.CurrentCulture;
    private Spread? Answers { get; } = Spread.Of(data.Answers);
    private Spread? FirstSessions { get; } = Spread.Of(data.FirstSessions);

    /// <summary>Of a hundred settled places, how many were used; of months where that may be told.</summary>
    private int? Used
    {
        get
        {
            var told = data.Attendance.Where(c => c[AttendanceKind.Attended] is not null && c.Told > 0).ToList();
            var all = told.Sum(c => c.Told);
            return all == 0 ? null : (int)Math.Round(100d * told.Sum(c => c[AttendanceKind.Attended]!.Value) / all);
        }
    }

    private int Held => data.Weeks.Sum(w => w[true] ?? 0);
    private int TurnsOf(Turn turn) => data.Turns.Sum(c => c[turn] ?? 0);

    public bool IsEmpty => data.InWork is 0 && Held == 0 && data.Answers.Count == 0 && data.Themes.All(c => c.Told == 0 && !c.Hides);

    public IReadOnlyList<Headline> Headlines
    {
        get
        {
            var lines = new List<Headline>
            {
                new(t["InWork"], data.InWork is { } n ? Number(n) : t["Few"].Value,
                    t[data.Turns.Any(c => c.Hides) ? "InWork.AtLeast" : "InWork.Beside", TurnsOf(Turn.Began), TurnsOf(Turn.Ended)]),
                new(t["Sessions"], data.Weeks.Any(w => w.Hides) ? t["AtLeast", Number(Held)] : Number(Held), Used is { } used ? t["Sessions.Beside", used].Value : null),
            };
            if (Answers is { } a) lines.Add(new(t["Answered"], words.Length(a.Median), t["Answered.Beside", words.Length(a.Ninetieth)]));
            if (Answers?.WithinPromise is { } kept) lines.Add(new(t["Promise"], t["Promise.Value", Percent(kept)], t["Promise.Beside"]));
            if (FirstSessions is { } f) lines.Add(new(t["First"], Days(f.Median), t["First.Beside", Days(f.Ninetieth)]));
            return lines;
        }
    }

    public Figure Themes()
    {
        var starts = Starts(data.Themes);
        var sums = data.Themes.SelectMany(c => c.Cells).GroupBy(c => c.Key).Select(g => (Theme: g.Key, Sum: g.Sum(c => c.Value)))
            .OrderByDescending(s => s.Sum).ThenBy(s => Name(s.Theme), StringComparer.CurrentCulture).ToList();
        var series = sums.Select(s => new Series(Name(s.Theme), [.. data.Themes.Select(c => (double?)c[s.Theme])])).ToList();
        var rest = new Series(t["Themes.Rest"], [.. data.Themes.Select(c => Rest(c))]);
        var others = new Series(t["Themes.Rest"], [.. data.Themes.Select((c, i) => (double?)(c.Rest + series.Skip(6).Sum(s => s.Values[i] ?? 0)))]);

        var told = data.Themes.Sum(c => c.Told);
        var leads = sums.Count > 0 ? t["Themes.Leads", Name(sums[0].Theme), sums[0].Sum, told].Value : null;
        // A column that has only begun would close the whole stream.
        var drawn = starts.Count > 1 && data.Themes[^1].Told == 0 ? starts.Count - 1 : starts.Count;
        var labels = Labels(starts, data.ThemeGrain).Take(drawn).ToList();
        Series Cut(Series s) => s with { Values = [.. s.Values.Take(drawn)] };
        var lines = series.Concat(data.Hides && rest.Values.Any(v => v is > 0) ? [rest] : []).Select(s => Line(s.Name, s.Values, withSum: true)).ToList();
        return new("themes", t["Themes"], leads ?? (told == 0 && !data.Themes.Any(c => c.Hides) ? t["Themes.None"] : t["Themes.Hidden"]),
            told == 0 ? "" : drawn < 3 ? AsBars() : Waves.Draw(labels, [.. series.Take(6).Select(Cut)], others.Sum > 0 ? Cut(others) : null, t["Themes.Sentence", labels[0], labels[^1], leads ?? ""], t["Hidden"], Culture),
            Table(t["Theme"], starts, data.ThemeGrain, lines, withSum: true))
        { Caption = drawn < 3 ? t["Themes.Bars"] : t[data.ThemeGrain == Grain.Month ? "Themes.Caption" : "Themes.Longer", labels[^1]] };

        // Two columns are no stream.
        string AsBars() => Bars.Draw([.. series.Take(6).Append(others).Where(s => s.Sum > 0).Select(s => (s.Name, (double?)s.Sum))],
            t["Themes.Sentence", Label(starts[0], data.ThemeGrain), Label(starts[^1], data.ThemeGrain), leads ?? ""], t["Hidden"], Culture);
    }

    public Figure Attendance()
    {
        var starts = Starts(data.Attendance);
        var series = NotUsed.Where(k => data.Sum(k) > 0).Select(k => new Series(KindName(k), [.. data.Attendance.Select(c => (double?)c[k])])).ToList();
        if (data.Attendance.Any(c => c.Rest > 0)) series.Add(new(t["Attendance.Rest"], [.. data.Attendance.Select(c => Rest(c))]));
        var ends = series.Select(s => End(s)).ToList();
        var last = string.Join(", ", ends.Where(e => e.Length > 0));
        var lines = new[] { new Series(KindName(AttendanceKind.Attended), [.. data.Attendance.Select(c => (double?)c[AttendanceKind.Attended])]) }.Concat(series);
        var labels = Labels(starts, Grain.Month);
        return new("attendance", Used is { } used ? t["Attendance", used] : t["Attendance.None"], t["Attendance.Sub"],
            series.Count == 0 ? "" : Columns.Draw(labels, series, ends, t["Attendance.Sentence", labels[^1], last.Length > 0 ? last : t["Attendance.Nothing"]], Culture),
            Table(t["Kind"], starts, Grain.Month, [.. lines.Select(s => Line(s.Name, s.Values, withSum: true))], withSum: true));
    }

    public Figure Weeks()
    {
        var starts = Starts(data.Weeks);
        var counts = new Series(t["Weeks.Row"], [.. data.Weeks.Select(w => (double?)w[true])]);
        // The present week is not over: it would pull the average down.
        var average = counts.Values.SkipLast(1).Where(v => v is not null).DefaultIfEmpty(0).Average()!.Value;
        var shown = average.ToString("0.#", Culture);
        return new("weeks", t["Weeks"], t["Weeks.Sub", shown],
            Held == 0 ? "" : Columns.Draw([.. starts.Select(s => s.ToString("d MMM", Culture))], [counts], [], t["Weeks.Sentence", shown, counts.Values.Max() ?? 0], Culture),
            Table(t["Week"], starts, Grain.Week, [Line(counts.Name, counts.Values, withSum: true)], withSum: true));
    }

    public Figure Turns()
    {
        var starts = Starts(data.Turns);
        Series Of(Turn turn) => new(t[turn == Turn.Began ? "Turn.Began" : "Turn.Ended"], [.. data.Turns.Select(c => (double?)c[turn])]);
        Series[] series = [Of(Turn.Began), Of(Turn.Ended)];
        return new("turns", t["Turns"], t[data.TurnGrain == Grain.Month ? "Turns.Sub" : "Longer"],
            series.All(s => s.Sum == 0) ? "" : Columns.Draw(Labels(starts, data.TurnGrain), series,
                [.. series.Select(s => End(s))], t["Turns.Sentence", TurnsOf(Turn.Began), TurnsOf(Turn.Ended)], Culture, beside: true),
            Table(t["Turn"], starts, data.TurnGrain, [.. series.Select(s => Line(s.Name, s.Values, withSum: true))], withSum: true));
    }

    public Figure AnswerTimes() => WaitTimes("answers", data.Answers, Answers, TimeSpan.FromHours(1),
        Answers is { } s ? t["Answers", words.Length(s.Median)] : t["Answers.None"], t["Answers.Hours"],
        Answers is { } a ? t["Answers.Sentence", words.Length(a.Median), words.Length(a.Ninetieth)] : "");

    public Figure FirstSessionTimes() => WaitTimes("first-session", data.FirstSessions, FirstSessions, TimeSpan.FromDays(1),
        FirstSessions is { } s ? t["FirstSession", Days(s.Median)] : t["FirstSession.None"], t["FirstSession.Days"],
        FirstSessions is { } f ? t["FirstSession.Sentence", Days(f.Median), Days(f.Ninetieth)] : "");

    private Figure WaitTimes(string id, IReadOnlyList<Wait> waits, Spread? all, TimeSpan unit, string heading, string sub, string sentence)
    {
        var starts = data.WaitColumns;
        var spreads = starts.Select(s => Spread.Of(waits.Where(w => w.Column == s))).ToList();
        var lines = new List<DataTable.Line>
        {
            new(t["Wait.Half"], [.. spreads.Append(all).Select(s => s?.Median / unit)]),
            new(t["Wait.NineOfTen"], [.. spreads.Append(all).Select(s => s?.Ninetieth / unit)]),
            new(t["Wait.Count"], [.. spreads.Append(all).Select(s => (double?)s?.Count)]),
        };
        if (all?.WithinPromise is not null) lines.Add(new(t["Wait.Kept"], [.. spreads.Append(all).Select(s => s?.WithinPromise is { } share ? (double?)Percent(share) : null)]));
        var drawn = spreads.Select(s => s is null ? ((double, double)?)null : (s.Median / unit, s.Ninetieth / unit)).ToList();
        return new(id, heading, sub,
            all is null ? "" : Ranges.Draw(Labels(starts, data.WaitGrain), drawn, null, new(sentence, t["Wait.Half"], t["Wait.NineOfTen"], ""), Culture),
            Table(t["Wait"], starts, data.WaitGrain, lines, withSum: true));
    }

    /// <summary>For the practice only: enquiries belong to nobody when they come.</summary>
    public Figure? Heat()
    {
        // The week begins on Monday in every language of the product.
        var days = Enumerable.Range(1, 7).Select(d => Culture.DateTimeFormat.AbbreviatedDayNames[d % 7]).ToList();
        string Cell(int day, int hour) => t["Heat.Cell", Words.Weekday((DayOfWeek)((day + 1) % 7)), hour, hour + 1];
        var busiest = (from d in Enumerable.Range(0, data.Heat.Count) from h in Enumerable.Range(0, 24) where data.Heat[d][h] is > 0 orderby data.Heat[d][h] descending, d, h
                       select new DataTable.Line(Cell(d, h), [data.Heat[d][h]])).Take(8).ToList();
        if (busiest.Count == 0) return null;
        return new("heat", t["Heat"], t["Heat.Sub"],
            HeatMap.Draw(days, [.. Enumerable.Range(0, 24).Select(h => h.ToString(CultureInfo.InvariantCulture))], data.Heat, t["Heat.Sentence", busiest[0].Name]),
            new DataTable(t["Heat.Hour"], [new(t["Heat.Row"], "enquiries")], busiest, t["Hidden"]));
    }

    public IReadOnlyList<Figure> All() => [.. new[] { Themes(), Attendance(), AnswerTimes(), FirstSessionTimes(), Weeks(), Turns(), Heat() }.OfType<Figure>()];

    private static string End(Series s) => s.Values[^1] is { } last && last > 0 ? $"{s.Name} {Number(last)}" : "";

    private string Name(Guid theme) => themes.TryGetValue(theme, out var name) ? name : t["Themes.Rest"];

    private string KindName(AttendanceKind kind) => t[$"Kind.{kind}"];

    // A column that hides without a rest has an unknown one, not none.
    private static double? Rest<T>(Column<T> column) where T : notnull => column.Rest > 0 ? column.Rest : column.Hides ? null : 0;

    private static List<DateOnly> Starts<T>(IReadOnlyList<Column<T>> columns) where T : notnull => [.. columns.Select(c => c.Start)];

    private static List<string> Labels(IReadOnlyList<DateOnly> starts, Grain grain) => [.. starts.Select(s => Label(s, grain))];

    private static string Label(DateOnly start, Grain grain) => grain switch
    {
        Grain.Week => start.ToString("d MMM", Culture),
        Grain.Month => start.ToString("MMM", Culture),
        Grain.Quarter => $"{start.ToString("MMM", Culture)}–{start.AddMonths(2).ToString("MMM", Culture)}",
        _ => start.Year.ToString(CultureInfo.InvariantCulture),
    };

    private static DataTable.Line Line(string name, IReadOnlyList<double?> values, bool withSum) =>
        new(name, withSum ? [.. values, values.Any(v => v is not null) ? values.Sum(v => v ?? 0) : null] : values);

    private DataTable Table(string corner, IReadOnlyList<DateOnly> starts, Grain grain, IReadOnlyList<DataTable.Line> lines, bool withSum)
    {
        var columns = starts.Select(s => new DataTable.Column(Label(s, grain), s.ToString("O", CultureInfo.InvariantCulture)));
        return new(corner, [.. withSum ? columns.Append(new(t[data.Hides ? "Sum.Shown" : "Sum"], "all")) : columns], lines, t["Hidden"]);
    }

    private static string Number(double n) => n.ToString("#,0", Culture);
    private static int Percent(double share) => (int)Math.Round(100 * share);
    private string Days(TimeSpan time) => t.Plural("Days", (long)Math.Round(time.TotalDays));
}
