using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>Named counts as lying bars, the name at the left and the number at the end; on a phone the name stands above.</summary>
public static class Bars
{
    private const double Row = 36, Bar = 16;

    /// <param name="rows">In the order to be drawn; null is a number that may not be told and draws no bar.</param>
    /// <param name="sentence">What is seen, in the reader's language.</param>
    /// <param name="hidden">What stands in place of a number that may not be told ("&lt; 5").</param>
    /// <returns>The phone's and the desk's drawing for a <c>figure</c> of class <c>pic</c>.</returns>
    public static string Draw(IReadOnlyList<(string Name, double? Value)> rows, string sentence, string hidden, CultureInfo culture)
    {
        if (rows.Count == 0) return "";
        var most = Math.Max(1, rows.Max(r => r.Value ?? 0));
        var numbers = rows.Select(r => r.Value is { } v ? Axis.Number(v, culture) : hidden).ToList();
        var end = numbers.Max(Axis.Width) + 12;
        return $"<div class=\"narrow\">{Narrow()}</div><div class=\"wide\">{Wide()}</div>";

        string Narrow()
        {
            var svg = new Svg(350, rows.Count * 1.4 * Row, sentence);
            for (var i = 0; i < rows.Count; i++)
            {
                var y = i * 1.4 * Row;
                svg.Text(0, y + 15, rows[i].Name, "lab");
                One(svg, i, 0, 350 - end, y + 23);
            }
            return svg.ToString();
        }

        string Wide()
        {
            var left = rows.Max(r => Axis.Width(r.Name)) + 12;
            var width = Math.Max(560, left + 200);
            var svg = new Svg(width, rows.Count * Row, sentence, "bars");
            for (var i = 0; i < rows.Count; i++)
            {
                svg.Text(left - 12, (i + 0.5) * Row + 5, rows[i].Name, "lab", "end");
                One(svg, i, left, width - end, (i + 0.5) * Row - Bar / 2);
            }
            return svg.ToString();
        }

        void One(Svg svg, int i, double left, double right, double y)
        {
            var x = left + (right - left) * (rows[i].Value ?? 0) / most;
            svg.Path("base", $"M{Svg.N(left)} {Svg.N(y - 3)}v{Svg.N(Bar + 6)}");
            if (rows[i].Value > 0) svg.Rect("d1", left, y, x - left, Bar);
            svg.Text(x + 8, y + Bar / 2 + 5, numbers[i]);
        }
    }
}
