using System.Security.Cryptography;
using System.Text;

namespace PracticeApp.Platform.Encryption;

/// <summary>
/// A client's key, opened in memory for one unit of work; dispose wipes it. Destroying every wrapped copy of it is how
/// erasure works. Not for use from two threads at once.
/// </summary>
public sealed class DataKey : IDisposable
{
    readonly KeyBytes key;

    internal DataKey(KeyBytes key, Guid practiceId, Guid ownerId, int version) =>
        (this.key, PracticeId, OwnerId, Version) = (key, practiceId, ownerId, version);

    public Guid PracticeId { get; }

    /// <summary>Whose key this is: the client, or whoever else the practice keeps words about.</summary>
    public Guid OwnerId { get; }

    /// <summary>Stands in every value this key seals; a newer key of the same owner has the next one.</summary>
    public int Version { get; }

    public static DataKey New(Guid practiceId, Guid ownerId, int version = 1) => new(KeyBytes.Random(), practiceId, ownerId, version);

    /// <summary>Seals a text for one place. Half a surrogate pair becomes U+FFFD, so any input can be sealed.</summary>
    /// <exception cref="ArgumentException">The place belongs to another practice.</exception>
    public Sealed Seal(string text, Place place)
    {
        if (place.PracticeId != PracticeId) throw new ArgumentException("A client's key seals only within its practice.", nameof(place));
        var plaintext = Encoding.UTF8.GetBytes(text);
        try { return Envelope.Seal(key.Span, Version, plaintext, place); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }

    /// <summary>Opens a text where it stands.</summary>
    /// <exception cref="BrokenSealException">Changed, cut, moved, or sealed by another key or version.</exception>
    public string Open(Sealed value, Place place)
    {
        var plaintext = Envelope.Open(key.Span, Version, value, place);
        try { return Encoding.UTF8.GetString(plaintext); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }

    /// <summary>Thirty-two bytes for a purpose of the caller's, such as the drafts of one protocol on one computer; useless once the key is destroyed.</summary>
    public byte[] Derive(string purpose)
    {
        using var derived = KeyBytes.Derive(key.Span, Encoding.UTF8.GetBytes(purpose));
        return derived.Span.ToArray();
    }
    /// <summary>Seals a file for one place.</summary>
    /// <exception cref="ArgumentException">The place belongs to another practice.</exception>
    public Sealed SealBytes(ReadOnlySpan<byte> bytes, Place place) => place.PracticeId == PracticeId
        ? Envelope.Seal(key.Span, Version, bytes, place)
        : throw new ArgumentException("A client's key seals only within its practice.", nameof(place));

    /// <summary>Opens a file where it stands.</summary>
    /// <exception cref="BrokenSealException">Changed, cut, moved, or sealed by another key or version.</exception>
    public byte[] OpenBytes(Sealed value, Place place) => Envelope.Open(key.Span, Version, value, place);

    internal ReadOnlySpan<byte> Secret => key.Span;

    public void Dispose() => key.Dispose();
}
