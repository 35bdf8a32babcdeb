using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>Where the numbers of a picture stand: ticks at 1, 2 or 5 times a power of ten, texts that do not overlap.</summary>
internal sealed class Axis
{
    // Advance widths of Source Sans 3 at the 15 px of .pic text; too wide is harmless, too narrow overlaps.
    private const double Letter = 7.6;
    private readonly double step;

    /// <param name="largest">The largest value to be drawn; the axis ends on the first tick at or above it.</param>
    /// <param name="whole">True for counts: no tick stands between two whole numbers.</param>
    public Axis(double largest, double top, double bottom, bool whole)
    {
        (Top, Bottom) = (top, bottom);
        var rough = Math.Max(largest, whole ? 1 : 0.1) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        step = new[] { 1d, 2, 5, 10 }.First(s => s * power >= rough * 0.999) * power;
        if (whole) step = Math.Max(1, Math.Round(step));
        Last = Math.Max(1, (int)Math.Ceiling(largest / step - 0.001)) * step;
    }

    public double Top { get; }
    public double Bottom { get; }
    public double Last { get; }

    public double Y(double value) => Bottom - (Bottom - Top) * value / Last;

    /// <summary>Rules across the picture with their numbers at the left; the lowest is the base.</summary>
    public void Draw(Svg svg, double left, double right, CultureInfo culture)
    {
        for (var i = 0; i * step <= Last + step / 2; i++)
        {
            svg.Rule(i == 0 ? "base" : "axis", left, right, Y(i * step));
            svg.Text(left - 8, Y(i * step) + 5, Number(i * step, culture), anchor: "end");
        }
    }

    /// <summary>Room for the numbers at the left.</summary>
    public double Gutter(CultureInfo culture) => Width(Number(Last - step, culture) + "0") + 10;

    public static string Number(double value, CultureInfo culture) => value.ToString("#,0.##", culture);

    /// <summary>About how wide a label is, in the units of the drawing.</summary>
    public static double Width(string text) => text.Length * Letter;

    /// <summary>Which of the labels have room when they stand <paramref name="gap"/> apart; the last always has.</summary>
    /// <param name="lastEnds">The last one ends at its place instead of standing around it, and so needs more.</param>
    public static IEnumerable<int> WithRoom(IReadOnlyList<string> labels, double gap, bool lastEnds = false)
    {
        if (labels.Count == 0) return [];
        var every = Math.Max(1, (int)Math.Ceiling((labels.Max(Width) * (lastEnds ? 1.5 : 1) + 8) / gap));
        return Enumerable.Range(0, labels.Count).Where(i => (labels.Count - 1 - i) % every == 0 && labels[i].Length > 0);
    }

    /// <summary>Moves label heights apart (order kept) until none is nearer to the next than <paramref name="gap"/>.</summary>
    public static double[] Apart(IReadOnlyList<double> wanted, double gap, double top, double bottom)
    {
        var y = wanted.ToArray();
        for (var i = 0; i < y.Length; i++) y[i] = Math.Max(y[i], i == 0 ? top : y[i - 1] + gap);
        for (var i = y.Length - 1; i >= 0; i--) y[i] = Math.Min(y[i], i == y.Length - 1 ? bottom : y[i + 1] - gap);
        return y;
    }
}
