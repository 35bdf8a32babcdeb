using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PracticeApp.Shared;

/// <summary>
/// Writes one picture as SVG: sizes are attributes with one decimal, colours are classes alone, every text is escaped.
/// </summary>
internal sealed class Svg
{
    // The default encoder turns every letter beyond ASCII into a reference; these pages are mostly such letters.
    private static readonly HtmlEncoder Escape = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder markup = new();

    /// <param name="sentence">What is seen, in the reader's language; it is the picture for whoever does not see it.</param>
    public Svg(double width, double height, string sentence, string? css = null) =>
        markup.Append(CultureInfo.InvariantCulture,
            $"<svg{Class(css)} viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" aria-label=\"{Safe(sentence)}\">");

    public Svg Path(string css, string d) => Add($"<path{Class(css)} d=\"{d}\"/>");

    /// <summary>A horizontal rule from <paramref name="x1"/> to <paramref name="x2"/>.</summary>
    public Svg Rule(string css, double x1, double x2, double y) => Path(css, $"M{N(x1)} {N(y)}H{N(x2)}");

    public Svg Rect(string css, double x, double y, double width, double height) =>
        Add($"<rect{Class(css)} x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(Math.Max(0, height))}\"/>");

    public Svg Dot(string css, double x, double y, double r) =>
        Add($"<circle{Class(css)} cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(r)}\"/>");

    /// <param name="anchor">start (default), middle or end.</param>
    public Svg Text(double x, double y, string text, string? css = null, string? anchor = null) =>
        Add($"<text{Class(css)} x=\"{N(x)}\" y=\"{N(y)}\"{(anchor is null ? "" : $" text-anchor=\"{anchor}\"")}>{Safe(text)}</text>");

    public override string ToString() => markup + "</svg>";

    /// <summary>A coordinate: one decimal, a point, never minus nought.</summary>
    public static string N(double value)
    {
        var tenths = Math.Round(value, 1, MidpointRounding.AwayFromZero);
        return (tenths == 0 ? 0 : tenths).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>What each dye stands for, below a drawing without room for labels.</summary>
    public static string Legend(IEnumerable<(string Dye, string Name)> dyes) => "<p class=\"small soft row\">" + string.Join(' ', dyes.Select(d =>
        $"<span class=\"row\"><svg class=\"sw\" aria-hidden=\"true\"><rect class=\"{d.Dye}\" width=\"12\" height=\"12\"/></svg>{Safe(d.Name)}</span>")) + "</p>";

    public static string Safe(string text) => Escape.Encode(text);

    private static string Class(string? css) => css is null ? "" : $" class=\"{css}\"";

    private Svg Add(string element)
    {
        markup.Append(element);
        return this;
    }
}
