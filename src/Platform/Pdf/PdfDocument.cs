namespace PracticeApp.Platform.Pdf;

/// <summary>What a reader's window and a library show of the document. <c>Language</c> is a BCP 47 tag.</summary>
public sealed record PdfAbout(string Title, string Language, string Author, DateTime? CreatedUtc = null);

/// <summary>
/// A document of text on A4: headings, paragraphs, numbered clauses, simple tables, signatures, a footer on every page.
/// Text is selectable in every language, tagged for screen readers, and the same input gives the same bytes.
/// Not for two threads at once.
/// </summary>
public sealed class PdfDocument(PdfAbout about)
{
    private const double Left = PdfBinder.Left, Right = PdfBinder.Right, PageWidth = PdfBinder.PageWidth;

    private readonly List<PdfLine> _lines = [];
    private readonly List<(string Name, string MediaType, byte[] Bytes)> _attachments = [];
    private readonly PdfElement _root = new("Document", null);
    private double _indent;

    /// <summary>What stands at the foot of a page, given its number and how many there are: at the left and at the right.</summary>
    public Func<int, int, (string Left, string Right)>? Footer { get; set; }

    private double Measure => PageWidth - Left - Right - _indent;

    public void Title(string text) => Text("H1", [new PdfRun(text, PdfStyle.Title)], after: 6, withNext: true);

    public void Heading(string text)
    {
        Gap(20);
        Text("H2", [new PdfRun(text, PdfStyle.Heading)], after: 5, withNext: true);
    }

    public void Subheading(string text)
    {
        Gap(8);
        Text("H3", [new PdfRun(text, PdfStyle.Subheading)], after: 3, withNext: true);
    }

    public void Paragraph(string text, PdfStyle? style = null) => Paragraph([new PdfRun(text, style ?? PdfStyle.Body)]);

    public void Paragraph(IReadOnlyList<PdfRun> runs) => Text("P", runs, after: 6);

    /// <summary>A paragraph that hangs from a mark in front of it: a bullet or a number.</summary>
    public void Item(string mark, IReadOnlyList<PdfRun> runs, double hang = 14)
    {
        var first = _lines.Count;
        Indented(hang, () => Text("P", runs, after: 4));
        Prefix(first, mark, runs.Count > 0 ? runs[0].Style : PdfStyle.Body, _indent);
    }

    /// <summary>A clause: its number in the margin, its heading, and below it whatever <paramref name="body"/> writes.</summary>
    public void Clause(string number, string heading, Action body)
    {
        const double margin = 30;
        Gap(13);
        var first = _lines.Count;
        Indented(margin, () =>
        {
            Text("H2", [new PdfRun(heading, PdfStyle.Heading)], after: 4, withNext: true);
            Prefix(first, number, PdfStyle.Number, _indent - margin);
            body();
        });
    }

    public void Indented(double points, Action body)
    {
        _indent += points;
        body();
        _indent -= points;
    }

    /// <summary>Keeps what <paramref name="body"/> writes on one page, if one page can hold it.</summary>
    public void KeepTogether(Action body)
    {
        var first = _lines.Count;
        body();
        for (var i = first; i < _lines.Count - 1; i++)
        {
            _lines[i] = _lines[i] with { WithNext = true };
        }
    }

    public void Gap(double points) => _lines.Add(new PdfLine(points, null, IsGap: true, WithNext: _lines.Count > 0 && _lines[^1].WithNext));

    public void Rule(double width = 0.5)
    {
        var (from, to) = (Left + _indent, PageWidth - Right);
        _lines.Add(new PdfLine(1, (page, y) => page.Line(from, to, y, width, PdfInk.Hair), WithNext: true));
    }

    /// <summary>What was drawn by hand on a sheet of <paramref name="width"/> by <paramref name="height"/>, origin at its upper left.</summary>
    public void Drawing(IEnumerable<IReadOnlyList<(int X, int Y)>> strokes, int width, int height, double points)
    {
        var (left, scale, all) = (Left + _indent, points / height, strokes.ToList());
        _lines.Add(new PdfLine(points, (page, bottom) => page.Strokes(
            all.Select(stroke => (IReadOnlyList<(double, double)>)[.. stroke.Select(p => (left + Math.Min(p.X, width) * scale, bottom + points - p.Y * scale))]),
            1.2, PdfInk.Ink), WithNext: true));
    }

