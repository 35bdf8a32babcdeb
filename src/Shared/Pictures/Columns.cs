using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>Counts by week or month as stacked columns, the last column's parts labelled beside it.</summary>
public static class Columns
{
    private static readonly string[] Dyes = ["d2", "d4", "d7", "d3", "d5", "d6", "d1"];

    /// <param name="periods">Short labels in order, one a column; an empty one is not written.</param>
    /// <param name="series">Stacked from below, at most seven; one alone is drawn in the first dye. A column that may not be told is a dash on the base.</param>
    /// <param name="ends">What to write beside the last column for each series ("5 cancelled late"); an empty text or list writes nothing.</param>
    /// <param name="sentence">What is seen, in the reader's language.</param>
    /// <param name="beside">Side by side instead of stacked: for counts that do not add up to anything.</param>
    /// <returns>The phone's and the desk's drawing for a <c>figure</c> of class <c>pic</c>.</returns>
    public static string Draw(IReadOnlyList<string> periods, IReadOnlyList<Series> series, IReadOnlyList<string> ends, string sentence, CultureInfo culture, bool beside = false)
    {
        if (series.Any(s => s.Values.Count != periods.Count)) throw new ArgumentException("Every series has a value for every period.", nameof(series));
        if (series.Count > Dyes.Length) throw new ArgumentException("There are seven dyes.", nameof(series));
        if (periods.Count == 0 || series.Count == 0) return "";
        var room = ends.Count == 0 ? 0 : ends.Max(Axis.Width) + 18;
        // Long labels would leave a phone no room for the columns: there they stand below.
        var below = room > 140
            ? Svg.Legend(Enumerable.Range(0, ends.Count).Where(s => ends[s].Length > 0).Select(s => (Dye(s), ends[s]))) : "";
        return $"<div class=\"narrow\">{One(350, 236, below.Length == 0 ? room : 0)}{below}</div><div class=\"wide\">{One(560, 248, room)}</div>";

        string One(double width, double height, double margin)
        {
            var highest = Enumerable.Range(0, periods.Count).Max(c => beside ? series.Max(s => s.Values[c] ?? 0) : series.Sum(s => s.Values[c] ?? 0));
            var axis = new Axis(highest, 14, height - 30, whole: true);
            double left = Math.Max(26, axis.Gutter(culture)), right = Math.Max(left + 60, width - margin - 8);
            var svg = new Svg(Math.Max(width, right + margin + 8), height, sentence);
            axis.Draw(svg, left, right, culture);

            var slot = (right - left) / periods.Count;
            var all = Math.Min(slot * 0.6, 48);
            var thick = beside ? all / series.Count : all;
            for (var c = 0; c < periods.Count; c++)
            {
                if (series.All(s => s.Values[c] is null)) svg.Text(left + (c + 0.5) * slot, axis.Bottom - 5, "–", anchor: "middle");
                var from = 0d;
                for (var s = 0; s < series.Count; s++)
                {
                    if (series[s].Values[c] is not > 0) continue;
                    var to = from + series[s].Values[c]!.Value;
                    var gap = axis.Y(from) - axis.Y(to) > 3 ? 1 : 0;
                    svg.Rect(Dye(s), left + c * slot + (slot - all) / 2 + (beside ? s * thick : 0), axis.Y(to), thick, axis.Y(from) - axis.Y(to) - gap);
                    from = beside ? 0 : to;
                }
            }
            // The last label of many thin columns would stand out of the drawing.
            var ending = Axis.Width(periods[^1]) > slot + 8;
            foreach (var i in Axis.WithRoom(periods, slot, ending))
            {
                var wide = ending && i == periods.Count - 1;
                svg.Text(wide ? right : left + (i + 0.5) * slot, height - 8, periods[i], anchor: wide ? "end" : "middle");
            }
            if (margin > 0) Ends(svg, axis, right + 8);
            return svg.ToString();
        }

        void Ends(Svg svg, Axis axis, double x)
        {
            var labels = new List<(double Y, string Text)>();
            var from = 0d;
            for (var s = 0; s < ends.Count; s++)
            {
                var to = from + (series[s].Values[^1] ?? 0);
                if (ends[s].Length > 0) labels.Add((axis.Y(beside ? to : (from + to) / 2), ends[s]));
                from = beside ? 0 : to;
            }
            labels.Sort((a, b) => a.Y.CompareTo(b.Y));
            var y = Axis.Apart([.. labels.Select(l => l.Y)], 20, axis.Top, axis.Bottom);
            for (var i = 0; i < y.Length; i++) svg.Text(x, y[i] + 5, labels[i].Text, "lab");
        }

        string Dye(int s) => series.Count == 1 ? "d1" : Dyes[s];
    }
}
