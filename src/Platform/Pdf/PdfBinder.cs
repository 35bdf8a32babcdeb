using System.Text;

namespace PracticeApp.Platform.Pdf;

/// <summary>A strip across the page, drawn from its lower edge; <c>WithNext</c> binds it to the strip below.</summary>
internal sealed record PdfLine(
    double Height,
    Action<PdfPage, double>? Draw,
    bool WithNext = false,
    bool IsGap = false,
    bool IsBreak = false,
    PdfElement? Element = null);

/// <summary>Puts the strips of a document on A4 pages, adds the footers, and writes pages, fonts and outline to the file.</summary>
internal sealed class PdfBinder(PdfAbout about, PdfElement root, Func<int, int, (string Left, string Right)>? footer)
{
    public const double PageWidth = 595.28, PageHeight = 841.89;
    public const double Left = 68, Right = 84;
    private const double Top = 72, Bottom = 84, FooterBase = 46;

    private readonly List<(TrueTypeFont Font, FontSubset Subset)> _fonts = [];
    private readonly List<PdfPage> _pages = [];

    public byte[] Bind(IReadOnlyList<PdfLine> lines, IReadOnlyList<(string Name, string MediaType, byte[] Bytes)> attachments)
    {
        Paginate(lines);
        DrawFooters();
        var file = new PdfFile();
        int pages = file.Reserve(), structure = file.Reserve();
        var fonts = string.Join(' ', _fonts.Select((f, i) => $"/F{i} {f.Subset.WriteTo(file, i)} 0 R"));
        var numbers = _pages.Select(_ => file.Reserve()).ToList();
        for (var i = 0; i < _pages.Count; i++)
        {
            var content = file.AddStream("", _pages[i].Content);
            file.Set(numbers[i],
                $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {PdfFile.Number(PageWidth)} {PdfFile.Number(PageHeight)}] "
                + $"/Resources << /Font << {fonts} >> >> /Contents {content} 0 R /StructParents {i} /Tabs /S >>");
        }

        file.Set(pages, $"<< /Type /Pages /Count {numbers.Count} /Kids [{PdfFile.References(numbers)}] >>");
        WriteStructure(file, structure, numbers);
        var catalog = file.Add(
            $"<< /Type /Catalog /Pages {pages} 0 R /Lang ({about.Language}) /ViewerPreferences << /DisplayDocTitle true >> "
            + $"/MarkInfo << /Marked true >> /StructTreeRoot {structure} 0 R{Attach(file, attachments)} >>");
        var created = about.CreatedUtc is { } utc ? $" /CreationDate {PdfFile.Date(utc)} /ModDate {PdfFile.Date(utc)}" : "";
        var info = file.Add(
            $"<< /Title {PdfFile.Text(about.Title)} /Author {PdfFile.Text(about.Author)} /Producer (Practice){created} >>");
        return file.Save(catalog, info);
    }

    private void Paginate(IReadOnlyList<PdfLine> lines)
    {
        double y = 0;
        for (var i = 0; i < lines.Count;)
        {
            var group = 1;
            while (i + group < lines.Count && lines[i + group - 1].WithNext)
            {
                group++;
            }

            var height = lines.Skip(i).Take(group).Where((l, k) => !l.IsGap || k < group - 1).Sum(l => l.Height);
            if (_pages.Count == 0 || lines[i].IsBreak || (height > y - Bottom && height <= PageHeight - Top - Bottom))
            {
                y = AddPage(y);
            }

            foreach (var line in lines.Skip(i).Take(group))
            {
                if (line.IsGap && y >= PageHeight - Top)
                {
                    continue;
                }

                if (!line.IsGap && line.Height > y - Bottom)
                {
                    y = AddPage(y);
                }

                y -= line.Height;
                line.Draw?.Invoke(_pages[^1], y);
            }

            i += group;
        }
    }

    private double AddPage(double y)
    {
        if (_pages.Count == 0 || y < PageHeight - Top)
        {
            _pages.Add(new PdfPage(_pages.Count, Subset));
        }

        return PageHeight - Top;
    }

    private void DrawFooters()
    {
        for (var i = 0; footer is not null && i < _pages.Count; i++)
        {
            var (left, right) = footer(i + 1, _pages.Count);
            _pages[i].Line(Left, PageWidth - Right, FooterBase + 16, 0.5, PdfInk.Hair);
            _pages[i].Text(null, Left, FooterBase, left, PdfStyle.Note);
            var width = PdfText.Width(new PdfRun(right, PdfStyle.Note));
            _pages[i].Text(null, PageWidth - Right - width, FooterBase, right, PdfStyle.Note);
        }
    }

    private (string Name, FontSubset Subset) Subset(TrueTypeFont font)
    {
        var index = _fonts.FindIndex(f => f.Font == font);
        if (index < 0)
        {
            index = _fonts.Count;
            _fonts.Add((font, new FontSubset(font)));
        }

        return ($"F{index}", _fonts[index].Subset);
    }

    private void WriteStructure(PdfFile file, int number, List<int> pages)
    {
        WriteElement(file, root, number, pages);
        var parents = _pages.Select((page, i) => $"{i} [{PdfFile.References(page.Marks.Select(e => e.Object))}]");
        var tree = file.Add($"<< /Nums [{string.Join(' ', parents)}] >>");
        file.Set(number, $"<< /Type /StructTreeRoot /K {root.Object} 0 R /ParentTree {tree} 0 R /ParentTreeNextKey {_pages.Count} >>");
    }

    private static void WriteElement(PdfFile file, PdfElement element, int parent, List<int> pages)
    {
        element.Object = file.Reserve();
        element.Children.ForEach(child => WriteElement(file, child, element.Object, pages));
        var kids = new StringBuilder(PdfFile.References(element.Children.Select(c => c.Object)));
        foreach (var (page, mark) in element.Content)
        {
            kids.Append(" << /Type /MCR /Pg ").Append(pages[page]).Append(" 0 R /MCID ").Append(mark).Append(" >>");
        }

        file.Set(element.Object, $"<< /Type /StructElem /S /{element.Type} /P {parent} 0 R /K [{kids}] >>");
    }

    private static string Attach(PdfFile file, IReadOnlyList<(string Name, string MediaType, byte[] Bytes)> attachments)
    {
        if (attachments.Count == 0)
        {
            return "";
        }

        var names = new List<string>();
        foreach (var (name, mediaType, bytes) in attachments.OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            var type = mediaType.Replace("/", "#2F", StringComparison.Ordinal);
            var content = file.AddStream($"/Type /EmbeddedFile /Subtype /{type} /Params << /Size {bytes.Length} >>", bytes);
            var specification = file.Add(
                $"<< /Type /Filespec /F {PdfFile.Text(name)} /UF {PdfFile.Text(name)} /AFRelationship /Data /EF << /F {content} 0 R >> >>");
            names.Add($"{PdfFile.Text(name)} {specification} 0 R");
        }

        return $" /Names << /EmbeddedFiles << /Names [{string.Join(' ', names)}] >> >>";
    }
}
