using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PracticeApp.Agreements;

/// <summary>
/// A drawn name as a list of points on a sheet of 600 by 200: points of a stroke stand apart by a space, strokes by a semicolon,
/// "12,80 15,74 20,71;44,60 44,90".
/// </summary>
public static partial class Strokes
{
    public const int Width = 600, Height = 200, Longest = 8 * 1024;

    /// <summary>The list as it was sent, or null where it is none: too long, outside the sheet, or nothing drawn.</summary>
    public static string? Read(string? sent) =>
        sent is { Length: > 0 and <= Longest } && Form().IsMatch(sent) && PointsOf(sent).All(stroke => stroke.All(p => p.X <= Width && p.Y <= Height)) ? sent : null;

    public static IEnumerable<IReadOnlyList<(int X, int Y)>> PointsOf(string strokes) => strokes.Split(';').Select(stroke =>
        (IReadOnlyList<(int X, int Y)>)[.. stroke.Split(' ').Select(point => point.Split(',')).Select(xy =>
            (int.Parse(xy[0], CultureInfo.InvariantCulture), int.Parse(xy[1], CultureInfo.InvariantCulture)))]);

    /// <summary>The same as a path of SVG.</summary>
    public static string Path(string strokes)
    {
        var path = new StringBuilder();
        foreach (var stroke in PointsOf(strokes))
        {
            for (var i = 0; i < stroke.Count; i++) path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{stroke[i].X} {stroke[i].Y}");
            // A dot is a stroke too.
            if (stroke.Count == 1) path.Append("h1");
        }

        return path.ToString();
    }

    [GeneratedRegex(@"\A[0-9]{1,3},[0-9]{1,3}(?:[ ;][0-9]{1,3},[0-9]{1,3})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
