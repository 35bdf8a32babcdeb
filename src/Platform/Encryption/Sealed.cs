using System.Buffers.Binary;

namespace PracticeApp.Platform.Encryption;

/// <summary>
/// Ciphertext that describes itself, stored as <c>bytea</c>: format (1 byte), key version (4 bytes, big-endian),
/// nonce (12), tag (16), ciphertext (as long as the plaintext). Equality is by content.
/// </summary>
public readonly struct Sealed : IEquatable<Sealed>
{
    internal const int HeaderLength = 1 + 4, NonceLength = 12, TagLength = 16;
    internal const int Overhead = HeaderLength + NonceLength + TagLength;

    readonly byte[]? bytes;

    /// <summary>Wraps bytes read from the database; nothing is checked before they are opened.</summary>
    public Sealed(byte[] bytes) => this.bytes = bytes;

    /// <summary>The stored bytes; empty for a value never sealed.</summary>
    public byte[] Bytes => bytes ?? [];

    /// <summary>True when there is nothing here, as in a row that has no text yet.</summary>
    public bool IsEmpty => bytes is not { Length: > 0 };

    /// <summary>The version of the key that sealed this, as the header claims; only opening proves it.</summary>
    /// <exception cref="BrokenSealException">Too short to have a header.</exception>
    public int KeyVersion => Bytes.Length >= Overhead
        ? BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(1, 4))
        : throw new BrokenSealException("The sealed value is cut short.");

    public bool Equals(Sealed other) => Bytes.AsSpan().SequenceEqual(other.Bytes);
    public override bool Equals(object? obj) => obj is Sealed other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(Sealed left, Sealed right) => left.Equals(right);
    public static bool operator !=(Sealed left, Sealed right) => !left.Equals(right);
}
