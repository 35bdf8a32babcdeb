using System.Buffers.Binary;

namespace PracticeApp.Platform.Pdf;

/// <summary>
/// The distances between pairs of letters, read from a font's GPOS table (lookup type 2, also behind type 9).
/// Of each pair only the horizontal advance of the first glyph is used: all that running text needs.
/// </summary>
internal sealed class FontKerning
{
    private const int PairLookup = 2;
    private const int ExtensionLookup = 9;
    private const int XAdvance = 0x0004;

    private readonly List<Func<int, int, int?>> _subtables = [];
    private readonly Dictionary<(int, int), int> _known = [];

    private FontKerning()
    {
    }

    public static FontKerning None { get; } = new();

    public static FontKerning Read(ReadOnlyMemory<byte> gpos)
    {
        var kerning = new FontKerning();
        foreach (var lookup in KernLookups(gpos.Span))
        {
            kerning.AddLookup(gpos, lookup);
        }

        return kerning;
    }

    public int Between(int left, int right)
    {
        lock (_known)
        {
            if (_known.TryGetValue((left, right), out var distance))
            {
                return distance;
            }

            distance = _subtables.Select(pair => pair(left, right)).FirstOrDefault(found => found is not null) ?? 0;
            return _known[(left, right)] = distance;
        }
    }

    private static SortedSet<int> KernLookups(ReadOnlySpan<byte> gpos)
    {
        var offsets = new SortedSet<int>();
        int features = U16(gpos, 6), lookups = U16(gpos, 8);
        for (int i = 0, count = U16(gpos, features); i < count; i++)
        {
            var record = features + 2 + i * 6;
            if (!gpos.Slice(record, 4).SequenceEqual("kern"u8))
            {
                continue;
            }

            var feature = features + U16(gpos, record + 4);
            for (int k = 0, listed = U16(gpos, feature + 2); k < listed; k++)
            {
                offsets.Add(lookups + U16(gpos, lookups + 2 + U16(gpos, feature + 4 + k * 2) * 2));
            }
        }

        return offsets;
    }

    private void AddLookup(ReadOnlyMemory<byte> gpos, int lookup)
    {
        var span = gpos.Span;
        var type = U16(span, lookup);
        for (int i = 0, count = U16(span, lookup + 4); i < count; i++)
        {
            var subtable = lookup + U16(span, lookup + 6 + i * 2);
            var kind = type;
            if (type == ExtensionLookup)
            {
                kind = U16(span, subtable + 2);
                subtable += (int)BinaryPrimitives.ReadUInt32BigEndian(span[(subtable + 4)..]);
            }

            if (kind == PairLookup && U16(span, subtable + 4) == XAdvance && U16(span, subtable + 6) == 0)
            {
                _subtables.Add(U16(span, subtable) == 1 ? Listed(gpos[subtable..]) : ByClass(gpos[subtable..]));
            }
        }
    }

    // Format 1: each first glyph has its own list of (second glyph, distance).
    private static Func<int, int, int?> Listed(ReadOnlyMemory<byte> table) => (left, right) =>
    {
        var span = table.Span;
        var index = Coverage(span, U16(span, 2), left);
        if (index < 0)
        {
            return null;
        }

        var set = U16(span, 10 + index * 2);
        var (low, high) = (0, U16(span, set) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var pair = set + 2 + middle * 4;
            var second = U16(span, pair);
            if (second == right)
            {
                return BinaryPrimitives.ReadInt16BigEndian(span[(pair + 2)..]);
            }

            (low, high) = second < right ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    };

    // Format 2: glyphs are sorted into classes, and a matrix gives the distance of two classes.
    private static Func<int, int, int?> ByClass(ReadOnlyMemory<byte> table) => (left, right) =>
    {
        var span = table.Span;
        if (Coverage(span, U16(span, 2), left) < 0)
        {
            return null;
        }

        var (first, second) = (ClassOf(span, U16(span, 8), left), ClassOf(span, U16(span, 10), right));
        return BinaryPrimitives.ReadInt16BigEndian(span[(16 + (first * U16(span, 14) + second) * 2)..]);
    };

    private static int Coverage(ReadOnlySpan<byte> span, int at, int glyph)
    {
        var count = U16(span, at + 2);
        for (var i = 0; i < count; i++)
        {
            if (U16(span, at) == 1)
            {
                if (U16(span, at + 4 + i * 2) == glyph)
                {
                    return i;
                }
            }
            else if (U16(span, at + 4 + i * 6) <= glyph && glyph <= U16(span, at + 6 + i * 6))
            {
                return U16(span, at + 8 + i * 6) + glyph - U16(span, at + 4 + i * 6);
            }
        }

        return -1;
    }

    private static int ClassOf(ReadOnlySpan<byte> span, int at, int glyph)
    {
        if (U16(span, at) == 1)
        {
            var index = glyph - U16(span, at + 2);
            return index >= 0 && index < U16(span, at + 4) ? U16(span, at + 6 + index * 2) : 0;
        }

        for (int i = 0, count = U16(span, at + 2); i < count; i++)
        {
            var range = at + 4 + i * 6;
            if (U16(span, range) <= glyph && glyph <= U16(span, range + 2))
            {
                return U16(span, range + 4);
            }
        }

        return 0;
    }

    private static int U16(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt16BigEndian(span[at..]);
}