    public void NewPage() => _lines.Add(new PdfLine(0, null, IsBreak: true));

    /// <summary>Rows of cells with hairlines between; widths are shares of the measure. A row never breaks over two pages.</summary>
    /// <param name="numbers">How many columns at the end are set to the right, as sums are.</param>
    public void Table(IReadOnlyList<double> widths, IReadOnlyList<IReadOnlyList<PdfRun>> rows, bool header = false, int numbers = 0)
    {
        const double pad = 4, gutter = 12;
        var table = _root.Add("Table");
        var (left, measure, sum) = (Left + _indent, Measure, widths.Sum());
        for (var r = 0; r < rows.Count; r++)
        {
            var row = table.Add("TR");
            var isHeader = header && r == 0;
            double x = left, height = 0;
            var draw = new List<Action<PdfPage, double>>();
            for (var c = 0; c < rows[r].Count; c++)
            {
                var width = measure * widths[c] / sum;
                var (run, at, cell) = (rows[r][c], x, row.Add(isHeader ? "TH" : "TD"));
                var toRight = c >= rows[r].Count - numbers;
                var lines = PdfText.Wrap([run], width - (toRight ? 0 : gutter));
                height = Math.Max(height, lines.Count * run.Style.Leading);
                draw.Add((page, top) =>
                {
                    for (var i = 0; i < lines.Count; i++)
                    {
                        DrawRuns(page, cell, toRight ? at + width - lines[i].Sum(PdfText.Width) : at, top - pad - i * run.Style.Leading - Drop(run.Style), lines[i]);
                    }
                });
                x += width;
            }

            var full = height + 2 * pad;
            _lines.Add(new PdfLine(full, (page, bottom) =>
            {
                draw.ForEach(cell => cell(page, bottom + full));
                page.Line(left, left + measure, bottom, 0.5, PdfInk.Hair);
            }, WithNext: isHeader || r == rows.Count - 2));
        }

        Gap(8);
    }

    /// <summary>A file that travels inside the document, for whoever wants to check it by other means.</summary>
    public void Attach(string name, string mediaType, byte[] bytes) => _attachments.Add((name, mediaType, bytes));

    /// <summary>Lays the pages out and writes the file.</summary>
    public byte[] Save() => new PdfBinder(about, _root, Footer).Bind(_lines, _attachments);

    private static double Drop(PdfStyle style) => style.Leading / 2 + style.Size * 0.33;

    private static void DrawRuns(PdfPage page, PdfElement? element, double x, double y, List<PdfRun> runs)
    {
        foreach (var run in runs)
        {
            page.Text(element, x, y, run.Text, run.Style);
            x += PdfText.Width(run);
        }
    }

    private void Text(string type, IReadOnlyList<PdfRun> runs, double after, bool withNext = false)
    {
        var element = _root.Add(type);
        var lines = PdfText.Wrap(runs, Measure);
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, x) = (lines[i], Left + _indent);
            var leading = line.Count == 0 ? PdfStyle.Body.Leading : line.Max(r => r.Style.Leading);
            var drop = line.Count == 0 ? 0 : line.Max(r => Drop(r.Style));
            // No line of a paragraph stands alone at the foot or at the head of a page.
            var bound = withNext || (lines.Count > 1 && (i == 0 || i == lines.Count - 2));
            _lines.Add(new PdfLine(leading, (page, bottom) => DrawRuns(page, element, x, bottom + leading - drop, line), WithNext: bound, Element: element));
        }

        Gap(after);
    }

    private void Prefix(int line, string mark, PdfStyle style, double indent)
    {
        var target = _lines[line];
        var (x, height) = (Left + indent, target.Height);
        _lines[line] = target with
        {
            Draw = (page, bottom) =>
            {
                page.Text(target.Element, x, bottom + height - Drop(style), mark, style);
                target.Draw?.Invoke(page, bottom);
            },
        };
    }
}
