using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace PracticeApp.Platform.Pdf;

/// <summary>
/// A TrueType font as read from its file: which glyph draws a character, how wide it is and where its outline lies.
/// Immutable and safe to share between documents; what one document uses of it is a <see cref="FontSubset"/>.
/// Table layouts follow the OpenType specification (head, hhea, hmtx, maxp, cmap 4 and 12, loca, glyf, GPOS pairs).
/// </summary>
public sealed class TrueTypeFont
{
    private static readonly ConcurrentDictionary<string, TrueTypeFont> House = new(StringComparer.Ordinal);

    private readonly byte[] _data;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _glyphByRune = [];
    private readonly FontKerning _kerning;
    private readonly int _advances;
    private readonly bool _longOffsets;

    /// <summary>Reads a font. Throws <see cref="InvalidDataException"/> where the file holds no TrueType outlines.</summary>
    public TrueTypeFont(string name, byte[] data)
    {
        Name = name;
        _data = data;
        for (int i = 0, count = U16(4); i < count; i++)
        {
            var record = 12 + i * 16;
            _tables[Encoding.ASCII.GetString(data, record, 4)] = (U32(record + 8), U32(record + 12));
        }

        if (!_tables.ContainsKey("glyf"))
        {
            throw new InvalidDataException($"{name} holds no TrueType outlines.");
        }

        var head = Table("head");
        UnitsPerEm = U16(head + 18);
        Box = [S16(head + 36), S16(head + 38), S16(head + 40), S16(head + 42)];
        _longOffsets = S16(head + 50) == 1;
        var hhea = Table("hhea");
        Ascent = S16(hhea + 4);
        Descent = S16(hhea + 6);
        _advances = U16(hhea + 34);
        GlyphCount = U16(Table("maxp") + 4);
        ReadCharacterMap();
        _kerning = _tables.TryGetValue("GPOS", out var gpos)
            ? FontKerning.Read(data.AsMemory(gpos.Offset, gpos.Length))
            : FontKerning.None;
    }

    /// <summary>PostScript-like name without spaces, as it stands in the PDF.</summary>
    public string Name { get; }

    /// <summary>Font units in one em; every measure below is in these units.</summary>
    public int UnitsPerEm { get; }

    public int Ascent { get; }

    public int Descent { get; }

    /// <summary>Left, bottom, right and top of the box that holds every glyph.</summary>
    public IReadOnlyList<int> Box { get; }

    public int GlyphCount { get; }

    /// <summary>A font of the house, from the <c>fonts</c> folder beside the program, read once.</summary>
    public static TrueTypeFont OfTheHouse(string fileName) => House.GetOrAdd(fileName, static name =>
        new TrueTypeFont(
            name.Replace("_", "", StringComparison.Ordinal),
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fonts", name + ".ttf"))));

    /// <summary>The glyph of a character; 0 (an empty box) where the font has none.</summary>
    public int Glyph(Rune rune) => _glyphByRune.GetValueOrDefault(rune.Value);

    public int Advance(int glyph) => U16(Table("hmtx") + Math.Min(glyph, _advances - 1) * 4);

    /// <summary>How much closer (negative) or further apart two neighbouring glyphs stand.</summary>
    public int Kerning(int left, int right) => _kerning.Between(left, right);

    /// <summary>Width of a text in ems, kerning included.</summary>
    public double Width(string text)
    {
        var units = 0;
        var previous = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = Glyph(rune);
            units += Advance(glyph) + (previous < 0 ? 0 : Kerning(previous, glyph));
            previous = glyph;
        }

        return (double)units / UnitsPerEm;
    }

    internal bool HasTable(string name) => _tables.ContainsKey(name);

    internal byte[] CopyTable(string name) => _data.AsSpan(_tables[name].Offset, _tables[name].Length).ToArray();

    internal int LeftSideBearing(int glyph) => glyph < _advances
        ? S16(Table("hmtx") + glyph * 4 + 2)
        : S16(Table("hmtx") + _advances * 4 + (glyph - _advances) * 2);

    internal ReadOnlySpan<byte> Outline(int glyph)
    {
        var (loca, glyf) = (Table("loca"), Table("glyf"));
        var (start, end) = _longOffsets
            ? (U32(loca + glyph * 4), U32(loca + glyph * 4 + 4))
            : (U16(loca + glyph * 2) * 2, U16(loca + glyph * 2 + 2) * 2);
        return _data.AsSpan(glyf + start, end - start);
    }

    private void ReadCharacterMap()
    {
        var cmap = Table("cmap");
        for (int i = 0, count = U16(cmap + 2); i < count; i++)
        {
            var subtable = cmap + U32(cmap + 8 + i * 8);
            switch (U16(subtable))
            {
                case 4: ReadSegments(subtable); break;
                case 12: ReadGroups(subtable); break;
                default: break;
            }
        }
    }

    private void ReadGroups(int subtable)
    {
        for (int i = 0, count = U32(subtable + 12); i < count; i++)
        {
            var group = subtable + 16 + i * 12;
            var (first, last, glyph) = (U32(group), U32(group + 4), U32(group + 8));
            for (var rune = first; rune <= last; rune++)
            {
                _glyphByRune.TryAdd(rune, glyph + rune - first);
            }
        }
    }

    private void ReadSegments(int subtable)
    {
        var bytes = U16(subtable + 6);
        var (ends, starts) = (subtable + 14, subtable + 16 + bytes);
        var (deltas, ranges) = (starts + bytes, starts + 2 * bytes);
        for (var segment = 0; segment < bytes; segment += 2)
        {
            var (first, last) = (U16(starts + segment), U16(ends + segment));
            var (delta, range) = (U16(deltas + segment), U16(ranges + segment));
            for (var rune = first; rune <= last && rune != 0xFFFF; rune++)
            {
                var listed = range == 0 ? rune : U16(ranges + segment + range + (rune - first) * 2);
                var glyph = range != 0 && listed == 0 ? 0 : (listed + delta) & 0xFFFF;
                if (glyph != 0)
                {
                    _glyphByRune.TryAdd(rune, glyph);
                }
            }
        }
    }

    private int Table(string name) => _tables[name].Offset;

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    private int U32(int at) => BinaryPrimitives.ReadInt32BigEndian(_data.AsSpan(at));
}
