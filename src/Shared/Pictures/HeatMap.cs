namespace PracticeApp.Shared;

/// <summary>Counts by weekday and hour in five shades; the palest is fewer than five, so it never tells of a few people.</summary>
public static class HeatMap
{
    /// <param name="days">Labels of the rows, the culture's first day of the week first.</param>
    /// <param name="hours">Labels of the columns, one an hour.</param>
    /// <param name="counts">One row a day; null is a number that may not be told.</param>
    /// <param name="sentence">What is seen, in the reader's language.</param>
    /// <returns>The phone's and the desk's drawing for a <c>figure</c> of class <c>pic</c>.</returns>
    public static string Draw(IReadOnlyList<string> days, IReadOnlyList<string> hours, IReadOnlyList<IReadOnlyList<int?>> counts, string sentence)
    {
        if (counts.Count != days.Count || counts.Any(r => r.Count != hours.Count)) throw new ArgumentException("One row a day, one count an hour.", nameof(counts));
        if (days.Count == 0 || hours.Count == 0) return "";
        return $"<div class=\"narrow\">{One(350, 236)}</div><div class=\"wide\">{One(560, 300)}</div>";

        string One(double width, double height)
        {
            var left = days.Max(Axis.Width) + 12;
            double across = (width - left) / hours.Count, down = (height - 34) / days.Count;
            var svg = new Svg(width, height, sentence);
            for (var d = 0; d < days.Count; d++)
            {
                svg.Text(0, (d + 0.5) * down + 5, days[d], "lab");
                for (var h = 0; h < hours.Count; h++) svg.Rect(Shade(counts[d][h]), left + h * across, d * down, across - 2, down - 2);
            }
            foreach (var h in Axis.WithRoom(hours, across)) svg.Text(left + (h + 0.5) * across, height - 8, hours[h], anchor: "middle");
            return svg.ToString();
        }
    }

    /// <summary>The class of the shade: under 5, 10, 15, 20, and above.</summary>
    public static string Shade(int? count) => count switch { null or < 5 => "h0", < 10 => "h1", < 15 => "h2", < 20 => "h3", _ => "h4" };

    /// <summary>The five shades in order, to stand between "fewer than 5" and "20 and more".</summary>
    public static string Scale() =>
        "<svg width=\"120\" height=\"14\" aria-hidden=\"true\">"
        + string.Concat(Enumerable.Range(0, 5).Select(i => $"<rect class=\"h{i}\" x=\"{i * 24}\" width=\"22\" height=\"14\"/>")) + "</svg>";
}
