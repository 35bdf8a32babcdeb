using System.Text;

namespace PracticeApp.Platform.Pdf;

/// <summary>A node of the document's outline for screen readers: headings, paragraphs, tables and their cells.</summary>
internal sealed class PdfElement(string type, PdfElement? parent)
{
    public string Type => type;

    public PdfElement? Parent => parent;

    public int Object { get; set; }

    public List<PdfElement> Children { get; } = [];

    /// <summary>Where its content stands: page index and marked-content number on that page.</summary>
    public List<(int Page, int Mark)> Content { get; } = [];

    public PdfElement Add(string childType)
    {
        var child = new PdfElement(childType, this);
        Children.Add(child);
        return child;
    }
}

/// <summary>One page: what is drawn on it, in points (1/72 inch) from the lower left corner.</summary>
internal sealed class PdfPage(int index, Func<TrueTypeFont, (string Name, FontSubset Subset)> fonts)
{
    private readonly StringBuilder _content = new();

    /// <summary>The element that owns each marked piece of content, in the order of the marks.</summary>
    public List<PdfElement> Marks { get; } = [];

    public byte[] Content => Encoding.ASCII.GetBytes(_content.ToString());

    public void Text(PdfElement? element, double x, double y, string text, PdfStyle style)
    {
        var (name, subset) = fonts(style.Font);
        Begin(element);
        _content.Append(style.Ink.Fill).Append(" BT /").Append(name).Append(' ').Append(PdfFile.Number(style.Size)).Append(" Tf ")
            .Append(PdfFile.Number(x)).Append(' ').Append(PdfFile.Number(y)).Append(" Td ")
            .Append(subset.Encode(text)).Append(" TJ ET EMC\n");
    }

    public void Line(double x1, double x2, double y, double width, PdfInk ink)
    {
        Begin(null);
        _content.Append(ink.Stroke).Append(' ').Append(PdfFile.Number(width)).Append(" w ")
            .Append(PdfFile.Number(x1)).Append(' ').Append(PdfFile.Number(y)).Append(" m ")
            .Append(PdfFile.Number(x2)).Append(' ').Append(PdfFile.Number(y)).Append(" l S EMC\n");
    }

    /// <summary>Lines through points, each list one stroke.</summary>
    public void Strokes(IEnumerable<IReadOnlyList<(double X, double Y)>> strokes, double width, PdfInk ink)
    {
        Begin(null);
        _content.Append(ink.Stroke).Append(' ').Append(PdfFile.Number(width)).Append(" w 1 J 1 j ");
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < stroke.Count; i++)
            {
                _content.Append(PdfFile.Number(stroke[i].X)).Append(' ').Append(PdfFile.Number(stroke[i].Y)).Append(i == 0 ? " m " : " l ");
            }

            // A single point with round ends is a dot.
            if (stroke.Count == 1) _content.Append(PdfFile.Number(stroke[0].X)).Append(' ').Append(PdfFile.Number(stroke[0].Y)).Append(" l ");
        }

        _content.Append("S 0 J 0 j EMC\n");
    }

    private void Begin(PdfElement? element)
    {
        if (element is null)
        {
            _content.Append("/Artifact BMC ");
            return;
        }

        element.Content.Add((index, Marks.Count));
        _content.Append('/').Append(element.Type).Append(" <</MCID ").Append(Marks.Count).Append(">> BDC ");
        Marks.Add(element);
    }
}
