using System.Buffers.Binary;
using System.Text;

namespace PracticeApp.Platform.Pdf;

/// <summary>
/// What one document uses of a font. Characters are numbered in the order of their first use, and glyph N of the
/// embedded font draws character N: two characters that share an outline still read back as themselves.
/// </summary>
internal sealed class FontSubset(TrueTypeFont font)
{
    private const int HasScale = 0x0008, HasXAndYScale = 0x0040, HasTwoByTwo = 0x0080, WordArguments = 0x0001, MoreComponents = 0x0020;

    private readonly Dictionary<Rune, int> _numbers = [];
    private readonly List<Rune> _runes = [];

    public TrueTypeFont Font => font;

    /// <summary>A text as the operand of the PDF operator TJ: character numbers, with kerning in thousandths of an em.</summary>
    public string Encode(string text)
    {
        var operand = new StringBuilder("[<");
        var previous = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = font.Glyph(rune);
            var kerning = previous < 0 ? 0 : font.Kerning(previous, glyph);
            if (kerning != 0)
            {
                operand.Append('>').Append(PdfFile.Number(-kerning * 1000.0 / font.UnitsPerEm)).Append('<');
            }

            operand.Append(NumberOf(rune).ToString("X4", null));
            previous = glyph;
        }

        return operand.Append(">]").ToString();
    }

    /// <summary>Writes the font into the file and returns its object number.</summary>
    public int WriteTo(PdfFile file, int index)
    {
        var scale = 1000.0 / font.UnitsPerEm;
        var name = $"PRACT{(char)('A' + index)}+{font.Name}";
        var bytes = Build();
        var program = file.AddStream($"/Length1 {bytes.Length}", bytes);
        var descriptor = file.Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', font.Box.Select(v => PdfFile.Number(v * scale)))}] "
            + $"/ItalicAngle 0 /Ascent {PdfFile.Number(font.Ascent * scale)} /Descent {PdfFile.Number(font.Descent * scale)} "
            + $"/CapHeight {PdfFile.Number(font.Ascent * scale * 0.7)} /StemV 80 /FontFile2 {program} 0 R >>");
        var widths = string.Join(' ', Glyphs().Select(g => PdfFile.Number(font.Advance(g) * scale)));
        var descendant = file.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /W [0 [{widths}]] >>");
        var unicode = file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        return file.Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            + $"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>");
    }

    private int NumberOf(Rune rune)
    {
        if (!_numbers.TryGetValue(rune, out var number))
        {
            _runes.Add(rune);
            _numbers[rune] = number = _runes.Count;
        }

        return number;
    }

    private IEnumerable<int> Glyphs() => _runes.Select(font.Glyph).Prepend(0);

    private string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            + "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var chunk in _runes.Select((rune, i) => (Rune: rune, Number: i + 1)).Chunk(100))
        {
            map.Append(chunk.Length).Append(" beginbfchar\n");
            foreach (var (rune, number) in chunk)
            {
                map.Append('<').Append(number.ToString("X4", null)).Append("> <")
                    .Append(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))).Append(">\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }

    /// <summary>A TrueType file with the used glyphs, renumbered, and the parts they are composed of behind them.</summary>
    private byte[] Build()
    {
        var glyphs = Glyphs().ToList();
        var parts = new Dictionary<int, int>();
        var outlines = new MemoryStream();
        var offsets = new MemoryStream();
        var metrics = new MemoryStream();
        for (var i = 0; i < glyphs.Count; i++)
        {
            Write(offsets, (uint)outlines.Length, 4);
            Write(metrics, (uint)font.Advance(glyphs[i]), 2);
            Write(metrics, (ushort)(short)font.LeftSideBearing(glyphs[i]), 2);
            outlines.Write(Renumber(font.Outline(glyphs[i]).ToArray(), glyphs, parts));
            Pad(outlines);
        }

        Write(offsets, (uint)outlines.Length, 4);
        var head = font.CopyTable("head");
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var hhea = font.CopyTable("hhea");
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)glyphs.Count);
        var maxp = font.CopyTable("maxp");
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)glyphs.Count);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = outlines.ToArray(),
            ["loca"] = offsets.ToArray(),
            ["hmtx"] = metrics.ToArray(),
            ["head"] = head,
            ["hhea"] = hhea,
            ["maxp"] = maxp,
        };
        foreach (var name in new[] { "cvt ", "fpgm", "prep" }.Where(font.HasTable))
        {
            tables[name] = font.CopyTable(name);
        }

        return Assemble(tables);
    }

    // A composed glyph (č = c + caron) names its parts by number; they get numbers after the characters.
    private static byte[] Renumber(byte[] outline, List<int> glyphs, Dictionary<int, int> parts)
    {
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
        {
            return outline;
        }

        for (var at = 10; ;)
        {
            int flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
            int part = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at + 2));
            if (!parts.TryGetValue(part, out var number))
            {
                parts[part] = number = glyphs.Count;
                glyphs.Add(part);
            }

            BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(at + 2), (ushort)number);
            if ((flags & MoreComponents) == 0)
            {
                return outline;
            }

            at += 4 + ((flags & WordArguments) != 0 ? 4 : 2)
                + ((flags & HasScale) != 0 ? 2 : (flags & HasXAndYScale) != 0 ? 4 : (flags & HasTwoByTwo) != 0 ? 8 : 0);
        }
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var file = new MemoryStream();
        var log = (int)Math.Log2(tables.Count);
        Write(file, 0x00010000, 4);
        Write(file, (uint)tables.Count, 2);
        Write(file, (uint)(16 << log), 2);
        Write(file, (uint)log, 2);
        Write(file, (uint)(tables.Count * 16 - (16 << log)), 2);
        var offset = 12 + tables.Count * 16;
        foreach (var (name, bytes) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(name));
            Write(file, Checksum(bytes), 4);
            Write(file, (uint)offset, 4);
            Write(file, (uint)bytes.Length, 4);
            offset += (bytes.Length + 3) & ~3;
        }

        foreach (var bytes in tables.Values)
        {
            file.Write(bytes);
            Pad(file);
        }

        return file.ToArray();
    }

    private static uint Checksum(byte[] bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            sum += (uint)bytes[i] << (24 - i % 4 * 8);
        }

        return sum;
    }

    private static void Write(MemoryStream stream, uint value, int bytes)
    {
        for (var shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        {
            stream.WriteByte((byte)(value >> shift));
        }
    }

    private static void Pad(MemoryStream stream)
    {
        while (stream.Length % 4 != 0)
        {
            stream.WriteByte(0);
        }
    }
}
