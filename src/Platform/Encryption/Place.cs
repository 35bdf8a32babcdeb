using System.Buffers.Binary;
using System.Text;

namespace PracticeApp.Platform.Encryption;

/// <summary>
/// Where a sealed value lives. It is bound into the seal, so a value moved to another row, column, table or practice
/// does not open. Table and column are names for good: a renamed table keeps the name it was sealed under.
/// </summary>
public readonly record struct Place(Guid PracticeId, string Table, string Column, Guid Row)
{
    /// <summary>The associated data; every part has a fixed or stated length, so no two places share bytes.</summary>
    internal byte[] Bind(byte format, int keyVersion)
    {
        var table = Encoding.UTF8.GetBytes(Table);
        var column = Encoding.UTF8.GetBytes(Column);
        var bound = new byte[1 + 4 + 16 + 2 + table.Length + 2 + column.Length + 16];
        var rest = bound.AsSpan();
        rest[0] = format;
        BinaryPrimitives.WriteInt32BigEndian(rest[1..], keyVersion);
        PracticeId.TryWriteBytes(rest[5..], bigEndian: true, out _);
        rest = Append(rest[21..], table);
        rest = Append(rest, column);
        Row.TryWriteBytes(rest, bigEndian: true, out _);
        return bound;
    }

    static Span<byte> Append(Span<byte> target, byte[] name)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, checked((ushort)name.Length));
        name.CopyTo(target[2..]);
        return target[(2 + name.Length)..];
    }
}
