using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>
/// The progress of one request: what the client rated after each session, −2 to +2 against five described levels
/// (goal attainment scaling, 0 is the expected result). The latest rating is honey.
/// </summary>
public static class ProgressLine
{
    private const int FewestPlaces = 8;

    /// <param name="ratings">One a session in order, −2 to +2; null where the client did not rate.</param>
    /// <param name="sentence">What is seen, in the reader's language.</param>
    /// <returns>One <c>svg</c> element for a <c>figure</c> of class <c>pic</c>.</returns>
    public static string Draw(IReadOnlyList<int?> ratings, string sentence, int width = 330, int height = 140)
    {
        if (ratings.Any(r => r is < -2 or > 2)) throw new ArgumentOutOfRangeException(nameof(ratings), "A rating is −2 to +2.");

        const double left = 30, top = 12;
        double right = width - 10, bottom = height - 32;
        double Y(int rating) => top + (2 - rating) * (bottom - top) / 4;
        var places = Math.Max(FewestPlaces, ratings.Count);
        double X(int session) => left + session * (right - left) / (places - 1);

        var svg = new Svg(width, height, sentence, "prog");
        for (var level = -2; level <= 2; level++)
        {
            svg.Rule(level == 0 ? "base" : "axis", left, right, Y(level));
            svg.Text(18, Y(level) + 5, Signed(level), level == 0 ? "lab" : null, "end");
        }

        var rated = ratings.Select((rating, i) => (rating, i)).Where(r => r.rating is not null)
            .Select(r => (X: X(r.i), Y: Y(r.rating!.Value))).ToList();
        if (rated.Count > 1) svg.Path("line", "M" + string.Join(" L", rated.Select(p => $"{Svg.N(p.X)} {Svg.N(p.Y)}")));
        for (var i = 0; i < rated.Count; i++)
        {
            var latest = i == rated.Count - 1;
            svg.Dot(latest ? "dot here" : "dot", rated[i].X, rated[i].Y, latest ? 5 : 4);
        }

        var numbers = Enumerable.Range(1, places).Select(n => n.ToString(CultureInfo.InvariantCulture)).ToList();
        foreach (var i in Axis.WithRoom(numbers, (right - left) / (places - 1)))
            svg.Text(X(i), height - 6, numbers[i], anchor: "middle");
        return svg.ToString();
    }

    /// <summary>A rating as it is read: −1, 0, +2, with a true minus sign.</summary>
    public static string Signed(int rating) => rating switch
    {
        < 0 => "−" + (-rating).ToString(CultureInfo.InvariantCulture),
        0 => "0",
        _ => "+" + rating.ToString(CultureInfo.InvariantCulture),
    };
}
