using System.Globalization;
using System.Text;

namespace PracticeApp.Shared;

/// <summary>
/// Themes by month as a stream: bands around a middle line, the largest in the middle, labels at their ends. A number
/// that may not be told draws as nothing: its band closes there.
/// </summary>
public static class Waves
{
    private const double LabelGap = 21;

    /// <param name="periods">Short labels in order, one a column ("Dec").</param>
    /// <param name="series">Largest first, at most six.</param>
    /// <param name="rest">All others together, at the foot; null when there are none.</param>
    /// <param name="sentence">What is seen, in the reader's language.</param>
    /// <param name="hidden">What stands at the end of a band whose last number may not be told ("&lt; 5").</param>
    /// <returns>The phone's and the desk's drawing for a <c>figure</c> of class <c>pic</c>.</returns>
    public static string Draw(IReadOnlyList<string> periods, IReadOnlyList<Series> series, Series? rest, string sentence, string hidden, CultureInfo culture)
    {
        if (series.Count > 6) throw new ArgumentException("Six bands and a rest can be told apart.", nameof(series));
        if (rest is not null) series = [.. series, rest];
        if (series.Any(s => s.Values.Count != periods.Count)) throw new ArgumentException("Every series has a value for every period.", nameof(series));
        if (periods.Count == 0 || series.Count == 0) return "";
        var dyes = Enumerable.Range(1, series.Count).Select(i => rest is not null && i == series.Count ? "d7" : $"d{i}").ToList();
        return $"<div class=\"narrow\">{Narrow(periods, series, dyes, sentence)}</div><div class=\"wide\">{Wide(periods, series, dyes, sentence, hidden, culture)}</div>";
    }

    private static string Narrow(IReadOnlyList<string> periods, IReadOnlyList<Series> series, List<string> dyes, string sentence)
    {
        var svg = new Svg(360, 260, sentence);
        var bands = Bands(series, dyes, 2, 356, 18, 222);
        foreach (var band in bands) svg.Path($"wave {band.Dye}", band.Outline);
        Months(svg, periods, 2, 356, 254);
        return svg + Svg.Legend(bands.Select(b => (b.Dye, b.Series.Name)));
    }

    private static string Wide(IReadOnlyList<string> periods, IReadOnlyList<Series> series, List<string> dyes, string sentence, string hidden, CultureInfo culture)
    {
        var right = 1220 - 24 - Math.Max(196, series.Max(s => Axis.Width(s.Name)) + 44);
        var svg = new Svg(1220, 380, sentence);
        var bands = Bands(series, dyes, 2, right, 18, 342);
        foreach (var band in bands) svg.Path($"wave {band.Dye}", band.Outline);

        var labels = Axis.Apart([.. bands.Select(b => b.EndsAt)], LabelGap, 18, 342);
        for (var i = 0; i < bands.Count; i++)
        {
            svg.Path("base", $"M{Svg.N(right + 4)} {Svg.N(bands[i].EndsAt)}L{Svg.N(right + 18)} {Svg.N(labels[i])}");
            svg.Text(right + 24, labels[i] + 5, bands[i].Series.Name, "lab");
            svg.Text(1220, labels[i] + 5, bands[i].Series.Values[^1] is { } v ? Axis.Number(v, culture) : hidden, anchor: "end");
        }
        Months(svg, periods, 2, right, 374);
        return svg.ToString();
    }

    private static void Months(Svg svg, IReadOnlyList<string> periods, double left, double right, double y)
    {
        foreach (var i in Axis.WithRoom(periods, (right - left) / Math.Max(1, periods.Count - 1), lastEnds: true))
        {
            var last = i == periods.Count - 1;
            svg.Text(X(i, periods.Count, left, right), y, periods[i], last ? "lab" : null, i == 0 && !last ? "start" : last ? "end" : "middle");
        }
    }

    private sealed record Band(Series Series, string Dye, string Outline, double EndsAt);

    private static List<Band> Bands(IReadOnlyList<Series> series, List<string> dyes, double left, double right, double top, double bottom)
    {
        // Even places go above the largest, odd ones below it, the rest lies at the foot: 6 4 2 1 3 5 7.
        var order = Enumerable.Range(0, series.Count).OrderBy(i => dyes[i] == "d7" ? 100 : i % 2 == 1 ? -i : i).ToList();
        var columns = series[0].Values.Count;
        var totals = Enumerable.Range(0, columns).Select(c => series.Sum(s => s.Values[c] ?? 0)).ToArray();
        var unit = (bottom - top) / Math.Max(1, totals.Max());
        var middle = (top + bottom) / 2;
        var upper = totals.Select(t => middle - t * unit / 2).ToArray();

        var bands = new List<Band>();
        foreach (var i in order)
        {
            var lower = upper.Select((y, c) => y + (series[i].Values[c] ?? 0) * unit).ToArray();
            var outline = Curve("M", upper, left, right) + Curve("L", lower, left, right, backwards: true) + "Z";
            bands.Add(new Band(series[i], dyes[i], outline, (upper[^1] + lower[^1]) / 2));
            upper = lower;
        }
        return bands;
    }

    private static double X(int column, int columns, double left, double right) =>
        columns == 1 ? right : left + column * (right - left) / (columns - 1);

    /// <summary>A curve through all points that never swings beyond them, so that no band seems larger than it was.</summary>
    private static string Curve(string start, double[] y, double left, double right, bool backwards = false)
    {
        // One column has no stream; two equal ones draw it as a bar.
        if (y.Length == 1) y = [y[0], y[0]];
        var slopes = Slopes(y);
        var third = (right - left) / (y.Length - 1) / 3;
        var path = new StringBuilder();
        var order = Enumerable.Range(0, y.Length).ToArray();
        if (backwards) Array.Reverse(order);
        path.Append(start).Append(Point(order[0], 0));
        for (var k = 1; k < order.Length; k++)
        {
            var direction = backwards ? -1 : 1;
            path.Append('C').Append(Point(order[k - 1], direction)).Append(' ').Append(Point(order[k], -direction)).Append(' ').Append(Point(order[k], 0));
        }
        return path.ToString();

        string Point(int i, int thirds) => $"{Svg.N(X(i, y.Length, left, right) + thirds * third)} {Svg.N(y[i] + thirds * slopes[i] / 3)}";
    }

    /// <summary>Slopes per column after Fritsch and Carlson (1980): flat at every turn, never steeper than thrice a neighbour.</summary>
    private static double[] Slopes(double[] y)
    {
        var slopes = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var before = i > 0 ? y[i] - y[i - 1] : y[1] - y[0];
            var after = i < y.Length - 1 ? y[i + 1] - y[i] : y[^1] - y[^2];
            if (before * after <= 0) continue;
            var mean = (before + after) / 2;
            slopes[i] = Math.Sign(mean) * Math.Min(Math.Abs(mean), 3 * Math.Min(Math.Abs(before), Math.Abs(after)));
        }
        return slopes;
    }
}
