using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PracticeApp.Platform.Encryption;

/// <summary>AES-256-GCM with a fresh random nonce for every value; the layout is that of <see cref="Sealed"/>.</summary>
static class Envelope
{
    internal const int KeyLength = 32;
    const byte Format = 1;

    internal static Sealed Seal(ReadOnlySpan<byte> key, int keyVersion, ReadOnlySpan<byte> plaintext, Place place)
    {
        var blob = new byte[Sealed.Overhead + plaintext.Length];
        blob[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(1), keyVersion);
        var nonce = blob.AsSpan(Sealed.HeaderLength, Sealed.NonceLength);
        var tag = blob.AsSpan(Sealed.HeaderLength + Sealed.NonceLength, Sealed.TagLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, Sealed.TagLength);
        aes.Encrypt(nonce, plaintext, blob.AsSpan(Sealed.Overhead), tag, place.Bind(Format, keyVersion));
        return new Sealed(blob);
    }

    /// <exception cref="BrokenSealException">Changed, cut, moved, or sealed by another key.</exception>
    internal static byte[] Open(ReadOnlySpan<byte> key, int keyVersion, Sealed value, Place place)
    {
        var blob = value.Bytes.AsSpan();
        if (value.KeyVersion != keyVersion) throw new BrokenSealException("The value was sealed with another version of the key.");
        if (blob[0] != Format) throw new BrokenSealException("The sealed value has a format this version does not know.");

        var plaintext = new byte[blob.Length - Sealed.Overhead];
        using var aes = new AesGcm(key, Sealed.TagLength);
        try
        {
            aes.Decrypt(blob.Slice(Sealed.HeaderLength, Sealed.NonceLength), blob[Sealed.Overhead..],
                blob.Slice(Sealed.HeaderLength + Sealed.NonceLength, Sealed.TagLength), plaintext, place.Bind(Format, keyVersion));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new BrokenSealException("The sealed value was changed, moved, or sealed with another key.");
        }
        return plaintext;
    }
}
