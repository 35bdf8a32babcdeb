using System.Text;

namespace PracticeApp.Platform.Pdf;

/// <summary>A colour in RGB, each part 0…1.</summary>
public readonly record struct PdfInk(double Red, double Green, double Blue)
{
    public static readonly PdfInk Ink = new(0.102, 0.145, 0.133);
    public static readonly PdfInk Soft = new(0.337, 0.380, 0.349);
    public static readonly PdfInk Hair = new(0.765, 0.765, 0.725);

    internal string Fill => $"{Parts} rg";

    internal string Stroke => $"{Parts} RG";

    private string Parts => $"{PdfFile.Number(Red)} {PdfFile.Number(Green)} {PdfFile.Number(Blue)}";
}

/// <summary>How a text is set: font, size and leading (distance of base lines) in points, colour.</summary>
public sealed record PdfStyle(TrueTypeFont Font, double Size, double Leading, PdfInk Ink)
{
    private static readonly TrueTypeFont Serif = TrueTypeFont.OfTheHouse("Literata_400Regular");
    private static readonly TrueTypeFont Slanted = TrueTypeFont.OfTheHouse("Literata_400Regular_Italic");
    private static readonly TrueTypeFont Sans = TrueTypeFont.OfTheHouse("SourceSans3_400Regular");
    private static readonly TrueTypeFont Strong = TrueTypeFont.OfTheHouse("SourceSans3_600SemiBold");

    // Serif is a person speaking, sans is the house speaking: the same rule as on the screen.
    public static PdfStyle Title { get; } = new(Strong, 25, 30, PdfInk.Ink);
    public static PdfStyle Heading { get; } = new(Strong, 12.5, 17, PdfInk.Ink);
    public static PdfStyle Subheading { get; } = new(Strong, 10.5, 15, PdfInk.Ink);
    public static PdfStyle Body { get; } = new(Serif, 10.25, 16, PdfInk.Ink);
    public static PdfStyle Emphasis { get; } = Body with { Font = Slanted };
    public static PdfStyle StrongBody { get; } = Body with { Font = Strong, Size = 10.75 };
    public static PdfStyle House { get; } = new(Sans, 10, 14.5, PdfInk.Ink);
    public static PdfStyle HouseStrong { get; } = House with { Font = Strong };
    public static PdfStyle Note { get; } = new(Sans, 9, 12.5, PdfInk.Soft);
    public static PdfStyle NoteStrong { get; } = Note with { Font = Strong, Ink = PdfInk.Ink };
    public static PdfStyle Number { get; } = new(Sans, 12.5, 17, PdfInk.Soft);
    public static PdfStyle Name { get; } = new(Slanted, 16, 22, PdfInk.Ink);
}

/// <summary>A stretch of text in one style.</summary>
public sealed record PdfRun(string Text, PdfStyle Style);

/// <summary>Breaks runs of text into lines of a width: at spaces, and inside a word only where it is longer than a line.</summary>
internal static class PdfText
{
    public static double Width(PdfRun run) => run.Style.Font.Width(run.Text) * run.Style.Size;

    public static List<List<PdfRun>> Wrap(IEnumerable<PdfRun> runs, double width)
    {
        var lines = new List<List<PdfRun>>();
        var line = new List<PdfRun>();
        double used = 0;
        foreach (var word in Words(runs).SelectMany(w => Fitting(w, width)))
        {
            var space = line.Count == 0 ? null : new PdfRun(" ", line[^1].Style);
            var needed = word.Sum(Width) + (space is null ? 0 : Width(space));
            if (line.Count > 0 && used + needed > width)
            {
                lines.Add(line);
                (line, used, space) = ([], 0, null);
                needed = word.Sum(Width);
            }

            foreach (var run in space is null ? word : word.Prepend(space))
            {
                Append(line, run);
            }

            used += needed;
        }

        lines.Add(line);
        return lines;
    }

    // A word is what stands between two spaces; it may change style inside ("*so*," is two runs).
    private static IEnumerable<List<PdfRun>> Words(IEnumerable<PdfRun> runs)
    {
        var word = new List<PdfRun>();
        foreach (var run in runs)
        {
            var pieces = run.Text.Normalize(NormalizationForm.FormC).Split(' ', '\n', '\r', '\t');
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0 && word.Count > 0)
                {
                    yield return word;
                    word = [];
                }

                if (pieces[i].Length > 0)
                {
                    word.Add(run with { Text = pieces[i] });
                }
            }
        }

        if (word.Count > 0)
        {
            yield return word;
        }
    }

    private static IEnumerable<List<PdfRun>> Fitting(List<PdfRun> word, double width)
    {
        if (word.Sum(Width) <= width)
        {
            yield return word;
            yield break;
        }

        var part = new List<PdfRun>();
        foreach (var run in word)
        {
            foreach (var rune in run.Text.EnumerateRunes())
            {
                var letter = run with { Text = rune.ToString() };
                if (part.Count > 0 && part.Sum(Width) + Width(letter) > width)
                {
                    yield return part;
                    part = [];
                }

                Append(part, letter);
            }
        }

        yield return part;
    }

    private static void Append(List<PdfRun> line, PdfRun run)
    {
        if (line.Count > 0 && line[^1].Style == run.Style)
        {
            line[^1] = run with { Text = line[^1].Text + run.Text };
        }
        else
        {
            line.Add(run);
        }
    }
}
