using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>Half and nine of ten, month by month: a ring at the median, a bar at the ninetieth percentile, the promise dashed.</summary>
public static class Ranges
{
    /// <summary>The words in the picture, in the reader's language.</summary>
    /// <param name="Promise">Beside the dashed line ("promise 4 h"); ignored without a promise.</param>
    public sealed record Words(string Sentence, string Half, string NineOfTen, string Promise);

    /// <param name="periods">Short labels in order, one a column.</param>
    /// <param name="spreads">Median and ninetieth percentile in the unit of the axis; null where it may not be told or nobody came.</param>
    /// <returns>The phone's and the desk's drawing for a <c>figure</c> of class <c>pic</c>.</returns>
    public static string Draw(IReadOnlyList<string> periods, IReadOnlyList<(double Median, double Ninetieth)?> spreads, double? promise, Words words, CultureInfo culture)
    {
        if (spreads.Count != periods.Count) throw new ArgumentException("One spread for every period.", nameof(spreads));
        if (periods.Count == 0) return "";
        return $"<div class=\"narrow\">{One(350, 236)}</div><div class=\"wide\">{One(560, 248)}</div>";

        string One(double width, double height)
        {
            var beside = new[] { words.Half, words.NineOfTen, promise is null ? "" : words.Promise }.Max(Axis.Width) + 8;
            var largest = Math.Max(promise ?? 0, spreads.Max(s => s?.Ninetieth) ?? 0);
            var axis = new Axis(largest, 14, height - 30, whole: false);
            double left = Math.Max(26, axis.Gutter(culture)), right = Math.Max(left + 80, width - beside - 8);
            var svg = new Svg(Math.Max(width, right + beside + 8), height, sentence: words.Sentence);
            axis.Draw(svg, left, right, culture);
            if (promise is { } p) svg.Rule("dash", left, right, axis.Y(p));

            double X(int i) => periods.Count == 1 ? (left + right) / 2 : left + 10 + i * (right - left - 20) / (periods.Count - 1);
            for (var i = 0; i < periods.Count; i++)
            {
                if (spreads[i] is not { } s) continue;
                svg.Path("base", $"M{Svg.N(X(i))} {Svg.N(axis.Y(s.Median))}V{Svg.N(axis.Y(s.Ninetieth))}");
                svg.Dot("dot", X(i), axis.Y(s.Median), 4.5);
                svg.Path("line", $"M{Svg.N(X(i) - 5)} {Svg.N(axis.Y(s.Ninetieth))}h10");
            }
            foreach (var i in Axis.WithRoom(periods, (right - left - 20) / Math.Max(1, periods.Count - 1)))
                svg.Text(X(i), height - 8, periods[i], anchor: "middle");
            Ends(svg, axis, right + 8);
            return svg.ToString();
        }

        void Ends(Svg svg, Axis axis, double x)
        {
            var labels = new List<(double Y, string Text, string Css)>();
            if (promise is { } p) labels.Add((axis.Y(p), words.Promise, "strong"));
            if (spreads.LastOrDefault(s => s is not null) is { } last)
            {
                labels.Add((axis.Y(last.Ninetieth), words.NineOfTen, "lab"));
                labels.Add((axis.Y(last.Median), words.Half, "lab"));
            }
            labels.Sort((a, b) => a.Y.CompareTo(b.Y));
            var y = Axis.Apart([.. labels.Select(l => l.Y)], 20, axis.Top, axis.Bottom);
            for (var i = 0; i < y.Length; i++) svg.Text(x, y[i] + 5, labels[i].Text, labels[i].Css);
        }
    }
}
